/** The plan while it runs: work is added or carried over, its risk rules are offered and taken, its preflight list is gone through. */
import { HUMAN } from "../chain.ts";
import type { Draft } from "../draft.ts";
import { freshTask } from "../initial.ts";
import { planIndex } from "../plan-index.ts";
import type { PlanFact } from "../plan-facts.ts";
import type { RiskTaken } from "../risk-types.ts";
import { remembered } from "../targets.ts";
import { commander } from "../routing.ts";
import type { Event } from "../types.ts";
import { oneLine } from "../words.ts";
import { blockerEscalated } from "./blocker-acts.ts";
import { carry } from "./carry.ts";
import { blockerClosed, create } from "./blockers.ts";
import { planChanged, planOffered, planRefused } from "./plan-change.ts";
import { taskDropped, taskReopened } from "./tasks.ts";

export type PlanEvent = Extract<Event, { readonly type: PlanFact["type"] }>;
type Of<T extends PlanFact["type"]> = Extract<PlanEvent, { readonly type: T }>;

export function isPlanEvent(event: Event): event is PlanEvent {
  return /^(?:risk-|preflight-|plan-|todo-|goal-|target-|repository-|task-added$|task-carried$)/.test(event.type);
}

export function planEvent(draft: Draft, event: PlanEvent): void {
  switch (event.type) {
    case "plan-offered":
      return planOffered(draft, event);
    case "plan-withdrawn":
      return draft.set({ planOffer: null });
    case "plan-refused":
      return planRefused(draft, event);
    case "plan-changed":
      return planChanged(draft, event);
    case "task-added":
      return taskAdded(draft, event);
    case "task-carried":
      return carry(draft, event, event.task, event.to, event.reason);
    case "risk-offered":
      return riskOffered(draft, event);
    case "risk-taken":
      return riskTaken(draft, event);
    case "risk-undone":
      return riskUndone(draft, event);
    case "preflight-checked":
      return preflightChecked(draft, event);
    case "goal-checked":
      return goalChecked(draft, event);
    case "target-measured":
      return targetMeasured(draft, event);
    case "repository-checked": {
      const { at, clean, said, by } = event;
      return draft.set({ repository: { at, clean, said, by } });
    }
    case "todo-listed":
      return todoListed(draft, event);
    case "todo-counted":
      return draft.set({ todo: { ...draft.state.todo, file: event.file, open: event.open } });
  }
}

function taskAdded(draft: Draft, event: Of<"task-added">): void {
  const { plan, tasks } = draft.state;
  const { reason, by } = event;
  const { number } = event.task;
  if (number in tasks) return draft.notice("warning", `task ${number} is in the plan already: nothing was added`);
  // A terminal that this marathon does not have can do nothing.
  const terminal = event.task.terminal !== null && event.task.terminal in draft.state.terminals ? event.task.terminal : null;
  const task = { ...event.task, terminal };
  const joining = <T extends { readonly id: string; readonly tasks: readonly number[] }>(items: readonly T[], id: string | null): T[] =>
    items.map((item) => (item.id === id ? { ...item, tasks: [...item.tasks, task.number] } : item));
  draft.setTask({ ...freshTask(task, event.t), added: { at: event.at, t: event.t, reason, by } });
  draft.setPlan({
    ...plan,
    tasks: [...plan.tasks, task].toSorted((a, b) => a.number - b.number),
    sessions: joining(plan.sessions, task.session),
    streams: joining(plan.streams, task.stream),
    terminals: plan.terminals.map((one) => (one.number === task.terminal ? { ...one, tasks: [...one.tasks, task.number] } : one)),
    phases: plan.phases.map((phase) => (phase.id === task.phase ? { ...phase, tasks: [...phase.tasks, task.number] } : phase)),
  });
  draft.settleAll();
}

function riskOffered(draft: Draft, { rule, holds }: Of<"risk-offered">): void {
  const others = (draft.state.riskHolds ?? []).filter((one) => one !== rule);
  draft.set({ riskHolds: holds ? [...others, rule].toSorted((a, b) => a - b) : others });
}

