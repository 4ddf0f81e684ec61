/** The whole marathon in a few words, for the terminal around it: how it stands, who asks, how much is done. Words of ours alone. */
import { wholeTally } from "../marathon/tally.ts";
import type { AskingKind, State, Terminal } from "../marathon/types.ts";
import { plain } from "./format.ts";
import type { Connection } from "./stores/marathon-store.ts";

export interface Outward {
  readonly state: "working" | "blocked" | "done" | "idle" | "error";
  /** What is waited for, only with `blocked`. */
  readonly kind: "permission" | "question" | "auth" | null;
  /** Percent of the tasks, 0 to 100; null before there are any. */
  readonly percent: number | null;
  /** One line, such as "2 ask: T3, T7; 1 blocker; 47 of 100 done". */
  readonly words: string;
  /** The marathon's name. */
  readonly name: string;
}

/** Waited for, the most pressing first: without a login nothing goes on, a permission is quick. */
const PRESSING = ["auth", "permission", "question"] as const;
const UNKNOWN: Partial<Record<Connection["status"], string>> = {
  "engine-gone": "the engine is gone",
  silent: "the engine does not answer",
};
/** As much of the plan's title as a tab shows. */
const MOST_NAME = 40;

/** Where the engine is gone or silent, nothing is known of what goes on. */
export function outwardOf(state: State, connection: Connection["status"]): Outward {
  const unknown = UNKNOWN[connection] ?? null;
  const { counts, size } = wholeTally(state);
  const total = size - counts.dropped;
  const percent = total === 0 ? null : Math.floor((counts.done / total) * 100);
  const name = plain(state.title).slice(0, MOST_NAME) || "marathon";
  const asking = Object.values(state.terminals).filter((terminal) => terminal.state === "asking");
  const blockers = Object.values(state.blockers).filter((blocker) => blocker.state === "open").length;
  const words = [
    asking.length === 0
      ? null
      : `${asking.length} ask${asking.length === 1 ? "s" : ""}: ${asking.map(({ number }) => `T${number}`).join(", ")}`,
    blockers === 0 ? null : `${blockers} blocker${blockers === 1 ? "" : "s"}`,
    unknown ?? (state.status === "settled" ? "nothing goes on without you" : null),
    `${counts.done} of ${total} done`,
  ];
  return { ...standing(state, asking, unknown !== null), percent, words: words.filter((word) => word !== null).join("; "), name };
}

function standing(state: State, asking: readonly Terminal[], unknown: boolean): Pick<Outward, "state" | "kind"> {
  if (unknown) return { state: "error", kind: null };
  if (state.status === "done") return { state: "done", kind: null };
  if (state.status === "stopped") return { state: "idle", kind: null };
  if (asking.length > 0) {
    const kinds = new Set<AskingKind | null>(asking.map(({ kind }) => kind));
    return { state: "blocked", kind: PRESSING.find((kind) => kinds.has(kind)) ?? "question" };
  }
  return state.status === "settled" ? { state: "blocked", kind: "question" } : { state: "working", kind: null };
}
