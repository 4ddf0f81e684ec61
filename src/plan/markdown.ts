/**
 * The one place that knows the Markdown library. Turns a document into the few kinds of block that a
 * plan is written with, each with its place. CommonMark with GFM tables, task list items and YAML front
 * matter; emphasis is left as written, because file names and globs in cells are full of stars (T-63), and so are link
 * references, because a long document is read in pieces that do not see each other's definitions.
 */
import { append } from "./append.ts";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Options } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import type { List, ListItem, Node, Parents, PhrasingContent, Root, RootContent, Table } from "mdast";
import { pieces } from "./pieces.ts";
import { plainRows } from "./plain-rows.ts";
import { clean } from "./text.ts";
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

/** Reads one document. Never throws on any text. `size` is the length of the pieces that it is parsed in. */
export function parseMarkdown(source: string, file: string, size?: number): Block[] {
  const blocks: Block[] = [];
  const readRows = (start: number, line: number) => plainRows(source, start, line, file);
  for (const { tree, rows, text, lineShift, continues } of pieces(source, parse, readRows, size)) {
    const [first, ...rest] = blocksOf(tree.children, { source: text, file, lineShift }, 0);
    const before = blocks.at(-1);
    if (continues && before?.kind === "table" && first?.kind === "table")
      blocks[blocks.length - 1] = { ...before, rows: before.rows.concat(rows ?? [], first.rows) };
    else if (first !== undefined) blocks.push(first);
    append(blocks, rest);
  }
  return blocks;
}

/** Built once: every piece is parsed with the same. */
const OPTIONS: Options = optionsWithout("attention", "definition");
/** For a paragraph of brackets: the parser looks back through all of them at each that closes (80 KB of them took 20 s). */
const WITHOUT_LINKS: Options = optionsWithout("attention", "definition", "labelStartLink", "labelStartImage", "labelEnd");
/** No person writes so many links into one paragraph. */
const MOST_BRACKETS = 500;

function optionsWithout(...constructs: string[]): Options {
  return {
    extensions: [frontmatter("yaml"), gfmTable(), gfmTaskListItem(), { disable: { null: constructs } }],
    mdastExtensions: [frontmatterFromMarkdown("yaml"), gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  };
}

function parse(text: string): Root {
  return fromMarkdown(text, hasBracketHeap(text) ? WITHOUT_LINKS : OPTIONS);
}

/** Whether a paragraph, or a line of a table, has more brackets than anybody writes. */
function hasBracketHeap(text: string): boolean {
  let run = 0;
  let from = 0;
  for (let at = text.indexOf("["); at !== -1; at = text.indexOf("[", at + 1)) {
    if (/\n[ \t]*[\n|]/.test(text.slice(from, at))) run = 0;
    if (++run > MOST_BRACKETS) return true;
    from = at;
  }
  return false;
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
      return { kind: "fence", lang: node.lang ?? null, value: node.value, firstLine: firstCodeLine(node, origin), place };
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
