/** Numbers, durations and names as a person reads them. All durations are milliseconds of marathon time. */
import stringWidth from "string-width";

export { planTime, stopwatch } from "../marathon/time/plan-time.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something has lasted, in at most four columns: `14s`, `31m`, `2h05`, `13h`, `3d`. */
export function age(ms: number): string {
  const value = Math.max(0, ms);
  if (value < minute) return `${Math.floor(value / second)}s`;
  if (value < hour) return `${Math.floor(value / minute)}m`;
  if (value < 10 * hour) return `${Math.floor(value / hour)}h${pad2(Math.floor(value / minute) % 60)}`;
  if (value < 4 * day) return `${Math.floor(value / hour)}h`;
  return `${Math.min(999, Math.floor(value / day))}d`;
}

/** Wall-clock time of day in the person's own time zone: `12:41:07`. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${pad2(date.getHours())}:${pad2(date.getMinutes())}:${pad2(date.getSeconds())}`;
}

/** "11-26 18:05" of ms since the epoch, in the time zone of this machine. */
export function dayAndTime(at: number): string {
  const date = new Date(at);
  return `${pad2(date.getMonth() + 1)}-${pad2(date.getDate())} ${pad2(date.getHours())}:${pad2(date.getMinutes())}`;
}

/** `21/30`, padded so that the slash keeps its column while the count grows. */
export function fraction(done: number, total: number, digits = String(total).length): string {
  return `${String(done).padStart(digits)}/${String(total).padStart(digits)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function pad2(value: number): string {
  return String(value).padStart(2, "0");
}

const printableAscii = /^[\x20-\x7e]*$/u;
// Everything that moves a cursor, hides, or reorders text: C0, DEL, C1, bidirectional controls, line separators, zero-width no-break.
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

/** Text from a plan, an agent or a file as one harmless line: control characters become one space. */
export function plain(text: string): string {
  return printableAscii.test(text) ? text : text.replace(unprintable, " ");
}

/** For terminals without UTF-8: other characters as question marks, as many as they have columns. */
export function asciiOnly(text: string): string {
  if (printableAscii.test(text)) return text;
  return graphemes(text)
    .map((part) => (printableAscii.test(part) ? part : "?".repeat(width(part))))
    .join("");
}

// What the chrome itself is made of: Latin-1 letters, punctuation, arrows, box drawing, blocks, shapes, ticks. One UTF-16 unit, one column
// each (25FD and 25FE are wide). Asking string-width for them took most of a frame's time.
const narrow =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2190-\u2193\u2212\u22ef\u2500-\u25fc\u266a\u2713\u2717\u2800-\u28ff]*$/u;

/** Whether each of its UTF-16 units takes one column, on any terminal and for any program. */
export function isNarrow(text: string): boolean {
  return narrow.test(text);
}

/** Columns that the text takes on a terminal. */
export function width(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

let segmenter: Intl.Segmenter | null = null;

/** What a person takes for single characters. The data behind a segmenter takes 15 ms to load: most text does without. */
export function graphemes(text: string): readonly string[] {
  if (narrow.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** Cuts to at most `columns`, ending with the ellipsis when something was cut. Never splits a wide or combined character. */
export function truncate(text: string, columns: number, ellipsis = "…"): string {
  if (columns <= 0) return "";
  if (width(text) <= columns) return text;
  return takeColumns(graphemes(text), columns - width(ellipsis)) + ellipsis.slice(0, columns);
}

/** Cuts in the middle, for names whose end tells them apart: `constraint_s…est.py`. */
export function truncateMiddle(text: string, columns: number, ellipsis = "…"): string {
  if (columns <= 0) return "";
  if (width(text) <= columns) return text;
  if (columns < 8) return truncate(text, columns, ellipsis);
  const room = columns - width(ellipsis);
  const parts = graphemes(text);
  const tail = takeColumns([...parts].reverse(), Math.floor(room / 2), true);
  return takeColumns(parts, room - width(tail)) + ellipsis + tail;
}

/** Exactly `columns` wide: cut or filled with spaces. */
export function fit(text: string, columns: number, ellipsis = "…"): string {
  const cut = truncate(text, columns, ellipsis);
  return cut + " ".repeat(Math.max(0, columns - width(cut)));
}

/** Breaks text into lines of at most `columns`, at spaces where there are any. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    let rest = word;
    if (line !== "" && width(line) + 1 + width(rest) <= columns) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== "") lines.push(line);
    while (width(rest) > columns && columns > 1) {
      const head = takeColumns(graphemes(rest), columns);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  lines.push(line);
  return lines;
}

function takeColumns(parts: readonly string[], columns: number, reversed = false): string {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    const columnsOfPart = width(part);
    if (used + columnsOfPart > columns) break;
    taken.push(part);
    used += columnsOfPart;
  }
  return (reversed ? taken.reverse() : taken).join("");
}
