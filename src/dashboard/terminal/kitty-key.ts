/** A key in the form of kitty's keyboard protocol: `CSI code:shifted:base ; modifiers:event ; text u`. */
export interface KittyKey {
  /** The key's code, and that of the place of the key on a usual keyboard. */
  readonly codes: readonly number[];
  /** Shift 1, alt 2, ctrl 4 and so on, without Caps Lock and Num Lock. */
  readonly modifiers: number;
  readonly released: boolean;
  /** Bytes that it has. */
  readonly length: number;
}

const KEY = /^\u001b\[(?<code>\d+)(?::\d*)?(?::(?<base>\d+))?(?:;(?<modifiers>\d*)(?::(?<event>\d))?)?(?:;[\d:]*)?u/u;
const BEGINNING = /^\u001b(?:\[[\d:;]*)?$/u;
/** Longer than any key with its text. */
const MAX_KEY = 64;
const LOCKS = 64 | 128;
const RELEASED = "3";

/** The key at the beginning of these bytes; "more" when it may become one, null when there is none. */
export function matchKitty(bytes: Buffer): KittyKey | "more" | null {
  const text = bytes.toString("latin1", 0, MAX_KEY);
  const match = KEY.exec(text);
  if (!match?.groups) return text.length < MAX_KEY && BEGINNING.test(text) ? "more" : null;
  const { code, base, modifiers, event } = match.groups;
  return {
    codes: [Number(code), ...(base === undefined ? [] : [Number(base)])],
    modifiers: (Number(modifiers || 1) - 1) & ~LOCKS,
    released: event === RELEASED,
    length: match[0].length,
  };
}
