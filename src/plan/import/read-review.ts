/** An after-action review to history: hours, completion and status of each session, from its tables and its entries. */
import { parseFigure } from "../figures.ts";
import type { Block, TableBlock } from "../markdown.ts";
import { parseMarkdown } from "../markdown.ts";
import { placeOf } from "../marks.ts";
import type { Section } from "../outline.ts";
import { itemTexts, lineage, linesOf, outline } from "../outline.ts";
import { collectProblems } from "../problems.ts";
import { plain, unbold } from "../text.ts";
import type { PlanSource } from "../types.ts";
import type { Entry } from "./review-entry.ts";
import { emptyEntry, settled, statusIn } from "./review-entry.ts";
import type { Review } from "./types.ts";
import { verifyReview } from "./verify-review.ts";

/** What a review is divided by: plans without sessions have streams, or terminals alone. */
const PARTS = /^(?:session|stream|terminal)$/;

/** Null when the document has no session with hours or completion: then it is no review. */
export function readReview(source: PlanSource): Review | null {
  const sections = outline(parseMarkdown(source.text.replace(/\r\n?/g, "\n"), source.file), source.file);
  const entries = new Map<string, Entry>();
  const owners = new Map<Section, Entry | null>();
  const header: Record<string, string> = {};
  for (const section of sections) {
    const own = openEntry(section, entries);
    const owner = own ?? [...lineage(section)].map((at) => owners.get(at)).find((entry) => entry) ?? null;
    owners.set(section, owner);
    if (section.depth <= 1) readHeader(section, header);
    for (const block of section.blocks) {
      if (block.kind === "table") readTable(block, entries);
      else if (owner !== null) readBlock(block, owner);
    }
  }
  const sessions = [...entries.values()].map(settled);
  if (!sessions.some((session) => session.planned !== null && session.actual !== null)) {
    if (!sessions.some((session) => session.completion !== null)) return null;
  }
  const problems = collectProblems();
  const title = sections.find((section) => section.depth === 1)?.heading ?? null;
  verifyReview({ file: source.file, title, header, entries: [...entries.values()], sessions, sections }, problems);
  return { kind: "review", title, file: source.file, header, sessions, problems: problems.list([source.file]) };
}

/** "✅ Session 024: name (90% Complete - BLOCKED)". */
function openEntry(section: Section, entries: Map<string, Entry>): Entry | null {
  const match = /^(?:Session|Stream|Terminal)\s+([\p{L}\p{N}][\w-]{0,31})\s*[:–—-]\s+(.+?)\s*(?:\(([^()]*)\))?$/iu.exec(section.heading);
  if (match === null) return null;
  const brackets = match[3] ?? "";
  const percent = parseFigure(/([~\d.]+)\s*%/.exec(brackets)?.[0] ?? "");
  const status = statusIn(brackets.replace(/[~\d.]+\s*%\s*complete/i, ""));
  if (percent === null && status === null && section.depth < 3) return null;
  const entry = entryOf(match[1] ?? "", section.place, entries);
  entry.name = percent === null && status === null && brackets !== "" ? `${match[2]} (${brackets})` : (match[2] ?? null);
  entry.heading = { completion: percent?.value ?? null, status };
  return entry;
}

function entryOf(id: string, at: { file: string; line: number; column: number }, entries: Map<string, Entry>): Entry {
  const known = entries.get(id);
  if (known !== undefined) return known;
  const entry = emptyEntry(id, placeOf(at));
  entries.set(id, entry);
  return entry;
}

function readHeader(section: Section, header: Record<string, string>): void {
  for (const block of section.blocks) {
    for (const paragraph of block.kind === "quote" ? block.blocks : []) {
      if (paragraph.kind !== "paragraph") continue;
      for (const line of linesOf(paragraph.content)) {
        const match = /^([\w ]{1,40}?):\s*(.+)$/.exec(plain(line.text));
        if (match !== null) header[match[1] ?? ""] = match[2] ?? "";
      }
    }
  }
}

/** Fields of an entry, its list of deliverables and what it says is left. */
function readBlock(block: Block, entry: Entry): void {
  if (block.kind === "list" && entry.inDeliverables) {
    for (const text of itemTexts([block])) {
      if (/^(?:✅|✓|☑)/u.test(text)) entry.deliverables.present++;
      else if (text.startsWith("⚠")) entry.deliverables.warned++;
      else if (/^(?:❌|✗|✘)/u.test(text)) entry.deliverables.missing++;
    }
  }
  if (block.kind !== "paragraph") return;
  for (const line of linesOf(block.content)) {
    const text = plain(line.text);
    const match = /^([\w ]+?)(?:\s*\(([^)]*)\))?:\s*(.*)$/.exec(text);
    const key = match?.[1]?.toLowerCase() ?? "";
    const value = match?.[3] ?? "";
    entry.inDeliverables = /\bdeliverables$/.test(key);
    if (key === "status") entry.line = { status: statusIn(value), text: value };
    else if (key === "duration") entry.entryHours = parseFigure(value)?.value ?? entry.entryHours;
    else if (/^(?:incomplete|remaining)\b/.test(key)) entry.remaining = parseFigure(match?.[2] ?? "")?.value ?? entry.remaining;
    else if (key === "reason" || key === "blocker") entry.reason ??= value;
  }
}

function readTable(table: TableBlock, entries: Map<string, Entry>): void {
  const heads = table.head.map((cell) => unbold(cell.text).toLowerCase());
  const at = (pattern: RegExp) => heads.findIndex((head) => pattern.test(head));
  const planned = at(/^(?:planned|estimated|est\.?)\b/);
  const actual = at(/^actual\b/);
  const complete = at(/^(?:% ?complete|completion|complete|done ?%|progress)\b/);
  if (!PARTS.test(heads[0] ?? "") || (planned === -1 && actual === -1 && complete === -1)) return;
  for (const row of table.rows) {
    const cell = (index: number) => (index < 0 ? "" : unbold(row.cells[index]?.text ?? ""));
    const id = cell(0).replace(/^session\s+/i, "");
    if (id === "" || /^(?:total|sum|average)s?:?$/i.test(id)) continue;
    const entry = entryOf(id, row.place, entries);
    if (planned !== -1 && actual !== -1) {
      const worked = parseFigure(cell(actual));
      entry.planned = parseFigure(cell(planned))?.value ?? entry.planned;
      entry.actual = worked?.value ?? entry.actual;
      entry.approximate ||= worked?.qualifier === "about";
      const closeness = cell(at(/^(?:efficiency|closeness|accuracy)\b/));
      entry.statedCloseness = parseFigure(closeness)?.value ?? null;
      entry.timeReason = /\(([^)]+)\)/.exec(`${cell(actual)} ${closeness}`)?.[1] ?? null;
    }
    if (complete !== -1) {
      const word = cell(at(/^status\b/));
      entry.table = { completion: parseFigure(cell(complete))?.value ?? null, status: statusIn(word), text: word };
      entry.tableHours = parseFigure(cell(at(/\bhours?\b/)))?.value ?? null;
    }
  }
}
