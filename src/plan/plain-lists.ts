/** Lists that are plain: items with their words on one line, and below them, set in to where those begin, whatever else is plain. */
import type { Block, Item } from "./markdown.ts";
import type { PlainBlocks, Read } from "./plain-blocks.ts";
import { fenceOf, headingOf, isBlank, isRule, isWords, itemOf, mayBeItem, type ItemLine } from "./plain-lines.ts";
import { afterBlanks, endOfLine, lineAt, next, type Spot } from "./plain-spots.ts";
import { placeIn, textOfWords, withoutBlanks, wordsOf, type Where } from "./plain-text.ts";

type ReadBlocks = (source: string, start: number, line: number, where: Where) => PlainBlocks;

/** Deeper than that, a list is the parser's: what is set in is copied for each list that it stands in. */
const DEEPEST_INDENT = 12;

/** A list whose first item is here. */
export function listAt(source: string, start: Spot, where: Where, readBlocks: ReadBlocks): Read {
  const items: Item[] = [];
  const marker = itemOf(lineAt(source, start.at))?.marker;
  let spot = start;
  while (spot.at < source.length) {
    const item = itemOf(lineAt(source, spot.at));
    if (item === null || item.marker !== marker) break;
    const read = itemAt(source, spot, item, where, readBlocks);
    if (read.item === null) return { vain: read.at };
    items.push(read.item);
    spot = afterBlanks(source, read);
    const isNext = itemOf(lineAt(source, spot.at))?.marker === marker;
    if (!isNext && !isOver(lineAt(source, spot.at), marker ?? "", spot.at > read.at)) return { vain: spot.at };
  }
  return { ...spot, block: { kind: "list", items, place: placeIn(where, start.line, 1) } };
}

/** Whether this line, which is no plain item of it, ends a list for certain. */
function isOver(line: string, marker: string, belowBlank: boolean): boolean {
  if (isBlank(line)) return true;
  // Without a blank line between, most go on with the words above.
  if (!belowBlank) return headingOf(line) !== null || fenceOf(line) !== null;
  return !/^[ \t]/.test(line) && (isRule(line) || !mayBeItem(line, marker));
}

/** The item that begins here, null if it is not plain, and where what is below it begins. */
function itemAt(
  source: string,
  { at, line }: Spot,
  { from, indent, checked }: ItemLine,
  where: Where,
  readBlocks: ReadBlocks,
): Spot & { item: Item | null } {
  const raw = withoutBlanks(source.slice(at + from, endOfLine(source, at)));
  const words = isWords(raw) ? wordsOf(raw) : null;
  if (words === null) return { at, line, item: null };
  const below = next(source, { at, line });
  const { text, after } = insideOf(source, below, indent);
  if (text === null) return { ...after, item: null };
  const more = text === "" ? [] : blocksInside(text, below.line, { ...where, indent: where.indent + indent }, readBlocks);
  if (more === null) return { ...after, item: null };
  const content = textOfWords(words, raw, placeIn(where, line, from + 1));
  // As the parser has it: the paragraph begins behind the box, unless with code.
  const place = placeIn(where, line, (raw.startsWith("`") ? indent : from) + 1);
  const paragraph: Block = { kind: "paragraph", content, place };
  return { ...after, item: { checked, blocks: [paragraph, ...more], place: placeIn(where, line, 1) } };
}

/**
 * The lines below an item that are set in to its words, without that, up to the last that has something on it. `text` is null where a
 * tab stands half within what is cut off: its columns are the parser's to count.
 */
function insideOf(source: string, below: Spot, indent: number): { text: string | null; after: Spot } {
  const lines: string[] = [];
  let [spot, after] = [below, below];
  let blank = 0;
  while (spot.at < source.length) {
    const line = lineAt(source, spot.at);
    if (line.slice(0, indent).includes("\t")) return { text: null, after: spot };
    if (isBlank(line)) blank++;
    else if (!line.startsWith(" ".repeat(indent))) break;
    else blank = 0;
    lines.push(line.slice(indent));
    spot = next(source, spot);
    if (blank === 0) after = spot;
  }
  return { text: lines.slice(0, lines.length - blank).join("\n"), after };
}

/** All of it, or nothing: of a list, the parser reads all or nothing as well. */
function blocksInside(text: string, line: number, where: Where, readBlocks: ReadBlocks): readonly Block[] | null {
  const first = lineAt(text, 0);
  // Words would go on with those of the item, and much else would make something else of them.
  if (where.indent > DEEPEST_INDENT || !(isBlank(first) || fenceOf(first) !== null || itemOf(first)?.first === true)) return null;
  const { blocks, end, head } = readBlocks(text, 0, line, where);
  return end < text.length || head !== "" ? null : blocks;
}
