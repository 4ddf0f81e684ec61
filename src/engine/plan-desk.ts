/** What commands and dashboards ask of the plan while it runs: judged once, with one answer in words. */
import { editSummary, planEdit } from "../marathon/plan-edit.ts";
import { riskOffers, riskUndoRefusal } from "../marathon/risk-rules.ts";
import { goalsOf, judgeGoal } from "../marathon/goals.ts";
import { judgeAddition, judgeCarry, type Judged } from "../marathon/scope.ts";
import { judgeTarget, targetsOf } from "../marathon/targets.ts";
import { oneLine } from "../marathon/words.ts";
import type { Request } from "../protocol/messages.ts";
import type { PlanRequest } from "../protocol/plan-requests.ts";
import type { Engine } from "./engine.ts";
import { RefusedError } from "./server.ts";
import { listTodo } from "./todo-desk.ts";

export interface PlanAnswer {
  /** What was done, in words. */
  readonly said: string;
}

/** What can be answered at once. */
type JudgedRequest = Exclude<PlanRequest, { readonly name: "check-repository" }>;

const MOST_NOTE = 2000;

const NAMES: ReadonlySet<string> = new Set<JudgedRequest["name"]>([
  "answer-plan-edit",
  "add-task",
  "carry-task",
  "take-risk",
  "undo-risk",
  "check-preflight",
  "check-goal",
  "measure-target",
  "list-todo",
]);

export function isPlanRequest(request: Request): request is JudgedRequest {
  return NAMES.has(request.name);
}

/** Throws RefusedError with what to do. */
export function planRequest(engine: Engine, request: JudgedRequest): PlanAnswer {
  switch (request.name) {
    case "answer-plan-edit":
      return answerEdit(engine, request);
    case "add-task":
      return judged(engine, judgeAddition(engine.state, request));
    case "carry-task":
      return judged(engine, judgeCarry(engine.state, request.task, request.to, request.reason, request.by));
    case "take-risk":
      return take(engine, request.offer, request.by);
    case "undo-risk":
      return takeBack(engine, request.risk, request.by);
    case "check-preflight":
      return check(engine, request);
    case "check-goal":
      return checkGoal(engine, request);
    case "measure-target":
      return measure(engine, request);
    case "list-todo":
      return listTodo(engine, request.task, request.by);
  }
}

function answerEdit(engine: Engine, { offer, take: taken, by }: Extract<PlanRequest, { name: "answer-plan-edit" }>): PlanAnswer {
  const { planOffer } = engine.state;
  if (!planOffer) throw new RefusedError("the plan files say what the marathon runs, or were refused: there is nothing to answer");
  if (offer !== null && offer !== planOffer.seq)
    throw new RefusedError("the plan files were edited again since: look at what they would change now");
  if (!taken) {
    engine.submit({ type: "plan-refused", offer: planOffer.seq, by });
    return { said: "refused: the marathon keeps its plan until the files are edited again" };
  }
  const edit = planEdit(engine.state, planOffer.plan);
  if (edit.refused !== null) throw new RefusedError(edit.refused);
  const summary = editSummary(edit);
  engine.submit({ type: "plan-changed", offer: planOffer.seq, summary, by });
  return { said: `the plan is changed: ${summary}` };
}

function judged(engine: Engine, judgement: Judged): PlanAnswer {
  if ("refused" in judgement) throw new RefusedError(judgement.refused);
  const { fact, change } = judgement;
  engine.submit(fact);
  return { said: fact.type === "task-added" ? `task ${fact.task.number} added: ${change}` : change };
}

function take(engine: Engine, id: string, by: string): PlanAnswer {
  const offers = riskOffers(engine.state, engine.ports.clock.now().t);
  const offer = offers.find((one) => one.id === id.trim());
  if (!offer) {
    const open = offers.length === 0 ? "no rule of the plan holds now" : `offered are ${offers.map((one) => one.id).join(", ")}`;
    throw new RefusedError(`there is no offer "${oneLine(id, 20)}": ${open} (marathon risks lists them)`);
  }
  if (offer.refused !== null) throw new RefusedError(offer.refused);
  const { rule, response, text, act, change } = offer;
  const risk = `R${(engine.state.risks ?? []).length + 1}`;
  engine.submit({ type: "risk-taken", id: risk, rule, response, text, act, change, by });
  return { said: `${risk}: ${change}` };
}

function takeBack(engine: Engine, id: string, by: string): PlanAnswer {
  const all = engine.state.risks ?? [];
  const taken = all.find((one) => one.id.toLowerCase() === id.trim().toLowerCase());
  if (!taken)
    throw new RefusedError(
      `nothing was done as "${oneLine(id, 20)}"${all.length > 0 ? `: there are ${all.map((one) => one.id).join(", ")}` : ""}`,
    );
  const why = riskUndoRefusal(engine.state, taken);
  if (why !== null) throw new RefusedError(why);
  engine.submit({ type: "risk-undone", id: taken.id, by });
  return { said: `${taken.id} taken back: ${taken.text}` };
}

function check(engine: Engine, { item, ok, note, by }: Extract<PlanRequest, { name: "check-preflight" }>): PlanAnswer {
  const { preflight } = engine.state.plan;
  const text = preflight[item - 1];
  if (text === undefined)
    throw new RefusedError(
      preflight.length === 0 ? "the plan has no preflight list" : `the plan's preflight list has ${preflight.length} items, not ${item}`,
    );
  engine.submit({ type: "preflight-checked", item, ok, note: note === null ? null : oneLine(note, MOST_NOTE) || null, by });
  const blocker = engine.state.preflight?.[item]?.blocker ?? null;
  return { said: ok ? `in order: ${oneLine(text, 120)}` : `${blocker ?? "a blocker"}: ${oneLine(text, 120)}` };
}

function checkGoal(engine: Engine, { goal, met, note, by }: Extract<PlanRequest, { name: "check-goal" }>): PlanAnswer {
  const judgement = judgeGoal(engine.state, goal, met, note, by);
  if ("refused" in judgement) throw new RefusedError(judgement.refused);
  engine.submit(judgement.fact);
  const now = goalsOf(engine.state).find(({ id }) => id.toLowerCase() === goal.trim().toLowerCase());
  return { said: `${now?.id ?? goal} ${met ? "met" : "open"}: ${oneLine(now?.text ?? "", 120)}` };
}

function measure(engine: Engine, { target, value, by }: Extract<PlanRequest, { name: "measure-target" }>): PlanAnswer {
  const judgement = judgeTarget(engine.state, target, value, by);
  if ("refused" in judgement) throw new RefusedError(judgement.refused);
  engine.submit(judgement.fact);
  const now = targetsOf(engine.state)[target - 1];
  const way = now?.reached
    ? ", reached"
    : now?.share === null || now === undefined
      ? ""
      : `, ${Math.round(now.share * 100)} % of the way to ${now.to}`;
  return { said: `${oneLine(now?.name ?? "", 60)}: ${now?.now?.value ?? value}${way}` };
}
