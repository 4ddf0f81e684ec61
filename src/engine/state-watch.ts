/**
 * From what a terminal's program does to the state that the board shows, with its source and evidence.
 *
 * Order of authority: a question that its agent has asked in so many words (unless its screen shows another one) > the program's own
 * report (OSC 7501) > its hooks > what it keeps for others to read (`claude agents`) > its title > its notifications (OSC 9) > a rule about its screen > a silence that no rule
 * explains > the plain fact that it runs. Two exceptions: a title knows nothing of a dialog that stands on the screen, or of what
 * it asks, and is not believed that its program rests on a screen that no rule knows; and a hook tells of a moment (nothing is told when a person interrupts), so it yields to what a title, notification or
 * screen begins to say afterwards. A transition is told once; the same state with the same evidence is not told again.
 */
import type { Fact } from "../marathon/types.ts";
import { matchingRule, type AgentRules } from "../screen/agent-rules.ts";
import type { SelfSignal } from "../screen/signals.ts";
import type { StatusReport } from "../screen/status-report.ts";
import type { ScreenRule } from "./agents/agent.ts";
import type { ListedState } from "./agents/coding-cli.ts";
import {
  AUTHORITIES,
  besideScreen,
  inWords,
  overHook,
  same,
  seenBy,
  SETTLE_MS,
  STRANGE,
  tooSoon,
  wentOn,
  type Authority,
  type Opinion,
  type OwnReport,
  type ScreenLook,
  type Seen,
} from "./opinions.ts";
import { FirstWords } from "./first-words.ts";
import type { Glance } from "./glance.ts";
import { Pacer } from "./pacer.ts";
import { reportedState, subAgentFact } from "./reported-state.ts";
import { Signals, STRANGE_WORK_MS, WORKING_MS, type Signal } from "./state-signals.ts";

export type { Seen } from "./opinions.ts";

export interface WatchOptions {
  /** How prompts look, for agents that are ordinary programs. */
  readonly prompts: readonly ScreenRule[];
  /** How its whole screen looks in each state, for agents that are known; asked for anew each time, since a person may change them. */
  rules(): AgentRules | null;
  tell(fact: Fact): void;
  /** Wall clock in ms, by which signals are dated. */
  wall(): number;
}

export class StateWatch {
  readonly #terminal: number;
  readonly #options: WatchOptions;
  readonly #signals: Signals;
  readonly #pacer: Pacer;
  readonly #opinions = new Map<Authority, Opinion>();
  readonly firstWords = new FirstWords();
  #last: Seen | null = null;
  /** What its own report leaves open; null: it does not report itself. */
  #own: OwnReport | null = null;
  #startedAt = 0;
  /** When the rules last said something, or that they know nothing. */
  #lookedAt = 0;
  /** What the screen looks like to the rules, and since when. */
  #looks: { readonly rule: string | null; readonly at: number } | null = null;

  constructor(terminal: number, options: WatchOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.#signals = new Signals(() => options.wall());
    this.#pacer = new Pacer(() => options.wall());
  }

  get last(): Seen | null {
    return this.#last;
  }

  /** What was seen of the program that is there, the newest of each source. */
  get signals(): readonly Signal[] {
    return this.#signals.all;
  }

  /** It reports its state itself (OSC 7501). */
  get reportsItself(): boolean {
    return this.#own !== null;
  }

  /** Whether the screen could still say something (it has no say once the program speaks for itself in words). */
  get guesses(): boolean {
    const known = this.#options.rules() !== null;
    return this.#own ? known && (this.#own.wordless || this.#own.works || this.#own.rests) : known || this.#options.prompts.length > 0;
  }

  /** A new program runs: nothing that an earlier one said counts. */
  started(seen: Seen, process: { pid: number | null; pidStart: number | null }): void {
    this.#own = null;
    this.#startedAt = this.#options.wall();
    this.#opinions.clear();
    this.#looks = null;
    this.#signals.forget();
    this.#signals.note(seen.source, seen.state, seen.evidence);
    this.#say(seen, process);
  }

  /** A program that outlived its engine: what it was seen to do counts until it says or shows something else. */
  livesOn(seen: Seen): void {
    this.#last = seen;
    this.#own = seen.source === "osc-7501" ? { wordless: false, works: false, rests: false } : null;
    const authority = AUTHORITIES.find((one) => one === seen.source.split(":")[0]);
    if (authority) this.#opinions.set(authority, { ...seen, at: this.#options.wall() });
  }

