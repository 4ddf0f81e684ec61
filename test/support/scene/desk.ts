/**
 * A person with a dashboard in front of them, put together as `commands/show-dashboard.ts` does it: only the terminal is
 * emulated, and the keys are those that the story presses.
 */
import { renderChrome } from "../../../components/render.tsx";
import { readLook } from "../../../src/dashboard/layout/arrangement.ts";
import { later } from "../../../src/dashboard/later.ts";
import type { OuterPort, SessionOptions } from "../../../src/dashboard/session-options.ts";
import { Session } from "../../../src/dashboard/session.ts";
import { colorDepth } from "../../../src/dashboard/terminal/color-depth.ts";
import { keyForms } from "../../../src/dashboard/terminal/key-bytes.ts";
import { Outer } from "../../../src/dashboard/terminal/outer.ts";
import { StdinRouter } from "../../../src/dashboard/terminal/stdin-router.ts";
import { createTheme, themeOptions } from "../../../src/dashboard/theme.ts";
import { connectEngine } from "../../../src/protocol/client.ts";
import type { OuterTerminal } from "../../../src/protocol/messages.ts";
import { Tty, type SeenCell } from "./tty.ts";
import type { Waiting } from "./waiting.ts";

export interface DeskOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** The variables by which the dashboard chooses its look. */
  readonly env?: Readonly<Record<string, string>>;
  /** The layout it begins with, as for MARATHON_LAYOUT. */
  readonly layout?: string;
  /** What the person's terminal tells of itself when it is asked. */
  readonly terminal?: OuterTerminal;
}

export interface DeskParts {
  readonly socketPath: string;
  readonly waiting: Waiting;
  readFile(path: string): Promise<string>;
}

/** Keys without a form that `keyForms` knows, as xterm sends them. */
const XTERM_KEYS: Readonly<Record<string, string>> = {
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
  home: "\x1b[H",
  end: "\x1b[F",
  pageup: "\x1b[5~",
  pagedown: "\x1b[6~",
  "shift+tab": "\x1b[Z",
};

export class Desk {
  /** How the dashboard was left; null while it is there. */
  left: "detached" | "stopped" | null = null;
  /** What the person has copied, oldest first. */
  readonly copied: string[] = [];
  /** What the person's terminal was asked to notify of (OSC 9). */
  readonly notifications: string[] = [];
  readonly #parts: DeskParts;
  readonly #tty: Tty;
  readonly #outer: Outer;
  readonly #router: StdinRouter;
  readonly #session: Session;

