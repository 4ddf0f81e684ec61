/**
 * What commands print. Titles, file names, commits and what agents said come from outside: on a terminal none of it may do more than
 * be read.
 */
import { visible, visibleLines } from "../plan/visible.ts";

/** Lines for a person, on stdout. */
export function print(text: string): void {
  process.stdout.write(visibleLines(text));
}

/** Lines for a person, on stderr. */
export function printError(text: string): void {
  process.stderr.write(visibleLines(text));
}

/** One JSON value and a line end, on stdout. What a terminal would obey is written as an escape: the value is the same. */
export function printJson(value: unknown): void {
  process.stdout.write(`${safeJson(value)}\n`);
}

/** JSON escapes the controls below 0x20 only; a terminal obeys others, too. */
function safeJson(value: unknown): string {
  const text = JSON.stringify(value);
  return visible(text) === text ? text : [...text].map((char) => (visible(char) === char ? char : escaped(char))).join("");
}

function escaped(char: string): string {
  return Array.from({ length: char.length }, (_, unit) => `\\u${char.charCodeAt(unit).toString(16).padStart(4, "0")}`).join("");
}

/**
 * What a terminal shows, made of cells. For a program it is exact; on a terminal, controls of writing direction are left out, as in
 * the panes: they would turn around what stands beside them.
 */
export function screenText(text: string): string {
  return process.stdout.isTTY ? text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "") : text;
}
