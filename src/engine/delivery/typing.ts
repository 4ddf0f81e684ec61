/**
 * One message on its way into a program: typed, seen at the cursor, Enter, seen to be gone. A state machine that is shown the
 * terminal again and again; it never types on a screen other than the one it decided on, and never types a text twice
 * unless it has seen that the first one is nowhere.
 */
import { cleanMessage } from "../../marathon/message-text.ts";
import type { MessageRules } from "../agents/agent.ts";
import { compact, type Look } from "./look.ts";
import { composed } from "./moment.ts";
import { MAX_LINE_BYTES, typedForm } from "./typed-form.ts";

/** For the text to appear, and for the Enter to work, ms. Busy agents draw late. */
const ECHO_MS = 4000;
const ACCEPT_MS = 4000;
/** Looks (100 ms) between a text that is seen and its Enter: programs take what comes sooner for a part of the paste, and draw late when busy. */
const GAP_LOOKS = 3;
/** A text that was typed into the void is typed again, and an Enter that did nothing is pressed again, so often in all. */
const MOST_ATTEMPTS = 3;
const MOST_ENTERS = 3;
/** Characters by which the end of a text is known again. */
const TAIL = 16;
/** What programs show instead of a long paste. */
const PASTE_MARK = /\[Pasted[^\]]*\]$/iu;

export type TypingStep =
  | { readonly kind: "wait"; readonly why: string | null }
  | { readonly kind: "write"; readonly bytes: string }
  | { readonly kind: "again" }
  | { readonly kind: "delivered"; readonly evidence: string }
  /** `stands`: its text is in the input line and was not sent. */
  | { readonly kind: "failed"; readonly why: string; readonly stands: boolean };

const QUESTION: TypingStep = {
  kind: "wait",
  why: "it was typed, and now a question is up: answer that (a), then it goes on",
};
const WAIT: TypingStep = { kind: "wait", why: null };

export class Typing {
  readonly #rules: MessageRules;
  readonly #text: string;
  readonly #tail: string;
  #phase: "echo" | "echoed" | "entered" = "echo";
  #since = 0;
  #gap = 0;
  #enters = 0;
  /** What stood left of the cursor before. */
  #before = "";
  #evidenceBefore = "";
  attempts: number;

  constructor(rules: MessageRules, text: string, attempts: number) {
    this.#rules = rules;
    this.#text = text;
    this.#tail = compact(text).slice(-TAIL);
    this.attempts = attempts;
  }

  /** The moment has come: what to type, or why it cannot be typed there. */
  begin(look: Look, now: number): TypingStep {
    // Facts may come from a journal or a rule: what is typed is clean whoever wrote it.
    const cleaned = cleanMessage(this.#text);
    if (!cleaned.ok) return failed(cleaned.reason);
    const form = typedForm(cleaned.text, look.bracketedPaste);
    if (!look.bracketedPaste && Buffer.byteLength(form) >= MAX_LINE_BYTES) {
      const why = `it is longer than a program that reads lines can take (${MAX_LINE_BYTES - 1} bytes): write it to a file and send its path`;
      return failed(why);
    }
    this.attempts++;
    this.#phase = "echo";
    this.#since = now;
    this.#enters = 0;
    this.#before = look.flow;
    return { kind: "write", bytes: form };
  }

  /** What to do next. `personTypedAt`: when a person last typed there, in the time of `now`. */
  next(look: Look, now: number, personTypedAt: number): TypingStep {
    if (!look.settled) return WAIT;
    if (this.#phase !== "entered" && personTypedAt > this.#since) return this.#interfered(look);
    const question = (look.question()?.options.length ?? 0) > 0;
    if (this.#phase === "entered") return this.#entered(look, now, question);
    if (question) return QUESTION;
    if (this.#stands(look)) return this.#enter(look, now);
    return now - this.#since < ECHO_MS ? WAIT : this.#lost(look);
  }

  /** Some looks after the text was seen its Enter goes out. */
  #enter(look: Look, now: number): TypingStep {
    if (this.#phase === "echo") {
      this.#phase = "echoed";
      this.#gap = GAP_LOOKS;
    }
    if (this.#gap > 0) {
      this.#gap--;
      return WAIT;
    }
    this.#phase = "entered";
    this.#since = now;
    this.#enters++;
    this.#evidenceBefore = `${look.seen?.state} ${look.seen?.evidence}`;
    return { kind: "write", bytes: "\r" };
  }

  #entered(look: Look, now: number, question: boolean): TypingStep {
    const stands = this.#stands(look) || this.#broken(look);
    // A dialog hides the input line, which then says nothing.
    if (!stands && !question) {
      const evidence = this.#taken(look);
      if (evidence !== null) return { kind: "delivered", evidence };
    }
    if (now - this.#since < ACCEPT_MS) return WAIT;
    // Its Enter may have come just before the dialog; what became of the text is seen once that is answered.
    if (question) return QUESTION;
    if (!stands) return failed("it was typed and its Enter pressed, but whether it was taken cannot be seen: look at the terminal");
    if (this.#enters >= MOST_ENTERS)
      return failed(`its text stands in the input line, but Enter was not taken ${MOST_ENTERS} times: look at the terminal`, true);
    this.#phase = "echoed";
    return this.#enter(look, now);
  }

  /** What shows that the program has taken the text that is no longer at its cursor; null: nothing yet. */
  #taken(look: Look): string | null {
    const { seen } = look;
    if (seen?.source === "osc-7501" && seen.state === "busy" && `${seen.state} ${seen.evidence}` !== this.#evidenceBefore)
      return "it went to work";
    if (this.#rules.composer !== null) return composed(this.#rules, look) === "" ? "its input line is empty again" : null;
    return "its program took the line";
  }

  #lost(look: Look): TypingStep {
    const nothingThere = composed(this.#rules, look) === "" && look.flow === this.#before;
    if (nothingThere && this.attempts < MOST_ATTEMPTS) return { kind: "again" };
    const times = this.attempts === 1 ? "" : ` ${this.attempts} times`;
    return failed(`it was typed${times}, but did not appear at the cursor: look at the terminal`);
  }

  #interfered(look: Look): TypingStep {
    const what = this.#stands(look) ? "its text stands in the input line, without its Enter" : "look at what became of it";
    return failed(`somebody typed there at the same time: ${what}`, true);
  }

  /**
   * Its Enter became a line break, as a program does that takes it for a part of what was pasted: the text stands right above a
   * cursor that is no longer in the first line of the input.
   */
  #broken(look: Look): boolean {
    if (this.#rules.composer === null || composed(this.#rules, look) !== null) return false;
    return compact(look.left) === "" && look.above.endsWith(this.#tail);
  }

  /** The end of the text stands at the cursor, or what programs show in its place. */
  #stands(look: Look): boolean {
    if (look.flow === "" || look.flow === this.#before) return false;
    if (look.flow.endsWith(this.#tail) || PASTE_MARK.test(look.left.trim())) return true;
    const text = composed(this.#rules, look);
    return text !== null && text !== "";
  }
}

function failed(why: string, stands = false): TypingStep {
  return { kind: "failed", why, stands };
}
