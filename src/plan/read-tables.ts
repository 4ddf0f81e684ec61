/** The tables that hold no tasks: streams, sessions, budgets, metrics. Chosen by their headers, never by their title (T-18). */
import type { Draft } from "./draft.ts";
import type { Row, TableBlock } from "./markdown.ts";
import { parseRange } from "./ranges.ts";
import { unbold } from "./text.ts";
import type { Place } from "./types.ts";

/** Reads a table if its headers are known; any other table is prose. */
export function readTable(table: TableBlock, draft: Draft): void {
  const heads = table.head.map((cell) => unbold(cell.text).toLowerCase());
  const at = (pattern: RegExp) => heads.findIndex((head) => pattern.test(head));
  const first = heads[0] ?? "";
  const terminal = at(/^terminals?$/);
  if (first === "stream" && at(/^hours?$/) !== -1) readStreamBudget(table, at, draft);
  else if (first === "stream" && terminal !== -1) readSummary(table, at, draft);
  else if (first === "session" && at(/^opus$/) !== -1) readModelBudget(table, at, draft);
  else if (first === "session" && at(/^focus$|^name$/) !== -1) readOverview(table, at, draft);
  else if (first === "metric" && at(/^target$/) !== -1) readMetrics(table, at, draft);
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
    draft.summary.push({
      ...row.place,
      id: streamId(cellText(row, 0)),
      terminals,
      terminalText: text,
      tasks: figure(cellText(row, at(/^tasks?$/))),
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
      hours: figure(cellText(row, at(/hours?$/))),
      agents: figure(cellText(row, at(/^agents?$/))),
      tasks: figure(cellText(row, at(/tasks?$/))),
    });
  }
}

function readModelBudget(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of table.rows) {
    const of = (pattern: RegExp) => figure(cellText(row, at(pattern))) ?? 0;
    const budget = { ...row.place, opus: of(/^opus$/), sonnet: of(/^sonnet$/), haiku: of(/^haiku$/), total: of(/^total$/) };
    const id = cellText(row, 0);
    if (isTotal(id)) draft.modelTotal = budget;
    else if (id !== "") draft.models.set(id, budget);
  }
}

function readStreamBudget(table: TableBlock, at: ColumnAt, draft: Draft): void {
  for (const row of table.rows) {
    const of = (pattern: RegExp) => figure(cellText(row, at(pattern))) ?? 0;
    const budget = { ...row.place, tasks: of(/^tasks?$/), terminals: of(/^terminals?$/), hours: of(/^hours?$/) };
    const id = cellText(row, 0);
    if (isTotal(id)) draft.streamBudgetTotal = budget;
    else if (id !== "") draft.streamBudgets.set(streamId(id), budget);
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

/** The leading number of "4", "~4", "1,342" or "30+"; null for words (T-40). */
function figure(text: string): number | null {
  const match = /^[~≈+]?\s*(\d[\d,]*(?:\.\d+)?)/.exec(text);
  return match === null ? null : Number((match[1] ?? "").replaceAll(",", ""));
}
