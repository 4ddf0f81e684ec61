/**
 * The one reader of the person's keys. Before any key is parsed it decides who gets the bytes: the dashboard, as keys, mouse
 * and pastes; or in take-over the terminal in front, as they came.
 */
import type { PaneModes } from "../../protocol/messages.ts";
import type { Rect } from "../geometry.ts";
import type { Key } from "../keys.ts";
import { type KeyForms, keyForms } from "./key-bytes.ts";
import { keyboardEvent, type RoutedMouse } from "./key-names.ts";
import { matchKitty } from "./kitty-key.ts";
import { KeyTokens, type Token } from "./key-tokens.ts";
import { paneMouse } from "./pane-mouse.ts";
import { TakeOver, type TakeOverKeys, type TakeOverPart } from "./take-over.ts";

export interface RouterPorts {
  key(key: Key): void;
  mouse(mouse: RoutedMouse): void;
  focus(focused: boolean): void;
  /** Bytes for the terminal in front. False when it is slow to take them and the next ones may be a long time coming. */
  input(bytes: Uint8Array): boolean | void;
  /** The release key: the dashboard has the keys now. */
  released(): void;
  /** The release key again: it is meant for the terminal. `takeOver` for it is expected from this call, then `input` with the key. */
  releasedTwice(): void;
  /** A key that goes to a terminal and stays in take-over. `takeOver` for the new one is expected from this call. */
  switchTo(terminal: number): void;
  /** Calls back after `ms`, and after bytes that wait to be read; answers how to cancel. */
  later(ms: number, callback: () => void): () => void;
  /** Monotonic milliseconds. */
  now(): number;
}

export interface RouterKeys {
  /** In the notation of keys.ts. */
  readonly release: string;
  readonly switches: readonly { readonly key: string; readonly terminal: number }[];
}

export const DEFAULT_ROUTER_KEYS: RouterKeys = {
  release: "ctrl+q",
  switches: Array.from({ length: 10 }, (_, index) => ({ key: `alt+${(index + 1) % 10}`, terminal: index + 1 })),
};

/** The pane whose terminal is in front, and what its program wants. */
export interface TakenOver {
  readonly rect: Rect;
  readonly modes: PaneModes;
  /** The outer terminal sends mouse reports. */
  readonly mouse: boolean;
}

/** A key's bytes come at once; over a slow line they may come apart by this much (ms). */
const SEQUENCE_MS = 30;
/** How long the release key counts as the first of two (ms). */
const TWICE_MS = 500;
/** A paste that stops for this long has lost its end (ms). */
const PASTE_MS = 2000;

export class StdinRouter {
  readonly #ports: RouterPorts;
  readonly #tokens = new KeyTokens();
  readonly #takeOver: TakeOver;
  readonly #release: KeyForms;
  #taken: TakenOver | null = null;
  #cancel: (() => void) | null = null;
  #lastInput = Number.NEGATIVE_INFINITY;
  #releasedAt = Number.NEGATIVE_INFINITY;
  /** The last bytes were more than their receiver takes at once: a pause after them says nothing about the person. */
  #slow = false;

  constructor(ports: RouterPorts, keys: RouterKeys = DEFAULT_ROUTER_KEYS) {
    this.#ports = ports;
    this.#release = keyForms(keys.release);
    this.#takeOver = new TakeOver(takeOverKeys(keys));
  }

  /** Whether the keys go to a terminal. */
  get takenOver(): boolean {
    return this.#taken !== null;
  }

  /** Gives the keys to the terminal in this pane, or (null) to the dashboard. Also for a pane that moved or changed its modes. */
  takeOver(taken: TakenOver | null): void {
    this.#taken = taken;
    if (taken) {
      const { bracketedPaste, kittyFlags = 0 } = taken.modes;
      this.#takeOver.configure({ pasteMarks: bracketedPaste, mouse: taken.mouse, kitty: kittyFlags > 0 });
    } else if (this.#takeOver.inPaste) {
      // Its terminal is gone in the middle of a paste: what is left of it is still a paste and no row of commands.
      this.#takeOver.endPaste();
      this.#tokens.goOnWithPaste(this.#takeOver.flush());
      this.#slow = false;
    }
  }

