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

const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";

/** Takes what the terminal sends and gives keys. Knows what is pasted: there a line break is text. */
export class Keyboard {
  #pasting = false;

  /** Keys in order. Sequences without a meaning here (function keys, mouse) are dropped. */
  keys(text: string): readonly Key[] {
    const keys: Key[] = [];
    for (const [part] of text.matchAll(PARTS)) {
      if (part === PASTE_START || part === PASTE_END) this.#pasting = part === PASTE_START;
      else if (this.#pasting) keys.push(...pasted(part));
      else keys.push(...typed(part));
    }
    return keys;
  }
}

function typed(part: string): readonly Key[] {
  const name = NAMES[part];
  if (name !== undefined) return [name];
  return !part.startsWith("\x1b") && part >= " " ? [part] : [];
}

/** A line feed is the character that it is; nothing else below the blank is text. */
function pasted(part: string): readonly Key[] {
  if (part === "\r" || part === "\n") return ["\n"];
  return !part.startsWith("\x1b") && part >= " " ? [part] : [];
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
