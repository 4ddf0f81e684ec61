/** `marathon import` for a person: a review as a table of time, foreign tasks as a list. */
import { problemPages } from "../check-problems.ts";
import { showRange } from "../ranges.ts";
import { cut, wrap } from "../wrap.ts";
import type { PlanSource } from "../types.ts";
import type { ImportReading } from "./import-file.ts";
import { figuresOf, totalsOf } from "./review-figures.ts";
import type { ImportedTasks, Review, ReviewedSession } from "./types.ts";

/** Plain text of at most `width` columns, ending in a line break. */
export function importText({ imported, problems }: ImportReading, source: PlanSource, width: number): string {
  const columns = Math.min(120, Math.max(60, width));
  const parts = imported === null ? [] : imported.kind === "review" ? [reviewText(imported, columns)] : [tasksText(imported, columns)];
  const pages = problemPages(imported?.problems ?? problems, [source], columns);
  return [...parts, ...(pages === "" ? [] : [pages])].join("\n\n") + "\n";
}

function reviewText(review: Review, width: number): string {
  const totals = totalsOf(review);
  const head = ["session", "planned", "actual", "variance", "closeness", "done", "earned", "index", "status"];
  const rows = review.sessions.map((session) => [session.id, ...hours(session), session.status ?? "", session.reason ?? ""]);
  const total = [
    "total",
    `${totals.planned} h`,
    `${totals.actual} h`,
    signed(totals.variance),
    percent(totals.closeness),
    percent(totals.completion),
    `${totals.earnedHours} h`,
    totals.costIndex === null ? "–" : totals.costIndex.toFixed(2),
  ];
  const widths = head.map((title, column) => Math.max(title.length, ...[...rows, total].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) => {
    const cells = row.slice(0, head.length).map((cell, column) => {
      const wide = widths[column] ?? 0;
      return column > 0 && column < head.length - 1 ? cell.padStart(wide) : cell.padEnd(wide);
    });
    return cut(`  ${[...cells, ...row.slice(head.length)].join("  ")}`.trimEnd(), width);
  };
  const said = wrap(
    "Closeness is how near the estimate was, in either direction; earned is planned hours × completion; index is earned ÷ actual.",
    width,
    2,
  );
  return [review.title ?? review.file, "", line(head), ...rows.map(line), line(total), "", said].join("\n");
}

function hours(session: ReviewedSession): string[] {
  const { closeness, variance, earnedHours, costIndex } = figuresOf(session);
  return [
    session.planned === null ? "–" : `${session.planned} h`,
    session.actual === null ? "–" : `${session.approximate ? "~" : ""}${session.actual} h`,
    variance === null ? "–" : signed(variance),
    percent(closeness),
    percent(session.completion),
    earnedHours === null ? "–" : `${earnedHours} h`,
    costIndex === null ? "–" : costIndex.toFixed(2),
  ];
}

function signed(hoursOff: number): string {
  return hoursOff === 0 ? "0 h" : `${hoursOff > 0 ? "+" : "−"}${Math.abs(hoursOff)} h`;
}

function percent(value: number | null): string {
  return value === null ? "–" : `${value} %`;
}

function tasksText({ title, kind, tasks }: ImportedTasks, width: number): string {
  const digits = String(tasks.at(-1)?.number ?? 0).length;
  const done = tasks.filter((task) => task.done).length;
  const lines = tasks.map((task) => {
    const after = task.dependsOn.length === 0 ? "" : `  after ${showRange(task.dependsOn)}`;
    const named = cut(task.title, Math.max(20, width - digits - 8 - after.length - (task.priority === null ? 0 : 4)));
    return `  ${String(task.number).padStart(digits)} ${task.done ? "[x]" : "[ ]"} ${task.priority === null ? "" : `${task.priority}  `}${named}${after}`;
  });
  return [`${title}\n  ${tasks.length} tasks (${kind}), ${done} done`, lines.join("\n")].join("\n\n");
}
