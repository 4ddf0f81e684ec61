/**
 * Turns a document into the few kinds of block that a plan is written with, each with its place. CommonMark with GFM tables, task list
 * items and YAML front matter; emphasis is left as written, because file names and globs in cells are full of stars (T-63), and so are
 * link references, because a long document is read in pieces that do not see each other's definitions.
 */
import { append } from "./append.ts";
import type { List, ListItem, Node, Parents, PhrasingContent, RootContent, Table } from "mdast";
import { parseTree } from "./markdown-parser.ts";
import { pieces, type Piece, type Readers } from "./pieces.ts";
import { endsTable, plainBlocks } from "./plain-blocks.ts";
import { plainRows } from "./plain-rows.ts";
import { clean, withoutBlankLines } from "./text.ts";
import type { Place } from "./types.ts";

/** A run of inline text. */
export interface Text extends Place {
  /** For people: code spans unwrapped, comments dropped, broken encodings repaired. Lines are joined by "\n". */
  readonly text: string;
  /** The characters of the file, except that `\|` is a pipe. */
  readonly raw: string;
  /** The code spans in it, unwrapped. */
  readonly codes: readonly string[];
  /** The whole text is one code span. */
  readonly isCode: boolean;
}

export interface Row {
  readonly cells: readonly Text[];
  readonly place: Place;
}

export interface Item {
  readonly checked: boolean | null;
  readonly blocks: readonly Block[];
  readonly place: Place;
}

export type Block =
  | { readonly kind: "heading"; readonly depth: number; readonly content: Text; readonly place: Place }
  | { readonly kind: "paragraph"; readonly content: Text; readonly place: Place }
  | { readonly kind: "table"; readonly head: readonly Text[]; readonly rows: readonly Row[]; readonly place: Place }
  | { readonly kind: "list"; readonly items: readonly Item[]; readonly place: Place }
  /** `firstLine` is the line of the first line of `value`. */
  | { readonly kind: "fence"; readonly lang: string | null; readonly value: string; readonly firstLine: number; readonly place: Place }
  | { readonly kind: "quote"; readonly blocks: readonly Block[]; readonly place: Place }
  | { readonly kind: "front-matter"; readonly value: string; readonly place: Place }
  | { readonly kind: "rule"; readonly place: Place };

export type TableBlock = Extract<Block, { kind: "table" }>;
export type ListBlock = Extract<Block, { kind: "list" }>;
export type FenceBlock = Extract<Block, { kind: "fence" }>;

/** Blocks nested deeper than this (lists in quotes in lists …) are not read; no plan needs it and recursion stays shallow. */
const DEEPEST = 40;

/** Reads one document. Never throws on any text. `size` is the length of the pieces that it is parsed in; null: all of it by the parser. */
export function parseMarkdown(source: string, file: string, size?: number | null): Block[] {
  if (size === null) return blocksOf(parseTree(source).children, { source, file, lineShift: 0 }, 0);
  const blocks: Block[] = [];
  for (const piece of pieces(source, parseTree, readersOf(source, file), size)) {
    const { found, continues } =
      "tree" in piece ? { found: blocksOf(piece.tree.children, originOf(piece, file), 0), ...piece } : piece.what;
    const [first, ...rest] = found;
    const before = blocks.at(-1);
    if (continues && before?.kind === "table" && first?.kind === "table")
      blocks[blocks.length - 1] = { ...before, rows: before.rows.concat(first.rows) };
    else if (first !== undefined) blocks.push(first);
    append(blocks, rest);
  }
  return blocks;
}

function originOf({ text, lineShift }: Piece, file: string): Origin {
  return { source: text, file, lineShift };
}

interface Found {
  readonly found: readonly Block[];
  /** The first of it goes on with the table before. */
  readonly continues: boolean;
}

