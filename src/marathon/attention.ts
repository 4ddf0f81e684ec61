/** What needs a person, most pressing first. */
import { openBlockers } from "./blockers.ts";
import { isUndelivered, isUnderWay, messagesOf } from "./messages.ts";
import { openCount, terminalTally } from "./tally.ts";
import type { State, Terminal } from "./types.ts";
import { counted } from "./words.ts";

/** A message that waits for longer is brought up, ms of t. */
const MESSAGE_PATIENCE_MS = 15 * 60_000;

export interface Attention {
  readonly kind: "blocker" | "asking" | "failed" | "ended" | "lost" | "error" | "retired" | "settled" | "message" | "plan";
  readonly terminal: number | null;
  readonly blocker: string | null;
  /** What it is, in words. */
  readonly text: string;
  /** How long it has been so, ms of t. */
  readonly ageMs: number;
  readonly severity: "warning" | "error";
}

/** A line per thing, in the order in which a person should look, at marathon time `t`. */
export function attention(state: State, t: number): Attention[] {
  const found = [
    ...blockersToActOn(state, t),
    ...Object.values(state.terminals).flatMap((terminal) => ofTerminal(state, t, terminal)),
    ...undelivered(state, t),
    ...editedPlan(state, t),
  ];
  found.sort((a, b) => weight(a) - weight(b) || b.ageMs - a.ageMs);
  // Nothing else explains the standstill: then the standstill itself is the news.
  if (state.status === "settled" && found.length === 0) {
    found.push({
      kind: "settled",
      terminal: null,
      blocker: null,
      text: "nothing can go on without a person",
      ageMs: 0,
      severity: "warning",
    });
  }
  return found;
}

function blockersToActOn(state: State, t: number): Attention[] {
  return openBlockers(state, t).map(({ blocker, ageMs, toEscalationMs }) => ({
    kind: "blocker",
    terminal: blocker.terminal,
    blocker: blocker.id,
    text: `${blocker.priority} ${blocker.title}`,
    ageMs,
    severity: blocker.priority === "P0" || blocker.holder.level === "human" || toEscalationMs <= 0 ? "error" : "warning",
  }));
}

function ofTerminal(state: State, t: number, terminal: Terminal): Attention[] {
  const base = { terminal: terminal.number, blocker: null, ageMs: Math.max(0, t - terminal.since) };
  const name = `terminal ${terminal.number}`;
  const open = openCount(terminalTally(state, terminal.number));
  const left = counted(open, "open task");
  if (terminal.state === "asking")
    return [
      {
        ...base,
        kind: "asking",
        text: `${name} asks: ${terminal.evidence ?? terminal.kind ?? "a question"}`,
        severity: terminal.kind === "auth" ? "error" : "warning",
      },
    ];
  if (terminal.exit !== null && terminal.state === "error")
    return [{ ...base, kind: "failed", text: `${name} could not be started: ${terminal.evidence ?? ""}`, severity: "error" }];
  if (terminal.state === "error")
    return [{ ...base, kind: "error", text: `${name} shows an error: ${terminal.evidence ?? ""}`, severity: "error" }];
  if (open === 0) return [];
  if (terminal.lost)
    return [{ ...base, kind: "lost", text: `${name} died with its engine and has ${left}: restart it`, severity: "warning" }];
  if (terminal.retired)
    return [
      { ...base, kind: "retired", text: `${name} takes no more work and has ${left}: restart it or reassign them`, severity: "warning" },
    ];
  if (terminal.state === "exited")
    return [{ ...base, kind: "ended", text: `${name} ${terminal.evidence ?? "ended"} and has ${left}: restart it`, severity: "warning" }];
  return [];
}

/** Edited plan files change nothing before a person says so. */
function editedPlan({ planOffer, status }: State, t: number): Attention[] {
  if (!planOffer || status === "stopped") return [];
  const text = `the plan files were edited: ${planOffer.summary} (E)`;
  return [{ kind: "plan", terminal: null, blocker: null, text, ageMs: Math.max(0, t - planOffer.t), severity: "warning" }];
}

/** A message that was given up, and one that has waited for so long that whoever sent it counts on it. */
function undelivered(state: State, t: number): Attention[] {
  return messagesOf(state).flatMap((message): Attention[] => {
    const waits = isUnderWay(message);
    const ageMs = Math.max(0, t - (waits ? message.queuedT : message.since));
    if (!isUndelivered(message) || (waits && ageMs < MESSAGE_PATIENCE_MS)) return [];
    const what = waits ? "still waits" : "was not delivered";
    const text = `a message to terminal ${message.terminal} ${what}: ${message.why ?? "it was typed and is not taken yet"} (i)`;
    return [{ kind: "message", terminal: message.terminal, blocker: null, text, ageMs, severity: "warning" }];
  });
}

/** Questions come right after what is urgent: an answer is quick and sets a terminal to work. */
function weight(item: Attention): number {
  if (item.severity === "error" && item.kind === "blocker") return 0;
  if (item.kind === "asking") return 1;
  return item.severity === "error" ? 2 : item.kind === "blocker" ? 3 : 4;
}
