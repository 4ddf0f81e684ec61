/** The tables that hold no tasks: streams, sessions, budgets, metrics. Chosen by their headers, never by their title (T-18). */
import type { BudgetRow, Draft, Stated } from "./draft.ts";
import { parseFigure } from "./figures.ts";
import type { Row, TableBlock, Text } from "./markdown.ts";
import { placeOf } from "./marks.ts";
import { parseRange } from "./ranges.ts";
import { unbold } from "./text.ts";
import type { Place } from "./types.ts";

/** Reads a table if its headers are known. False for any other: that is prose. */
export function readTable(table: TableBlock, draft: Draft): boolean {
  const heads = table.head.map((cell) => unbold(cell.text).toLowerCase());
  const at = (pattern: RegExp) => heads.findIndex((head) => pattern.test(head));
  const first = heads[0] ?? "";
  const terminal = at(/^terminals?$/);
  if (first === "stream" && at(/^hours?$/) !== -1) readStreamBudget(table, at, draft);
  else if (first === "stream" && terminal !== -1) readSummary(table, at, draft);
  else if (first === "session" && at(/^opus$/) !== -1) readModelBudget(table, at, draft);
  else if (first === "session" && at(/^focus$|^name$/) !== -1) readOverview(table, at, draft);
  else if (first === "metric" && at(/^target$/) !== -1) readMetrics(table, at, draft);
  else return false;
  return true;
}

type ColumnAt = (pattern: RegExp) => number;

function readSummary(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of idRows(table)) {
    const text = cellText(row, at(/^terminals?$/));
    const terminals = parseRange(text);
    if (terminals === null) {
      draft.problems.warning({
        at: row.place,
        code: "bad-terminal",
        message: `"${text}" is no range of terminals`,
        advice: "write 1-3, 9 or Overflow",
      });
    }
    const cell = row.cells[at(/^terminals?$/)];
    if (cell !== undefined) draft.marks.ranges.push({ ...placeOf(cell), text });
    draft.summary.push({
      ...row.place,
      id: streamId(cellText(row, 0)),
      terminals,
      terminalText: text,
      tasks: statedIn(row, at(/^tasks?$/), draft),
      focus: cellText(row, at(/^(?:focus|name|goal)$/)),
    });
  }
}

function readOverview(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of idRows(table)) {
    draft.overview.push({
      ...row.place,
      id: cellText(row, 0).replace(/^session\s+/i, ""),
      focus: cellText(row, at(/^focus$|^name$/)),
      hours: statedIn(row, at(/hours?$/), draft),
      agents: statedIn(row, at(/^agents?$/), draft),
      tasks: statedIn(row, at(/tasks?$/), draft),
    });
  }
}

function readModelBudget(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of table.rows) {
    const of = (pattern: RegExp) => statedIn(row, at(pattern), draft);
    const budget = budgetRow(row, { opus: of(/^opus$/), sonnet: of(/^sonnet$/), haiku: of(/^haiku$/), total: of(/^total$/) });
    const id = cellText(row, 0);
    if (isTotal(id)) draft.modelTotal = budget;
    else if (id !== "") draft.models.set(id, budget);
  }
}

function readStreamBudget(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of table.rows) {
    const of = (pattern: RegExp) => statedIn(row, at(pattern), draft);
    const budget = budgetRow(row, { tasks: of(/^tasks?$/), terminals: of(/^terminals?$/), hours: of(/^hours?$/) });
    const id = cellText(row, 0);
    const hours = budget.cells.hours?.figure;
    const ranged = hours !== undefined && hours.high !== hours.value ? { ...budget, hoursLow: hours.value } : budget;
    if (isTotal(id)) draft.streamBudgetTotal = budget;
    else if (id !== "") draft.streamBudgets.set(streamId(id), ranged);
  }
}

function readMetrics(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of idRows(table)) {
    const place: Place = row.place;
    draft.metrics.push({
      ...place,
      name: cellText(row, 0),
      current: cellText(row, at(/^(?:current|baseline)$/)),
      target: cellText(row, at(/^target$/)),
    });
  }
}

/** Rows that name something; "Total" is no id (T-78). */
function idRows(table: TableBlock): Row[] {
  return table.rows.filter((row) => cellText(row, 0) !== "" && !isTotal(cellText(row, 0)));
}

function isTotal(text: string): boolean {
  return /^(?:total|sum)s?:?$/i.test(text);
}

/** "A (MCP)" is stream A. */
function streamId(text: string): string {
  return text
    .replace(/^stream\s+/i, "")
    .replace(/\s*\(.*\)$/, "")
    .trim();
}

function cellText(row: Row, index: number): string {
  return index < 0 ? "" : unbold(row.cells[index]?.text ?? "");
}

function budgetRow<Key extends string>(row: Row, cells: Record<Key, Stated | null>): BudgetRow<Record<Key, number>> {
  const figures = Object.fromEntries(Object.entries<Stated | null>(cells).map(([key, cell]) => [key, cell?.figure.high ?? 0]));
  return { ...row.place, ...(figures as Record<Key, number>), cells };
}

/** The figure of a cell with its place. A cell that should hold one and holds something else is said; "-" and nothing are not. */
function statedIn(row: Row, index: number, draft: Draft): Stated | null {
  const cell = index < 0 ? undefined : row.cells[index];
  if (cell === undefined || /^(?:[-–—]|n\/a|none|tbd|\?)?$/i.test(unbold(cell.text))) return null;
  const written = unbold(cell.text);
  const figure = parseFigure(written);
  if (figure !== null && figure.value >= 0) return { ...placeOf(cell), figure, written: numberOf(written) };
  reportFigure(cell, draft);
  return null;
}

/** The digits of a figure without the signs around them. */
function numberOf(written: string): string {
  return /\d[\d,]*(?:\.\d+)?/.exec(written)?.[0] ?? written;
}

function reportFigure(cell: Text, draft: Draft): void {
  draft.problems.warning({
    at: cell,
    code: "bad-figure",
    message: `"${cell.text}" is no count or number of hours`,
    advice: "write a number of 0 or more, such as 4, ~4, 3-5 or 30+",
  });
}
