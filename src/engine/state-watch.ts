/**
 * From what a terminal's program does to the state that the board shows, with its source and evidence.
 *
 * Order of authority: the program's own report (OSC 7501) > a rule about its quiet screen > the plain fact that it
 * runs. A transition is told once; the same state with the same evidence is not told again.
 */
import type { AskingKind, Fact, TerminalStateName } from "../marathon/types.ts";
import type { StatusReport } from "../screen/status-report.ts";
import type { ScreenRule } from "./agents/agent.ts";

export interface Seen {
  readonly state: TerminalStateName;
  readonly kind: AskingKind | null;
  readonly source: string;
  readonly evidence: string | null;
}

/** What the watch needs to see of the terminal at a moment. */
export interface Glance {
  /** Real ms since the screen last changed. */
  readonly quietMs: number;
  /** Text left of the cursor on its line, or null when the cursor stands in column 0 or the program hides it in a full-screen view. */
  readonly prompt: string | null;
  /** Whether the program is known to be waiting in a read of its terminal; null when it cannot be known. */
  readonly reading: boolean | null;
}

const FROM_7501: Readonly<Record<string, TerminalStateName>> = {
  working: "busy",
  blocked: "asking",
  done: "idle",
  idle: "idle",
  error: "error",
};

export class StateWatch {
  readonly #terminal: number;
  readonly #rules: readonly ScreenRule[];
  readonly #tell: (fact: Fact) => void;
  #last: Seen | null = null;
  #reportsItself = false;

  constructor(terminal: number, rules: readonly ScreenRule[], tell: (fact: Fact) => void) {
    this.#terminal = terminal;
    this.#rules = rules;
    this.#tell = tell;
  }

  get last(): Seen | null {
    return this.#last;
  }

  /** Whether the screen rules could still say something (they have no say once the program speaks for itself). */
  get guesses(): boolean {
    return !this.#reportsItself && this.#rules.length > 0;
  }

  /** A new program runs: nothing that an earlier one said counts. */
  started(seen: Seen, process: { pid: number | null; pidStart: number | null }): void {
    this.#reportsItself = false;
    this.#say(seen, process);
  }

  /** The program's own word. Records of sub-agents become `agent-reported` and never touch the terminal's state. */
  reported(report: StatusReport): void {
    if (report.id !== "") {
      this.#tell({
        type: "agent-reported",
        terminal: this.#terminal,
        agent: report.id,
        state: report.state === "clear" ? "gone" : (FROM_7501[report.state] ?? "unknown"),
        title: report.title,
        message: report.message,
      });
      return;
    }
    if (report.state === "clear") {
      this.#tell({ type: "agent-reported", terminal: this.#terminal, agent: "", state: "gone", title: null, message: null });
      return;
    }
    this.#reportsItself = true;
    const state = FROM_7501[report.state] ?? "unknown";
    const kind = state === "asking" ? (report.kind ?? "question") : null;
    this.#say({ state, kind, source: "osc-7501", evidence: report.message ?? report.title ?? report.state });
  }

  /** Looks at a screen that may have become quiet, or active again. */
  look(glance: Glance): void {
    if (!this.guesses || this.#last === null) return;
    const rule = this.#matching(glance);
    if (rule) {
      this.#say({ state: rule.state, kind: rule.kind, source: `screen-rule:${rule.id}`, evidence: glance.prompt });
    } else if (this.#last.source.startsWith("screen-rule:") && glance.prompt !== this.#last.evidence) {
      this.#say({ state: "busy", kind: null, source: "process", evidence: "its screen went on" });
    }
  }

  #matching(glance: Glance): ScreenRule | null {
    const { prompt } = glance;
    if (prompt === null || glance.reading === false) return null;
    return this.#rules.find((rule) => glance.quietMs >= rule.quietMs && rule.lastLine.test(prompt)) ?? null;
  }

  #say(seen: Seen, process?: { pid: number | null; pidStart: number | null }): void {
    const last = this.#last;
    const same =
      last !== null &&
      last.state === seen.state &&
      last.kind === seen.kind &&
      last.source === seen.source &&
      last.evidence === seen.evidence;
    if (same && process === undefined) return;
    this.#last = seen;
    this.#tell({ type: "terminal-state", terminal: this.#terminal, ...seen, ...process });
  }
}
