/** What the figures of an after-action review point to: what held, what cost time, and the work that is left. Nothing is judged. Pure. */
import { elapsedAt } from "../marathon/clock.ts";
import { HOUR, MINUTE, plannedTask } from "../marathon/estimates.ts";
import { missingHandoffs } from "../marathon/handoffs.ts";
import { budgetOf } from "../marathon/time/budgets.ts";
import type { State } from "../marathon/types.ts";
import { counted, listed } from "../marathon/words.ts";
import { hours, type ReviewBlocker, type ReviewFacts, type ReviewPart } from "./review-facts.ts";
import { bulleted, said, TO_FILL_IN } from "./review-words.ts";

/** The time after which a blocker should have gone one level up. */
const HALF_AN_HOUR = 0.5;
/** An estimate that was missed by more than a quarter is worth a word. */
const MISSED = 0.25;

export function wentWell(state: State, { parts, blockers, done }: ReviewFacts): readonly string[] {
  const within = parts.filter(({ status, variance }) => status === "done" && variance !== null && variance <= 0);
  const quick = blockers.filter(({ blocker, hours: lasted }) => blocker.state === "resolved" && lasted <= HALF_AN_HOUR);
  const first = Object.values(state.tasks).filter(({ state: name, attempts }) => name === "done" && attempts <= 1).length;
  return [
    "Measured:",
    "",
    ...bulleted([
      ...(within.length > 0
        ? [
            `${listed(
              within.map(({ id }) => said(id)),
              12,
            )} done within the planned hours`,
          ]
        : []),
      ...(done > 0 ? [`${first} of ${done} tasks done at the first attempt`] : []),
      ...(quick.length > 0 ? [`${quick.length} of ${counted(blockers.length, "blocker")} resolved within half an hour`] : []),
      ...(blockers.length === 0 ? ["nothing was blocked"] : []),
    ]),
    "",
  ];
}

/** One entry for whatever cost more than it should have, in the form of issue, impact, cause and lesson. */
export function improvements(state: State, t: number, facts: ReviewFacts): readonly string[] {
  const { idleMs, terminals } = budgetOf(state, t);
  const owed = missingHandoffs(state);
  const wholeMs = elapsedAt(state, t) * terminals;
  const share = wholeMs > 0 ? idleMs / wholeMs : 0;
  const entries: readonly Entry[] = [
    ...facts.blockers.filter((one) => one.hours > HALF_AN_HOUR || one.blocker.state !== "resolved").map(ofBlocker),
    ...facts.parts.filter(isOff).map(ofEstimate),
    ...(owed.length > 0
      ? [entry(`No handoff of ${listed(owed, 12)}`, "the next session begins without knowing how they ended", null)]
      : []),
    ...(share > 0.5 ? [entry("Idle terminals", `${hours(idleMs)} h of ${hours(wholeMs)} h (${Math.round(share * 100)} %)`, null)] : []),
  ];
  if (entries.length === 0)
    return ["No blocker, estimate, handoff or idle time stands out in the figures of what is over.", "", TO_FILL_IN];
  return [...entries.flatMap((one, index) => lines(one, index + 1)), TO_FILL_IN];
}

interface Entry {
  readonly title: string;
  readonly impact: string;
  readonly cause: string | null;
  readonly lesson: string | null;
}

function entry(title: string, impact: string, cause: string | null, lesson: string | null = null): Entry {
  return { title, impact, cause, lesson };
}

function lines({ title, impact, cause, lesson }: Entry, number: number): readonly string[] {
  return [
    `### ${number}. ${title}`,
    "",
    ...bulleted([
      `**Issue:** ${title}`,
      `**Impact:** ${impact}`,
      `**Cause:** ${cause ?? TO_FILL_IN}`,
      `**Lesson:** ${lesson ?? TO_FILL_IN}`,
    ]),
    "",
  ];
}

