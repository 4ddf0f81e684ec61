/** Edited plan files: offered, withdrawn, refused, or taken. What has been done and what is being done is never lost. */
import type { PlanFact } from "../plan-facts.ts";
import { planEdit } from "../plan-edit.ts";
import { planIndex } from "../plan-index.ts";
import { freshTask } from "../initial.ts";
import type { Draft } from "../draft.ts";
import type { Event } from "../types.ts";
import { taskDropped, taskReopened } from "./tasks.ts";

type Of<T extends PlanFact["type"]> = Extract<Event, { readonly type: T }>;

export function planOffered(draft: Draft, { plan, fingerprint, summary, seq, at, t }: Of<"plan-offered">): void {
  draft.set({ planOffer: { plan, fingerprint, summary, seq, at, t } });
}

/** The same files are not offered again. */
export function planRefused(draft: Draft, { offer }: Of<"plan-refused">): void {
  const { planOffer } = draft.state;
  if (planOffer?.seq === offer) draft.set({ planOffer: null, planRefused: planOffer.fingerprint });
}

export function planChanged(draft: Draft, event: Of<"plan-changed">): void {
  const { state } = draft;
  const { planOffer } = state;
  if (planOffer?.seq !== event.offer) return draft.notice("warning", "the edited plan was not offered any more: nothing was changed");
  const { plan, changes, kept, refused } = planEdit(state, planOffer.plan);
  if (refused !== null) return draft.notice("warning", refused);
  const { tasks: before } = planIndex(state.plan);
  const stamp = { seq: event.seq, at: event.at, t: event.t };
  const reason = "the plan files were edited";
  for (const { number } of changes.dropped) taskDropped(draft, { type: "task-dropped", task: number, reason, ...stamp });
  for (const { number } of [...changes.dropped, ...kept]) mark(draft, number, true);
  for (const planned of changes.added) {
    const known = draft.state.tasks[planned.number];
    if (known) {
      mark(draft, planned.number, false);
      if (known.state === "dropped") taskReopened(draft, { type: "task-reopened", task: planned.number, reason, ...stamp });
    } else draft.setTask({ ...freshTask(planned, event.t), added: { at: event.at, t: event.t, reason, by: event.by, fromFiles: true } });
  }
  draft.setPlan(plan);
  for (const { task: planned } of changes.moved) {
    const task = draft.state.tasks[planned.number];
    const bound = before.get(planned.number)?.terminal ?? null;
    // Where a person or a running agent has it, it stays.
    if (!task || task.state === "running" || task.state === "done" || task.terminal !== bound) continue;
    draft.setTask({ ...task, terminal: planned.terminal });
  }
  for (const { number, stream, label, role } of plan.terminals) {
    const terminal = draft.state.terminals[number];
    if (terminal) draft.setTerminal({ ...terminal, stream, label, role });
  }
  draft.settleAll();
  draft.set({ planOffer: null, planRefused: null });
}

/** Whether the plan files leave the task out. */
function mark(draft: Draft, number: number, unplanned: boolean): void {
  const task = draft.state.tasks[number];
  if (task) draft.setTask({ ...task, unplanned });
}
