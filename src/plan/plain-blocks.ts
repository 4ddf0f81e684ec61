/**
 * Blocks that are plain, read line by line without the parser: headings, paragraphs, rules, code in fences, tables, lists, quotes of
 * paragraphs, front matter. That is nearly all of a plan, and the parser, which makes tokens of each word, in code that has just been
 * loaded, needs a hundred times as long. What is not plain from its first sign to its last is left to the parser, from the start of
 * its block on.
 */
import type { Block } from "./markdown.ts";
import { fenceOf, headingOf, isBlank, isQuote, isRule, isWords, itemOf } from "./plain-lines.ts";
import { listAt } from "./plain-lists.ts";
import { plainTable, startsTable } from "./plain-rows.ts";
import { afterBlanks, endOfLine, lineAt, next, type Spot } from "./plain-spots.ts";
import { withoutBlankLines } from "./text.ts";
import { placeIn, textOfWords, withoutBlanks, wordsOf, type Where } from "./plain-text.ts";

export interface PlainBlocks {
  readonly blocks: readonly Block[];
  /** The start of what was not read, and the number of its line. */
  readonly end: number;
  readonly line: number;
  /** Head and delimiter row of the table that the last block is and that goes on at `end`; else "". */
  readonly head: string;
  /** How far the block at `end`, which is not plain, was looked at: to look again before that would be in vain, and take long. */
  readonly vain: number;
}

/** A block, and where what is below it begins; or how far it was looked at in vain. */
export type Read = (Spot & { readonly block: Block }) | { readonly vain: number };

/** The plain blocks from a place on where no block is open. */
export function plainBlocks(source: string, start: number, line: number, where: Where): PlainBlocks {
  const blocks: Block[] = [];
  let spot: Spot = { at: start, line };
  for (;;) {
    spot = afterBlanks(source, spot);
    if (spot.at >= source.length) break;
    const read: Read = blockAt(source, spot, where);
    if ("vain" in read) return { blocks, end: spot.at, line: spot.line, head: "", vain: read.vain };
    blocks.push(read.block);
    if (read.block.kind === "table" && !endsTable(source, read.at))
      return { blocks, end: read.at, line: read.line, head: headAt(source, spot.at), vain: 0 };
    spot = read;
  }
  return { blocks, end: spot.at, line: spot.line, head: "", vain: 0 };
}

/** Whether a table that has come to this line is over: anything else than these goes on with it, or might. */
export function endsTable(source: string, at: number): boolean {
  const line = lineAt(source, at);
  return isBlank(line) || headingOf(line) !== null;
}

function headAt(source: string, at: number): string {
  return source.slice(at, endOfLine(source, endOfLine(source, at) + 1) + 1);
}

function blockAt(source: string, spot: Spot, where: Where): Read {
  const line = lineAt(source, spot.at);
  if (spot.line === 1 && line.startsWith("---")) return frontMatterAt(source, where);
  const heading = headingOf(line);
  if (heading !== null) {
    const words = wordsOf(heading.words);
    if (words === null) return { vain: spot.at };
    const content = textOfWords(words, heading.words, placeIn(where, spot.line, heading.from + 1));
    return { ...next(source, spot), block: { kind: "heading", depth: heading.depth, content, place: placeIn(where, spot.line, 1) } };
  }
  if (isRule(line)) return { ...next(source, spot), block: { kind: "rule", place: placeIn(where, spot.line, line.search(/\S/) + 1) } };
  const fence = fenceOf(line);
  if (fence !== null) return fenceAt(source, spot, fence, where);
  if (line.startsWith("|")) return tableAt(source, spot, where);
  if (isQuote(line)) return quoteAt(source, spot, where);
  if (itemOf(line) === null) return paragraphAt(source, spot, where);
  return listAt(source, spot, where, plainBlocks);
}

