/** What lies over the panes while somebody writes to agents or answers one. */
import type { TerminalQuestion } from "../../protocol/messages.ts";

export type MessageOverlay =
  /** A text to terminals is written. `note`: why it was not sent the last time. */
  | { readonly kind: "compose"; readonly terminals: readonly number[]; readonly text: string; readonly note: string | null }
  /** Several terminals are picked. */
  | { readonly kind: "pick"; readonly terminals: readonly number[]; readonly picked: readonly number[]; readonly index: number }
  /** Messages and what became of them; `refused` were not even taken. */
  | {
      readonly kind: "messages";
      readonly title: string;
      readonly messages: readonly string[];
      readonly refused: readonly { readonly terminal: number; readonly reason: string }[];
      readonly index: number;
    }
  /** A terminal's question. No answer is marked at first (-1): an Enter too many must not say yes. */
  | {
      readonly kind: "answer";
      readonly question: TerminalQuestion;
      readonly index: number;
      readonly text: string;
      readonly note: string | null;
    };