function ofBlocker({ blocker, hours: lasted, sessions }: ReviewBlocker): Entry {
  const learnt = blocker.history.findLast(({ act, note }) => act === "learnt" && note !== null)?.note;
  const whom = [
    ...(blocker.tasks.length > 0 ? [`${blocker.tasks.length === 1 ? "task" : "tasks"} ${listed(blocker.tasks, 8)}`] : []),
    ...(sessions.length > 0 ? [`${sessions.length === 1 ? "session" : "sessions"} ${listed(sessions, 8)}`] : []),
  ];
  const impact = `${lasted} h${blocker.state === "resolved" ? "" : ` and ${blocker.state} still`}${whom.length > 0 ? `: ${whom.join(", ")}` : ""}`;
  const cause = blocker.cause ?? blocker.evidence[0]?.line ?? null;
  return entry(
    `${blocker.id} ${said(blocker.title)}`,
    impact,
    cause === null ? null : said(cause),
    learnt === undefined ? null : said(learnt ?? ""),
  );
}

function isOff({ planned, actual, status, closeness }: ReviewPart): boolean {
  return planned !== null && actual > 0 && status === "done" && closeness !== null && closeness < (1 - MISSED) * 100;
}

function ofEstimate({ id, name, planned, actual, variance, blocked }: ReviewPart): Entry {
  const by = variance === null ? "" : ` (${variance > 0 ? "+" : ""}${variance} h)`;
  return entry(
    `Estimate of ${said(id)} ${said(name)}`,
    `${planned} h planned, ${actual} h taken${by}${blocked > 0 ? `, ${blocked} h of tasks blocked` : ""}`,
    null,
  );
}

/** What is open, each with what it would take: an estimate, as the plan made it. */
export function recommendations(state: State, { parts, blockers }: ReviewFacts): readonly string[] {
  const stuck = blockers.filter(({ blocker }) => blocker.state !== "resolved");
  const left = parts.filter(({ open }) => open.length > 0);
  if (stuck.length + left.length === 0) return ["Nothing is open.", "", TO_FILL_IN];
  const forms = [
    ...stuck.map(({ blocker }) => ({
      title: `Resolve ${blocker.id}: ${said(blocker.title)}`,
      issue: said(blocker.cause ?? blocker.evidence[0]?.line ?? "its cause is not known"),
      actions: (blocker.notTried ?? []).map((text) => said(text)),
      priority: blocker.priority,
      effort: TO_FILL_IN,
    })),
    ...left.map((part) => ({
      title: `Finish ${said(part.id)} ${said(part.name)}`,
      issue: said(part.reason ?? "open"),
      actions: part.open.slice(0, MOST_ACTIONS).map((number) => `${number} ${said(plannedTask(state, number)?.title ?? "")}`),
      priority: highest(state, part.open),
      effort: effort(state, part.open),
    })),
  ];
  return [
    ...forms.flatMap(({ title, issue, actions, priority, effort: takes }, index) => [
      `### ${index + 1}. ${title}`,
      "",
      ...bulleted([
        `**Issue:** ${issue}`,
        `**Priority:** ${priority}`,
        `**Effort:** ${takes}`,
        `**Horizon:** ${TO_FILL_IN}`,
        "**Actions:**",
      ]),
      ...(actions.length > 0 ? actions : [TO_FILL_IN]).map((action) => `  - ${action}`),
      "",
    ]),
    TO_FILL_IN,
  ];
}

const MOST_ACTIONS = 30;

function highest(state: State, numbers: readonly number[]): string {
  const stated = numbers.flatMap((number) => plannedTask(state, number)?.priority ?? []);
  return stated.toSorted()[0] ?? TO_FILL_IN;
}

function effort(state: State, numbers: readonly number[]): string {
  const estimates = numbers.flatMap((number) => plannedTask(state, number)?.estimate ?? []);
  if (estimates.length === 0) return TO_FILL_IN;
  const sum = (of: "low" | "high") => Math.round((estimates.reduce((total, one) => total + one[of], 0) * MINUTE * 10) / HOUR) / 10;
  const [low, high] = [sum("low"), sum("high")];
  const known = estimates.length === numbers.length ? "" : `, for ${estimates.length} of ${numbers.length} tasks`;
  return `${low === high ? low : `${low}-${high}`} hours by the plan's estimates${known}`;
}
