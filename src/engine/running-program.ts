/** A program that runs in a terminal now: its output goes to the terminal's screen, its end is told once all of it is shown. */
import type { AgentError, AssignedTask, Exit } from "./agents/agent.ts";
import type { HeldPty } from "./holder/held-pty.ts";
import { OutputTail } from "./output-tail.ts";
import type { KnownProcess } from "./processes.ts";
import type { Living, RecordedScreen, Tail } from "./recorded-screen.ts";

interface Around {
  readonly shown: RecordedScreen;
  /** It runs. Not told of one that outlived its engine. */
  began(process: KnownProcess): void;
  /** It could not be started. */
  failed(error: AgentError): void;
  /** It has ended, and what it wrote is on the screen. */
  over(exit: Exit): void;
}

export class Running {
  readonly pty: HeldPty;
  /** The task whose end the program's end is; null for a program that outlives its tasks. */
  readonly task: AssignedTask | null;
  readonly output = new OutputTail();
  /** We end it ourselves: its exit says nothing about its task. */
  ending = false;
  readonly #around: Around;
  readonly #begun = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<Exit>();
  #tail: (Tail & { over(): void }) | null = null;
  #answers: Uint8Array[] = [];

  /** To be called in the turn in which the pty was got from the holder. */
  constructor(pty: HeldPty, task: AssignedTask | null, around: Around) {
    this.pty = pty;
    this.task = task;
    this.#around = around;
    if (pty.process) this.#begun.resolve();
  }

  /** Resolves when it is known whether it runs. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  get ended(): Promise<Exit> {
    return this.#ended.promise;
  }

  /** From now on its terminal has it. */
  follow(): void {
    const { pty } = this;
    pty.listen({
      started: (process) => {
        this.#around.began(process);
        this.#begun.resolve();
      },
      failed: (error) => {
        this.#around.failed(error);
        this.#begun.resolve();
      },
      data: (bytes, at) => {
        this.output.add(bytes);
        if (this.#tail) this.#tail.output(bytes, at);
        else this.#around.shown.show(bytes, { id: pty.id, at });
      },
      goesOn: (from, size) => this.#tail?.begins(from, size),
      sized: (size) => this.#tail?.sized(size),
      caughtUp: () => this.#caughtUp(),
      exited: (exit) => this.#exited(exit),
    });
  }

  /** What was shown has been understood. */
  heard(): void {
    const { shown } = this.#around;
    if (!shown.isComingBack && shown.screen.pending === 0) this.pty.heardTo(this.pty.place.at);
  }

  /** Types what the terminal answers to its output, once that counts as heard: a new engine must not answer it again. */
  answer(bytes: Uint8Array): void {
    this.#answers.push(bytes);
    if (this.#answers.length > 1) return;
    queueMicrotask(() => {
      this.heard();
      this.pty.answer(Buffer.concat(this.#answers));
      this.#answers = [];
    });
  }

  /** What the screen needs to know of a program that outlived its engine. */
  living(begins: Living["begins"]): Living {
    const { id, size, heard } = this.pty;
    return { id, size, heard, begins, goesOn: (from, tail) => this.#goesOn(from, tail) };
  }

  #goesOn(from: number, tail: Tail): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = { ...tail, over: resolve };
    this.pty.goOn(from);
    return promise;
  }

  #caughtUp(): void {
    this.#tail?.over();
    this.#tail = null;
  }

  /** Ends it by `endTree`; resolves with how it ended, and with null if it never began. */
  async end(endTree: (process: KnownProcess) => Promise<void>): Promise<Exit | null> {
    this.ending = true;
    await this.begun;
    if (!this.pty.process) return null;
    await endTree(this.pty.process);
    return this.ended;
  }

  #exited(exit: Exit): void {
    // Of one whose holder has gone before it began, nothing else is heard.
    this.#begun.resolve();
    this.#caughtUp();
    this.#around.shown.drained(() => {
      this.#around.over(exit);
      this.pty.forget();
      this.#ended.resolve(exit);
    });
  }
}
