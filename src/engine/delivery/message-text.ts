/** The text of a message as it may be typed into a program: no part of it can act as a key. */
import { MAX_MESSAGE_BYTES } from "../../marathon/messages.ts";

/** Longest line that a terminal takes in line mode, with its Enter: Linux, N_TTY_BUF_SIZE. The rest would be lost without a word. */
export const MAX_LINE_BYTES = 4095;

export type Cleaned =
  | { readonly ok: true; readonly text: string /** Control characters that were left out. */; readonly removed: number }
  | { readonly ok: false; readonly reason: string };

/** Controls but for the line feed: Escape, Ctrl keys, Backspace, and the C1 set, which begins sequences in eight bits. */
// oxlint-disable-next-line no-control-regex -- control characters are what must go
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu;

/**
 * What is typed for a person's words: line ends are line feeds, tabs are blanks (a Tab would complete something), every other
 * control character is left out, blank ends are cut. Refused when nothing is left, or more than MAX_MESSAGE_BYTES.
 */
export function cleanMessage(words: string): Cleaned {
  const bytes = Buffer.byteLength(words);
  if (bytes > MAX_MESSAGE_BYTES) {
    const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    return {
      ok: false,
      reason: `the message has ${size}, and ${MAX_MESSAGE_BYTES / 1024} KB is the most: write it to a file and send its path`,
    };
  }
  const lines = words
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
    .replaceAll("\t", "  ");
  const kept = lines.replace(CONTROLS, "");
  const text = kept
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+/u, "")
    .trimEnd();
  if (text.trim() === "") return { ok: false, reason: "the message is empty: nothing was sent" };
  return { ok: true, text, removed: lines.length - kept.length };
}

/**
 * The bytes that type a clean text, without its Enter. A program that asked for bracketed paste gets it marked, so that its
 * line breaks are text; for any other they become blanks, since the first would send half of the message.
 */
export function typedForm(text: string, bracketedPaste: boolean): string {
  return bracketedPaste ? `\x1b[200~${text}\x1b[201~` : text.replace(/\s*\n\s*/gu, " ");
}
