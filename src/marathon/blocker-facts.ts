/** What can happen to a blocker once it is there. Journaled as they are: fields are added, never renamed. */
import type { BlockerAct, Fallback, Holder } from "./blocker-types.ts";

interface Act {
  readonly blocker: string;
  /** Who did it: "a person", "terminal 4", "the clock". */
  readonly by: string;
  readonly note: string | null;
}

export type BlockerFact =
  | ({ readonly type: "blocker-closed"; readonly as: "resolved" | "known" } & Act)
  /** One level up the chain in force. */
  | ({ readonly type: "blocker-escalated"; readonly to: Holder } & Act)
  /** Its stopped tasks go to another terminal, where they come next. */
  | ({
      readonly type: "blocker-reassigned";
      readonly tasks: readonly number[];
      readonly to: number;
      readonly why: string;
      /** The tasks are carried over to this session: its terminals are kept for blockers. */
      readonly session?: string;
    } & Act)
  /** Its stopped tasks are parked; their terminals go on with the fallback. */
  | ({ readonly type: "blocker-fell-back"; readonly fallback: Fallback } & Act)
  /** Parked work is tried again where it was. */
  | ({ readonly type: "blocker-resumed" } & Act)
  /** The last act is taken back. */
  | ({ readonly type: "blocker-undone"; readonly act: BlockerAct["act"] } & Act)
  /** Its file was written or completed by us. */
  | ({ readonly type: "blocker-documented"; readonly file: string } & Act)
  /** What it taught, for those who come after. */
  | ({ readonly type: "blocker-learnt" } & Act)
  | ({ readonly type: "blocker-issued"; readonly url: string | null; readonly file: string | null } & Act)
  /** An agent with one program per task runs the fallback's command in its terminal. */
  | { readonly type: "fallback-started"; readonly terminal: number; readonly blocker: string }
  | { readonly type: "fallback-ended"; readonly terminal: number; readonly code: number | null; readonly signal: string | null }
  /**
   * The task stands still without anybody having said so: nothing has come from its agent for longer than its kind ever takes; or,
   * with \`waits\`, the agent waits for a person (it asks, shows an error, or says that it is blocked) and nobody came.
   */
  | {
      readonly type: "silence-began";
      readonly terminal: number;
      readonly task: number;
      readonly minutes: number;
      readonly waits?: "asking" | "error" | "blocked";
    }
  | { readonly type: "silence-ended"; readonly terminal: number };
