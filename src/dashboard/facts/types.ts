/**
 * What the screen says, as plain facts: one record per thing that has a place on it. Computed once per change from the state and
 * the clock (see facts.ts), shared by every view. All durations are ms of marathon time.
 */
import type { Attention } from "../../marathon/attention.ts";
import type { MessageState } from "../../marathon/message-types.ts";
import type { AskingKind, MarathonStatus, TerminalStateName } from "../../marathon/types.ts";
import type { Priority } from "../../plan/types.ts";

export interface Facts {
  readonly title: string;
  readonly agent: string;
  readonly rehearsal: boolean;
  readonly speed: number;
  readonly status: MarathonStatus;
  readonly clock: ClockFacts;
  readonly counts: Counts;
  /** The plan's streams, or its sessions where it has no streams. */
  readonly lanes: { readonly kind: "streams" | "sessions"; readonly rows: readonly LaneFacts[] };
  readonly terminals: readonly TerminalFacts[];
  /** Open, then parked, then known ones. */
  readonly blockers: readonly BlockerFacts[];
  /** Why the last act on a blocker cannot be taken back; null when it can. */
  readonly undo: { readonly refused: string | null };
  /** The blocker that was resolved last, as long as nobody has noted what it taught. */
  readonly toLearn: string | null;
  /** Why none of the plan's risk rules can be taken or taken back; null when one can. */
  readonly risks: { readonly refused: string | null };
  /** The list for people by its name, and how many tasks could be put on it: they are blocked, parked or dropped. */
  readonly todo: { readonly file: string; readonly deferred: number };
  /** Sessions whose handoff is missing, in words; null when none is. */
  readonly owed: { readonly text: string; readonly sessions: number } | null;
  /** The plan files were edited, and nobody has answered yet. */
  readonly planEdited: boolean;
  readonly tree: readonly TreeFacts[];
  readonly delegation: { readonly spawned: number; readonly now: number; readonly peak: number; readonly parallel: number | null } & {
    /** What the commander does itself, 0 to 1, and whether that is more than it should. */
    readonly direct: { readonly share: number | null; readonly over: boolean };
    readonly violations: number;
  };
  /** What needs a person, most pressing first. */
  readonly attention: readonly AttentionFacts[];
  /** The newest first. */
  readonly messages: readonly MessageFacts[];
  /** All terminals, the one that is most worth a look first. */
  readonly lookOrder: readonly number[];
}

export interface AttentionFacts {
  readonly kind: Attention["kind"];
  readonly terminal: number | null;
  readonly blocker: string | null;
  readonly text: string;
}

export interface MessageFacts {
  readonly id: string;
  readonly terminal: number;
  readonly state: MessageState;
  readonly text: string;
  /** Why it waits, how it was taken, or why it was given up. */
  readonly why: string | null;
  /** Since it was wanted, or since it was settled. */
  readonly age: number;
}

export interface ClockFacts {
  readonly elapsed: number;
  readonly planned: number | null;
  readonly withBuffer: number | null;
  readonly forecast: { readonly low: number; readonly high: number } | null;
  /** Positive: behind the plan; negative: ahead; null while nothing can be said. */
  readonly behind: number | null;
  /** The end (the likely one, or that which has come) less the planned end: positive is late; null while nothing can be said. */
  readonly late: number | null;
}

export interface Counts {
  readonly done: number;
  readonly total: number;
  readonly dropped: number;
  readonly blockers: number;
  readonly asking: number;
  readonly busy: number;
  readonly terminals: number;
  /** Open lines of the list for people. */
  readonly todo: number;
}

export interface LaneFacts {
  readonly id: string;
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly blocked: number;
  readonly elapsed: number;
  readonly estimate: number | null;
  readonly buffer: number;
  readonly behind: number | null;
  readonly terminals: readonly number[];
  /** Of a session: its handoff is missing, so that it is not closed however much is done. */
  readonly owesHandoff: boolean;
}

