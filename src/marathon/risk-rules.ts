/** The plan's risk rules: which of them hold now, and what each of their responses would change, in numbers. */
import { marathonClock } from "./clock.ts";
import { estimateOf, HOUR, MINUTE } from "./estimates.ts";
import { planIndex } from "./plan-index.ts";
import { sessionProgress, streamProgress } from "./progress.ts";
import type { RiskAct, RiskTaken } from "./risk-types.ts";
import { isOver } from "./terminals.ts";
import { overlapOf } from "./time/sessions.ts";
import type { Blocker, State } from "./types.ts";
import { counted, listed } from "./words.ts";

/** Less than this behind the plan is the ordinary swaying of estimates, ms of t. It ends only when nothing is left of it. */
const BEHIND_MS = 15 * MINUTE;

export interface RiskOffer {
  /** "1.2": the second response of the first rule. */
  readonly id: string;
  readonly rule: number;
  readonly response: number;
  /** As the plan words them. */
  readonly trigger: string;
  readonly text: string;
  /** What was measured that makes the trigger hold. */
  readonly why: string;
  readonly act: RiskAct;
  /** What it would change, in numbers. */
  readonly change: string;
  /** Why it cannot be done now; null when it can. */
  readonly refused: string | null;
}

/** The responses of all rules whose trigger holds at marathon time `t` (ms), in the order of the plan. */
export function riskOffers(state: State, t: number): readonly RiskOffer[] {
  return state.plan.risks.flatMap(({ trigger, responses }, index) => {
    const cause = causeOf(state, t, trigger, index + 1);
    if (cause === null) return [];
    return responses.map((text, place): RiskOffer => {
      const judged = judge(state, text, cause);
      const taken = (state.risks ?? []).some((one) => !one.undone && one.rule === index + 1 && one.response === place + 1);
      const refused = taken && judged.act.kind === "note" ? "it is decided already" : judged.refused;
      return { id: `${index + 1}.${place + 1}`, rule: index + 1, response: place + 1, trigger, text, why: cause.why, ...judged, refused };
    });
  });
}

/** Rules, counted from 1, whose trigger holds, and why. */
export function holdingRules(state: State, t: number): ReadonlyMap<number, string> {
  const found = state.plan.risks.flatMap(({ trigger }, index): [number, string][] => {
    const cause = causeOf(state, t, trigger, index + 1);
    return cause === null ? [] : [[index + 1, cause.why]];
  });
  return new Map(found);
}

/** Why what was done cannot be taken back; null when it can. */
export function riskUndoRefusal(state: State, taken: RiskTaken): string | null {
  if (taken.undone) return `${taken.id} was taken back already`;
  const { act } = taken;
  if (act.kind === "drop")
    return act.tasks.some((number) => state.tasks[number]?.state === "dropped")
      ? null
      : `nothing that ${taken.id} dropped is still dropped`;
  if (act.kind === "carry")
    return act.tasks.some((number) => planIndex(state.plan).tasks.get(number)?.session === act.to)
      ? null
      : `nothing that ${taken.id} carried over is still in session ${act.to}`;
  if (act.kind === "known" || act.kind === "escalate") return `${taken.id} acted on ${listed(act.blockers)}: take that back there (u)`;
  return null;
}

interface Cause {
  readonly why: string;
  readonly blockers: readonly Blocker[];
}

