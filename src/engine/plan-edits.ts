/** What the engine does when the plan files were edited: it offers what they would change, and changes nothing. */
import { changesAnything, editSummary, planEdit } from "../marathon/plan-edit.ts";
import type { Fact, State } from "../marathon/types.ts";
import type { PlanReading } from "../plan/types.ts";

interface Journaling {
  readonly state: State;
  submit(...facts: readonly Fact[]): void;
}

export class PlanEdits {
  readonly #engine: Journaling;
  /** What was found wrong last: an unchanged fault is told once. */
  #fault: string | null = null;

  constructor(engine: Journaling) {
    this.#engine = engine;
  }

  /** `fingerprint`: of the text that was read. */
  read(reading: PlanReading, fingerprint: string): void {
    const { state } = this.#engine;
    const { planOffer } = state;
    if (state.status === "stopped" || planOffer?.fingerprint === fingerprint) return;
    const fault = faultOf(reading);
    if (reading.plan === null || fault !== null) return this.#wrong(fault ?? "there is no task in it");
    if (state.planRefused === fingerprint) return this.#withdraw("the files say again what was refused");
    const edit = planEdit(state, reading.plan);
    if (edit.refused !== null) return this.#wrong(edit.refused);
    this.#fault = null;
    if (!changesAnything(edit)) return this.#withdraw("the files say again what the marathon runs");
    this.#engine.submit({ type: "plan-offered", plan: reading.plan, fingerprint, summary: editSummary(edit) });
  }

  #wrong(fault: string): void {
    this.#withdraw(fault);
    if (this.#fault === fault) return;
    this.#fault = fault;
    this.#engine.submit({ type: "noticed", severity: "warning", text: `${fault}; the marathon keeps its plan` });
  }

  #withdraw(why: string): void {
    if (this.#engine.state.planOffer) this.#engine.submit({ type: "plan-withdrawn", why });
  }
}

/** The first error, where it stands, and how many more there are; null when there is none. */
function faultOf({ problems }: PlanReading): string | null {
  const [first, ...more] = problems.filter(({ severity }) => severity === "error");
  if (!first) return null;
  const others = more.length === 0 ? "" : ` (and ${more.length} more: \`marathon check\` lists them)`;
  return `${first.file}:${first.line}: ${first.message}${others}`;
}
