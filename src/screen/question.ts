/**
 * What a screen asks: the lines above the cursor, and the answers that it offers. Read from the text alone, as a person reads
 * it, so it works for every program; whether it asks at all is known from elsewhere (the program's own word, or its prompt).
 */

export interface QuestionOption {
  /** What is typed to choose it: a digit, a word, or arrow keys. */
  readonly key: string;
  readonly label: string;
  /** The program's own mark stands on it, or it is what a bare Enter means. */
  readonly selected: boolean;
  /** The key alone may not be enough: the program may want an Enter after it. */
  readonly enter: boolean;
}

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
/** "❯ 1. Yes", "  2) No"; the mark says which one a bare Enter takes. */
const NUMBERED = /^([❯›▸▶→>*●◉]\s*)?(\d{1,2})[.)]\s+(\S.*)$/u;
const YES_OR_NO = /[([]\s*(y|yes|n|no)\s*[/|,]\s*(y|yes|n|no)\b[^)\]]*[)\]]\s*[?:>]?\s*$/iu;
const ANY_KEY = /\b(?:press|hit)\b.{0,40}\b(?:enter|return|any key|a key|space)\b/iu;

/** The mark of an option without a number. */
const MARKED = /^[❯›]\s+(?=\S)/u;
/** What stands below a list from which Enter takes one. */
const CONFIRM = /\bEnter to (?:confirm|select|continue)\b/iu;
const MOST_ROWS = 9;

/** Stands for a rule across the screen: what is above it is another part. */
const DIVIDER = "\u0000";

/** Lines that a person needs to see what is asked. */
const CONTEXT_LINES = 14;
/** Hints and an input line may stand below the last option. */
const BELOW_OPTIONS = 6;
/** A long option is wrapped; more lines between two options are something else. */
const WRAPPED_LINES = 3;

/** `lines`: the screen from its top. `prompt`: what stands left of the cursor on its line, or null. */
export function questionOf(lines: readonly string[], prompt: string | null): Question {
  const told = toldBy(lines);
  const list = listOn(told);
  if (list !== null) return { lines: contextAbove(told, list.first), options: list.options };
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
export function dialogOf(lines: readonly string[]): readonly string[] | null {
  const told = toldBy(lines);
  const list = listOn(told);
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

interface NumberedList {
  readonly first: number;
  readonly options: readonly QuestionOption[];
}

function listOn(lines: readonly string[]): NumberedList | null {
  return numbered(lines) ?? unnumbered(lines);
}

/** "❯ No, exit" and below it "Yes, I trust this folder", above a hint that Enter takes what is marked: the way there is by arrow keys. */
function unnumbered(lines: readonly string[]): NumberedList | null {
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
  return /^(?:\x1b\[[AB])*$/u.test(key);
}

/** The lowest list that counts from 1 and bears a mark, or that the cursor's line follows at once (`select` of a shell). */
function numbered(lines: readonly string[]): NumberedList | null {
  const found: { readonly at: number; readonly mark: boolean; readonly number: number; readonly label: string }[] = [];
  /** Lines between two options are the rest of the upper one. */
  let rest: string[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    const match = NUMBERED.exec(line);
    if (!match) {
      if (found.length > 0 && !isBlank(line)) rest.unshift(line);
      const below = found.at(-1)?.at ?? lines.length;
      if (below - at > (found.length === 0 ? BELOW_OPTIONS : WRAPPED_LINES)) return null;
      continue;
    }
    const number = Number(match[2]);
    const next = found.at(-1);
    if (next !== undefined && number !== next.number - 1) return null;
    found.push({ at, mark: match[1] !== undefined, number, label: [match[3] ?? "", ...rest].join(" ").trim() });
    rest = [];
    if (number === 1) break;
  }
  const first = found.at(-1);
  const last = found[0];
  if (first?.number !== 1 || last === undefined || found.length < 2) return null;
  const marked = found.some((one) => one.mark);
  if (!marked && last.at !== lines.length - 2) return null;
  const options = found.map(({ number, label, mark }) => ({ key: String(number), label, selected: mark, enter: true })).reverse();
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
function contextAbove(lines: readonly string[], end: number): readonly string[] {
  const part = lines.slice(Math.max(0, end - CONTEXT_LINES), end);
  while (part.length > 0 && isBlank(part.at(-1))) part.pop();
  const own = part.slice(part.lastIndexOf(DIVIDER) + 1);
  while (own.length > 0 && isBlank(own[0])) own.shift();
  return own;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line === "" || line === DIVIDER;
}
