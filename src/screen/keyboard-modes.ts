/**
 * In which form a program wants its keys: the flags of kitty's keyboard protocol (sw.kovidgoyal.net/kitty/keyboard-protocol) and
 * xterm's modifyOtherKeys. The emulator knows neither. In take-over the person's terminal follows them, if it can; whether it
 * can decides what a program that asks for the flags is told, since a terminal without the protocol is silent.
 */
import type { Terminal } from "./xterm.ts";

/** All flags of the protocol: disambiguate, event types, alternate keys, all keys as escapes, text. */
const ALL_FLAGS = 0b11111;
/** The protocol wants a limit; the oldest entry goes when there are more. */
const MAX_STACK = 16;

export interface KeyboardPorts {
  reply(text: string): void;
  /** The person's terminal has kitty's protocol. */
  kittyKeyboard(): boolean;
  /** The screen that keeps no lines is up. */
  alternate(): boolean;
}

/** The flags that count now, and those that come back with each pop. */
interface Stack {
  flags: number;
  below: number[];
}

export class KeyboardModes {
  readonly #ports: KeyboardPorts;
  /** The two screens have a stack each. */
  #normal: Stack = { flags: 0, below: [] };
  #alternate: Stack = { flags: 0, below: [] };
  #modifyOtherKeys = 0;

  constructor({ parser }: Terminal, ports: KeyboardPorts) {
    this.#ports = ports;
    const on = (prefix: string, final: string, act: (first: number | null, second: number | null) => void) =>
      parser.registerCsiHandler({ prefix, final }, ([first, second]) => {
        act(typeof first === "number" ? first : null, typeof second === "number" ? second : null);
        return true;
      });
    on("?", "u", () => {
      if (ports.kittyKeyboard()) ports.reply(`\x1b[?${this.#stack.flags}u`);
    });
    on(">", "u", (flags) => this.#push(flags ?? 0));
    on("<", "u", (count) => this.#pop(Math.max(1, count ?? 1)));
    on("=", "u", (flags, how) => this.#set(flags ?? 0, how ?? 1));
    on(">", "m", (resource, value) => {
      if (resource === 4 || resource === 0 || resource === null) this.#modifyOtherKeys = Math.min(3, resource === 4 ? (value ?? 0) : 0);
    });
    on(">", "n", (resource) => {
      if (resource === 4) this.#modifyOtherKeys = 0;
    });
    on("?", "m", (resource) => {
      if (resource === 4) ports.reply(`\x1b[>4;${this.#modifyOtherKeys}m`);
    });
    parser.registerEscHandler({ final: "c" }, () => {
      this.reset();
      return false;
    });
  }

  /** The flags of kitty's protocol that count now; modifyOtherKeys as xterm has it, 0 for off. */
  get modes(): { readonly kittyFlags: number; readonly modifyOtherKeys: number } {
    return { kittyFlags: this.#stack.flags, modifyOtherKeys: this.#modifyOtherKeys };
  }

  /** A new program starts: it has asked for nothing yet. */
  reset(): void {
    this.#normal = { flags: 0, below: [] };
    this.#alternate = { flags: 0, below: [] };
    this.#modifyOtherKeys = 0;
  }

  get #stack(): Stack {
    return this.#ports.alternate() ? this.#alternate : this.#normal;
  }

  #push(flags: number): void {
    const stack = this.#stack;
    stack.below.push(stack.flags);
    if (stack.below.length > MAX_STACK) stack.below.shift();
    stack.flags = flags & ALL_FLAGS;
  }

  #pop(count: number): void {
    const stack = this.#stack;
    for (let left = Math.min(count, MAX_STACK + 1); left > 0; left--) stack.flags = stack.below.pop() ?? 0;
  }

  /** 1 sets all flags, 2 adds these, 3 takes these away. */
  #set(flags: number, how: number): void {
    const stack = this.#stack;
    const known = flags & ALL_FLAGS;
    if (how === 1) stack.flags = known;
    else if (how === 2) stack.flags |= known;
    else if (how === 3) stack.flags &= ~known;
  }
}
