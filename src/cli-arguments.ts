/** What may stand for numbers and sizes on a command line. */
import { InvalidArgumentError } from "commander";
import { isScrollback } from "./engine/spec.ts";
import { parseDuration } from "./plan/durations.ts";

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("a whole number is needed");
  return value;
}

export function nonNegative(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("a number from 0 on is needed");
  return value;
}

/** Seconds, from a number of them or a duration such as 90s, 5m, 1h 30m. */
export function seconds(text: string): number {
  const plain = Number(text);
  const value = Number.isFinite(plain) && text.trim() !== "" ? plain : (parseDuration(text)?.low ?? 0) * 60;
  if (value <= 0) throw new InvalidArgumentError("seconds are needed, or a duration such as 90s, 5m or 1h");
  return value;
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("a number above 0 is needed");
  return value;
}

export function terminalNumber(text: string): number {
  const value = wholeNumber(text);
  if (value < 1 || value > 10) throw new InvalidArgumentError("terminals are numbered 1 to 10");
  return value;
}

/** How many, not which. */
export function terminalCount(text: string): number {
  const value = wholeNumber(text);
  if (value < 1 || value > 10) throw new InvalidArgumentError("1 to 10 terminals can be used");
  return value;
}

export function scrollback(text: string): number {
  const value = wholeNumber(text);
  if (!isScrollback(value)) throw new InvalidArgumentError("0 to 200000 lines can be kept");
  return value;
}

export function size(text: string): { cols: number; rows: number } {
  const match = /^(\d{1,3})x(\d{1,3})$/i.exec(text);
  const cols = Number(match?.[1]);
  const rows = Number(match?.[2]);
  if (!match || cols < 20 || rows < 5) throw new InvalidArgumentError("a size such as 120x40 is needed, at least 20x5");
  return { cols, rows };
}

export function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("a number is needed");
  return value;
}
