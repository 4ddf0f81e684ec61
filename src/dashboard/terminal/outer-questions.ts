/** Asks the person's terminal what it is, and keeps its answers apart from what the person types. */
import { laterThanInput } from "../later.ts";
import { type Learned, OuterAnswers, QUESTIONS } from "./outer-answers.ts";

export interface QuestionPorts {
  write(text: string): void;
  /** What is no answer. */
  typed(bytes: Buffer): void;
  /** All answers; before that, once, those that came in time, when some are late. */
  learned(learned: Learned): void;
}

/** A terminal that has not answered by then is taken as it is, ms. */
const ANSWER_MS = 1000;
/** Answers are looked for so long after the last one: a multiplexer in between may pass some on late, ms. */
const LATE_MS = 2000;
/** The bytes of an answer come at once; over a slow line they may come apart by this much, ms. */
const APART_MS = 30;

export class OuterQuestions {
  readonly #ports: QuestionPorts;
  /** Null when no answer can come any more. */
  #answers: OuterAnswers | null = null;
  /** The terminal has had its time. */
  #late = false;
  #apart: () => void = () => {};
  #timer: NodeJS.Timeout | null = null;
  #settled: () => void = () => {};

  constructor(ports: QuestionPorts) {
    this.#ports = ports;
  }

  ask(): void {
    const answers = new OuterAnswers();
    this.#answers = answers;
    this.#ports.write(QUESTIONS);
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#ports.learned(answers.learned);
    }, ANSWER_MS);
  }

  /** Bytes from the terminal. */
  received(bytes: Buffer): void {
    const answers = this.#answers;
    if (!answers) return this.#ports.typed(bytes);
    this.#apart();
    const wasComplete = answers.complete;
    const typed = answers.push(bytes);
    this.#apart = answers.pending ? laterThanInput(APART_MS, () => this.#typed(answers.flush())) : () => {};
    if (answers.complete && !wasComplete) this.#completed(answers);
    this.#typed(typed);
  }

  /** Resolves when no answer is on its way any more, after `ms` at most; at once for a terminal that has had its time. */
  async settled(ms: number): Promise<void> {
    if (!this.#answers || this.#answers.complete || this.#late) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#settled = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  stop(): void {
    this.#apart();
    if (this.#timer) clearTimeout(this.#timer);
    this.#settled();
    this.#answers = null;
  }

  #completed(answers: OuterAnswers): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#typed(answers.flush());
      this.#answers = null;
    }, LATE_MS);
    this.#settled();
    this.#ports.learned(answers.learned);
  }

  #typed(bytes: Buffer): void {
    if (bytes.length > 0) this.#ports.typed(bytes);
  }
}
