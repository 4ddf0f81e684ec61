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

/** One thing that was seen of a terminal, whether or not it decided anything. */
export interface Signal {
  /** `process`, `task`, `osc-7501`, `screen-rule`, `quiet`. */
  readonly source: string;
  readonly state: TerminalStateName;
  readonly evidence: string | null;
  /** Wall clock, ms. */
  readonly at: number;
}

/** A screen that changed within this time is a sign of work, ms. */
const WORKING_MS = 10_000;

/** What the silence of a screen says. `changedAt`: when it last changed, 0 for never; both wall clock in ms. */
export function quietSignal(changedAt: number, now: number): Signal {
  const quietMs = now - changedAt;
  const evidence = changedAt === 0 ? "it has printed nothing yet" : `its screen has not changed for ${Math.floor(quietMs / 1000)} s`;
  return { source: "quiet", state: quietMs < WORKING_MS ? "busy" : "unknown", evidence, at: changedAt };
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
  readonly #wall: () => number;
  /** The newest signal of each source since the program began. */
  readonly #signals = new Map<string, Signal>();

  /** `wall`: wall clock in ms, by which signals are dated. */
  constructor(terminal: number, rules: readonly ScreenRule[], tell: (fact: Fact) => void, wall: () => number) {
    this.#wall = wall;
    this.#terminal = terminal;
    this.#rules = rules;
    this.#tell = tell;
  }

  get last(): Seen | null {
    return this.#last;
  }

  /** What was seen of the program that is there, the newest of each source. */
  get signals(): readonly Signal[] {
    return [...this.#signals.values()];
  }

  /** Whether the screen rules could still say something (they have no say once the program speaks for itself). */
  get guesses(): boolean {
    return !this.#reportsItself && this.#rules.length > 0;
  }

  /** A new program runs: nothing that an earlier one said counts. */
  started(seen: Seen, process: { pid: number | null; pidStart: number | null }): void {
    this.#reportsItself = false;
    this.#signals.clear();
    this.#note(seen.source, seen.state, seen.evidence);
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
      this.#signals.delete("osc-7501");
      this.#tell({ type: "agent-reported", terminal: this.#terminal, agent: "", state: "gone", title: null, message: null });
      return;
    }
    this.#reportsItself = true;
    const state = FROM_7501[report.state] ?? "unknown";
    const kind = state === "asking" ? (report.kind ?? "question") : null;
    const evidence = report.message ?? report.title ?? report.state;
    this.#note("osc-7501", state, evidence);
    this.#say({ state, kind, source: "osc-7501", evidence });
  }

  /** Looks at a screen that may have become quiet, or active again. */
  look(glance: Glance): void {
    if (!this.guesses || this.#last === null) return;
    const rule = this.#matching(glance);
    this.#noteRule(rule, glance);
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

  #noteRule(rule: ScreenRule | null, { prompt, reading }: Glance): void {
    if (rule) return this.#note("screen-rule", rule.state, `${rule.id}: ${prompt ?? ""}`);
    const why =
      prompt === null
        ? "nothing stands left of the cursor"
        : reading === false
          ? "its program does not read the terminal"
          : "no rule knows it";
    this.#note("screen-rule", "unknown", prompt === null ? why : `${why}: ${prompt}`);
  }

  /** Dated by when it began to say so. */
  #note(source: string, state: TerminalStateName, evidence: string | null): void {
    const known = this.#signals.get(source);
    if (known?.state === state && known.evidence === evidence) return;
    this.#signals.set(source, { source, state, evidence, at: this.#wall() });
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
