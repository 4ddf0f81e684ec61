/**
 * Where a long document may be cut so that its pieces can be read one by one: what is plain without the parser, the rest with it.
 * Micromark keeps every token of a text until its end: 10,000 table rows at once cost 600 MB and 2.5 s, in pieces a third of the
 * time and little memory.
 *
 * Line starts only suggest a cut; the parsed piece decides. At a line in column 1 that begins with a heading's `#`, a
 * row's `|` or a bullet, every list, quote and paragraph before it ends or goes on in a known way. Only an open fence,
 * an HTML block or front matter could swallow it, and those are seen at the end of the piece: then it is made longer.
 */
import type { Code, Root, Table } from "mdast";

/** What the parser read of a document. */
export interface Piece {
  readonly tree: Root;
  /** What was parsed; for a continued table, its head and the rows that follow. */
  readonly text: string;
  /** To be added to the piece's line numbers to have the document's. */
  readonly lineShift: number;
  /** The first table goes on from the last one of the piece before. */
  readonly continues: boolean;
}

/** What was read without the parser: `end` is the start of what was not. */
export interface Plain<What> {
  readonly what: What;
  readonly end: number;
  readonly line: number;
  /** Head and delimiter row of a table that goes on at `end`; else "". */
  readonly head: string;
  /** Blocks that begin before this place are not plain. */
  readonly vain: number;
}

/** Reads what is plain without the parser, from a place on that is the start of this line (from 1). */
export interface Readers<What> {
  /** Blocks, where none is open. */
  blocks(start: number, line: number): Plain<What>;
  /** Rows of the table with this head. */
  rows(start: number, line: number, head: string): Plain<What>;
}

/** Characters that the parser is given at once, where there is no heading before. */
const PIECE = 4 * 1024;

/** A document bit by bit: what is plain by these readers, and between it pieces by the parser, cut after at least `size` characters. */
export function* pieces<What>(
  source: string,
  parse: (text: string) => Root,
  plain: Readers<What>,
  size = PIECE,
): Generator<Piece | Plain<What>> {
  let [start, line, head, wanted, vain] = [0, 1, "", 0, -1];
  while (start < source.length) {
    if (wanted === 0 && (head !== "" || start > vain)) {
      const read = head === "" ? plain.blocks(start, line) : plain.rows(start, line, head);
      vain = Math.max(vain, read.vain);
      if (read.end > start || read.head !== head) {
        yield read;
        ({ end: start, line, head } = read);
        continue;
      }
    }
    const end = endOfPiece(source, start, wanted, size);
    const text = head + source.slice(start, end);
    const tree = parse(end === source.length ? text : withoutBlankEnd(text));
    const nextHead = end === source.length ? "" : headAfterCut(tree, text, source[end] ?? "", start === 0);
    if (nextHead === null) {
      // Where a cut was refused already, only length helps.
      wanted = Math.max(size, 2 * wanted);
      continue;
    }
    yield { tree, text, lineShift: line - 1 - (head === "" ? 0 : 2), continues: head !== "" };
    line += countLines(source, start, end);
    [start, head, wanted] = [end, nextHead, 0];
  }
}

/** Without the blank lines at its end: what is open within a list or a quote would take them for its own, and does not where more follows. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\n".includes(text[end - 1] ?? "")) end--;
  const line = text.indexOf("\n", end);
  return line === -1 ? text : text.slice(0, line + 1);
}

/** At first up to the next heading: what is below it may be plain again. */
function endOfPiece(source: string, start: number, wanted: number, size: number): number {
  if (wanted === 0) {
    const heading = headingWithin(source, start + 1, 2 * size);
    if (heading !== null) return heading;
  }
  const length = Math.max(size, wanted);
  return source.length - start <= 2 * length ? source.length : nextCandidate(source, start + length, length);
}

function headingWithin(source: string, from: number, window: number): number | null {
  const found = /\n(?=#{1,6} )/.exec(source.slice(from, from + window));
  return found === null ? null : from + found.index + 1;
}

/** The next heading, if there is one within `window` characters: it ends whatever comes before it. Else the next row or bullet. */
function nextCandidate(source: string, from: number, window: number): number {
  const heading = headingWithin(source, from, window);
  if (heading !== null) return heading;
  const pattern = /\n(?=#{1,6} |\||[-*+] )/g;
  pattern.lastIndex = from;
  const match = pattern.exec(source);
  return match === null ? source.length : match.index + 1;
}

/** What the next piece must begin with: "" or the head of a table that goes on. Null: do not cut here. */
function headAfterCut(tree: Root, text: string, next: string, first: boolean): string | null {
  const last = tree.children.at(-1);
  const opening = tree.children[0];
  if (first && opening?.type === "thematicBreak" && opening.position?.start.line === 1) return null;
  if (last === undefined || last.type === "html" || last.type === "yaml" || (last.type === "code" && isOpen(last, text))) return null;
  if (next === "#") return "";
  if (next === "|") return last.type === "table" ? tableHead(last, text) : null;
  return last.type === "list" ? "" : null;
}

/** Head and delimiter row of a table that reaches the end of the piece. */
function tableHead(table: Table, text: string): string | null {
  const { start, end } = table.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined || text.slice(end.offset) !== "\n") return null;
  const delimiter = text.indexOf("\n", text.indexOf("\n", start.offset) + 1);
  return delimiter === -1 || start.column !== 1 ? null : text.slice(start.offset, delimiter + 1);
}

/** A fenced block whose last line is no closing fence. */
function isOpen(code: Code, text: string): boolean {
  const block = text.slice(code.position?.start.offset ?? 0, code.position?.end.offset ?? 0);
  const opening = /^(`{3,}|~{3,})/.exec(block)?.[1];
  if (opening === undefined) return false;
  const closing = /\n {0,3}(`{3,}|~{3,})[ \t]*$/.exec(block.slice(-200))?.[1];
  return closing === undefined || !closing.startsWith(opening);
}

function countLines(source: string, start: number, end: number): number {
  let lines = 0;
  for (let at = source.indexOf("\n", start); at !== -1 && at < end; at = source.indexOf("\n", at + 1)) lines++;
  return lines;
}
