/**
 * What the tokens of a keyboard mean: keys, mouse, focus. Reads the forms of xterm, the VT220 and rxvt, modifyOtherKeys, and
 * kitty's `CSI … u`; answers of the terminal to questions (cursor reports, device attributes) mean nothing here.
 */
import type { Key, MouseInput } from "../keys.ts";
import type { Token } from "./key-tokens.ts";

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

export type RoutedMouse = MouseInput & Modifiers;

export type KeyboardEvent =
  | { readonly kind: "key"; readonly key: Key }
  | { readonly kind: "mouse"; readonly mouse: RoutedMouse }
  | { readonly kind: "focus"; readonly focused: boolean };

/** Null for what is no key, no mouse and no focus. */
export function keyboardEvent(token: Token): KeyboardEvent | null {
  switch (token.kind) {
    case "character":
      return keyEvent(characterKey(token.text, token.alt));
    case "paste":
      return keyEvent({ name: "paste", ctrl: false, alt: false, shift: false, text: token.text });
    case "ss3": {
      const name = SS3_NAMES[token.final];
      return name === undefined ? null : keyEvent(named(name, { shift: false, ctrl: false, alt: token.alt }));
    }
    case "x10-mouse": {
      const [button, x, y] = token.bytes;
      return { kind: "mouse", mouse: mouseInput(button - 32, x - 33, y - 33, button - 32 === 3 ? "m" : "M") };
    }
    case "csi":
      return csiEvent(token.parameters, token.final, token.alt);
  }
}

function keyEvent(key: Key | null): KeyboardEvent | null {
  return key ? { kind: "key", key } : null;
}

const CONTROL_NAMES: Readonly<Record<number, string>> = {
  9: "tab",
  10: "enter",
  13: "enter",
  27: "escape",
  8: "backspace",
  127: "backspace",
};

/** A character or control byte as it comes in the oldest form. */
function characterKey(text: string, alt: boolean): Key {
  const code = text.codePointAt(0) ?? 0;
  const name = CONTROL_NAMES[code];
  if (name !== undefined) return { name, ctrl: false, alt, shift: false, text: name === "tab" ? "\t" : "" };
  if (code === 0) return { name: "space", ctrl: true, alt, shift: false, text: "" };
  if (code < 0x1b) return { name: String.fromCharCode(code + 0x60), ctrl: true, alt, shift: false, text: "" };
  if (code < 0x20) return { name: String.fromCharCode(code + 0x40), ctrl: true, alt, shift: false, text: "" };
  if (code === 0x20) return { name: "space", ctrl: false, alt, shift: false, text: alt ? "" : " " };
  return { name: text, ctrl: false, alt, shift: false, text: alt ? "" : text };
}

/** What both SS3 and CSI mean by their last letter. */
const SHARED_NAMES: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
};

const SS3_NAMES: Readonly<Record<string, string>> = { ...SHARED_NAMES, M: "enter" };
const LETTER_NAMES: Readonly<Record<string, string>> = { ...SHARED_NAMES, Z: "tab" };

const TILDE_NAMES: Readonly<Record<number, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  11: "f1",
  12: "f2",
  13: "f3",
  14: "f4",
  15: "f5",
  17: "f6",
  18: "f7",
  19: "f8",
  20: "f9",
  21: "f10",
  23: "f11",
  24: "f12",
};

function csiEvent(parameters: string, final: string, alt: boolean): KeyboardEvent | null {
  if (final === "I" || final === "O") return parameters === "" ? { kind: "focus", focused: final === "I" } : null;
  if (parameters.startsWith("<") && (final === "M" || final === "m")) return sgrMouse(parameters.slice(1), final);
  // Private parameters are answers (device attributes, mode reports); keys have none.
  if (!/^[\d;:]*$/u.test(parameters)) return null;
  const fields = parameters.split(";");
  const [first = 1] = numbers(fields[0]);
  const { modifiers, released } = readModifiers(fields[1], alt);
  if (released) return null;
  if (final === "u") return keyEvent(kittyKey(first, fields[2], modifiers));
  if (final === "~" && first === 27 && fields[2] !== undefined) return keyEvent(kittyKey(numbers(fields[2])[0] ?? 0, undefined, modifiers));
  if (final === "Z") return keyEvent(named("tab", { ...modifiers, shift: true }));
  // `CSI row ; column R` is a cursor report; F3 always has 1 there.
  if (final === "R" && first !== 1) return null;
  const name = final === "~" ? TILDE_NAMES[first] : LETTER_NAMES[final];
  return name === undefined ? null : keyEvent(named(name, modifiers));
}

