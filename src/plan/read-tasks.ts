/** Task tables (first header `#`) and numbered task lists. Every row becomes a task or a problem; none is dropped. */
import type { Draft, DraftTask } from "./draft.ts";
import { parseDuration } from "./durations.ts";
import type { Item, ListBlock, Row, TableBlock, Text } from "./markdown.ts";
import { placeOf } from "./marks.ts";
import { itemText } from "./outline.ts";
import { parseRange } from "./ranges.ts";
import { plain, unbold } from "./text.ts";
import type { Estimate, Place, PlanTask, Priority } from "./types.ts";
import { KINDS_WANTED, parseKind } from "./work-kinds.ts";

/** What the headings and lines above a table or list say about its tasks. */
export interface Surroundings {
  readonly stream: string | null;
  readonly session: string | null;
  readonly terminals: readonly number[] | null;
  readonly group: string | null;
}

type Column =
  | "number"
  | "title"
  | "target"
  | "type"
  | "change"
  | "run"
  | "estimate"
  | "dependsOn"
  | "priority"
  | "kind"
  | "role"
  | "fallback"
  | "agent"
  | "answer"
  | "done"
  | "terminal"
  | "stream"
  | "session";

type Cells = Partial<Record<Column, Text>>;

const KNOWN_COLUMNS: readonly (readonly [RegExp, Column])[] = [
  [/^task$/, "title"],
  [/^type$/, "type"],
  [/^(?:status|state)\s*(?:→|->|=>|to)\s*target$/, "change"],
  [/^(?:run|command)$/, "run"],
  [/^est(?:imate|\.|\.? hours)?$/, "estimate"],
  [/^depend(?:s|encies|s on)?$|^after$/, "dependsOn"],
  [/^prio(?:rity)?$/, "priority"],
  [/^(?:work )?kind(?: of work)?$/, "kind"],
  [/^role$/, "role"],
  [/^fall-?back$/, "fallback"],
  [/^agent$/, "agent"],
  [/^(?:default )?answer$/, "answer"],
  [/^done$/, "done"],
  [/^terminals?$/, "terminal"],
  [/^stream$/, "stream"],
  [/^session$/, "session"],
];

/** Highest task number; six digits keep every table and file name readable. */
const HIGHEST = 999_999;

/** Only a table whose first header is `#` holds tasks (T-18). */
export function isTaskTable(table: TableBlock): boolean {
  return table.head[0] !== undefined && unbold(table.head[0].text) === "#";
}

/** Reads a task table; returns how many tasks it holds. */
export function readTaskTable(table: TableBlock, around: Surroundings, draft: Draft): number {
  const columns = columnsOf(table.head);
  let count = 0;
  for (const row of table.rows) {
    if (row.cells.every((cell) => cell.text === "") || /^total:?$/i.test(unbold(row.cells[0]?.text ?? ""))) continue;
    reportExtraCells(row, table.head.length, draft);
    const cells: Cells = {};
    columns.forEach((column, index) => {
      const cell = row.cells[index];
      if (column !== null && cell !== undefined && cell.text !== "") cells[column] = cell;
    });
    const empty = row.cells[0];
    if (cells.number === undefined && empty !== undefined) {
      draft.marks.unnumbered.push({ ...placeOf(empty), above: draft.tasks.at(-1)?.number ?? 0 });
      continue;
    }
    if (!addTask(cells, row.place, doneIn(cells.done), around, draft)) continue;
    count++;
    markCells(row, cells, draft);
  }
  const header = table.head[columns.indexOf("title")];
  if (header !== undefined) draft.marks.kinds.push({ stream: around.stream, header: unbold(header.text), tasks: count });
  return count;
}

/**
 * The first column is the number. A known header means itself; of the others the first is the title unless a
 * column is headed Task, and the next is the target (Service, Module, Scenario, File, Route File …).
 */
function columnsOf(head: readonly Text[]): (Column | null)[] {
  const known = head.map((cell, index): Column | null => {
    if (index === 0) return "number";
    const name = unbold(cell.text).toLowerCase();
    return KNOWN_COLUMNS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  });
  for (const column of ["title", "target"] as const) {
    const free = known.indexOf(null);
    if (!known.includes(column) && free !== -1) known[free] = column;
  }
  return known;
}

