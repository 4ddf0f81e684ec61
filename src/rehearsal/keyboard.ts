/** Bytes of a terminal's keyboard to named keys. */

/** A key: one of these words, or the character that it types. */
export type Key = "up" | "down" | "left" | "right" | "enter" | "escape" | "interrupt" | "backspace" | "tab" | (string & {});

const NAMES: Readonly<Record<string, Key>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x03": "interrupt",
  "\x04": "interrupt",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b": "escape",
  "\x1b[A": "up",
  "\x1b[B": "down",
  "\x1b[C": "right",
  "\x1b[D": "left",
  "\x1bOA": "up",
  "\x1bOB": "down",
  "\x1bOC": "right",
  "\x1bOD": "left",
};

// oxlint-disable-next-line no-control-regex -- escape sequences are what is taken apart
const PARTS = /\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1bO[A-Za-z]|\x1b|./gsu;

/** Keys in order. Sequences without a meaning here (function keys, paste marks, mouse) are dropped. */
export function keysOf(text: string): readonly Key[] {
  const keys: Key[] = [];
  for (const [part] of text.matchAll(PARTS)) {
    const name = NAMES[part];
    if (name !== undefined) keys.push(name);
    else if (!part.startsWith("\x1b") && part >= " ") keys.push(part);
  }
  return keys;
}

const WORDS = new Set(Object.values(NAMES));

/** Whether the key types a character. */
export function isText(key: Key): boolean {
  return !WORDS.has(key);
}

const characters = new Intl.Segmenter();

/** The text without its last character, as a person counts them. */
export function withoutLast(text: string): string {
  const last = Array.from(characters.segment(text)).at(-1);
  return last === undefined ? "" : text.slice(0, last.index);
}
