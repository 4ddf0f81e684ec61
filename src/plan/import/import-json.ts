/** `marathon import --json`: the shape that contract.md fixes. Fields are added, never renamed. */
import type { ImportReading } from "./import-file.ts";
import { figuresOf, totalsOf } from "./review-figures.ts";
import type { ImportedTask, Review, ReviewedSession } from "./types.ts";

/** One JSON value, schema 1. */
export function importJson({ imported, problems }: ImportReading): object {
  if (imported === null) return { schema: 1, kind: null, problems };
  if (imported.kind === "review") return reviewJson(imported);
  const { kind, title, file, tasks } = imported;
  return { schema: 1, kind, title, file, tasks: tasks.map(taskJson), problems: imported.problems };
}

function reviewJson(review: Review): object {
  const progress = Object.entries(review.header).find(([key]) => /progress/i.test(key))?.[1] ?? null;
  return {
    schema: 1,
    kind: "review",
    title: review.title,
    file: review.file,
    sessions: review.sessions.map(sessionJson),
    totals: {
      ...totalsOf(review),
      stated: { completion: progress === null ? null : Number(/\d+(?:\.\d+)?/.exec(progress)?.[0] ?? Number.NaN) || null },
    },
    header: review.header,
    problems: review.problems,
  };
}

function sessionJson(session: ReviewedSession): object {
  const { id, name, planned, actual, approximate, completion, status, reason, statedCloseness, entryHours, remaining, deliverables, line } =
    session;
  const { closeness, variance, earnedHours, costIndex } = figuresOf(session);
  return {
    id,
    name,
    planned,
    actual,
    approximate,
    closeness,
    variance,
    completion,
    status,
    earnedHours,
    costIndex,
    reason,
    remaining,
    entryHours,
    stated: { closeness: statedCloseness },
    deliverables,
    line,
  };
}

function taskJson({ number, id, title, status, done, dependsOn, priority, group, phase, parallel, minutes, line }: ImportedTask): object {
  return { number, id, title, status, done, dependsOn, priority, group, phase, parallel, estimateMinutes: minutes, line };
}
