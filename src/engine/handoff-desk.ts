/** Handoffs that agents hand in: written where those that they write themselves are. */
import { join } from "node:path";
import { withoutControls } from "../marathon/message-text.ts";
import type { State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import { readScratch } from "../plan/scratch.ts";
import type { ReportAnswer } from "../protocol/report-requests.ts";
import type { Report } from "../protocol/report-verbs.ts";
import type { Engine } from "./engine.ts";
import { RefusedError } from "./server.ts";

type HandoffReport = Extract<Report, { readonly verb: "handoff" }>;

/** Earlier handoffs of one session that are kept beside the newest. */
const MOST_KEPT = 20;

/**
 * Writes it as SESSION_NNN_HANDOFF.md, from which the scratchpad watcher reads it like any other; in a plan without sessions as
 * TERMINAL_NN_HANDOFF.md. What stood there is kept beside it. Throws RefusedError when it is no handoff.
 */
export function writeHandoff(engine: Engine, report: HandoffReport, terminal: number | null): ReportAnswer {
  const { state, ports } = engine;
  const name = nameOf(state, report.session, terminal);
  const file = join(state.scratchpad, name);
  const text = withId(withoutControls(report.text.toWellFormed()).text, state.id);
  const { handoff } = readScratch(file, text);
  const missing = handoff?.missing ?? [];
  if (!handoff || missing.length >= 5)
    throw new RefusedError(
      'this is no handoff: it needs completion in percent, completed work, blocked work, next steps and effort to complete in hours, as headings or as "Completion: 80 %"',
      "invalid",
    );
  const notes = missing.length > 0 ? [`it does not say: ${missing.join(", ")}. Hand it in again with them`] : [];
  let kept: string | null;
  try {
    const before = ports.papers.read(file);
    if (before === text) return { said: `${file} says that already`, changed: false, notes, file };
    kept = before === null ? null : keep(engine, file, before);
    if (before === null && ports.papers.create(file, text)) return { said: `written to ${file}`, changed: true, notes, file };
    ports.papers.replace(file, text);
  } catch (error) {
    throw new RefusedError(`cannot write ${file}: ${(error as Error).message}`);
  }
  return { said: `written to ${file}${kept === null ? "" : `; the one before is now ${kept}`}`, changed: true, notes, file };
}

function keep({ ports }: Engine, file: string, text: string): string {
  for (let number = 1; number <= MOST_KEPT; number++) {
    const path = file.replace(/_HANDOFF\.md$/u, `_HANDOFF_BEFORE_${number}.md`);
    if (ports.papers.create(path, text) || ports.papers.read(path) === text) return path;
  }
  throw new Error(`${MOST_KEPT} earlier handoffs stand beside it: tidy them up first`);
}

function nameOf(state: State, wanted: string | undefined, terminal: number | null): string {
  const { sessions, tasks } = state.plan;
  if (wanted !== undefined) {
    const same = (id: string) => id === wanted || (/^\d+$/u.test(id) && /^\d+$/u.test(wanted) && Number(id) === Number(wanted));
    const session = sessions.find(({ id }) => same(id));
    if (session && /^\d{1,6}$/u.test(session.id)) return `SESSION_${session.id}_HANDOFF.md`;
    const known = sessions.length === 0 ? "the plan has no sessions" : `the plan has ${sessions.map(({ id }) => id).join(", ")}`;
    throw new RefusedError(`there is no session "${oneLine(wanted, 20)}": ${known}`, "unknown-session");
  }
  const own = terminal === null ? undefined : state.terminals[terminal];
  const last = Object.values(state.tasks)
    .filter((task) => task.terminal === terminal && task.startedAt !== null)
    .toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))[0];
  const session = tasks.find(({ number }) => number === (own?.task ?? last?.number))?.session ?? null;
  if (session !== null && /^\d{1,6}$/u.test(session)) return `SESSION_${session}_HANDOFF.md`;
  if (terminal === null) throw new RefusedError("of which session? Give --session", "invalid");
  return `TERMINAL_${String(terminal).padStart(2, "0")}_HANDOFF.md`;
}

/** The marathon's name in its first lines: what an earlier run left counts for nothing. */
function withId(text: string, id: string): string {
  const body = `${text.trim()}\n`;
  if (body.includes(id)) return body;
  const [first = "", ...rest] = body.split("\n");
  return first.startsWith("#") ? [first, "", `Marathon: ${id}`, ...rest].join("\n") : `Marathon: ${id}\n\n${body}`;
}
