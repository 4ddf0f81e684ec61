/** Where a review contradicts itself. It is history: nothing of it is an error. */
import { parseFigure } from "../figures.ts";
import type { Section } from "../outline.ts";
import type { Problems } from "../problems.ts";
import { unbold } from "../text.ts";
import type { Place } from "../types.ts";
import { figuresOf } from "./review-figures.ts";
import type { Entry } from "./review-entry.ts";
import type { ReviewedSession } from "./types.ts";

interface Reading {
  readonly file: string;
  readonly title: string | null;
  readonly header: Readonly<Record<string, string>>;
  readonly entries: readonly Entry[];
  readonly sessions: readonly ReviewedSession[];
  readonly sections: readonly Section[];
}

export function verifyReview(reading: Reading, problems: Problems): void {
  const start = { file: reading.file, line: 1, column: 1 };
  for (const session of reading.sessions) reportSession(session, reading.entries, problems);
  reportProgress(reading, start, problems);
  reportClasses(reading, problems);
}

function reportSession(session: ReviewedSession, entries: readonly Entry[], problems: Problems): void {
  const entry = entries.find((candidate) => candidate.id === session.id);
  const { closeness } = figuresOf(session);
  const at = { file: session.file, line: session.line, column: session.column };
  if (session.statedCloseness !== null && closeness !== null && Math.abs(closeness - session.statedCloseness) > 1) {
    problems.warning({
      at,
      code: "closeness-differs",
      trap: "T-04",
      message: `session ${session.id}: ${session.statedCloseness} % stated, ${session.planned} h planned and ${session.actual} h worked are ${closeness} % close`,
      advice: "nothing to do: closeness is computed from the hours",
      stated: session.statedCloseness,
      computed: closeness,
    });
  }
  const hours = [entry?.actual, entry?.tableHours, entry?.entryHours].filter((value) => value !== null && value !== undefined);
  if (new Set(hours).size > 1) {
    problems.note({
      at,
      code: "hours-differ",
      trap: "T-36",
      message: `session ${session.id} has ${hours.join(" h, ")} h in different places`,
      advice: "nothing to do: the time table counts",
      stated: hours.at(-1) ?? 0,
      computed: session.actual ?? 0,
    });
  }
  const words = new Set(
    [entry?.table.status, entry?.heading.status, entry?.line.status].filter((status) => status !== null && status !== undefined),
  );
  if (words.size > 1 || (session.status === "done" && (session.completion ?? 100) < 80)) {
    problems.note({
      at,
      code: "status-differs",
      trap: "T-56",
      message: `session ${session.id} is called ${[...words].join(" and ")} at ${session.completion ?? "?"} %`,
      advice: "nothing to do: word and percentage are kept apart",
    });
  }
  if (session.remaining !== null && session.completion !== null && session.remaining + session.completion !== 100) {
    problems.warning({
      at,
      code: "remaining-differs",
      message: `session ${session.id}: ${session.completion} % done and ${session.remaining} % left are ${session.completion + session.remaining} %`,
      advice: "correct one of the two",
      stated: session.remaining,
      computed: 100 - session.completion,
    });
  }
}

/** How far the stated progress may be off before it is said, points. */
const POINTS = 2;

function reportProgress(reading: Reading, at: Place, problems: Problems): void {
  const stated = parseFigure(Object.entries(reading.header).find(([key]) => /progress/i.test(key))?.[1] ?? "")?.value;
  const timed = reading.sessions.filter((session) => session.planned !== null && session.completion !== null);
  const planned = timed.reduce((sum, session) => sum + (session.planned ?? 0), 0);
  const earned = timed.reduce((sum, session) => sum + ((session.planned ?? 0) * (session.completion ?? 0)) / 100, 0);
  if (stated === undefined || planned === 0) return;
  const computed = Math.round((earned / planned) * 1000) / 10;
  if (Math.abs(computed - stated) <= POINTS) return;
  problems.warning({
    at,
    code: "progress-differs",
    trap: "T-06",
    message: `overall progress: ${stated} % stated, ${computed} % by planned hours`,
    advice: "nothing to do: both are kept; ours is weighted by planned hours",
    stated,
    computed,
  });
}

/** "Fully complete: 3" where no session reached 100 % (T-05). */
function reportClasses({ sessions, sections }: Reading, problems: Problems): void {
  const row = sections
    .flatMap((section) => section.blocks)
    .flatMap((block) => (block.kind === "table" ? block.rows : []))
    .find((candidate) => /^fully complete/i.test(unbold(candidate.cells[0]?.text ?? "")));
  const stated = parseFigure(row?.cells[1]?.text ?? "")?.value;
  const computed = sessions.filter((session) => session.completion === 100).length;
  if (row === undefined || stated === undefined || stated === computed) return;
  problems.warning({
    at: row.place,
    code: "classes-differ",
    trap: "T-05",
    message: `${stated} sessions are called fully complete; ${computed} reached 100 %`,
    advice: "nothing to do: classes are made from the percentages",
    stated,
    computed,
  });
}
