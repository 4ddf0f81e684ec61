/**
 * Keys in take-over: every byte goes on to the terminal in front, but for the release key, the keys that lead to another
 * terminal, paste marks that its program did not ask for, and mouse reports, which are translated. Pure of any clock: the
 * router says when nothing more came.
 */
import { matchKitty } from "./kitty-key.ts";
import type { KeyForms } from "./key-bytes.ts";
import { endingPrefix, PASTE_END, PASTE_START } from "./key-tokens.ts";

export type TakeOverPart =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "release" }
  | { readonly kind: "switch"; readonly terminal: number }
  /** A mouse report in SGR form, without `ESC [ <`: "0;10;5M". */
  | { readonly kind: "mouse"; readonly report: string };

export interface TakeOverKeys {
  readonly release: KeyForms;
  /** Keys that go to a terminal. */
  readonly switches: readonly (KeyForms & { readonly terminal: number })[];
}

const MOUSE_START = Buffer.from("\x1b[<");
/** `255;9999;9999M` and a little. */
const MAX_MOUSE_REPORT = 20;

export class TakeOver {
  readonly #ours: readonly { readonly key: KeyForms; readonly part: TakeOverPart }[];
  readonly #starts: readonly Uint8Array[];
  /** Bytes that something of ours may begin with. */
  readonly #first = new Uint8Array(256);
  /** The beginning of what may be one of our keys. */
  #rest: Buffer = Buffer.alloc(0);
  #inPaste = false;
  /** The program in front wants paste marks; the outer terminal sends mouse reports. */
  #pasteMarks = true;
  #mouse = false;
  /** The outer terminal sends keys in the forms of kitty's protocol. */
  #kitty = false;

  constructor({ release, switches }: TakeOverKeys) {
    this.#ours = [
      { key: release, part: { kind: "release" } },
      ...switches.map(({ terminal, ...key }) => ({ key, part: { kind: "switch", terminal } as const })),
    ];
    this.#starts = [...this.#ours.flatMap(({ key }) => key.forms), PASTE_START, MOUSE_START];
    for (const [first = 0] of this.#starts) this.#first[first] = 1;
  }

  get pending(): boolean {
    return this.#rest.length > 0;
  }

  get inPaste(): boolean {
    return this.#inPaste;
  }

  /** What the program in front wants. `mouse`: take mouse reports out, to be translated. */
  configure({ pasteMarks, mouse, kitty }: { readonly pasteMarks: boolean; readonly mouse: boolean; readonly kitty: boolean }): void {
    this.#pasteMarks = pasteMarks;
    this.#mouse = mouse;
    this.#kitty = kitty;
  }

  /** The first part of these bytes and what is left of them: a release or switch changes who reads the rest. */
  next(bytes: Uint8Array): { readonly part: TakeOverPart | null; readonly rest: Uint8Array } {
    const input =
      this.#rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([this.#rest, bytes]);
    this.#rest = Buffer.alloc(0);
    if (input.length === 0) return { part: null, rest: input };
    return this.#inPaste ? this.#pasted(input) : this.#typed(input);
  }

  /** Nothing more came: what waits was meant as it is. */
  flush(): Uint8Array {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest;
  }

  /** A paste whose end was lost must not keep the release key for ever. */
  endPaste(): void {
    this.#inPaste = false;
  }

  #typed(input: Buffer): { part: TakeOverPart | null; rest: Uint8Array } {
    for (let at = 0; at < input.length; at++) {
      if (this.#first[input[at] ?? 0] === 0) continue;
      const match = this.#match(input, at);
      if (match === null) continue;
      // What stands before our key goes first.
      if (at > 0) return { part: { kind: "bytes", bytes: input.subarray(0, at) }, rest: input.subarray(at) };
      if (match === "more") {
        this.#rest = Buffer.from(input);
        return { part: null, rest: Buffer.alloc(0) };
      }
      return { part: match.part, rest: input.subarray(match.length) };
    }
    return { part: { kind: "bytes", bytes: input }, rest: Buffer.alloc(0) };
  }

  /** What of ours begins at this place: nothing (null), the beginning of something, or a whole part. */
  #match(input: Buffer, at: number): "more" | { part: TakeOverPart | null; length: number } | null {
    const tail = input.subarray(at);
    for (const { key, part } of this.#ours) {
      const form = key.forms.find((bytes) => startsWith(tail, bytes));
      if (form) return { part, length: form.length };
    }
    if (startsWith(tail, PASTE_START)) {
      // Only once it is its turn: what stands before it is still typed.
      if (at === 0) this.#inPaste = true;
      return { part: this.#pasteMarks ? { kind: "bytes", bytes: PASTE_START } : null, length: PASTE_START.length };
    }
    if (this.#mouse && startsWith(tail, MOUSE_START)) return matchMouse(tail);
    if (this.#starts.some((start) => tail.length < start.length && startsWith(start, tail))) return "more";
    return this.#kitty ? this.#matchKitty(tail) : null;
  }

  /** Our keys with whatever else the protocol tells: locks, other layouts, repeats. When one is let go nobody is told. */
  #matchKitty(tail: Buffer): "more" | { part: TakeOverPart | null; length: number } | null {
    const press = matchKitty(tail);
    if (press === null || press === "more") return press;
    const ours = this.#ours.find(({ key }) => key.modifiers === press.modifiers && press.codes.includes(key.code));
    return ours ? { part: press.released ? null : ours.part, length: press.length } : null;
  }

  #pasted(input: Buffer): { part: TakeOverPart | null; rest: Uint8Array } {
    const end = input.indexOf(PASTE_END);
    if (end === 0) {
      this.#inPaste = false;
      return { part: this.#pasteMarks ? { kind: "bytes", bytes: PASTE_END } : null, rest: input.subarray(PASTE_END.length) };
    }
    if (end > 0) return { part: { kind: "bytes", bytes: input.subarray(0, end) }, rest: input.subarray(end) };
    const safe = input.length - endingPrefix(input, PASTE_END);
    this.#rest = Buffer.from(input.subarray(safe));
    return { part: safe === 0 ? null : { kind: "bytes", bytes: input.subarray(0, safe) }, rest: Buffer.alloc(0) };
  }
}

function matchMouse(tail: Buffer): "more" | { part: TakeOverPart; length: number } | null {
  const text = tail.toString("latin1", MOUSE_START.length, MOUSE_START.length + MAX_MOUSE_REPORT);
  const report = /^\d+;\d+;\d+[Mm]/u.exec(text)?.[0];
  if (report !== undefined) return { part: { kind: "mouse", report }, length: MOUSE_START.length + report.length };
  return text.length < MAX_MOUSE_REPORT && /^\d*(?:;\d*){0,2}$/u.test(text) ? "more" : null;
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  if (bytes.length < start.length) return false;
  for (let at = 0; at < start.length; at++) if (bytes[at] !== start[at]) return false;
  return true;
}
