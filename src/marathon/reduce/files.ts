/**
 * How scratchpad files change the state by themselves: they are known, raise blockers and leave handoffs.
 * What they say of tasks is recorded as facts of its own.
 */
import { blockerFile } from "../blocker-file.ts";
import type { Draft } from "../draft.ts";
import { readReport } from "../reports.ts";
import type { Blocker, Event, State } from "../types.ts";
import { oneLine } from "../words.ts";
import { create, joined, moreUrgent } from "./blockers.ts";
import { handoffNote } from "./handoffs.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** Words about what a file changed that are kept, newest last. */
const MOST_CHANGES = 20;

export function fileChanged(draft: Draft, event: Of<"file-changed">): void {
  const before = draft.state.files[event.path];
  const report = readReport(draft.state, event);
  const { raised } = blockerFile(draft.state, event);
  const note = handoffNote(before, event);
  raiseFromFile(draft, event);
  for (const text of report.notices) {
    draft.notice("warning", text);
    draft.log({ seq: event.seq, at: event.at, terminal: event.reading.name.terminal, tone: "warn", text: oneLine(text, 240) });
  }
  const { name, handoff, lines } = event.reading;
  draft.setFile({
    path: event.path,
    name,
    at: event.at,
    bytes: event.bytes,
    lines,
    changes: [...(before?.changes ?? []), ...report.changes].slice(-MOST_CHANGES),
    note: noteOf(event),
    ticks: report.ticks,
    ...(event.reading.wishes && !event.stale ? { wishes: event.reading.wishes } : {}),
    ...(note ? { handoff: note } : {}),
    ...(raised ? { raised } : {}),
  });
  if (handoff && !event.stale && name.session !== null && !name.placeholder)
    draft.setHandoff(sessionId(draft.state, name.session), event.path);
}

export function fileRemoved(draft: Draft, event: Of<"file-removed">): void {
  draft.removeFile(event.path);
  for (const [session, path] of Object.entries(draft.state.handoffs)) if (path === event.path) draft.removeHandoff(session);
}

/** The blocker itself is known at once, even when it stops no task any more: a person or agent wrote it to be seen. */
function raiseFromFile(draft: Draft, event: Of<"file-changed">): void {
  const { raises } = blockerFile(draft.state, event);
  if (!raises) return;
  const { title, cause, priority, sessions, terminal, evidence, joins } = raises;
  if (!joins) {
    const id = create(draft, {
      title,
      priority,
      tasks: [],
      sessions,
      terminal,
      step: "document",
      cause,
      evidence,
      by: evidence[0]?.source ?? event.path,
    });
    const fresh = draft.state.blockers[id];
    if (fresh) draft.setBlocker({ ...fresh, ...tries(event) });
    return;
  }
  draft.setBlocker({
    ...joins,
    title: event.reading.blocker?.title ? title : joins.title,
    priority: moreUrgent(joins.priority, priority),
    sessions: [...new Set([...joins.sessions, ...sessions])],
    step: joins.step === "identify" ? "document" : joins.step,
    cause: cause ?? joins.cause,
    evidence: joined(joins.evidence, evidence),
    ...tries(event),
  });
}

/** What its file says was tried and what was not. */
function tries(event: Of<"file-changed">): Pick<Blocker, "tried" | "notTried"> {
  const { tried = [], notTried = [] } = event.reading.blocker ?? {};
  return { ...(tried.length > 0 ? { tried } : {}), ...(notTried.length > 0 ? { notTried } : {}) };
}

function noteOf(event: Of<"file-changed">): string | null {
  const { name, handoff } = event.reading;
  if (event.stale) return "from before this marathon, so nothing in it counts until it changes";
  if (name.placeholder) return "put the number where the placeholder stands; until then it speaks for nobody";
  if (handoff && handoff.missing.length > 0) return `does not say: ${handoff.missing.join(", ")}`;
  return null;
}

/** The plan's own spelling of a session's id: "025" for a file that says 25. */
function sessionId(state: State, session: string): string {
  return (
    state.plan.sessions.find(({ id }) => id === session || (/^\d+$/.test(id) && /^\d+$/.test(session) && Number(id) === Number(session)))
      ?.id ?? session
  );
}
