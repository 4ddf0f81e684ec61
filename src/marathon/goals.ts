/**
 * What the plan wants to be true beside its tasks: what is looked at before the start, criteria, deliverables and outputs of its sessions,
 * the steps that bring everything together, and what is to follow. People and agents say what is met; only a handoff counts by itself, for
 * its file is there or not. Pure.
 */
import type { PlanSession } from "../plan/types.ts";
import type { GoalCheck } from "./goal-types.ts";
import { owesHandoff } from "./handoffs.ts";
import { planIndex } from "./plan-index.ts";
import { openCount, wholeTally } from "./tally.ts";
import type { Fact, State } from "./types.ts";
import { counted, listed, oneLine } from "./words.ts";

export type GoalKind = "preflight" | "criterion" | "deliverable" | "handoff" | "branch" | "pull-request" | "synthesis" | "follow-up";

export interface Goal {
  /** As commands name it: "preflight.1", "024.1" a criterion, "024.d1" a deliverable, "024.handoff", "024.branch", "024.pr", "synthesis.1", "follow-up.1". */
  readonly id: string;
  readonly kind: GoalKind;
  readonly session: string | null;
  readonly text: string;
  readonly met: boolean;
  /** Null: nobody has said anything in this marathon, and it is as the plan has it. */
  readonly check: GoalCheck | null;
}

type Bare = Pick<Goal, "kind" | "session" | "text" | "id"> & { readonly inPlan?: boolean };

/** All of them: before the start, session by session, then what comes after the work. */
export function goalsOf(state: State): readonly Goal[] {
  const { plan, goals = {} } = state;
  const each = (kind: GoalKind, texts: readonly string[]): readonly Bare[] =>
    texts.map((text, index) => ({ id: `${kind}.${index + 1}`, kind, session: null, text }));
  const bare = [...plan.sessions.flatMap(ofSession), ...each("synthesis", plan.synthesis), ...each("follow-up", plan.followUps)];
  const gates = each("preflight", plan.preflight).map((gate, index): Goal => {
    const seen = state.preflight?.[index + 1];
    return {
      ...gate,
      met: seen?.ok ?? false,
      check: seen ? { text: gate.text, met: seen.ok, at: seen.at, note: seen.note, by: seen.by } : null,
    };
  });
  const others = bare.map(({ inPlan = false, ...goal }): Goal => {
    if (goal.kind === "handoff") return { ...goal, met: hasHandoff(state, goal.session), check: null };
    const said = goals[goal.id];
    const check = said?.text === goal.text ? said : null;
    return { ...goal, met: check?.met ?? inPlan, check };
  });
  return [...gates, ...others];
}

function ofSession({ id, criteria, deliverables, branch }: PlanSession): readonly Bare[] {
  const output = (kind: GoalKind, name: string, text: string): Bare => ({ id: `${id}.${name}`, kind, session: id, text });
  return [
    ...criteria.map(({ text, met }, index): Bare => ({ ...output("criterion", String(index + 1), text), inPlan: met })),
    ...deliverables.map(({ text }, index) => output("deliverable", `d${index + 1}`, text)),
    output("handoff", "handoff", `SESSION_${id}_HANDOFF.md`),
    ...(branch === null
      ? []
      : [output("branch", "branch", `${branch} is pushed`), output("pull-request", "pr", `pull request of ${branch}`)]),
  ];
}

function hasHandoff(state: State, id: string | null): boolean {
  const session = planIndex(state.plan).sessions.get(id ?? "");
  return session !== undefined && state.handoffs[session.id] !== undefined && !owesHandoff(state, session);
}

export interface Met {
  readonly met: number;
  readonly total: number;
}

export function metOf(goals: readonly Goal[]): Met {
  return { met: goals.filter(({ met }) => met).length, total: goals.length };
}

export type Judged = { readonly fact: Fact } | { readonly refused: string };

const MOST_NOTE = 2000;

/** What somebody says of a goal. Once everything is to be brought together, no work may be open, unless a note says why it is done before. */
export function judgeGoal(state: State, id: string, met: boolean, note: string | null, by: string): Judged {
  const goals = goalsOf(state);
  const goal = goals.find((one) => one.id.toLowerCase() === id.trim().toLowerCase());
  const said = note === null ? null : oneLine(note, MOST_NOTE) || null;
  if (!goal)
    return {
      refused:
        goals.length === 0
          ? "the plan states no criteria, deliverables, or steps after the work"
          : `the plan has no goal "${oneLine(id, 40)}": there are ${listed(
              goals.map((one) => one.id),
              6,
            )} (marathon goals lists them)`,
    };
  if (goal.kind === "handoff") return { refused: `${goal.text} is there or not: write it into the scratchpad` };
  if (goal.kind === "preflight")
    return { fact: { type: "preflight-checked", item: Number(goal.id.slice("preflight.".length)), ok: met, note: said, by } };
  const open = openCount(wholeTally(state));
  if (goal.kind === "synthesis" && met && open > 0 && said === null)
    return {
      refused: `${counted(open, "task")} ${open === 1 ? "is" : "are"} open: what brings everything together comes after them; a note says why it is done before (--note TEXT)`,
    };
  return { fact: { type: "goal-checked", goal: goal.id, text: goal.text, met, note: said, by } };
}
