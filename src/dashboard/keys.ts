/** One key press, already parsed by the stdin router. */
export interface Key {
  /**
   * What was pressed: a printable character as it came ("a", "A", "?", "é"), or a name ("enter", "escape", "tab", "up", "down",
   * "left", "right", "pageup", "pagedown", "home", "end", "backspace", "delete", "insert", "space", "f1" …).
   */
  readonly name: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** What the key would type; empty for keys that type nothing. A paste arrives as one key named "paste". */
  readonly text: string;
}

export type MouseButton = "left" | "middle" | "right" | "wheel-up" | "wheel-down" | "none";

/** One mouse report, in cells of the whole screen counted from 0. */
export interface MouseInput {
  readonly kind: "press" | "release" | "move";
  readonly button: MouseButton;
  readonly x: number;
  readonly y: number;
}

/**
 * The canonical notation of a key, as used in the command table and in a person's configuration: modifiers in the order
 * ctrl, alt, shift, then the name, joined by "+": "ctrl+l", "shift+tab", "alt+1", "A". Shift is part of a printable character.
 */
export function keyId(key: Key): string {
  const printable = [...key.name].length === 1;
  return [key.ctrl ? "ctrl" : "", key.alt ? "alt" : "", key.shift && !printable ? "shift" : "", key.name]
    .filter((part) => part !== "")
    .join("+");
}

const modifiers = ["ctrl", "alt", "shift"];
const names = new Set(
  [
    "enter",
    "escape",
    "tab",
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "backspace",
    "delete",
    "insert",
    "space",
  ].concat(Array.from({ length: 12 }, (_, index) => `f${index + 1}`)),
);
const shorthand: Readonly<Record<string, string>> = {
  c: "ctrl",
  control: "ctrl",
  m: "alt",
  meta: "alt",
  a: "alt",
  s: "shift",
  esc: "escape",
  return: "enter",
  pgup: "pageup",
  pgdn: "pagedown",
  del: "delete",
  ins: "insert",
  bs: "backspace",
};

/**
 * Reads a key as a person writes it ("Ctrl-l", "S-Tab", "alt+1", "PgUp", "?") into the canonical notation.
 * Null when it names no key; the caller says where it was written.
 */
export function parseKeyId(written: string): string | null {
  const text = written.trim();
  if ([...text].length === 1) return text;
  const parts = text.split(/[-+](?=.)/u);
  const last = parts.pop();
  if (last === undefined || last === "") return null;
  const wanted = new Set(parts.map((part) => shorthand[part.toLowerCase()] ?? part.toLowerCase()));
  for (const modifier of wanted) if (!modifiers.includes(modifier)) return null;
  const name = readName(last, wanted);
  if (name === null) return null;
  return [...modifiers.filter((modifier) => wanted.has(modifier)), name].join("+");
}

function readName(written: string, wanted: Set<string>): string | null {
  if ([...written].length === 1) {
    // "ctrl+L" and "ctrl+l" are one key on every terminal; shift on a letter is the capital.
    if (wanted.has("ctrl")) return written.toLowerCase();
    if (wanted.delete("shift")) return written.toUpperCase();
    return written;
  }
  const lower = written.toLowerCase();
  const name = shorthand[lower] ?? lower;
  return names.has(name) ? name : null;
}

const labels: Readonly<Record<string, string>> = {
  enter: "Enter",
  escape: "Esc",
  tab: "Tab",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
  backspace: "Backspace",
  delete: "Del",
  insert: "Ins",
  space: "Space",
};
const asciiLabels: Readonly<Record<string, string>> = { up: "Up", down: "Down", left: "Left", right: "Right" };

/** How a key is shown to a person: "Ctrl-l", "S-Tab", "Alt-1", "↑" (ASCII: "Up"). */
export function keyLabel(id: string, ascii = false): string {
  const parts = id.split(/\+(?=.)/u);
  const name = parts.pop() ?? id;
  const shown = (ascii ? asciiLabels[name] : undefined) ?? labels[name] ?? (/^f\d+$/u.test(name) ? name.toUpperCase() : name);
  const prefix = parts.map((part) => (part === "shift" ? "S-" : part === "ctrl" ? "Ctrl-" : "Alt-")).join("");
  return prefix + shown;
}