function named(name: string, modifiers: Modifiers): Key {
  return { name, ...modifiers, text: name === "tab" && !modifiers.shift && !modifiers.ctrl && !modifiers.alt ? "\t" : "" };
}

/** Numbers of a field with sub-parameters; an empty one is undefined. */
function numbers(field: string | undefined): (number | undefined)[] {
  return (field ?? "").split(":").map((part) => (part === "" ? undefined : Number(part)));
}

/** xterm's and kitty's modifier field: 1 + the sum of shift 1, alt 2, ctrl 4, super 8, …; after a colon 3 for a release. */
function readModifiers(field: string | undefined, alt: boolean): { modifiers: Modifiers; released: boolean } {
  const [sum = 1, event = 1] = numbers(field);
  const bits = Math.max(0, sum - 1);
  return { modifiers: { shift: (bits & 1) !== 0, alt: alt || (bits & (2 | 32)) !== 0, ctrl: (bits & 4) !== 0 }, released: event === 3 };
}

/** Keys of the private area in kitty's protocol that have names here; keypad keys type what they show. */
const KITTY_NAMES: Readonly<Record<number, string>> = {
  9: "tab",
  13: "enter",
  27: "escape",
  32: "space",
  127: "backspace",
  57414: "enter",
  57417: "left",
  57418: "right",
  57419: "up",
  57420: "down",
  57421: "pageup",
  57422: "pagedown",
  57423: "home",
  57424: "end",
  57425: "insert",
  57426: "delete",
};
const KITTY_KEYPAD = "0123456789./*-+";
const KITTY_KEYPAD_START = 57399;

/** `CSI code ; modifiers ; text u`. */
function kittyKey(code: number, text: string | undefined, modifiers: Modifiers): Key | null {
  const name = KITTY_NAMES[code];
  if (name !== undefined) {
    const plain = !modifiers.ctrl && !modifiers.alt;
    return { name, ...modifiers, text: plain && name === "space" ? " " : plain && name === "tab" && !modifiers.shift ? "\t" : "" };
  }
  const keypad = KITTY_KEYPAD[code - KITTY_KEYPAD_START];
  // Other codes of the private area are keys alone (shift, media): they do nothing here.
  if (keypad === undefined && ((code >= 57344 && code <= 63743) || code < 32 || code > 0x10ffff)) return null;
  const typed = keypad ?? typedText(code, text, modifiers);
  if (modifiers.ctrl || modifiers.alt) return { name: keypad ?? String.fromCodePoint(code), ...modifiers, text: "" };
  return { name: typed, ctrl: false, alt: false, shift: false, text: typed };
}

function typedText(code: number, text: string | undefined, modifiers: Modifiers): string {
  const codes = numbers(text).filter((value): value is number => value !== undefined && value >= 32 && value <= 0x10ffff);
  if (codes.length > 0) return String.fromCodePoint(...codes);
  const character = String.fromCodePoint(code);
  return modifiers.shift ? character.toUpperCase() : character;
}

function sgrMouse(parameters: string, final: "M" | "m"): KeyboardEvent | null {
  const [button, x, y] = parameters.split(";").map(Number);
  if (button === undefined || x === undefined || y === undefined || ![button, x, y].every(Number.isSafeInteger)) return null;
  return { kind: "mouse", mouse: mouseInput(button, x - 1, y - 1, final) };
}

const BUTTONS = ["left", "middle", "right", "none"] as const;
const WHEEL = 64;
const MOTION = 32;

/** The button code of xterm's mouse reports: 2 bits of button, shift 4, alt 8, ctrl 16, motion 32, wheel 64. */
function mouseInput(code: number, x: number, y: number, final: "M" | "m"): RoutedMouse {
  const modifiers = { shift: (code & 4) !== 0, alt: (code & 8) !== 0, ctrl: (code & 16) !== 0 };
  const place = { x: Math.max(0, x), y: Math.max(0, y), ...modifiers };
  if ((code & WHEEL) !== 0) {
    const button = (code & 3) === 0 ? "wheel-up" : (code & 3) === 1 ? "wheel-down" : "none";
    return { kind: "press", button, ...place };
  }
  const button = BUTTONS[code & 3] ?? "none";
  const kind = (code & MOTION) !== 0 ? "move" : final === "m" ? "release" : "press";
  return { kind, button, ...place };
}