  /** Bytes from the person's terminal. */
  push(bytes: Uint8Array): void {
    this.#endLostPaste();
    this.#cancel?.();
    this.#cancel = null;
    this.#lastInput = this.#ports.now();
    let rest = bytes;
    while (rest.length > 0) rest = this.#taken ? this.#forward(rest) : this.#parse(rest);
    this.#flushLater();
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #forward(bytes: Uint8Array): Uint8Array {
    const { part, rest } = this.#takeOver.next(bytes);
    if (part) this.#act(part);
    return rest;
  }

  #act(part: TakeOverPart): void {
    switch (part.kind) {
      case "bytes":
        return this.#input(part.bytes);
      case "release":
        this.#taken = null;
        this.#releasedAt = this.#ports.now();
        return this.#ports.released();
      case "switch":
        return this.#ports.switchTo(part.terminal);
      case "mouse":
        return this.#actMouse(part.report);
    }
  }

  #actMouse(report: string): void {
    const bytes = this.#taken ? paneMouse(report, this.#taken.rect, this.#taken.modes) : null;
    if (bytes) return this.#input(bytes);
    const event = keyboardEvent({ kind: "csi", parameters: `<${report.slice(0, -1)}`, final: report.slice(-1), alt: false });
    if (event?.kind === "mouse") this.#ports.mouse(event.mouse);
  }

  /** Reads the next key; it may give the bytes after it to a terminal. */
  #parse(bytes: Uint8Array): Uint8Array {
    if (this.#releasedAt !== Number.NEGATIVE_INFINITY) {
      const again = this.#secondRelease(bytes);
      if (again) return again;
    }
    const { tokens, rest } = this.#tokens.next(bytes);
    this.#tell(tokens);
    return rest;
  }

  /** The release key as the first key after a release goes to the terminal after all. Answers the bytes after it. */
  #secondRelease(bytes: Uint8Array): Uint8Array | null {
    const inTime = this.#ports.now() - this.#releasedAt <= TWICE_MS;
    this.#releasedAt = Number.NEGATIVE_INFINITY;
    const form = this.#releaseKey(bytes);
    if (!inTime || !form) return null;
    this.#ports.releasedTwice();
    // Where its program has ended meanwhile the dashboard keeps the keys.
    if (this.#taken) this.#input(form);
    return bytes.subarray(form.length);
  }

  /** The release key's bytes, if these begin with it. The terminal may still send it in the form that the program wanted. */
  #releaseKey(bytes: Uint8Array): Uint8Array | null {
    const { forms, code, modifiers } = this.#release;
    const form = forms.find((candidate) => candidate.every((byte, index) => bytes[index] === byte));
    if (form) return form;
    const press = matchKitty(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const again = press !== null && press !== "more" && !press.released && press.modifiers === modifiers && press.codes.includes(code);
    return again ? bytes.subarray(0, press.length) : null;
  }

  #tell(tokens: readonly Token[]): void {
    for (const token of tokens) {
      const event = keyboardEvent(token);
      if (event?.kind === "key") this.#ports.key(event.key);
      else if (event?.kind === "mouse") this.#ports.mouse(event.mouse);
      else if (event?.kind === "focus") this.#ports.focus(event.focused);
    }
  }

  get #inPaste(): boolean {
    return this.#taken ? this.#takeOver.inPaste : this.#tokens.inPaste;
  }

  /** What waits in a paste is the beginning of its end mark, whose rest will come, however slow the line is. */
  #flushLater(): void {
    if (!this.#tokens.pending && !this.#takeOver.pending) return;
    this.#cancel = this.#ports.later(this.#inPaste ? PASTE_MS : SEQUENCE_MS, () => this.#flush());
  }

  #flush(): void {
    this.#cancel = null;
    if (this.#inPaste && this.#slow) return this.#flushLater();
    if (this.#inPaste) this.#endPaste();
    const held = this.#takeOver.flush();
    if (held.length > 0) this.#input(held);
    this.#tell(this.#tokens.flush());
  }

  #input(bytes: Uint8Array): void {
    this.#slow = this.#ports.input(bytes) === false;
  }

  #endLostPaste(): void {
    if (!this.#slow && this.#ports.now() - this.#lastInput >= PASTE_MS) this.#endPaste();
  }

  #endPaste(): void {
    this.#takeOver.endPaste();
    this.#tell(this.#tokens.endPaste());
  }
}

function takeOverKeys(keys: RouterKeys): TakeOverKeys {
  return {
    release: keyForms(keys.release),
    switches: keys.switches.map(({ key, terminal }) => ({ ...keyForms(key), terminal })),
  };
}
