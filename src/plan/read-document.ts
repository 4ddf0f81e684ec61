/** One Markdown document to one draft: hands each section to the readers that its heading and blocks call for. */
import type { Draft, DraftStream, SessionParts, Stated, TerminalLine } from "./draft.ts";
import { emptyDraft } from "./draft.ts";
import { parseFigure } from "./figures.ts";
import { readFrontMatter } from "./front-matter.ts";
import type { Block, FenceBlock, TableBlock } from "./markdown.ts";
import { parseMarkdown } from "./markdown.ts";
import { placeOf } from "./marks.ts";
import type { Line, Section } from "./outline.ts";
import { lineage, linesOf, linesOfFence, outline } from "./outline.ts";
import type { Problems } from "./problems.ts";
import { readLists } from "./read-lists.ts";
import { openSession, readSessionSection } from "./read-session.ts";
import { openStream, readBaseline, readGoalLine, readTerminalLine } from "./read-streams.ts";
import { readTable } from "./read-tables.ts";
import type { Surroundings } from "./read-tasks.ts";
import { isTaskTable, readTaskList, readTaskTable } from "./read-tasks.ts";
import { surveyText } from "./survey.ts";
import { plain, unbold } from "./text.ts";
import type { PlanSource } from "./types.ts";

/** Reads one source. What is wrong with its text goes to `problems`; what it leaves out is for `assemble`. */
export function readDocument(source: PlanSource, problems: Problems): Draft {
  const text = source.text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const blocks = isTooDeep(text, source.file, problems) ? [] : parseMarkdown(text, source.file);
  const draft = emptyDraft(source.file, problems);
  const front = readFrontMatter(blocks, problems);
  draft.settings = front.settings;
  draft.settingAt = front.at ?? draft.settingAt;
  surveyText(text, draft);
  const sections = outline(blocks, source.file);
  const owners = new Map<Section, Owner>();
  for (const section of sections) {
    const owner = ownerOf(section, owners, draft);
    owners.set(section, owner);
    readHeader(section, draft);
    readBlocks(section, owner, draft);
    if (owner.session !== null) readSessionSection(section, owner.session, draft);
    else if (owner.stream !== null) readBaseline(section, owner.stream, draft);
    readLists(section, draft);
  }
  return draft;
}

/**
 * Lists or quotes inside one another cost the parser their depth at each line: thousands of marks on a line, or hundreds of lines of
 * which each is set in further, took minutes. A hundred of either is far beyond any plan.
 */
function isTooDeep(text: string, file: string, problems: Problems): boolean {
  const match = /^[ \t]*(?:[-*+][ \t]+|>[ \t]?|\d{1,9}[.)][ \t]+){100}|^(?: {200}|\t{50})[ \t]*(?:[-*+>]|\d{1,9}[.)])/m.exec(text);
  if (match === null) return false;
  problems.error({
    at: { file, line: text.slice(0, match.index).split("\n").length, column: 1 },
    code: "too-deep",
    message: "the line is inside a hundred lists or quotations, or set in as far",
    advice: "correct the line; nothing of this file was read",
  });
  return true;
}

/** What a section's heading, or a heading that it lies below, opened. */
interface Owner {
  readonly stream: DraftStream | null;
  readonly session: SessionParts | null;
  readonly terminal: TerminalLine | null;
}

function ownerOf(section: Section, owners: ReadonlyMap<Section, Owner>, draft: Draft): Owner {
  const above = section.parent === null ? null : (owners.get(section.parent) ?? null);
  if (section.depth === 0) return { stream: null, session: null, terminal: null };
  const session = openSession(section, draft) ?? above?.session ?? null;
  const stream = openStream(section, draft) ?? above?.stream ?? null;
  const terminal = readTerminalLine(section.heading, section.place, stream?.id ?? null, draft) ?? above?.terminal ?? null;
  return { stream, session, terminal };
}

/** Title, and the "key: value" lines below it, in a block quote or in bold (T-64). */
function readHeader(section: Section, draft: Draft): void {
  if (section.depth > 1) return;
  if (section.depth === 1 && draft.title === null) {
    draft.title = section.heading;
    draft.titleLine = section.place.line;
  }
  for (const block of section.blocks) {
    const quoted = block.kind === "quote";
    const paragraphs = quoted ? block.blocks : [block];
    for (const paragraph of paragraphs) {
      if (paragraph.kind !== "paragraph") continue;
      for (const line of linesOf(paragraph.content)) {
        const match = quoted
          ? /^\**([\w ]{1,40}?):\**\s*(.+)$/.exec(line.text)
          : /^\*\*([\w ]{1,40}?)(?::\*\*|\*\*:)\s*(.+)$/.exec(line.text);
        if (match === null) continue;
        const key = match[1] ?? "";
        draft.header[key] = plain(match[2] ?? "");
        draft.marks.header.push({ ...placeOf(line), key, text: draft.header[key] });
      }
    }
  }
}

