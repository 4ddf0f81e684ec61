/** Cuts a document at its headings. A section knows the sections that it lies in. */
import type { Block, FenceBlock, Item, Text } from "./markdown.ts";
import { plain, withoutIcon } from "./text.ts";
import type { Place } from "./types.ts";

export interface Section {
  /** The heading's text without bold markers and leading icons; "" before the first heading. */
  readonly heading: string;
  /** 1 to 6; 0 before the first heading. */
  readonly depth: number;
  readonly place: Place;
  readonly parent: Section | null;
  /** What stands between this heading and the next one of any depth. */
  readonly blocks: readonly Block[];
}

/** All sections of a document in order. Headings inside lists and quotes cut nothing. */
export function outline(blocks: readonly Block[], file: string): Section[] {
  let own: Block[] = [];
  let current: Section = { heading: "", depth: 0, place: { file, line: 1, column: 1 }, parent: null, blocks: own };
  const sections = [current];
  for (const block of blocks) {
    if (block.kind !== "heading") {
      own.push(block);
      continue;
    }
    let parent: Section | null = current;
    while (parent !== null && parent.depth >= block.depth) parent = parent.parent;
    own = [];
    current = { heading: withoutIcon(plain(block.content.text)), depth: block.depth, place: block.place, parent, blocks: own };
    sections.push(current);
  }
  return sections;
}

/** The section itself and the ones that it lies in, innermost first. */
export function* lineage(section: Section): Generator<Section> {
  for (let at: Section | null = section; at !== null; at = at.parent) yield at;
}

export interface Line extends Place {
  readonly text: string;
}

/** The lines of a paragraph with their places. */
export function linesOf(content: Text): Line[] {
  return content.text.split("\n").map((text, index) => ({
    text: text.trim(),
    file: content.file,
    line: content.line + index,
    column: index === 0 ? content.column : 1,
  }));
}

/** The non-empty lines of a fence with their places. */
export function linesOfFence(fence: FenceBlock): Line[] {
  return fence.value
    .split("\n")
    .flatMap((text, index) => (text.trim() === "" ? [] : [{ text, file: fence.place.file, line: fence.firstLine + index, column: 1 }]));
}

/** The text that an item opens with, before nested lists and fences. */
export function itemText(item: Item): Text | null {
  const first = item.blocks[0];
  return first?.kind === "paragraph" || first?.kind === "heading" ? first.content : null;
}

/** The texts of all items of all lists among the blocks, on one line each, bold markers off. */
export function itemTexts(blocks: readonly Block[]): string[] {
  return items(blocks).flatMap((item) => {
    const text = itemText(item);
    return text === null ? [] : [plain(text.text.replaceAll("\n", " "))];
  });
}

/** The same with the place of each. */
export function placedItems(blocks: readonly Block[]): { readonly text: string; readonly place: Place }[] {
  return items(blocks).flatMap((item) => {
    const text = itemText(item);
    return text === null
      ? []
      : [{ text: plain(text.text.replaceAll("\n", " ")), place: { file: text.file, line: text.line, column: text.column } }];
  });
}

/** All items of all lists among the blocks. */
export function items(blocks: readonly Block[]): Item[] {
  return blocks.flatMap((block) => (block.kind === "list" ? [...block.items] : []));
}