  constructor(parts: DeskParts, options: DeskOptions) {
    const { columns = 160, rows = 45, env = { LANG: "C.UTF-8", TERM: "xterm-256color" } } = options;
    this.#parts = parts;
    this.#tty = new Tty(columns, rows, parts.waiting.changed, options.terminal);
    this.#outer = new Outer({
      input: this.#tty.input,
      output: this.#tty.output,
      onSignal: () => () => {},
      mouse: true,
      ask: true,
      onLearned: (learned) => this.#session.learned(learned),
      onInput: (bytes) => this.#router.push(bytes),
      onResize: () => this.#session.resized(),
      onRepaint: () => this.#session.redraw(),
      onReady: () => this.#session.drained(),
      onGone: () => {},
    });
    this.#session = new Session(this.#sessionOptions(env));
    const look = readLook(options.layout ?? "grid");
    if ("error" in look) throw new Error(look.error);
    this.#session.stores.view.setState({ look });
    this.#router = new StdinRouter({
      key: (key) => this.#session.key(key),
      mouse: (event) => this.#session.mouse(event),
      focus: () => {},
      input: (bytes) => {
        const taken = this.#session.input(bytes);
        if (!taken) this.#outer.pauseInput();
        return taken;
      },
      released: () => this.#session.controller.run("release"),
      releasedTwice: () => this.#session.controller.run("take-over"),
      switchTo: (terminal) => this.#session.switchTo(terminal),
      later,
      now: () => performance.now(),
    });
  }

  /** Attaches and resolves once the board is there. */
  async attach(): Promise<this> {
    this.#outer.enter();
    this.#session.drained();
    return this.attachAgain();
  }

  /** As the dashboard does by itself a moment after its engine came back. */
  async attachAgain(): Promise<this> {
    const { client, welcome } = await connectEngine({
      socketPath: this.#parts.socketPath,
      program: "scene",
      role: "dashboard",
      handlers: this.#session.handlers(() => this.#outer.resumeInput()),
    });
    client.onDrain(() => this.#outer.resumeInput());
    const { tasks } = welcome.state;
    await this.shows(new RegExp(`/${Object.keys(tasks).length} |too small`, "u"));
    await this.idle();
    return this;
  }

  /** Presses keys by their notation: "0", "enter", "alt+1", "ctrl+q", "shift+tab". */
  press(...keys: readonly string[]): void {
    for (const [index, key] of keys.entries()) {
      // Escape and a key at once would be Alt with that key; a person is slower, a kitty terminal clearer.
      const form = key === "escape" && index < keys.length - 1 ? "\x1b[27u" : (XTERM_KEYS[key] ?? keyForms(key).forms[0]);
      if (form === undefined) throw new Error(`no terminal sends the key ${key}`);
      this.#tty.input.type(typeof form === "string" ? Buffer.from(form) : form);
    }
  }

  /** Types these bytes as they are. */
  types(text: string): void {
    this.#tty.input.type(Buffer.from(text, "utf8"));
  }

  /** Resolves once all of these can be read on the screen. */
  async shows(...wanted: readonly (string | RegExp)[]): Promise<void> {
    for (const one of wanted) await this.#parts.waiting.until(`${label(one)} on the screen`, () => has(this.text(), one));
  }

  /** Resolves once none of these can be read any more. */
  async hides(...unwanted: readonly (string | RegExp)[]): Promise<void> {
    for (const one of unwanted) await this.#parts.waiting.until(`${label(one)} to leave the screen`, () => !has(this.text(), one));
  }

  /** Resolves once nothing moves on any screen. */
  idle(): Promise<void> {
    return this.#parts.waiting.idle();
  }

  screen(): readonly string[] {
    return this.#tty.rows();
  }

  text(): string {
    return this.screen().join("\n");
  }

  /** The first row that matches. Throws, with the screen, when none does. */
  row(pattern: string | RegExp): string {
    const found = this.screen().find((row) => has(row, pattern));
    if (found === undefined) throw new Error(`no row has ${label(pattern)}\n${this.picture()}`);
    return found;
  }

  /** Where the text stands first. Throws, with the screen, when it does not. */
  find(text: string): { readonly x: number; readonly y: number } {
    const y = this.screen().findIndex((row) => row.includes(text));
    if (y < 0) throw new Error(`${JSON.stringify(text)} is nowhere\n${this.picture()}`);
    return { x: this.screen()[y]?.indexOf(text) ?? 0, y };
  }

  cell(x: number, y: number): SeenCell {
    return this.#tty.cell(x, y);
  }

  /** How often the person's terminal rang. */
  get bells(): number {
    return this.#tty.bells;
  }

  get cursor(): Tty["cursor"] {
    return this.#tty.cursor;
  }

  /** Every byte that the dashboard wrote to the person's terminal. */
  get written(): string {
    return this.#tty.written;
  }

  link(x: number, y: number): ReturnType<Tty["link"]> {
    return this.#tty.link(x, y);
  }

  get modes(): Tty["modes"] {
    return this.#tty.modes;
  }

  resize(columns: number, rows: number): void {
    this.#tty.resize(columns, rows);
  }

  /** Resolves once the dashboard has been left. */
  async leaves(): Promise<"detached" | "stopped"> {
    return this.#parts.waiting.until("the dashboard to be left", () => this.left ?? false);
  }

  picture(): string {
    return this.#tty.picture();
  }

  /** The dashboard ends without a word, as by `kill -9`. */
  vanish(): void {
    this.#session.stop();
    this.#router.dispose();
  }

  async close(): Promise<void> {
    this.vanish();
    await this.#outer.leave();
    this.#tty.dispose();
  }

  async #leave(how: "detached" | "stopped"): Promise<void> {
    if (this.left !== null) return;
    this.vanish();
    await this.#outer.leave();
    this.left = how;
    this.#parts.waiting.changed();
  }

  #sessionOptions(env: Readonly<Record<string, string>>): SessionOptions {
    const look = themeOptions(env);
    return {
      outer: this.#port(),
      theme: createTheme(look),
      depth: (learned) => colorDepth(env, look.colour, learned),
      colors: look.colour,
      mouse: true,
      keys: {},
      terminalName: env["TERM"] ?? "xterm-256color",
      render: (screen, chrome) => Promise.resolve(renderChrome(screen, chrome)),
      readFile: (path) => this.#parts.readFile(path),
      copyOut: (text) => {
        this.copied.push(text);
        this.#parts.waiting.changed();
        return Promise.resolve("the story's clipboard");
      },
      onDetach: () => void this.#leave("detached"),
      onStopped: () => void this.#leave("stopped"),
    };
  }

  #port(): OuterPort {
    const outer = this.#outer;
    return {
      get size() {
        return outer.size;
      },
      get ready() {
        return outer.ready;
      },
      write: (output) => {
        const text = Buffer.from(output).toString("utf8");
        // oxlint-disable-next-line no-control-regex -- an escape sequence is what is looked for
        for (const [, words] of text.matchAll(/\x1b\]9;([^\x07]*)\x07/gu)) this.notifications.push(words ?? "");
        outer.write(output);
      },
      follow: (taken) => {
        outer.follow(taken?.modes ?? null);
        this.#router.takeOver(taken);
      },
    };
  }
}

function has(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}

function label(wanted: string | RegExp): string {
  return typeof wanted === "string" ? JSON.stringify(wanted) : String(wanted);
}