/** Only what stands between two lines of three dashes, the first of them the first of the document. */
function frontMatterAt(source: string, where: Where): Read {
  const dashes = /^---[ \t]*$/;
  if (!dashes.test(lineAt(source, 0))) return { vain: 0 };
  const start = endOfLine(source, 0) + 1;
  let spot: Spot = { at: start, line: 2 };
  while (spot.at < source.length && !dashes.test(lineAt(source, spot.at))) spot = next(source, spot);
  if (spot.at >= source.length) return { vain: spot.at };
  const value = source.slice(start, Math.max(start, spot.at - 1));
  if (value.includes("\0")) return { vain: spot.at };
  return { ...next(source, spot), block: { kind: "front-matter", value, place: placeIn(where, 1, 1) } };
}

function fenceAt(source: string, spot: Spot, { fence, info }: { fence: string; info: string }, where: Where): Read {
  const [lang = ""] = info.replace(/^[ \t]+/, "").split(/[ \t]/);
  const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`);
  const first = next(source, spot);
  let end = first;
  while (end.at < source.length && !closing.test(lineAt(source, end.at))) end = next(source, end);
  if (end.at >= source.length) return { vain: end.at };
  const value = source.slice(first.at, Math.max(first.at, end.at - 1));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are left to the parser.
  if (/[\u0000-\u0009\u000b-\u001f]/.test(value + info)) return { vain: end.at };
  const place = placeIn(where, spot.line, 1);
  return {
    ...next(source, end),
    block: { kind: "fence", lang: lang === "" ? null : lang, value: withoutBlankLines(value), firstLine: first.line, place },
  };
}

function tableAt(source: string, spot: Spot, where: Where): Read {
  const read = plainTable(source, spot.at, spot.line, where);
  if (read === null) return { vain: spot.at };
  return { at: read.end, line: spot.line + 2 + read.table.rows.length, block: read.table };
}

function paragraphAt(source: string, spot: Spot, where: Where): Read {
  const paragraph = linesOf(source, spot, where, "");
  return "vain" in paragraph || mayFollowWords(source, paragraph.at) ? paragraph : { vain: paragraph.at };
}

/** Whether this line ends a paragraph before it for certain, and makes nothing else of it. */
function mayFollowWords(source: string, at: number): boolean {
  const line = lineAt(source, at);
  if (isBlank(line) || headingOf(line) !== null || fenceOf(line) !== null || isQuote(line)) return true;
  if (startsTable(source, at)) return true;
  // Below words the parser has other rules for a list within the list, too: it must see them together.
  const item = itemOf(line);
  return item?.first === true && isWords(line.slice(item.from));
}

/** A paragraph of all lines from here on that are words behind `prefix`. */
function linesOf(source: string, spot: Spot, where: Where, prefix: string): Read {
  const indent = prefix.length;
  const said: string[] = [];
  const codes: string[] = [];
  let isCode = false;
  let end = spot.at;
  let after: Spot = spot;
  while (after.at < source.length) {
    const line = withoutBlanks(lineAt(source, after.at).slice(indent));
    if (!source.startsWith(prefix, after.at) || !isWords(line)) break;
    const words = wordsOf(line);
    if (words === null) return { vain: after.at };
    said.push(words.text);
    codes.push(...words.codes);
    isCode = said.length === 1 && words.isCode;
    end = after.at + indent + line.length;
    after = next(source, after);
  }
  // As it is written, which this source is not where something has been cut off each line.
  if (said.length === 0 || (said.length > 1 && where.indent > 0)) return { vain: after.at };
  const place = placeIn(where, spot.line, indent + 1);
  const content = textOfWords({ text: said.join("\n"), codes, isCode }, source.slice(spot.at + indent, end), place);
  return { ...after, block: { kind: "paragraph", content, place } };
}

/** Paragraphs behind `> `. Whatever stands below without a blank line might belong to the last of them. */
function quoteAt(source: string, start: Spot, where: Where): Read {
  const blocks: Block[] = [];
  let spot = start;
  while (source[spot.at] === ">") {
    if (/^> *$/.test(lineAt(source, spot.at))) spot = next(source, spot);
    else {
      const paragraph = linesOf(source, spot, where, "> ");
      if ("vain" in paragraph) return paragraph;
      blocks.push(paragraph.block);
      spot = paragraph;
    }
  }
  const after = lineAt(source, spot.at);
  if (!isBlank(after) && headingOf(after) === null) return { vain: spot.at };
  return { ...spot, block: { kind: "quote", blocks, place: placeIn(where, start.line, 1) } };
}
