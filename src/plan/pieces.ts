/**
 * Where a long document may be cut so that its pieces can be parsed one by one. Micromark keeps every token of a text
 * until its end: 10,000 table rows at once cost 600 MB and 2.5 s, in pieces a third of the time and little memory.
 *
 * Line starts only suggest a cut; the parsed piece decides. At a line in column 1 that begins with a heading's `#`, a
 * row's `|` or a bullet, every list, quote and paragraph before it ends or goes on in a known way. Only an open fence,
 * an HTML block or front matter could swallow it, and those are seen at the end of the piece: then it is made longer.
 */
import type { Code, Root, Table } from "mdast";

export interface Piece<Rows> {
  readonly tree: Root;
  /** Rows that the table before it goes on with, read without the parser. */
  readonly rows: Rows | null;
  /** What was parsed; for a continued table, its head and the rows that follow. */
  readonly text: string;
  /** To be added to the piece's line numbers to have the document's. */
  readonly lineShift: number;
  /** The first table goes on from the last one of the piece before. */
  readonly continues: boolean;
}

/** Characters of a piece, before it is lengthened to the next place to cut. */
export const PIECE = 4 * 1024;

/** Reads plain rows of a table from a place on that is the start of this line (from 1); null: the parser must. */
export type ReadRows<Rows> = (start: number, line: number) => { readonly end: number; readonly rows: Rows } | null;

/** Parses a document in pieces of at least `size` characters; one that is no longer than two is parsed whole. */
export function* pieces<Rows>(
  source: string,
  parse: (text: string) => Root,
  readRows: ReadRows<Rows>,
  size = PIECE,
): Generator<Piece<Rows>> {
  let start = 0;
  let line = 1;
  let head = "";
  let wanted = size;
  let rows: Rows | null = null;
  while (start < source.length || start === 0) {
    if (head !== "" && rows === null) {
      const plain = readRows(start, line);
      if (plain !== null) {
        line += countLines(source, start, plain.end);
        [start, rows] = [plain.end, plain.rows];
      }
    }
    // Where a cut was refused already, only length helps.
    const table = source.length > 2 * size && wanted === size ? tableCut(source, start, wanted) : null;
    const end = table ?? (source.length - start <= 2 * wanted ? source.length : nextCandidate(source, start + wanted, wanted));
    const text = head + source.slice(start, end);
    const tree = parse(text);
    const nextHead = end === source.length ? "" : headAfterCut(tree, text, source[end] ?? "", start === 0);
    if (nextHead === null) {
      wanted *= 2;
      continue;
    }
    yield { tree, rows, text, lineShift: line - 1 - (head === "" ? 0 : 2), continues: head !== "" };
    line += countLines(source, start, end);
    if (end === source.length) return;
    start = end;
    rows = null;
    head = nextHead;
    wanted = size;
  }
}

/** The first row of a table with some rows, within `window` characters: below its head, its plain rows need no parser. */
function tableCut(source: string, from: number, window: number): number | null {
  const found = /\n\|[ :|-]*-[ :|-]*\|\n(?=(?:\|[^\n]*\|\n){4})/.exec(source.slice(from, from + window));
  return found === null ? null : from + found.index + found[0].length;
}

/** The next heading, if there is one within `window` characters: it ends whatever comes before it. Else the next row or bullet. */
function nextCandidate(source: string, from: number, window: number): number {
  const heading = /\n(?=#{1,6} )/.exec(source.slice(from, from + window));
  if (heading !== null) return from + heading.index + 1;
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
