/** The bytes in which a terminal may send a key, for keys that must be found without parsing everything. */
import { parseKeyId } from "../keys.ts";

/**
 * All forms of a key in the notation of keys.ts ("ctrl+q", "alt+1", "f12"): the old one, kitty's `CSI u` and
 * modifyOtherKeys. Throws for a key that has none.
 */
export function keyBytes(written: string): readonly Uint8Array[] {
  const id = parseKeyId(written);
  const parts = id?.split(/\+(?=.)/u) ?? [];
  const name = parts.pop();
  const modifiers = new Set(parts);
  const code = name === undefined ? undefined : (CODES[name] ?? ([...name].length === 1 ? name.codePointAt(0) : undefined));
  if (name === undefined || code === undefined) {
    throw new Error(
      `the key ${JSON.stringify(written)} cannot be used here: name a character or Space, Tab, Enter, Escape, Backspace, with Ctrl or Alt`,
    );
  }
  const forms = legacyForms(code, modifiers);
  const sum = 1 + (modifiers.has("shift") ? 1 : 0) + (modifiers.has("alt") ? 2 : 0) + (modifiers.has("ctrl") ? 4 : 0);
  if (sum > 1) forms.push(`\x1b[${code};${sum}u`, `\x1b[27;${sum};${code}~`);
  return forms.map((form) => Buffer.from(form, "utf8"));
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
