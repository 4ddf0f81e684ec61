/** How far a security item is: a task whose `Kind` says `security`. Only what was reported counts, and n of 4 says how much that is. Pure. */
import type { SecurityItem, SecurityStep } from "./report-facts.ts";
import type { PlanTask } from "../plan/types.ts";
import type { Event, State } from "./types.ts";

type Reported = Extract<Event, { readonly type: "security-reported" }>;

/** In the order in which they are worked. */
export const SECURITY_STEPS = ["found", "sorted", "fixed", "tested"] as const satisfies readonly SecurityStep[];

const NAMES: Readonly<Record<SecurityStep, string>> = {
  found: "all found by a search",
  sorted: "sorted by risk",
  fixed: "fixed in that order",
  tested: "regression tests added",
};

/** What somebody said, when (ISO 8601), and what they noted; all null where nobody said anything. */
interface SaidJson {
  readonly at: string | null;
  readonly by: string | null;
  readonly note: string | null;
}

export interface SecurityJson {
  readonly done: number;
  readonly of: number;
  readonly steps: readonly ({ readonly step: SecurityStep; readonly done: boolean } & SaidJson)[];
  /** Whether the fix was tried away from what is in use; `tried` is null where nobody said. */
  readonly isolated: { readonly tried: boolean | null } & SaidJson;
}

/** Null for a task that is no security item. */
export function securityJson(state: State, number: number, planned: PlanTask | undefined): SecurityJson | null {
  if (planned?.security !== true) return null;
  const item = state.security?.[number];
  const steps = SECURITY_STEPS.map((step) => ({ step, done: item?.steps[step] !== undefined, ...saidJson(item?.steps[step]) }));
  const isolated = { tried: item?.isolated?.tried ?? null, ...saidJson(item?.isolated) };
  return { done: steps.filter(({ done }) => done).length, of: steps.length, steps, isolated };
}

function saidJson(said: { readonly at: number; readonly by: string; readonly note: string | null } | null | undefined): SaidJson {
  return said ? { at: new Date(said.at).toISOString(), by: said.by, note: said.note } : { at: null, by: null, note: null };
}

/** "security 1/4, tried in isolation: yes (on a copy)", and a line for each step: "[x] all found by a search (14 places)". */
export function securityLines({ done, of, steps, isolated }: SecurityJson): readonly string[] {
  const noted = (note: string | null): string => (note === null ? "" : ` (${note})`);
  const apart = isolated.tried === null ? "nobody said" : isolated.tried ? "yes" : "no";
  return [
    `security ${done}/${of}, tried in isolation: ${apart}${noted(isolated.note)}`,
    ...steps.map((one) => `[${one.done ? "x" : " "}] ${NAMES[one.step]}${noted(one.note)}`),
  ];
}

/** The steps that nobody reported. */
export function missingSteps({ steps }: SecurityJson): readonly SecurityStep[] {
  return steps.filter(({ done }) => !done).map(({ step }) => step);
}

/** What a report makes of what is known. What it says nothing of stays; a fix that is open again was tried by nobody. */
export function withReport(before: SecurityItem | undefined, { step, done, isolated, note, by, at }: Reported): SecurityItem {
  const { [step]: was, ...others } = before?.steps ?? {};
  const tried = !done && step === "fixed" ? null : (before?.isolated ?? null);
  const told = { at, by, note: (isolated === null ? note : null) ?? was?.note ?? null };
  const said = { tried: isolated, at, by, note: note ?? (tried?.tried === isolated ? tried.note : null) };
  return { steps: done ? { ...others, [step]: told } : others, isolated: isolated === null ? tried : { ...said, tried: isolated } };
}
