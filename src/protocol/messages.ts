/**
 * The wire between engine and dashboards: one unix socket, frames of
 *   u32 length (little endian, of what follows) · u8 kind · payload.
 * Kind 0 carries one JSON message, kind 1 changed rows of a pane, kind 2 raw input for a terminal.
 * The golden examples in test/protocol freeze the bytes; add fields, never rename them.
 */
import type { Event, Fact, State } from "../marathon/types.ts";
import type { MoveRequest, SearchRequest, TextRequest } from "./reading.ts";
import type { BlockerRequest } from "./blocker-requests.ts";
import type { PlanRequest } from "./plan-requests.ts";
import type { ReportRequest } from "./report-requests.ts";

export const PROTOCOL_VERSION = 1;

export const FrameKind = { json: 0, rows: 1, input: 2 } as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** A pane that the dashboard shows: the engine sends rows for these and for no others. */
export interface PaneRequest {
  readonly terminal: number;
  readonly cols: number;
  readonly rows: number;
  /** Lines scrolled up from the bottom; 0 follows the output. */
  readonly scroll: number;
  /** The size the program is to have; without it, that of the pane. A smaller pane shows the part of it around the cursor. */
  readonly program?: { readonly cols: number; readonly rows: number };
  /** Instead of `scroll`: this line at the top, which stays there while output goes on. Of another era it means nothing. */
  readonly top?: { readonly era: number; readonly line: number };
  /** The pane stands still as it is now: a person selects text in it. Requests of this dashboard then mean what it shows. */
  readonly held?: boolean;
}

export type ClientMessage =
  | {
      readonly type: "hello";
      readonly version: number;
      readonly program: string;
      readonly role: "dashboard" | "command";
      readonly pid: number;
      /** A command that wants every event after the state of its welcome, without a gap; dashboards get them anyway. */
      readonly follow?: true;
    }
  /** Replaces the whole set. The engine sizes the ptys of the panes named here (newest request wins). */
  | { readonly type: "panes"; readonly panes: readonly PaneRequest[]; readonly focus: number | null }
  /** Send all rows of all panes again. */
  | { readonly type: "redraw" }
  /** What the person's terminal is. Programs are told what the newest dashboard's is. */
  | { readonly type: "outer"; readonly outer: OuterTerminal }
  | { readonly type: "request"; readonly id: number; readonly request: Request }
  | { readonly type: "bye" };

export type Request =
  | { readonly name: "status" }
  | { readonly name: "screen"; readonly terminal: number; readonly ansi: boolean }
  | { readonly name: "send"; readonly terminal: number; readonly text: string; readonly enter: boolean }
  /** Also tries the tasks again that are blocked in this terminal alone. */
  | { readonly name: "restart"; readonly terminal: number; readonly fresh?: boolean }
  | { readonly name: "stop"; readonly terminal: number | null; readonly now: boolean; readonly by?: string }
  /** End processes that an earlier engine of this marathon left behind. */
  | { readonly name: "end-orphans" }
  /** Stream events from this sequence number on; the answer says where the stream starts. */
  | { readonly name: "events"; readonly since: number; readonly follow: boolean }
  | { readonly name: "record"; readonly fact: Fact }
  /** Delivers a text to the agents of these terminals; answers at once with a result for each. */
  | { readonly name: "message"; readonly terminals: readonly number[]; readonly text: string; readonly by: string }
  /** A message as it stands; `message-settled` answers only once it is delivered, failed or dropped. */
  | { readonly name: "message-state"; readonly message: string }
  | { readonly name: "message-settled"; readonly message: string }
  | { readonly name: "message-drop"; readonly message: string; readonly by: string }
  /** A failed one once more. */
  | { readonly name: "message-again"; readonly message: string; readonly by: string }
  /** Answers once what the terminals have shown so far is in their recordings. */
  | { readonly name: "flush-logs" }
  | SearchRequest
  | TextRequest
  | MoveRequest
  | BlockerRequest
  | PlanRequest
  /** Drafts the after-action review; answers `{said, file}`. */
  | { readonly name: "write-review" }
  | ReportRequest
  /** Why a terminal is shown as it is. */
  | { readonly name: "why"; readonly terminal: number }
  /** What a terminal asks, as a person would read it: a TerminalQuestion. */
  | { readonly name: "question"; readonly terminal: number }
  /** Sent only if the screen still has the fingerprint that came with the question. */
  | { readonly name: "answer"; readonly terminal: number; readonly fingerprint: string; readonly answer: QuestionAnswer };