  /** What the program says of itself as a whole. */
  heard(signal: SelfSignal): void {
    if (this.#last === null) return;
    if (signal.kind === "status") {
      const seen = reportedState(signal.report);
      this.#looks = null;
      this.#opine("claude-agents", null);
      const wordless = signal.report.message === null && (seen.state === "asking" || seen.state === "error");
      this.#own = { wordless, works: seen.state === "busy", rests: seen.state === "idle" };
      if (wordless || this.#opinions.get("osc-7501")?.state !== seen.state) this.#opine("screen-rule", null);
      this.#opine("osc-7501", seen);
    } else if (signal.kind === "title") {
      this.#ruled("title", "title", signal.title);
    } else if (signal.notice.kind === "progress") {
      this.#ruled("osc-9", "progress", signal.notice.state);
    } else {
      this.#ruled("osc-9", "notice", [signal.notice.title, signal.notice.text].filter((part) => part !== "").join(": "));
    }
    this.settle();
  }

  /** What a hook of the program says of it; `withdrawn`: what hooks said before counts no more. */
  hooked(seen: Seen | "withdrawn"): void {
    if (this.#last === null) return;
    this.#opinions.delete("hook");
    this.#opine("hook", seen === "withdrawn" ? null : seen);
    this.settle();
  }

  /** What its CLI keeps for other programs to read, asked for only where it does not speak for itself; null: nothing. */
  listed(listed: ListedState | null): void {
    if (this.#last === null) return;
    this.#opine("claude-agents", listed, listed?.at ?? null);
    this.settle();
  }

  /** Records of sub-agents, which never touch the terminal's state, and records that are withdrawn. */
  reported(report: StatusReport): void {
    if (report.id === "" && report.state === "clear") {
      this.#own = null;
      this.#opine("osc-7501", null);
    }
    if (report.id !== "" || report.state === "clear") this.#options.tell(subAgentFact(this.#terminal, report));
  }

  /** Looks at a screen that may have become quiet, or active again. */
  look(glance: Glance): void {
    if (this.#last === null) return;
    const rules = this.guesses ? this.#options.rules() : null;
    if (rules && (this.#own?.works || this.#own?.rests)) this.#lookAside(glance, rules);
    else if (rules) this.#lookAtScreen(glance, rules);
    else if (this.guesses) this.#lookAtPrompt(glance);
    this.settle();
  }

  /** Says what had to wait for a moment. */
  settle(): void {
    const best = this.#best();
    if (best === null) return this.#goesOn();
    if (this.firstWords.areToCome(best, this.#options.wall())) return;
    if (this.#last?.source !== best.source && tooSoon(best, this.#screenLook())) return;
    const { state, kind, source, evidence } = best;
    this.#say({ state, kind, source, evidence });
  }

  /** What its agent asks a person by `marathon report` or as an MCP tool; null: nothing any more. */
  asks(question: string | null): void {
    if (this.#last === null) return;
    this.#opine("report", question === null ? null : { state: "asking", kind: "question", source: "report", evidence: question });
    this.settle();
  }

  /** Whether somebody has stopped its process, the pid of it; whatever it said before, it does nothing now. */
  stopped(pid: number | null): void {
    if (this.#last === null || this.#opinions.has("stopped") === (pid !== null)) return;
    const evidence = `its process is stopped (SIGSTOP): \`kill -CONT ${pid ?? 0}\` lets it go on`;
    this.#opine("stopped", pid === null ? null : { state: "unknown", kind: null, source: "stopped", evidence });
    this.settle();
  }

  #best(): Opinion | null {
    const shown = this.#opinions.get("stopped") ?? this.#shown();
    const asked = this.#opinions.get("report");
    // Its agent cannot go on before a dialog that stands on the screen is answered, so that comes first.
    return asked && shown?.state !== "asking" && shown?.source !== "stopped" ? asked : shown;
  }

  #shown(): Opinion | null {
    const all = AUTHORITIES.filter((authority) => authority !== "report").flatMap((authority) => this.#opinions.get(authority) ?? []);
    const best = overHook(all) ?? null;
    const screen = this.#opinions.get("screen-rule");
    if (!best) return null;
    if (!screen) return besideScreen(best, screen, this.#screenLook());
    // A picker that somebody has opened is none of its turns, so it says nothing of it; it takes every key, and no work.
    if (best.source === "osc-7501" && best.state === "idle" && screen.state === "asking") return screen;
    if (best.source === "osc-7501") return this.#own?.wordless || this.#own?.works ? inWords(best, screen) : best;
    return besideScreen(best, screen, this.#screenLook());
  }

  #screenLook(): ScreenLook {
    const { rule, at } = this.#looks ?? { rule: "", at: 0 };
    return { at: this.#lookedAt, strangeSince: rule === null ? at : null, settling: at > this.#lookedAt, now: this.#options.wall() };
  }

  /** Nothing speaks for a state any more that was only guessed: what is left is that the program runs. */
  #goesOn(): void {
    const next = this.#last && wentOn(this.#last, this.#options.rules() !== null);
    if (next) this.#say(next);
  }

  /** A title, notice or progress, as far as a rule knows it. A notice that says nothing of a state leaves what was. */
  #ruled(authority: "title" | "osc-9", from: "title" | "notice" | "progress", text: string): void {
    const rules = this.#options.rules();
    const match = rules && matchingRule(rules, from, [text]);
    if (match) return this.#opine(authority, seenBy(authority, match));
    if (from === "notice") return;
    this.#opine(authority, null);
    if (text !== "") this.#signals.note(authority, "unknown", `no rule knows it: ${text}`);
  }

  #lookAtScreen(glance: Glance, rules: AgentRules): void {
    const { settled, quietMs } = glance;
    if (!settled) return;
    const now = this.#options.wall();
    const match = matchingRule(rules, "screen", glance.lines());
    const rule = match?.rule.id ?? null;
    if (this.#looks?.rule !== rule) this.#looks = { rule, at: now };
    if (now - (this.#looks?.at ?? now) < SETTLE_MS && quietMs < SETTLE_MS) return;
    this.#lookedAt = now;
    this.#opine("screen-rule", match && seenBy("screen-rule", match));
    if (!match) this.#signals.note("screen-rule", "unknown", "no rule knows this screen");
    const stands = Math.min(quietMs, now - this.#startedAt) >= WORKING_MS;
    // A dialog may count the seconds that it is up.
    const strange = match === null && (stands || now - (this.#looks?.at ?? now) >= STRANGE_WORK_MS);
    this.#opine("quiet", strange ? { ...STRANGE, source: "quiet" } : null);
  }

  /** What a program that says that it works, or rests, shows besides. */
  #lookAside(glance: Glance, rules: AgentRules): void {
    if (!glance.settled) return;
    const match = matchingRule(rules, "aside", glance.lines());
    this.#opine("screen-rule", match && seenBy("screen-rule", match));
  }

  #lookAtPrompt(glance: Glance): void {
    const rule = this.#matching(glance);
    const { prompt, reading } = glance;
    if (rule) {
      this.#opine("screen-rule", { state: rule.state, kind: rule.kind, source: `screen-rule:${rule.id}`, evidence: prompt });
    } else if (prompt !== this.#opinions.get("screen-rule")?.evidence) {
      this.#opine("screen-rule", null);
    }
    if (rule) return this.#signals.note("screen-rule", rule.state, `${rule.id}: ${prompt ?? ""}`);
    const unknown = reading === false ? "its program does not read the terminal" : "no rule knows it";
    this.#signals.note("screen-rule", "unknown", prompt === null ? "nothing stands left of the cursor" : `${unknown}: ${prompt}`);
  }

  #matching(glance: Glance): ScreenRule | null {
    const { prompt } = glance;
    if (prompt === null || glance.reading === false) return null;
    return this.#options.prompts.find((rule) => glance.quietMs >= rule.quietMs && rule.lastLine.test(prompt)) ?? null;
  }

  /** `at`: since when, if that is known better than by when it was seen; wall clock in ms. */
  #opine(authority: Authority, seen: Seen | null, at: number | null = null): void {
    const known = this.#opinions.get(authority);
    if (seen === null) {
      this.#opinions.delete(authority);
      this.#signals.forget(authority);
      return;
    }
    if (known && same(known, seen)) return;
    const now = this.#options.wall();
    const began = known?.state === seen.state && known.kind === seen.kind ? known.at : Math.min(at ?? now, now);
    const { state, kind, source, evidence } = seen;
    this.#opinions.set(authority, { state, kind, source, evidence, at: began });
    this.#signals.note(authority, seen.state, seen.evidence);
  }

  #say(seen: Seen, process?: { pid: number | null; pidStart: number | null }): void {
    if (process === undefined && ((this.#last !== null && same(this.#last, seen)) || !this.#pacer.may())) return;
    this.#last = seen;
    this.#options.tell({ type: "terminal-state", terminal: this.#terminal, ...seen, ...process });
  }
}
