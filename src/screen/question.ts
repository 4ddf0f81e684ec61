/**
 * What a screen asks: the lines above the cursor, and the answers that it offers. Read from the text alone, as a person reads
 * it, so it works for every program; whether it asks at all is known from elsewhere (the program's own word, or its prompt).
 */

import { litListOn, type Highlights } from "./lit-list.ts";
import { countedFrom1, DIVIDER, isBlank, type OptionList, type QuestionOption } from "./option-list.ts";

export type { QuestionOption } from "./option-list.ts";

export interface Question {
  /** As on the screen, without frames, the newest last. */
  readonly lines: readonly string[];
  readonly options: readonly QuestionOption[];
}

/** Frames around and rules between parts of a dialog. */
const FRAME = /^[\s│┃|║▌]+|[\s│┃|║▐]+$/gu;
/** A whole rule begins a dialog; a broken one only parts what is in it. */
const WHOLE_RULE = /^\s*[│┃╭╰┌└]?[─━═▄▀]{3,}[╮╯┐┘│┃]?\s*$/u;
const RULE = /^[\s─━═╌┄▄▀╭╮╰╯┌┐└┘+=_-]*$/u;
const YES_OR_NO = /[([]\s*(y|yes|n|no)\s*[/|,]\s*(y|yes|n|no)\b[^)\]]*[)\]]\s*[?:>]?\s*$/iu;
const ANY_KEY = /\b(?:press|hit)\b.{0,40}\b(?:enter|return|any key|a key|space)\b/iu;

/** The mark of an option without a number. */
const MARKED = /^[❯›]\s+(?=\S)/u;
/** What stands below a list from which Enter takes one. */
const CONFIRM = /\bEnter to (?:confirm|select|continue)\b/iu;
const MOST_ROWS = 9;

/** Lines that a person needs to see what is asked. */
const CONTEXT_LINES = 14;
const NO_HIGHLIGHTS: Highlights = () => [];

/** `lines`: the screen from its top. `prompt`: what stands left of the cursor on its line, or null. */
export function questionOf(lines: readonly string[], prompt: string | null, highlights: Highlights = NO_HIGHLIGHTS): Question {
  const told = toldBy(lines);
  const list = listOn(told) ?? litListOn(lines, told, highlights);
  if (list !== null) return { lines: contextAbove(told, list.first, list.box?.from), options: list.options };
  const last = prompt?.trim() ?? told.at(-1) ?? "";
  const asked = prompt?.replace(FRAME, "") ?? "";
  // The cursor's row may hold only the end of a prompt that was cut.
  const end = told.findLastIndex((line) => !isBlank(line) && (prompt === null || line.startsWith(asked) || asked.endsWith(line)));
  return { lines: contextAbove(told, (end < 0 ? told.length - 1 : end) + 1), options: promptOptions(last) };
}

/**
 * The part of the screen that a list to choose from belongs to, from the rule above it to the end; null without such a list. What
 * stands above it may go on blinking while the question stays the same.
 */
export function dialogOf(lines: readonly string[], highlights: Highlights = NO_HIGHLIGHTS): readonly string[] | null {
  const told = toldBy(lines);
  const list = listOn(told) ?? litListOn(lines, told, highlights);
  if (list?.box) return told.slice(list.box.from, list.box.to);
  return list === null ? null : told.slice(told.lastIndexOf(DIVIDER, list.first) + 1);
}

/** The lines without frames; whole rules stand for themselves, blanks at the end are cut. */
function toldBy(lines: readonly string[]): string[] {
  const told = lines.map((line) => {
    if (WHOLE_RULE.test(line)) return DIVIDER;
    const text = line.replace(FRAME, "");
    return RULE.test(text) ? "" : text;
  });
  while (told.length > 0 && isBlank(told.at(-1))) told.pop();
  return told;
}

function listOn(lines: readonly string[]): OptionList | null {
  return numbered(lines) ?? unnumbered(lines);
}

/** "❯ No, exit" and below it "Yes, I trust this folder", above a hint that Enter takes what is marked: the way there is by arrow keys. */
function unnumbered(lines: readonly string[]): OptionList | null {
  const hint = lines.findLastIndex((line) => CONFIRM.test(line));
  let end = hint - 1;
  while (end >= 0 && isBlank(lines[end])) end--;
  let first = end;
  while (first > 0 && !isBlank(lines[first - 1])) first--;
  const rows = end < 0 ? [] : lines.slice(first, end + 1);
  const marked = rows.findIndex((row) => MARKED.test(row));
  if (marked < 0 || rows.length < 2 || rows.length > MOST_ROWS) return null;
  const options = rows.map((row, index) => ({
    key: (index < marked ? "\x1b[A" : "\x1b[B").repeat(Math.abs(index - marked)),
    label: row.replace(MARKED, "").trim(),
    selected: index === marked,
    enter: true,
  }));
  return { first, options };
}

/** Whether an option is reached by arrow keys, or stands marked already. */
export function byArrows({ key }: Pick<QuestionOption, "key">): boolean {
  return /^(?:\x1b\[[ABCD])*$/u.test(key);
}

/** A list that counts from 1 and bears a mark, or that the cursor's line follows at once (`select` of a shell). */
function numbered(lines: readonly string[]): OptionList | null {
  const found = countedFrom1(lines);
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) return null;
  const marked = found.some((one) => one.mark);
  if (!marked && last.at !== lines.length - 2) return null;
  const options = found.map(({ number, label, mark }) => ({ key: String(number), label, selected: mark, enter: true }));
  return { first: first.at, options };
}

function promptOptions(prompt: string): readonly QuestionOption[] {
  const match = YES_OR_NO.exec(prompt);
  if (match) {
    return [match[1] ?? "", match[2] ?? ""].map((word) => ({
      key: word,
      label: /^y/iu.test(word) ? "Yes" : "No",
      // By convention the capital letter is what a bare Enter means.
      selected: /^[A-Z]/u.test(word),
      enter: true,
    }));
  }
  if (ANY_KEY.test(prompt)) return [{ key: "\r", label: "Enter", selected: true, enter: false }];
  return [];
}

/** The lines right above a place, down to the part of the screen that they belong to; blank ones at the ends cut. */
function contextAbove(lines: readonly string[], end: number, from = 0): readonly string[] {
  const part = lines.slice(Math.max(from, end - CONTEXT_LINES), end);
  while (part.length > 0 && isBlank(part.at(-1))) part.pop();
  const own = part.slice(part.lastIndexOf(DIVIDER) + 1);
  while (own.length > 0 && isBlank(own[0])) own.shift();
  return own;
}