function riskTaken(draft: Draft, event: Of<"risk-taken">): void {
  const { id, rule, response, text, act, change, by, at, t, seq } = event;
  const { tasks: planned } = planIndex(draft.state.plan);
  const origins =
    act.kind === "carry" ? { origins: Object.fromEntries(act.tasks.map((one) => [one, planned.get(one)?.session ?? null])) } : {};
  const taken: RiskTaken = { id, rule, response, text, act, change, at, t, by, undone: false, ...origins };
  draft.set({ risks: [...(draft.state.risks ?? []), taken] });
  const stamp = { seq, at, t };
  const note = `${id}: ${text}`;
  if (act.kind === "drop") for (const task of act.tasks) taskDropped(draft, { type: "task-dropped", task, reason: note, ...stamp });
  if (act.kind === "known")
    for (const blocker of act.blockers) blockerClosed(draft, { type: "blocker-closed", as: "known", blocker, by, note, ...stamp });
  if (act.kind === "escalate")
    for (const blocker of act.blockers) blockerEscalated(draft, { type: "blocker-escalated", to: HUMAN, blocker, by, note, ...stamp });
  if (act.kind === "carry") for (const task of act.tasks) carry(draft, event, task, act.to, note);
}

/** As far as it is still as that left it. */
function riskUndone(draft: Draft, event: Of<"risk-undone">): void {
  const taken = (draft.state.risks ?? []).find(({ id }) => id === event.id);
  if (!taken || taken.undone) return;
  const { act } = taken;
  const reason = `${taken.id} was taken back`;
  if (act.kind === "drop")
    for (const task of act.tasks)
      if (draft.state.tasks[task]?.state === "dropped") taskReopened(draft, { ...event, type: "task-reopened", task, reason });
  if (act.kind === "carry")
    for (const task of act.tasks)
      if (planIndex(draft.state.plan).tasks.get(task)?.session === act.to) carry(draft, event, task, taken.origins?.[task] ?? null, reason);
  draft.set({ risks: (draft.state.risks ?? []).map((one) => (one.id === taken.id ? { ...one, undone: true } : one)) });
}

function goalChecked(draft: Draft, { goal, text, met, note, by, at }: Of<"goal-checked">): void {
  draft.set({ goals: { ...draft.state.goals, [goal]: { text, met, at, note, by } } });
}

function targetMeasured(draft: Draft, { name, value, by, at }: Of<"target-measured">): void {
  const { targets = {} } = draft.state;
  draft.set({ targets: { ...targets, [name]: remembered(targets[name] ?? [], { value, at, by }) } });
}

/** What was listed first stays as old as it is. */
function todoListed(draft: Draft, { task, file, at }: Of<"todo-listed">): void {
  const { todo } = draft.state;
  draft.set({ todo: { file, open: todo?.open ?? 0, tasks: { [task]: at, ...todo?.tasks } } });
  draft.count({ lastHumanAt: at });
}

/** A failed item is a blocker until it is found in order. */
function preflightChecked(draft: Draft, event: Of<"preflight-checked">): void {
  const { plan, preflight = {} } = draft.state;
  const text = plan.preflight[event.item - 1];
  if (text === undefined) return draft.notice("warning", `the plan's preflight list has no item ${event.item}`);
  const before = preflight[event.item];
  const known = before?.blocker ?? null;
  const open = known !== null && draft.state.blockers[known]?.state !== "resolved" ? known : null;
  const { at, note, by, ok } = event;
  if (ok && open !== null)
    blockerClosed(draft, {
      type: "blocker-closed",
      as: "resolved",
      blocker: open,
      by,
      note: note ?? "found in order",
      seq: event.seq,
      at,
      t: event.t,
    });
  const title = `preflight: ${oneLine(text, 120)}`;
  const evidence = [{ source: "preflight", line: note ?? `item ${event.item} is not in order`, file: null, at }];
  const raised = ok
    ? null
    : (open ??
      create(draft, { title, priority: "P1", tasks: [], sessions: [], terminal: null, step: "identify", cause: null, evidence, by }));
  const fresh = raised === null || raised === open ? undefined : draft.state.blockers[raised];
  // No agent has it: it is up to whoever commands.
  if (fresh) draft.setBlocker({ ...fresh, holder: { level: "orchestrator", role: commander(draft.state.hierarchy), terminal: null } });
  draft.set({ preflight: { ...preflight, [event.item]: { ok, at, note, by, blocker: raised } } });
}