/** An option of the question by its place, or words of one's own. */
export type QuestionAnswer = { readonly option: number } | { readonly text: string };

export interface TerminalQuestion {
  readonly terminal: number;
  /** Of the screen that shows it. */
  readonly fingerprint: string;
  readonly kind: "permission" | "question" | "auth";
  /** How it is known that it asks, and the line that shows it. */
  readonly source: string;
  readonly evidence: string | null;
  readonly lines: readonly string[];
  readonly options: readonly { readonly key: string; readonly label: string; readonly selected: boolean }[];
}

/** What became of a `message` for one terminal: the id under which it is delivered, or why it was refused. */
export interface MessageResult {
  readonly terminal: number;
  readonly message: string | null;
  /** Control characters that were left out. */
  readonly removed: number;
  readonly refused: string | null;
}

/** What a person's terminal told about itself. Colours are 0xRRGGBB, or null where it told none. */
export interface OuterTerminal {
  readonly foreground: number | null;
  readonly background: number | null;
  readonly cursor: number | null;
  /** The first 16 of the palette; may be shorter. */
  readonly palette: readonly (number | null)[];
  /** It has kitty's keyboard protocol. */
  readonly kittyKeyboard: boolean;
}

/** Modes of a terminal's program that the outer terminal must follow in take-over. */
export interface PaneModes {
  readonly applicationCursorKeys: boolean;
  readonly applicationKeypad: boolean;
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  readonly mouse: "none" | "x10" | "vt200" | "drag" | "any";
  readonly mouseEncoding: "default" | "sgr" | "sgr-pixels";
  readonly cursorVisible: boolean;
  /** DECSCUSR value 0–6. */
  readonly cursorStyle: number;
  readonly alternateScreen: boolean;
  /** Flags of kitty's keyboard protocol, 0–31; left out by older engines. */
  readonly kittyFlags?: number;
  /** xterm's modifyOtherKeys, 0–3; left out by older engines. */
  readonly modifyOtherKeys?: number;
}

/** What a terminal's program tells besides its screen, fit to be shown. */
export interface TerminalMarks {
  readonly terminal: number;
  /** It rang, and nobody has had it in front since. */
  readonly bell: boolean;
  /** Its newest notification, if nobody has had it in front since. */
  readonly notice: string | null;
  /** `percent` is null for a progress without measure. */
  readonly progress: { readonly state: "normal" | "error" | "indeterminate" | "paused"; readonly percent: number | null } | null;
  /** What it calls itself; "" for nothing. */
  readonly title: string;
  /** What it showed to an engine before is being read back: its pane shows nothing new until that is done. */
  readonly readingBack?: true;
}

export type ServerMessage =
  | {
      readonly type: "welcome";
      readonly version: number;
      readonly program: string;
      readonly pid: number;
      readonly state: State;
      readonly clock: ClockMessage;
    }
  | { readonly type: "refused"; readonly reason: string; readonly version: number }
  | { readonly type: "event"; readonly event: Event }
  /** Every second, and after each event: what marathon time it is. */
  | ({ readonly type: "clock" } & ClockMessage)
  /**
   * A dashboard has it of every terminal before any rows of it, and each change of the modes before the rows that came with it; what else
   * changes it is told of terminals that it shows.
   */
  | {
      readonly type: "pane";
      readonly terminal: number;
      readonly modes: PaneModes;
      readonly title: string;
      readonly cols: number;
      readonly rows: number;
      readonly scrollback: number;
      readonly scroll: number;
    }
  /** All dashboards are told of all terminals, shown or not, and each at its beginning of those that have any. */
  | ({ readonly type: "marks" } & TerminalMarks)
  /** A text that a terminal's program puts on the person's clipboard, which the plan allows it. */
  | { readonly type: "clipboard"; readonly terminal: number; readonly text: string }
  /** A terminal's program rang; 0 for the marathon itself, when something begins to need a person. `notify`: words for their terminal. */
  | { readonly type: "bell"; readonly terminal: number; readonly notify?: string }
  | { readonly type: "answer"; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: "answer"; readonly id: number; readonly ok: false; readonly error: string; readonly code: string }
  | { readonly type: "goodbye"; readonly reason: string };

export interface ClockMessage {
  readonly at: number;
  readonly t: number;
  /** Marathon milliseconds per real millisecond; 0 while the clock stands. */
  readonly rate: number;
}