function readersOf(source: string, file: string): Readers<Found> {
  // At the start of a text a byte order mark is nothing, within it a word: pieces would make one of the other.
  const plain = !source.includes("\ufeff");
  const where = { file, indent: 0 };
  return {
    blocks: (start, line) => {
      if (!plain) return { what: { found: [], continues: false }, end: start, line, head: "", vain: source.length };
      const { blocks, ...rest } = plainBlocks(source, start, line, where);
      return { what: { found: blocks, continues: false }, ...rest };
    },
    rows: (start, line, head) => {
      const { rows, end } = plainRows(source, start, line, where);
      const table: Block = { kind: "table", head: [], rows, place: { file, line, column: 1 } };
      const over = plain && endsTable(source, end);
      return { what: { found: [table], continues: true }, end, line: line + rows.length, head: over ? "" : head, vain: 0 };
    },
  };
}

interface Origin {
  readonly source: string;
  readonly file: string;
  readonly lineShift: number;
}

function blocksOf(nodes: readonly RootContent[], origin: Origin, depth: number): Block[] {
  if (depth > DEEPEST) return [];
  return nodes.flatMap((node) => {
    const block = blockOf(node, origin, depth);
    return block === null ? [] : [block];
  });
}

function blockOf(node: RootContent, origin: Origin, depth: number): Block | null {
  const place = placeOf(node, origin);
  switch (node.type) {
    case "heading":
      return { kind: "heading", depth: node.depth, content: textOf(node, origin), place };
    case "paragraph":
      return { kind: "paragraph", content: textOf(node, origin), place };
    case "table":
      return tableOf(node, origin, place);
    case "list":
      return listOf(node, origin, depth, place);
    case "code":
      return {
        kind: "fence",
        lang: node.lang ?? null,
        value: withoutBlankLines(node.value),
        firstLine: firstCodeLine(node, origin),
        place,
      };
    case "blockquote":
      return { kind: "quote", blocks: blocksOf(node.children, origin, depth + 1), place };
    case "yaml":
      return { kind: "front-matter", value: node.value, place };
    case "thematicBreak":
      return { kind: "rule", place };
    default:
      return null;
  }
}

function listOf(node: List, origin: Origin, depth: number, place: Place): Block {
  const items = node.children.map(
    (item: ListItem): Item => ({
      checked: item.checked ?? null,
      blocks: blocksOf(item.children, origin, depth + 1),
      place: placeOf(item, origin),
    }),
  );
  return { kind: "list", items, place };
}

function tableOf(node: Table, origin: Origin, place: Place): Block {
  const [head, ...rows] = node.children.map(
    (row): Row => ({
      cells: row.children.map((cell) => textOf(cell, origin)),
      place: placeOf(row, origin),
    }),
  );
  return { kind: "table", head: head?.cells ?? [], rows, place };
}

/** An indented code block begins with its first line, a fenced one on the line after its fence. */
function firstCodeLine(node: Node, origin: Origin): number {
  const start = node.position?.start;
  if (start?.offset === undefined) return 1;
  const fenced = /^[`~]{3}/.test(origin.source.slice(start.offset, start.offset + 3));
  return start.line + origin.lineShift + (fenced ? 1 : 0);
}

function textOf(node: Extract<Parents, { children: PhrasingContent[] }>, origin: Origin): Text {
  const first = node.children[0];
  const last = node.children.at(-1);
  const raw = origin.source.slice(first?.position?.start.offset ?? 0, last?.position?.end.offset ?? 0);
  const codes: string[] = [];
  const text = inline(node.children, codes);
  return {
    ...placeOf(first ?? node, origin),
    text: clean(text),
    raw: clean(raw.replaceAll("\\|", "|")),
    codes: codes.map(clean),
    isCode: node.children.length === 1 && first?.type === "inlineCode",
  };
}

function inline(nodes: readonly PhrasingContent[], codes: string[]): string {
  let text = "";
  for (const node of nodes) {
    if (node.type === "inlineCode") {
      codes.push(node.value);
      text += node.value;
    } else if (node.type === "text") text += node.value;
    else if (node.type === "html") text += node.value.startsWith("<!--") ? "" : node.value;
    else if (node.type === "break") text += "\n";
    else if (node.type === "image") text += node.alt ?? "";
    else if ("children" in node) text += inline(node.children, codes);
  }
  return text;
}

function placeOf(node: Node, { file, lineShift }: Origin): Place {
  return { file, line: (node.position?.start.line ?? 1) + lineShift, column: node.position?.start.column ?? 1 };
}
