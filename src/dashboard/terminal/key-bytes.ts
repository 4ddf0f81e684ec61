/** The bytes in which a terminal may send a key, for keys that must be found without parsing everything. */
import { parseKeyId } from "../keys.ts";

export interface KeyForms {
  /** The old form, kitty's `CSI u` and modifyOtherKeys; nothing but the key held. */
  readonly forms: readonly Uint8Array[];
  /** As kitty's protocol has it: the key's code point, and shift 1, alt 2, ctrl 4. */
  readonly code: number;
  readonly modifiers: number;
}

/** All forms of a key in the notation of keys.ts ("ctrl+q", "alt+1", "f12"). Throws for a key that has none. */
export function keyForms(written: string): KeyForms {
  const id = parseKeyId(written);
  const parts = id?.split(/\+(?=.)/u) ?? [];
  const name = parts.pop();
  const held = new Set(parts);
  const code = name === undefined ? undefined : (CODES[name] ?? ([...name].length === 1 ? name.codePointAt(0) : undefined));
  if (name === undefined || code === undefined) {
    throw new Error(
      `the key ${JSON.stringify(written)} cannot be used here: name a character or Space, Tab, Enter, Escape, Backspace, with Ctrl or Alt`,
    );
  }
  const forms = legacyForms(code, held);
  const modifiers = (held.has("shift") ? 1 : 0) + (held.has("alt") ? 2 : 0) + (held.has("ctrl") ? 4 : 0);
  if (modifiers > 0) forms.push(`\x1b[${code};${1 + modifiers}u`, `\x1b[27;${1 + modifiers};${code}~`);
  return { forms: forms.map((form) => Buffer.from(form, "utf8")), code, modifiers };
}

const CODES: Readonly<Record<string, number>> = { space: 32, tab: 9, enter: 13, escape: 27, backspace: 127 };

function legacyForms(code: number, modifiers: ReadonlySet<string>): string[] {
  if (modifiers.has("shift")) return [];
  let text = String.fromCodePoint(code);
  if (modifiers.has("ctrl")) {
    // Ctrl takes the three highest bits of @A–Z[\]^_ and of the small letters.
    const upper = text.toUpperCase().codePointAt(0) ?? 0;
    if (code === 32) text = "\0";
    else if (upper >= 0x40 && upper < 0x60) text = String.fromCharCode(upper & 0x1f);
    else return [];
  }
  return [modifiers.has("alt") ? `\x1b${text}` : text];
}
