/** Targets, criteria, outputs and steps of the plan: how each stands, and a key to say so. */
import { goalsOf, metOf, type Goal } from "../../marathon/goals.ts";
import { targetsOf, type Target } from "../../marathon/targets.ts";
import { repositoryLine, repositoryWords } from "../../marathon/repository-check.ts";
import { securityJson, type SecurityJson } from "../../marathon/security-item.ts";
import { base, counted } from "../../marathon/words.ts";
import type { State } from "../../marathon/types.ts";
import { bar } from "../bar.ts";
import { dayAndTime, plain, timeOfDay } from "../format.ts";
import { textOf } from "../lines.ts";
import type { Overlay } from "../stores/view-store.ts";
import type { Glyphs } from "../theme.ts";

export interface GoalChoice {
  /** It stands the other way than was known; `index`: its place in the list. */
  turn(goal: Goal, index: number): void;
  measure(target: Target, index: number): void;
  /** Looks through the repository for files with secrets. */
  lookThrough(index: number): void;
}

const BAR = 12;

/** With the standing orders above them, and the check of the repository below. `index`: the choice that is marked. */
export function goalQuestion(state: State, glyphs: Glyphs, index: number, chosen: GoalChoice): Overlay {
  const goals = goalsOf(state);
  const targets = targetsOf(state);
  const orders = (state.plan.settings.orders ?? []).map((text) => plain(`${glyphs.pointer} ${text}`));
  const bare = goals.length + targets.length === 0;
  // As many as they are, they can be scrolled there; beside choices they could not.
  if (bare && orders.length > 0) return ordersNotice(state, orders);
  const choices = [
    ...targets.map((target, place) => ({
      label: targetLabel(target, glyphs),
      help: targetHelp(target),
      run: () => chosen.measure(target, place),
    })),
    ...goals.map((goal, place) => ({
      label: `[${goal.met ? "x" : " "}] ${goal.id}  ${plain(goal.text)}`,
      help: saidOf(goal),
      run: () => chosen.turn(goal, targets.length + place),
    })),
    {
      label: `${mark(state)} secret files  ${repositoryWords(state.repository, dayAndTime)}`,
      help: state.repository === undefined ? "" : plain(`${state.repository.said}, says ${state.repository.by}`),
      run: () => chosen.lookThrough(targets.length + goals.length),
    },
  ];
  return {
    kind: "choice",
    wide: true,
    title: "Goals of the plan",
    body: [
      ...orders,
      bare ? "The plan states no criteria, targets, deliverables, or steps after the work." : countsOf(goals, targets),
      ...securityCount(state),
      `Enter ${bare ? "" : "turns a line, asks what a target is now, or "}looks through the repository; Esc closes.`,
    ],
    index: Math.min(index, choices.length - 1),
    choices,
  };
}

function ordersNotice(state: State, orders: readonly string[]): Overlay {
  const where = `They stand in the front matter of ${base(state.plan.files[0] ?? "the plan")}, and every agent is told them.`;
  const repository = plain(repositoryLine(state.repository, dayAndTime));
  return { kind: "notice", title: "Standing orders", scroll: 0, body: [...orders, "", where, ...securityCount(state), repository] };
}

/** How far all security items are; the page of a lane tells them one by one. */
function securityCount(state: State): readonly string[] {
  const items = state.plan.tasks.flatMap((task) => securityJson(state, task.number, task) ?? []);
  const sum = (count: (item: SecurityJson) => number): number => items.reduce((all, item) => all + count(item), 0);
  if (items.length === 0) return [];
  const apart = items.filter(({ isolated }) => isolated.tried === true).length;
  return [
    `${counted(items.length, "security item")}: steps ${sum(({ done }) => done)}/${sum(({ of }) => of)}, tried in isolation ${apart}/${items.length}`,
  ];
}

function mark({ repository }: State): string {
  return repository === undefined ? "[ ]" : repository.clean ? "[x]" : "[!]";
}

function countsOf(goals: readonly Goal[], targets: readonly Target[]): string {
  const of = (kind: Goal["kind"], name: string): readonly string[] => {
    const { met, total } = metOf(goals.filter((goal) => goal.kind === kind));
    return total === 0 ? [] : [`${name} ${met}/${total}`];
  };
  const reached = targets.filter((target) => target.reached).length;
  return [
    ...(targets.length === 0 ? [] : [`targets ${reached}/${targets.length}`]),
    ...of("preflight", "preflight"),
    ...of("criterion", "criteria"),
    ...of("deliverable", "deliverables"),
    ...of("handoff", "handoffs"),
    ...of("branch", "branches"),
    ...of("pull-request", "pull requests"),
    ...of("synthesis", "synthesis"),
    ...of("follow-up", "follow-ups"),
  ].join(", ");
}

function targetLabel({ name, from, to, now, share, reached }: Target, glyphs: Glyphs): string {
  const way = share === null ? (reached ? "reached" : "") : textOf(bar(Math.round(share * 1000), 1000, BAR, glyphs));
  const steps = [from, ...(now === null ? [] : [now.value]), to].join(` ${glyphs.arrow} `);
  return `${plain(`${name}: ${steps}`)}  ${way}`;
}

function targetHelp({ now, history }: Target): string {
  if (now === null) return "";
  const before = history.slice(-4, -1).map(({ value, at }) => `${value} at ${timeOfDay(at).slice(0, 5)}`);
  return plain(`now by ${now.by} at ${timeOfDay(now.at).slice(0, 5)}${before.length > 0 ? `; before: ${before.join(", ")}` : ""}`);
}

function saidOf({ check }: Goal): string {
  return check === null ? "" : plain(`${check.met ? "met" : "open"}, says ${check.by}${check.note === null ? "" : `: ${check.note}`}`);
}
