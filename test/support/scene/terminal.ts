/** One terminal of the marathon as a story speaks of it: what the program in it does, and what was typed into it. */
import type { Engine } from "../../../src/engine/engine.ts";
import type { Event } from "../../../src/marathon/types.ts";
import type { PtySize } from "../../../src/engine/pty.ts";
import type { FakePty } from "./fake-pty.ts";
import type { SceneClock } from "./scene-clock.ts";
import type { Waiting } from "./waiting.ts";

export interface TerminalParts {
  readonly clock: SceneClock;
  readonly waiting: Waiting;
  engine(): Engine;
  /** The journal. */
  readonly events: readonly Event[];
  /** The programs that were started in this terminal, oldest first. */
  programs(): readonly FakePty[];
}

/** A status record as a program writes it (OSC 7501); texts go in base64. */
export interface StatusWords {
  readonly state: "idle" | "working" | "done" | "blocked" | "error" | "clear";
  readonly kind?: "permission" | "question" | "auth";
  readonly id?: string;
  readonly title?: string;
  readonly msg?: string;
}

/** Longer than the longest silence that a rule about questions asks for, ms. */
const SILENCE_MS = 5000;

export class SceneTerminal {
  readonly number: number;
  readonly #parts: TerminalParts;

  constructor(number: number, parts: TerminalParts) {
    this.number = number;
    this.#parts = parts;
  }

  /** Commands that were run here, oldest first. */
  get programs(): readonly string[] {
    return this.#parts.programs().map((pty) => pty.program.title);
  }

  /** Arguments of the program that runs now or ran last. */
  get args(): readonly string[] {
    return this.#program.program.args;
  }

  get size(): PtySize {
    return this.#program.size;
  }

  /** Every size that the program was given, the first one at its start. */
  get sizes(): readonly PtySize[] {
    return this.#program.sizes;
  }

  get running(): boolean {
    return this.#parts.programs().at(-1)?.ended === false;
  }

  /** What was typed into the program that runs now or ran last. */
  get typed(): string {
    return this.#program.typed.toString("utf8");
  }

  prints(text: string | Uint8Array): void {
    this.#program.print(text);
  }

  printsLines(from: number, to: number, text = "line"): void {
    for (let number = from; number <= to; number++) this.prints(`${text} ${number}\r\n`);
  }

  /** Prints a prompt and waits for a key, for so long that it is taken for a question. Resolves once it is. */
  async asks(prompt: string): Promise<void> {
    const { clock, waiting, events } = this.#parts;
    const engine = () => this.#parts.engine();
    const before = engine().state.seq;
    this.prints(prompt);
    this.#program.reading = true;
    await this.#parsed();
    clock.turn(SILENCE_MS);
    engine().hosts.get(this.number)?.look();
    await waiting.until(`terminal ${this.number} to ask`, () =>
      events.some((event) => event.seq > before && isEvent(event, "terminal-state", { terminal: this.number, state: "asking" })),
    );
  }

  reports7501({ state, kind, id, title, msg }: StatusWords): void {
    const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
    const fields = [
      ...(id === undefined ? [] : [`id=${id}`]),
      `state=${state}`,
      ...(kind === undefined ? [] : [`kind=${kind}`]),
      ...(title === undefined ? [] : [`title=${base64(title)}`]),
      ...(msg === undefined ? [] : [`msg=${base64(msg)}`]),
    ];
    this.prints(`\x1b]7501;${fields.join(":")}\x1b\\`);
  }

  /** With nobody there to take note. */
  ends(code: number): void {
    this.#program.end({ code, signal: null });
  }

  /** Resolves once the engine has taken note. */
  async exits(code: number): Promise<void> {
    this.#program.end({ code, signal: null });
    await this.#parsed();
  }

  async dies(signal: NodeJS.Signals): Promise<void> {
    this.#program.end({ code: null, signal });
    await this.#parsed();
  }

  /** Resolves once exactly this has been typed into the program. */
  async isTyped(text: string): Promise<void> {
    await this.#parts.waiting.until(
      `${JSON.stringify(text)} to be typed into terminal ${this.number} (${JSON.stringify(this.typed)} was)`,
      () => {
        if (!text.startsWith(this.typed))
          throw new Error(`${JSON.stringify(this.typed)} was typed into terminal ${this.number}, not ${JSON.stringify(text)}`);
        return this.typed === text;
      },
    );
  }

  /** Resolves once this is the last that was typed into the program. */
  async endsTyped(text: string): Promise<void> {
    await this.#parts.waiting.until(
      `${JSON.stringify(text)} to be typed into terminal ${this.number} at last (${JSON.stringify(this.typed)} was)`,
      () => this.typed.endsWith(text),
    );
  }

  /** Resolves once so many programs have been started here. */
  async starts(count: number): Promise<void> {
    await this.#parts.waiting.until(`program ${count} of terminal ${this.number}`, () => this.#parts.programs().length >= count);
  }

  /** Resolves once all output is on the emulated screen. */
  #parsed(): Promise<void> {
    const screen = this.#parts.engine().hosts.get(this.number)?.screen;
    return new Promise((resolve) => (screen ? screen.drained(resolve) : resolve()));
  }

  get #program(): FakePty {
    const program = this.#parts.programs().at(-1);
    if (!program) throw new Error(`no program has been started in terminal ${this.number}`);
    return program;
  }
}

/** Whether an event is of this type and has these values. */
export function isEvent<T extends Event["type"]>(
  event: Event,
  type: T,
  values: Partial<Extract<Event, { type: T }>>,
): event is Extract<Event, { type: T }> {
  return event.type === type && Object.entries(values).every(([name, value]) => (event as Record<string, unknown>)[name] === value);
}