export interface TerminalFacts {
  readonly number: number;
  readonly stream: string | null;
  readonly label: string | null;
  readonly role: string | null;
  readonly agent: string;
  readonly state: TerminalStateName | "lost" | "done";
  readonly kind: AskingKind | null;
  readonly exitCode: number | null;
  readonly evidence: string | null;
  readonly retired: boolean;
  /** A program is there that could be typed into. */
  readonly running: boolean;
  /** How long the state has lasted. */
  readonly age: number;
  readonly task: { readonly number: number; readonly title: string } | null;
  /** Without a task in hand: its next one, which waits, and why. */
  readonly held: { readonly number: number; readonly title: string; readonly why: string } | null;
  readonly done: number;
  readonly total: number;
  /** Of its tasks: how many are blocked, and how many are neither done nor dropped. */
  readonly blocked: number;
  readonly open: number;
  /** Messages to it that are under way, and those that were given up. */
  readonly messages: { readonly waiting: number; readonly failed: number };
  /** Of its agent's context, percent from 0 to 100, and when a limit that it ran into ends (wall clock, ms); null: not known. */
  readonly contextPercent: number | null;
  readonly limitedUntil: number | null;
  /** Whether a person has something to do about it. */
  readonly needsPerson: boolean;
}

export interface BlockerFacts {
  readonly id: string;
  readonly title: string;
  readonly priority: Priority;
  /** Open ones come first; parked and known ones make no noise, and are not forgotten. */
  readonly state: "open" | "parked" | "known";
  /** Why an act is refused now, in words; null when it can be done. */
  readonly refused: { readonly [Act in "escalate" | "reassign" | "fallback" | "known"]: string | null };
  readonly tasks: readonly number[];
  readonly sessions: readonly string[];
  readonly terminal: number | null;
  /** Since it was identified; it should be escalated within 30 minutes. */
  readonly age: number;
  /** Until it must be escalated; negative when that is past. */
  readonly left: number;
  /** Of a P0 blocker: how many tasks wait for nothing else than that it is out of the way. */
  readonly holds: number;
  /** Who has it now, in words. */
  readonly holder: string;
  /** Whether that is a person. */
  readonly person: boolean;
  /** Tasks that wait for its own, directly or not. */
  readonly stops: readonly number[];
  /** Its open tasks by number with the plan's titles and fallbacks. */
  readonly taskTitles: readonly { readonly number: number; readonly title: string; readonly fallback: string | null }[];
  /** Fallbacks of its sessions, as the plan words them. */
  readonly sessionFallbacks: readonly string[];
  readonly cause: string | null;
  /** What was seen, the newest last; `source` says who saw it. */
  readonly evidence: readonly { readonly source: string; readonly line: string }[];
  /** When it was identified, wall clock in ms. */
  readonly sinceAt: number;
}

export interface TreeFacts {
  readonly id: string;
  readonly depth: number;
  /** `unfilled` stands for all roles that neither the plan nor an agent makes use of. */
  readonly kind: "role" | "staff" | "terminal" | "sub-agent" | "unfilled";
  readonly role: string;
  /** What it works on; empty when that is not known. */
  readonly title: string;
  readonly state: TerminalStateName | "absent" | "lost" | "done";
  /** It is blocked, asks, or needs a person in another way. */
  readonly stuck: boolean;
  readonly terminal: number | null;
  readonly age: number | null;
  readonly children: boolean;
  /** Its children are not among the rows. */
  readonly folded: boolean;
  /** How many agents it stands for; of the unfilled, how many roles. */
  readonly count: number;
  /** Of a coordinator that leads somebody: how many, and whether these are too few or too many. */
  readonly span: { readonly agents: number; readonly outside: "too few" | "too many" | null } | null;
  /** Below this node: how many are busy, how many need somebody in all, and how many of them by their sign, the worst first. */
  readonly below: { readonly busy: number; readonly stuck: number; readonly signs: readonly StuckSign[] };
}

export interface StuckSign {
  readonly sign: "lost" | "error" | "blocked" | "asking";
  readonly count: number;
}
