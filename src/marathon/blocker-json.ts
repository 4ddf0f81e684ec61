/** The answers of `blockers --json` and `blocker ID --json`, as the contract has them: durations in minutes, times in ISO 8601 UTC. */
import type { EndMoved } from "./blocker-types.ts";
import { blockerViews, hoursHit, viewOf, type BlockerView } from "./blockers.ts";
import { candidatesFor } from "./candidates.ts";
import { chainOf } from "./chain.ts";
import { broughtBack, fallbacksOf } from "./fallbacks.ts";
import { stoppedTasks } from "./blocker-judge.ts";
import { iso, minutes } from "./json-values.ts";
import { messagesOf } from "./messages.ts";
import { protocolSteps } from "./protocol-steps.ts";
import { isOpen } from "./reduce/blockers.ts";
import type { Blocker, State } from "./types.ts";

/** `marathon blockers --json`: the open ones, or with `all` also those that are parked, known or resolved. */
export function blockersJson(
  state: State,
  t: number,
  all: boolean,
): { readonly schema: 1; readonly blockers: readonly Record<string, unknown>[] } {
  return {
    schema: 1,
    blockers: blockerViews(state, t, (blocker) => all || blocker.state === "open").map((view) => blockerJson(state, view)),
  };
}

/** `marathon blocker ID --json`: the same, with what could be done about it. */
export function blockerDetailJson(state: State, t: number, blocker: Blocker): Record<string, unknown> {
  const view = viewOf(state, t, blocker);
  const stopped = stoppedTasks(state, blocker);
  return {
    schema: 1,
    blocker: {
      ...blockerJson(state, view),
      chain: chainOf(state, blocker),
      candidates: candidatesFor(state, blocker, stopped).map(({ terminal, role, reasons, cautions, refused }) => ({
        terminal,
        role,
        reasons,
        cautions,
        refused,
      })),
      fallbacks: fallbacksOf(state, blocker).map((one) => {
        const back = broughtBack(state, t, one, stopped, view.atRiskMs);
        return { ...one, bringsBack: hours(back.ms), rule: back.rule };
      }),
    },
  };
}

/** Whether the newest message about it was taken; null when nobody had to be told. */
export function wasDelivered(state: State, blocker: Blocker): boolean | null {
  const last = messagesOf(state).findLast((message) => message.blocker === blocker.id);
  return last ? last.state === "delivered" : null;
}

function blockerJson(state: State, { blocker, ageMs, sessionMs, toEscalationMs, affects, atRiskMs }: BlockerView): Record<string, unknown> {
  return {
    id: blocker.id,
    title: blocker.title,
    priority: blocker.priority,
    state: blocker.state,
    tasks: blocker.tasks,
    sessions: blocker.sessions,
    terminal: blocker.terminal,
    holder: blocker.holder,
    since: iso(blocker.sinceAt),
    clocks: {
      fromSessionStart: minutes(sessionMs),
      fromIdentified: minutes(ageMs),
      toEscalation: isOpen(blocker) ? minutes(toEscalationMs) : null,
    },
    step: blocker.step,
    steps: protocolSteps(blocker).map(({ step, done }) => ({ step, done })),
    cause: blocker.cause,
    evidence: blocker.evidence.map((item) => ({ source: item.source, line: item.line, at: iso(item.at), file: item.file })),
    affects: affects.map((item) => ({ [item.kind]: item.id, effect: item.effect })),
    hoursAtRisk: hours(atRiskMs),
    plannedHours: hoursHit(state, affects),
    forecastEnd: { raised: endJson(blocker.ends?.raised), acted: endJson(blocker.ends?.acted) },
    fallback: fallback(state, blocker),
    tried: blocker.tried ?? [],
    notTried: blocker.notTried ?? [],
    issue: blocker.issue ?? null,
    follows: blocker.follows ?? null,
    delivered: wasDelivered(state, blocker),
    history: blocker.history.map((act) => ({ at: iso(act.at), act: act.act, from: act.from, to: act.to, by: act.by, note: act.note })),
  };
}

/** What was chosen instead; before that, what the plan says: the first task's own fallback, else its session's. */
function fallback(state: State, blocker: Blocker): Record<string, unknown> | null {
  if (blocker.fallback) {
    const { gain, ...chosen } = blocker.fallback;
    return { ...chosen, chosen: true, ...(gain && { bringsBack: hours(gain.bringsBackMs), ofHoursAtRisk: hours(gain.ofMs) }) };
  }
  const planned = fallbacksOf(state, blocker).find((one) => one.from !== "standing");
  if (!planned) return null;
  const { tasks } = state.plan;
  const task = blocker.tasks.find((number) => tasks.find((one) => one.number === number)?.fallback?.trim() === planned.text);
  const session = state.plan.sessions.find((one) => one.fallback === planned.text);
  return { ...planned, ...(planned.from === "task" ? { task } : { session: session?.id }), chosen: false };
}

/** The forecast's middle before and after, minutes of the marathon; null where none was made. */
function endJson(moved: EndMoved | undefined): Record<string, unknown> | null {
  return moved ? { before: minutes(moved.before), after: moved.after === null ? null : minutes(moved.after) } : null;
}

function hours(ms: number): number {
  return Math.round((ms / 3_600_000) * 100) / 100;
}
