/** The text of a message as it may be typed into a program: no part of it can act as a key. */

/** A message is read by an agent as one input; whatever is longer belongs into a file whose path is sent, bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 32 * 1024;

export type Cleaned =
  | {
      readonly ok: true;
      readonly text: string /** Control characters and escape sequences that were left out. */;
      readonly removed: number;
    }
  | { readonly ok: false; readonly reason: string };

/** Escape sequences whole, so that no "[31m" is left of a colour: CSI, then OSC, DCS and the other strings, then two characters. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what must go
const SEQUENCES =
  /(?:\x1b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\x07\x1b\u009c\n]*(?:\x07|\x1b\\|\u009c)|\x1b[ -/]*[0-~]?/gu;
/** Controls but for the line feed: Ctrl keys, Backspace, and the C1 set, which begins sequences in eight bits. */
// oxlint-disable-next-line no-control-regex -- control characters are what must go
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu;

/**
 * What is typed for a person's words: line ends are line feeds, tabs are blanks (a Tab would complete something), escape
 * sequences and every other control character are left out, blank ends are cut. Refused when nothing is left, or more than
 * MAX_MESSAGE_BYTES came.
 */
export function cleanMessage(words: string): Cleaned {
  const bytes = new TextEncoder().encode(words).length;
  if (bytes > MAX_MESSAGE_BYTES) {
    const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    return {
      ok: false,
      reason: `the message has ${size}, and ${MAX_MESSAGE_BYTES / 1024} KB is the most: write it to a file and send its path`,
    };
  }
  const { text: kept, removed } = withoutControls(words.toWellFormed());
  const lines = kept.split("\n").map((line) => line.trimEnd());
  const text = lines.join("\n").replace(/^\n+/u, "").trimEnd();
  if (text.trim() === "") return { ok: false, reason: "the message is empty: nothing was sent" };
  return { ok: true, text, removed };
}

/** The text without anything that is no character, but for line feeds, and how much went. */
export function withoutControls(text: string): { readonly text: string; readonly removed: number } {
  let removed = 0;
  const drop = (): string => {
    removed++;
    return "";
  };
  const lines = text.replace(/\r\n?|[\u2028\u2029]/gu, "\n").replaceAll("\t", "  ");
  return { text: lines.replace(SEQUENCES, drop).replace(CONTROLS, drop), removed };
}
