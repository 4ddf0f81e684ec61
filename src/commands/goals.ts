/** `marathon goals`: criteria, deliverables and outputs of sessions, targets, and what comes after the work: what of it is met, and saying so. */
import { goalsOf, metOf, type Goal, type GoalKind } from "../marathon/goals.ts";
import { repositoryJson, repositoryLine } from "../marathon/repository-check.ts";
import { targetsOf, type Target } from "../marathon/targets.ts";
import { dayAndTime } from "../dashboard/format.ts";
import type { State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import type { PlanRequest } from "../protocol/plan-requests.ts";
import { actor } from "./actor.ts";
import { presenceOf, type Presence } from "./deliverables.ts";
import { EXIT, UsageError } from "./exit.ts";
import { withEngine } from "./project.ts";
import { stateOf } from "./state-of.ts";
import { print, printJson } from "./print.ts";

export interface GoalOptions {
  readonly project: string;
  readonly json?: boolean;
  readonly note?: string;
}

/** Without an id all of them, with one of a session its own; with the id of one and what is to be said of it, says so. */
export async function goals(id: string | undefined, said: string | undefined, options: GoalOptions): Promise<number> {
  if (id !== undefined && said !== undefined) return await say(id, said, options);
  const { state } = await stateOf(options.project);
  const all = goalsOf(state);
  const wanted = id === undefined ? all : all.filter((goal) => goal.session === id || goal.id === id);
  if (id !== undefined && wanted.length === 0)
    throw new UsageError(`the plan has no session and no goal "${oneLine(id, 40)}": marathon goals lists them`, EXIT.failed);
  const there = presenceOf(state);
  const targets = id === undefined ? targetsOf(state) : [];
  const orders = (id === undefined ? state.plan.settings.orders : null) ?? [];
  if (options.json) printJson({ ...goalsJson(wanted, targets, there), orders, repository: repositoryJson(state.repository) });
  else {
    const repository = id === undefined ? ["", repositoryLine(state.repository, dayAndTime)] : [];
    print(`${[...ordersText(orders), ...goalsText(state, wanted, targets, there), ...repository].join("\n")}\n`);
  }
  return EXIT.ok;
}

async function say(id: string, said: string, options: GoalOptions): Promise<number> {
  const answer = (await withEngine(options.project, (client) => client.request(requestOf(id, said, options.note ?? null)))) as {
    readonly said: string;
  };
  if (options.json) printJson({ schema: 1, ...answer });
  else print(`${answer.said}\n`);
  return EXIT.ok;
}

function requestOf(id: string, said: string, note: string | null): PlanRequest {
  const target = /^target\.(\d+)$/iu.exec(id)?.[1];
  if (target !== undefined) return { name: "measure-target", target: Number(target), value: said, by: actor() };
  if (said !== "met" && said !== "open") throw new UsageError(`how does ${id} stand? Say met or open`);
  return { name: "check-goal", goal: id, met: said === "met", note, by: actor() };
}

const NAMES: readonly (readonly [GoalKind, string])[] = [
  ["preflight", "preflight"],
  ["criterion", "criteria"],
  ["deliverable", "deliverables"],
  ["handoff", "handoffs"],
  ["branch", "pushed branches"],
  ["pull-request", "pull requests"],
  ["synthesis", "steps of the synthesis"],
  ["follow-up", "follow-ups"],
];

function ordersText(orders: readonly string[]): string[] {
  return orders.length === 0 ? [] : ["Standing orders", ...orders.map((text) => `  ${oneLine(text, 400)}`), ""];
}

function goalsText(state: State, wanted: readonly Goal[], targets: readonly Target[], there: ReadonlyMap<string, Presence>): string[] {
  if (wanted.length + targets.length === 0) return ["the plan states no criteria, deliverables, targets, or steps after the work"];
  const counts = NAMES.flatMap(([kind, name]) => {
    const own = wanted.filter((goal) => goal.kind === kind);
    const { met, total } = metOf(own);
    return total === 0 ? [] : [`${name} ${met}/${total}`];
  });
  const sessions = state.plan.sessions.flatMap(({ id, name }) =>
    section(
      `${id} ${name}`,
      wanted.filter((goal) => goal.session === id),
      there,
    ),
  );
  return [
    counts.join(", "),
    ...section(
      "Before the start",
      wanted.filter(({ kind }) => kind === "preflight"),
      there,
    ),
    ...sessions,
    ...section(
      "When all tasks are over",
      wanted.filter(({ kind }) => kind === "synthesis"),
      there,
    ),
    ...section(
      "After the marathon",
      wanted.filter(({ kind }) => kind === "follow-up"),
      there,
    ),
    ...(targets.length === 0 ? [] : ["", "Targets", ...targets.map(targetLine)]),
  ];
}

function section(title: string, goals: readonly Goal[], there: ReadonlyMap<string, Presence>): string[] {
  if (goals.length === 0) return [];
  const ids = Math.max(...goals.map(({ id }) => id.length));
  const lines = goals.map(({ id, met, text, check }) => {
    const found = there.get(id);
    const said = check === null ? "" : ` (${check.by}${check.note === null ? "" : `: ${check.note}`})`;
    return `  [${met ? "x" : " "}] ${id.padEnd(ids)}  ${oneLine(text, 120)}${found === undefined ? "" : `  ${found.words}`}${said}`;
  });
  return ["", oneLine(title, 100), ...lines];
}

function targetLine({ number, name, from, to, now, share, reached }: Target): string {
  const done = reached ? "reached" : share === null ? "" : `${Math.round(share * 100)} % of the way`;
  const parts = [`${oneLine(from, 30)} -> ${oneLine(to, 30)}`, now === null ? "not measured yet" : `now ${now.value}`, done];
  return `  target.${number}  ${oneLine(name, 60)}: ${parts.filter((part) => part !== "").join(", ")}`;
}

function goalsJson(wanted: readonly Goal[], targets: readonly Target[], there: ReadonlyMap<string, Presence>): object {
  return {
    schema: 1,
    goals: wanted.map(({ check, ...goal }) => ({
      ...goal,
      at: check === null ? null : new Date(check.at).toISOString(),
      by: check?.by ?? null,
      note: check?.note ?? null,
      present: there.get(goal.id)?.present ?? null,
    })),
    targets: targets.map(({ now, history, ...target }) => ({
      id: `target.${target.number}`,
      ...target,
      now: now?.value ?? null,
      history: history.map(({ value, at, by }) => ({ value, at: new Date(at).toISOString(), by })),
    })),
  };
}
