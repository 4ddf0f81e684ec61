/**
 * What a line can be where a block begins, as far as it is plain. Each of these says no where a parser might say yes; none says yes
 * where a parser says no (test/plan/plain.test.ts).
 */

import { withoutBlanks } from "./plain-text.ts";

/** Words that begin or go on with a paragraph: no sign of another block, no set-in, no underline of a heading. */
const WORDS = /^(?![\s|<=:>+-]|#{1,6}(?:\s|$)|[`~]{3}|\*(?:\s|[* \t]*$)|_[_ \t]*$|\d{1,9}[.)](?:\s|$))./;
const HEADING = /^(#{1,6}) +(\S.*)$/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const FENCE = /^(`{3,}|~{3,})([^`\\&]*)$/;
const ITEM = /^(?:([-*+])|(\d{1,9})([.)])) (?:\[([ xX])\] )?(?=\S)/;
const QUOTE = /^> (?=\S)/;
/** Dashes, bars and colons only: what makes a table, or a heading, of the line above. */
const UNDERLINE = /^[\s|:=-]*$/;

export const isWords = (line: string) => WORDS.test(line);
export const isBlank = (line: string) => /^[ \t]*$/.test(line);
export const isRule = (line: string) => RULE.test(line);
export const isQuote = (line: string) => QUOTE.test(line);

export interface HeadingLine {
  readonly depth: number;
  readonly words: string;
  /** Where the words begin in the line. */
  readonly from: number;
}

/** A heading with words, without signs at its end, which may be a part of it or not. */
export function headingOf(line: string): HeadingLine | null {
  const [, signs = "", written = ""] = HEADING.exec(line) ?? [];
  const words = withoutBlanks(written);
  return words === "" || words.endsWith("#") ? null : { depth: signs.length, words, from: line.indexOf(words, signs.length) };
}

/** The fence that a block of code begins with, and what is written behind it. */
export function fenceOf(line: string): { readonly fence: string; readonly info: string } | null {
  const [, fence, info = ""] = FENCE.exec(line) ?? [];
  return fence === undefined ? null : { fence, info };
}

export interface ItemLine {
  /** What all items of one list have in common. */
  readonly marker: string;
  readonly first: boolean;
  readonly checked: boolean | null;
  /** Where its words begin, behind the box. */
  readonly from: number;
  /** Where what is below it must begin to belong to it. */
  readonly indent: number;
}

/** An item of a list, its words on the same line, one blank after its marker. */
export function itemOf(line: string): ItemLine | null {
  const match = ITEM.exec(line);
  if (match === null || isRule(line) || UNDERLINE.test(line)) return null;
  const [{ length: from }, bullet, number, delimiter = "", box] = match;
  // A box with anything else behind it than a blank and words.
  if (box === undefined && /^\[[ xX]\]/.test(line.slice(from, from + 3))) return null;
  const checked = box === undefined ? null : box !== " ";
  const indent = from - (checked === null ? 0 : "[ ] ".length);
  return { marker: bullet ?? delimiter, first: bullet !== undefined || number === "1", checked, from, indent };
}

/** Whether a list with this marker may go on with this line, in whatever form. */
export function mayBeItem(line: string, marker: string): boolean {
  return (/^\d{1,9}[.)](?=\s|$)/.exec(line)?.[0].at(-1) ?? /^[-*+](?=\s|$)/.exec(line)?.[0]) === marker;
}