function readBlocks(section: Section, owner: Owner, draft: Draft): void {
  let line = owner.terminal;
  for (const block of section.blocks) {
    const around = surroundings(section, owner, line);
    if (block.kind === "paragraph") line = readParagraph(block, owner, draft) ?? line;
    else if (block.kind === "table" && !isTaskTable(block)) readOtherTable(block, section, draft);
    else if (block.kind === "fence") markFence(block, draft);
    else if (block.kind === "list" && mayHoldTasks(section, owner)) count(line, readTaskList(block, around, draft));
    for (const table of taskTablesIn(block)) count(line, readTaskTable(table, around, draft));
    if (block.kind === "quote") block.blocks.flatMap(taskTablesIn).forEach((table) => reportQuoted(table, draft));
  }
}

function readOtherTable(table: TableBlock, section: Section, draft: Draft): void {
  if (readTable(table, draft)) return;
  const head = table.head.map((cell) => unbold(cell.text));
  draft.marks.proseTables.push({ ...table.place, heading: section.heading, head, rows: table.rows.length });
}

/** Examples of plans stand in fences and are no plan (T-39); so may a plan that somebody fenced by mistake. */
function markFence(fence: FenceBlock, draft: Draft): void {
  const line = linesOfFence(fence).find(({ text }) =>
    /^\s*\|\s*#\s*\||^\s*#{1,4}\s+(?:Stream|Session)\s+[^:]+:|^\s*[-*]\s\[[ xX]\]\s/.test(text),
  );
  if (line !== undefined) draft.marks.fences.push(line);
}

/** A task table, or the ones that stand in the items of a list because somebody indented them. */
function taskTablesIn(block: Block): TableBlock[] {
  if (block.kind === "table") return isTaskTable(block) ? [block] : [];
  return block.kind === "list" ? block.items.flatMap((item) => item.blocks.flatMap(taskTablesIn)) : [];
}

function reportQuoted(table: TableBlock, draft: Draft): void {
  draft.problems.warning({
    at: table.place,
    code: "quoted-tasks",
    message: "the task table in this quotation is not read",
    advice: "take the > signs away if its tasks are part of the plan",
  });
}

function count(line: TerminalLine | null, tasks: number): void {
  if (line !== null) line.tasks += tasks;
}

function readParagraph(block: Extract<Block, { kind: "paragraph" }>, owner: Owner, draft: Draft): TerminalLine | null {
  let found: TerminalLine | null = null;
  for (const line of linesOf(block.content)) {
    readTotalLine(line, draft);
    const bold = /^\*\*.*\*\*:?$/.test(line.text);
    if (bold) found = readTerminalLine(line.text, line, owner.stream?.id ?? null, draft) ?? found;
    if (bold && owner.stream !== null && owner.session === null) readGoalLine(line, owner.stream, draft);
  }
  return found;
}

/** The bold line below the overview: "Total: 36 hours, 25 agent spawns, 100 CCW tasks". */
function readTotalLine(line: Line, draft: Draft): void {
  const text = plain(line.text);
  if (!/^\*\*Totals?:?\*\*/i.test(line.text)) return;
  const stated = (pattern: RegExp): Stated | null => {
    const match = pattern.exec(text);
    const figure = parseFigure(match?.[1] ?? "");
    return match === null || figure === null ? null : { ...placeOf(line), figure, written: match[0] };
  };
  draft.stated.hours ??= stated(/([~\d.,+-]+)\s*(?:h\b|hours?)/i);
  draft.stated.agents ??= stated(/([~\d,+-]+)\s+agents?\b/i);
  draft.stated.tasks ??= stated(/([~\d,+-]+)\s+(?:\w+\s+)?tasks?\b/i);
}

function surroundings(section: Section, owner: Owner, line: TerminalLine | null): Surroundings {
  return {
    stream: owner.stream?.id ?? null,
    session: owner.session?.id ?? null,
    terminals: line === null ? null : [line.terminal],
    group: line?.label ?? groupOf(section),
  };
}

/** The heading above a table, without its count; headings that only announce a table or open a stream name no group. */
function groupOf(section: Section): string | null {
  if (section.depth <= 1 || /^(?:stream|session)\s/i.test(section.heading) || /^tasks?(?: breakdown| list)?$/i.test(section.heading))
    return null;
  return section.heading.replace(/\s*\(\d+\s+tasks?\)$/i, "");
}

/**
 * Checklists also use task list syntax and may open with a figure ("10 scenarios pass"). So a list holds tasks only
 * below a stream, or below a heading that speaks of tasks, or when the document has no heading but its title.
 */
function mayHoldTasks(section: Section, owner: Owner): boolean {
  const checklist =
    /criteria|deliverable|objective|checklist|pre-?flight|pre-?execution|post-|follow-?up|synthesis|risk|current state|baseline/i;
  if ([...lineage(section)].some((at) => at.depth > 1 && checklist.test(at.heading))) return false;
  if (owner.stream !== null || owner.terminal !== null || section.depth <= 1) return true;
  return /\btasks?\b|\bbacklog\b|\bto-?do\b|\bphase\b/i.test(section.heading);
}
