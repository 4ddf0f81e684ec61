/** What becomes of a session's handoff when the session goes on after it. */
import type { Draft } from "../draft.ts";
import { planIndex } from "../plan-index.ts";
import type { Event, HandoffNote, ScratchFile, Task } from "../types.ts";

/**
 * A handoff is written in the last minutes of a session, and what is reported of its last tasks comes before or after it: work that ends
 * this long after it (ms of t) is still what it tells of. Work that begins is not.
 */
const LAST_MINUTES_MS = 10 * 60_000;

/** Several terminals work on it, or are to. */
function isShared({ state }: Draft, session: string): boolean {
  const terminals = new Set<number | null>();
  for (const number of planIndex(state.plan).sessions.get(session)?.tasks ?? []) {
    terminals.add(state.tasks[number]?.terminal ?? planIndex(state.plan).tasks.get(number)?.terminal ?? null);
    if (terminals.size > 1) return true;
  }
  return false;
}

/** What a handoff file says of itself. The engine reads all files again when it starts: one that says the same is no new one. */
export function handoffNote(
  before: ScratchFile | undefined,
  { bytes, t, stale, reading: { handoff, lines } }: Extract<Event, { readonly type: "file-changed" }>,
): HandoffNote | null {
  if (!handoff || stale) return null;
  const { completion } = handoff;
  const known = before?.handoff;
  if (known && before.bytes === bytes && before.lines === lines && known.completion === completion) return known;
  return { completion, t, overtaken: false };
}

/**
 * Work of a session that begins, or ends long after its handoff, overtakes it; not one that says that all is completed. Where several
 * terminals work on the session, whoever says that may speak for itself alone: there the work of the others overtakes it all the same.
 */
export function overtakeHandoff(draft: Draft, before: Task, after: Task): void {
  if (before.state === after.state) return;
  const { plan, handoffs, files, t } = draft.state;
  const session = planIndex(plan).tasks.get(after.number)?.session ?? "";
  const path = handoffs[session];
  const file = path === undefined ? undefined : files[path];
  if (!file?.handoff || file.handoff.overtaken) return;
  if (file.handoff.completion === 100 && !isShared(draft, session)) return;
  const ends = after.state === "done" || (after.state === "blocked" && before.state === "running");
  if (after.state !== "running" && !(ends && t - file.handoff.t > LAST_MINUTES_MS)) return;
  draft.setFile({ ...file, handoff: { ...file.handoff, overtaken: true } });
}