/** A `Done` cell: x, yes, done or a check mark. Null when it says nothing. */
function doneIn(cell: Text | undefined): boolean | null {
  return cell === undefined ? null : /^(?:\[x\]|x|y|yes|true|done|✓|✔️?|✅|☑️?)$/iu.test(unbold(cell.text));
}

/** Stars outside of code spans, which other Markdown programs take for emphasis, and the scale of the priority. */
function markCells(row: Row, { number, priority }: Cells, draft: Draft): void {
  const starred = row.cells.find((cell) => /(?<![\\*])\*(?!\*)/.test(cell.raw.replace(/`[^`]*`/g, "")));
  if (starred !== undefined) draft.marks.stars.push({ ...placeOf(starred), task: Number(number?.text.replace(/\D/g, "")) });
  if (priority === undefined || priorityIn(priority.text) === null) return;
  draft.marks.priorities.push({ ...placeOf(priority), text: priority.text, scale: /^P\d/i.test(plain(priority.text)) ? "P0-P3" : "words" });
}

function reportExtraCells(row: Row, expected: number, draft: Draft): void {
  const extra = row.cells[expected];
  if (extra === undefined) return;
  draft.problems.warning({
    at: extra,
    code: "extra-cells",
    trap: "T-63",
    message: `the row has ${row.cells.length} cells but the table has ${expected} columns; what is beyond them is lost`,
    advice: "write a pipe inside a cell as \\|",
    stated: expected,
    computed: row.cells.length,
  });
}

/** Task list items, `- [ ] 12 text`, with details as nested bullets (`- Run: …`). Returns how many were read. */
export function readTaskList(list: ListBlock, around: Surroundings, draft: Draft): number {
  let count = 0;
  for (const item of list.items) {
    const text = itemText(item);
    const match =
      item.checked === null || text === null ? null : /^(?:task\s+)?#?(\d+)(?:[.:)]|\s+[-–—])?\s+([\s\S]+)$/i.exec(plain(text.text));
    if (text === null || match === null) continue;
    const cell = (value: string): Text => ({ ...text, text: value, raw: value });
    const cells: Cells = { ...detailsOf(item), number: cell(match[1] ?? ""), title: cell((match[2] ?? "").replaceAll("\n", " ")) };
    if (addTask(cells, item.place, item.checked, around, draft)) count++;
  }
  return count;
}

function detailsOf(item: Item): Cells {
  const cells: Cells = {};
  for (const block of item.blocks) {
    if (block.kind !== "list") continue;
    for (const detail of block.items) {
      const text = itemText(detail);
      const match = text === null ? null : /^\**([\w ]+?)\**:\**\s*([\s\S]+)$/.exec(text.raw);
      const name = match?.[1]?.toLowerCase() ?? "";
      const column = KNOWN_COLUMNS.find(([pattern]) => pattern.test(name))?.[1] ?? (/^(?:target|file)$/.test(name) ? "target" : null);
      if (text === null || match === null || column === null) continue;
      const raw = match[2] ?? "";
      const code = /^(`+)([^`]+)\1$/.exec(raw)?.[2] ?? null;
      cells[column] = { ...text, text: code ?? raw, raw, isCode: code !== null };
    }
  }
  return cells;
}

function addTask(cells: Cells, at: Place, checked: boolean | null, around: Surroundings, draft: Draft): boolean {
  const number = numberOf(cells.number, at, draft);
  if (number === null) return false;
  const change = /^(.*?)\s*(?:→|->|=>)\s*(.*)$/.exec(cells.change?.text ?? "");
  const task: DraftTask = {
    file: at.file,
    line: at.line,
    column: at.column,
    number,
    title: unbold(cells.title?.text ?? "") || `Task ${number}`,
    stream: cells.stream?.text ?? around.stream,
    session: cells.session?.text ?? around.session,
    terminals: terminalsOf(cells.terminal, draft) ?? around.terminals,
    group: cells.type?.text ?? around.group,
    target: cells.target?.text ?? null,
    from: change?.[1] || null,
    to: change?.[2] || (change === null ? (cells.change?.text ?? null) : null),
    run: commandOf(cells.run),
    fallback: commandOf(cells.fallback),
    answer: cells.answer?.text ?? null,
    role: cells.role?.text ?? null,
    agent: cells.agent?.text ?? null,
    ...(cells.agent ? { agentAt: { file: cells.agent.file, line: cells.agent.line, column: cells.agent.column } } : {}),
    estimate: estimateOf(cells.estimate, draft),
    dependsOn: dependenciesOf(cells.dependsOn, draft),
    priority: priorityOf(cells.priority, draft),
    ...kindOf(cells.kind, draft),
    doneInPlan: checked === true,
  };
  draft.tasks.push(task);
  return true;
}

function numberOf(cell: Text | undefined, at: Place, draft: Draft): number | null {
  const number = Number(/^#?(\d+)\.?$/.exec(unbold(cell?.text ?? ""))?.[1] ?? Number.NaN);
  if (number >= 1 && number <= HIGHEST) return number;
  draft.problems.error({
    at: cell ?? at,
    code: "bad-task-number",
    message: cell === undefined ? "the row has no task number" : `"${cell.text}" is no task number`,
    advice: `give the row a whole number from 1 to ${HIGHEST} in the # column`,
  });
  return null;
}

/** A cell that is one code span means what is in it; any other is taken as the file has it, stars and all. */
function commandOf(cell: Text | undefined): string | null {
  if (cell === undefined || /^(?:-|–|—|none|n\/a)$/i.test(cell.text)) return null;
  return cell.isCode ? cell.text : cell.raw;
}

function terminalsOf(cell: Text | undefined, draft: Draft): readonly number[] | null {
  if (cell === undefined) return null;
  const terminals = parseRange(cell.text);
  if (terminals !== null) return terminals;
  unreadable(cell, "terminal", "a number from 1 to 10, a range, or any", draft);
  return null;
}

function estimateOf(cell: Text | undefined, draft: Draft): Estimate | null {
  if (cell === undefined || /^[-–—?]$/.test(cell.text)) return null;
  const minutes = parseDuration(cell.text);
  if (minutes !== null) return { ...minutes, source: "plan", rule: null };
  unreadable(cell, "estimate", "such as 45m, 1h 30m, 2h or 2-4 h", draft);
  return null;
}

function dependenciesOf(cell: Text | undefined, draft: Draft): readonly number[] {
  if (cell === undefined) return [];
  const numbers = parseRange(cell.text);
  if (numbers === null) unreadable(cell, "dependency", "a list of task numbers such as 3, 5-7", draft, "error");
  return numbers ?? [];
}

/** What a priority cell may begin with. */
const PRIORITY_WORDS: Readonly<Record<string, Priority>> = {
  P0: "P0",
  P1: "P1",
  P2: "P2",
  P3: "P3",
  CRITICAL: "P0",
  HIGH: "P1",
  MEDIUM: "P2",
  LOW: "P3",
};

function priorityOf(cell: Text | undefined, draft: Draft): Priority | null {
  if (cell === undefined || /^[-–—]$/.test(cell.text)) return null;
  const priority = priorityIn(cell.text);
  if (priority === null) unreadable(cell, "priority", "P0, P1, P2 or P3, or critical, high, medium or low", draft);
  return priority;
}

function kindOf(cell: Text | undefined, draft: Draft): Pick<PlanTask, "kind" | "security"> {
  if (cell === undefined || /^[-–—]$/.test(cell.text)) return {};
  const { kind, security, understood } = parseKind(plain(cell.text));
  if (!understood) unreadable(cell, "kind", KINDS_WANTED, draft);
  return { ...(kind ? { kind } : {}), ...(security ? { security: true } : {}) };
}

function priorityIn(text: string): Priority | null {
  const first = /^(?:P[0-3]|[A-Z]+)\b/.exec(plain(text).toUpperCase())?.[0] ?? "";
  return PRIORITY_WORDS[first] ?? null;
}

function unreadable(cell: Text, what: string, wanted: string, draft: Draft, severity: "error" | "warning" = "warning"): void {
  draft.problems[severity]({
    at: cell,
    code: `bad-${what}`,
    message: `"${cell.text}" is no ${what}`,
    advice: `write ${wanted}`,
  });
}