function causeOf(state: State, t: number, trigger: string, rule: number): Cause | null {
  if (/\b(?:behind|late|delay(?:ed)?)\b/i.test(trigger)) return behind(state, t, (state.riskHolds ?? []).includes(rule));
  if (/\bconflicts?\b/i.test(trigger))
    return stuckOn(state, (text) => /\bmerge conflict|\bconflicts?\b.{0,20}\b(?:in|merge)\b|\bCONFLICT \(/i.test(text), "merge conflict");
  if (/\btests?\b/i.test(trigger))
    return stuckOn(state, (text) => /\b(?:tests?|specs?)\b/i.test(text) && /\b(?:fail\w*|errors?|exit code)\b/i.test(text), "tests fail");
  return null;
}

function behind(state: State, t: number, held: boolean): Cause | null {
  // What is over cannot be hurried.
  if (state.status === "done") return null;
  const least = held ? 1 : BEHIND_MS;
  const { behindMs } = marathonClock(state, t);
  if (behindMs !== null && behindMs >= least) return { why: `${hours(behindMs)} behind the plan`, blockers: [] };
  // The hours of a session plan leave room for much that streams lose against their own: both are schedules.
  const streams = streamProgress(state, t).filter(({ paceMs }) => paceMs !== null);
  const late = streams.filter(({ paceMs }) => -(paceMs ?? 0) >= least).toSorted((a, b) => (a.paceMs ?? 0) - (b.paceMs ?? 0));
  const [worst] = late;
  if (worst === undefined || late.length * 2 <= streams.length) return null;
  const how = `${late.length} of ${counted(streams.length, "stream")} behind, ${worst.id} by ${hours(-(worst.paceMs ?? 0))}`;
  return { why: how, blockers: [] };
}

function stuckOn(state: State, tells: (text: string) => boolean, what: string): Cause | null {
  const { tasks } = planIndex(state.plan);
  const blockers = Object.values(state.blockers).filter((blocker) => {
    if (blocker.state !== "open") return false;
    const titles = blocker.tasks.map((number) => tasks.get(number)?.title ?? "");
    return tells([blocker.title, ...blocker.evidence.map(({ line }) => line), ...titles].join("\n"));
  });
  if (blockers.length === 0) return null;
  const stops = blockers.flatMap((blocker) => blocker.tasks);
  return { why: `${what}: ${listed(blockers.map(({ id }) => id))}${stops.length > 0 ? ` stops ${listed(stops)}` : ""}`, blockers };
}

type Judged = Pick<RiskOffer, "act" | "change" | "refused">;

function judge(state: State, text: string, cause: Cause): Judged {
  const dropped = /\bdrop\b.*?\bstream\s+(\w+)/i.exec(text)?.[1];
  if (dropped !== undefined) return drop(state, dropped);
  if (/\bknown issues?\b/i.test(text)) return ofBlockers("known", cause);
  if (/\bescalate\b.*\bhuman\b|\bto (?:a )?(?:human|person)\b/i.test(text)) return ofBlockers("escalate", cause);
  if (/\bfollow[- ]?up|HUMAN_TODO/i.test(text)) return followUp(cause);
  const session = /\bsession\s*\(?#?(\w+)\)?/i.exec(text)?.[1];
  const target = session === undefined ? undefined : state.plan.sessions.find(({ id }) => id === session);
  if (target && cause.blockers.length > 0) return carry(state, target.id, cause);
  return { act: { kind: "note" }, change: facts(state, text, cause), refused: null };
}

function drop(state: State, id: string): Judged {
  const stream = state.plan.streams.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (!stream) return { act: { kind: "note" }, change: `the plan has no stream ${id}`, refused: `the plan has no stream ${id}` };
  const all = Object.values(state.tasks);
  const tasks = stream.tasks.filter((number) => {
    const task = state.tasks[number];
    return task !== undefined && !isOver(task) && task.state !== "running";
  });
  const total = all.filter((task) => task.state !== "dropped").length;
  const saved = plannedHours(state, stream.id, tasks);
  const change = `${total} → ${total - tasks.length} tasks${saved === null ? "" : `, −${hours(saved)}`} (${counted(tasks.length, "open task")} of ${stream.name}; on the list for people)`;
  return { act: { kind: "drop", tasks }, change, refused: tasks.length === 0 ? `nothing of stream ${stream.id} is open` : null };
}

/** The budget's hours for the stream, by share of its tasks; else the sum of their estimates. Null when neither is there. */
function plannedHours(state: State, stream: string, tasks: readonly number[]): number | null {
  const { streams, budgets } = state.plan;
  const found = streams.find(({ id }) => id === stream);
  const stated = budgets.streams[stream]?.hours ?? found?.hours ?? null;
  if (stated !== null && found && found.tasks.length > 0) return (stated * HOUR * tasks.length) / found.tasks.length;
  const known = tasks.flatMap((number) => estimateOf(planIndex(state.plan).tasks.get(number)) ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function ofBlockers(kind: "known" | "escalate", { blockers }: Cause): Judged {
  const open = kind === "known" ? blockers : blockers.filter(({ holder }) => holder.level !== "human");
  const ids = open.map(({ id }) => id);
  const done = kind === "known" ? "are known already" : "are with a person already";
  const what = kind === "known" ? "no alarm any more, the work stays blocked" : "it rings and goes on the list for people";
  const change = `${counted(ids.length, "blocker")} (${listed(ids)}): ${what}`;
  return {
    act: { kind, blockers: ids },
    change,
    refused: ids.length > 0 ? null : blockers.length === 0 ? "no blocker is the cause" : `the blockers ${done}`,
  };
}

function followUp({ blockers }: Cause): Judged {
  const tasks = [...new Set(blockers.flatMap((blocker) => blocker.tasks))];
  const change = `${counted(tasks.length, "line")} on the list for people (${listed(tasks)})`;
  return { act: { kind: "follow-up", tasks }, change, refused: tasks.length === 0 ? "no task is stopped" : null };
}

function carry(state: State, to: string, { blockers }: Cause): Judged {
  const { tasks: planned } = planIndex(state.plan);
  const tasks = [...new Set(blockers.flatMap((blocker) => blocker.tasks))].filter((number) => planned.get(number)?.session !== to);
  const from = [...new Set(tasks.map((number) => planned.get(number)?.session ?? "none"))];
  const change = `${counted(tasks.length, "task")} (${listed(tasks)}) from session ${listed(from)} to ${to}, counted once`;
  return {
    act: { kind: "carry", tasks, to },
    change,
    refused: tasks.length === 0 ? `nothing that is stopped could go to session ${to}` : null,
  };
}

/** What a person needs for a response that only they can carry out. */
function facts(state: State, text: string, { blockers }: Cause): string {
  const sessions = sessionProgress(state, state.t);
  if (/\boverlap|\bconcurren|\bside by side/i.test(text)) {
    const open = new Set(sessions.filter(({ state: stands }) => stands !== "done").map(({ id }) => id));
    const pairs = state.plan.overlaps
      .filter((rule) => rule.sessions.every((id) => open.has(id)))
      .map((rule) => overlapOf(state.plan, rule.sessions))
      .filter(({ allowed }) => allowed);
    if (pairs.length === 0) return "the plan allows no two open sessions side by side";
    return `allowed: ${pairs.map(({ sessions: ids, reason }) => `${ids.join(" + ")} (${reason})`).join("; ")}`;
  }
  if (/\bmerge\b|\boctopus\b/i.test(text)) {
    const begun = sessions.filter(({ done }) => done > 0).map(({ id, done, total }) => `${id} (${done}/${total})`);
    return begun.length === 0 ? "no session has anything to merge yet" : `to merge: ${listed(begun, 9)}`;
  }
  const { tasks } = planIndex(state.plan);
  const standing = new Set(blockers.flatMap((blocker) => blocker.tasks.flatMap((number) => tasks.get(number)?.stream ?? [])));
  const others = state.plan.streams.map(({ id }) => id).filter((id) => !standing.has(id));
  if (standing.size > 0)
    return `stream ${listed([...standing])} stands, ${others.length > 0 ? `${listed(others, 9)} go on` : "no other goes on"}`;
  return "a person does it; that it was decided is kept";
}

/** "3h", "2h 40m". */
function hours(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  const rest = minutes % 60;
  if (minutes < 60) return `${minutes}m`;
  return rest === 0 ? `${minutes / 60}h` : `${Math.floor(minutes / 60)}h ${rest}m`;
}
