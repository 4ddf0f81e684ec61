/** Terminals: never more than ten, and what happens where two documents number them differently. */
import type { Draft, SessionParts } from "./draft.ts";
import { agrees, showFigure, statedOf } from "./figures.ts";
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import { MOST_TERMINALS } from "./terminals.ts";
import type { Place, Plan } from "./types.ts";

export function verifyTerminals(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  reportBeyondTen(drafts, problems);
  reportDemand(drafts, problems);
  reportOverlaps(drafts, plan, problems);
  reportLocalNumbers(drafts, plan, problems);
  reportHandOut(drafts, plan, problems);
  reportPhaseTree(drafts, plan, problems);
}

function reportBeyondTen(drafts: readonly Draft[], problems: Problems): void {
  const check = (terminals: readonly number[], at: Place, who: string) => {
    const beyond = terminals.filter((terminal) => terminal < 1 || terminal > MOST_TERMINALS);
    if (beyond.length === 0) return;
    problems.error({
      at,
      code: "terminal-beyond-ten",
      message: `${who} asks for terminal ${showRange(beyond)}; there are terminals 1 to ${MOST_TERMINALS}`,
      advice: "use 1 to 10, or leave the terminal open so that the work goes to any free one",
    });
  };
  for (const draft of drafts) {
    const wanted = draft.settings.terminals;
    if (wanted !== null && wanted > MOST_TERMINALS)
      problems.error({
        at: draft.settingAt("terminals"),
        code: "terminal-beyond-ten",
        message: `the front matter asks for ${wanted} terminals; ${MOST_TERMINALS} can run at once`,
        advice: `write terminals: ${MOST_TERMINALS} or fewer`,
      });
    for (const row of draft.summary) check(row.terminals ?? [], row, `stream ${row.id}`);
    for (const stream of draft.streams.values()) check(stream.terminals ?? [], stream, `stream ${stream.id}`);
    for (const line of draft.terminalLines) check([line.terminal], line, `"${line.label}"`);
    const underLine = new Set(draft.terminalLines.map((line) => line.terminal));
    for (const task of draft.tasks)
      check(
        (task.terminals ?? []).filter((terminal) => !underLine.has(terminal)),
        task,
        `task ${task.number}`,
      );
    for (const session of draft.sessions.values()) {
      for (const allocation of session.allocations) check(allocation.terminals, allocation, `session ${session.id}`);
    }
    for (const entry of draft.phases.flatMap((phase) => phase.entries))
      check(entry.terminal === null ? [] : [entry.terminal], entry, `"${entry.label}"`);
  }
}

/** The budget's terminals are a demand over time, not a number that runs at once (T-02). */
function reportDemand(drafts: readonly Draft[], problems: Problems): void {
  for (const draft of drafts) {
    const sum = [...draft.streamBudgets.values()].reduce((total, budget) => total + budget.terminals, 0);
    const at = draft.streamBudgetTotal ?? [...draft.streamBudgets.values()][0];
    if (sum <= MOST_TERMINALS || at === undefined) continue;
    problems.warning({
      at,
      code: "terminal-demand",
      trap: "T-02",
      message: `the streams together ask for ${sum} terminals, ${MOST_TERMINALS} can run at once`,
      advice: "read it as demand: streams that wait for a terminal start later",
      stated: sum,
      computed: MOST_TERMINALS,
    });
  }
}

/** An overlap that the text allows by domain still needs room: 7 and 4 terminals do not fit in ten (T-12). */
function reportOverlaps(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const needs = new Map(
    plan.sessions.map((session) => [session.id, new Set(session.allocations.flatMap((allocation) => allocation.terminals)).size]),
  );
  for (const rule of drafts.flatMap((draft) => draft.overlaps)) {
    const counts = rule.sessions.map((id) => needs.get(id) ?? 0);
    const sum = counts.reduce((total, count) => total + count, 0);
    const unknown = rule.sessions.filter((id) => !needs.has(id));
    if (unknown.length > 0) {
      problems.warning({
        at: rule,
        code: "unknown-session",
        message: `there is no session ${unknown.join(", ")}`,
        advice: "correct the session's number",
      });
    }
    if (sum <= MOST_TERMINALS) continue;
    problems.warning({
      at: rule,
      code: "overlap-too-wide",
      trap: "T-12",
      message: `sessions ${rule.sessions.join(" and ")} may overlap, but need ${counts.join(" + ")} = ${sum} terminals`,
      advice: "let them overlap only as far as terminals are free",
      stated: MOST_TERMINALS,
      computed: sum,
    });
  }
}

/** With task tables beside it, a session plan's terminal numbers bind nothing: they restart in each session (T-34, T-35). */
function reportLocalNumbers(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  if (!drafts.some((draft) => draft.tasks.length > 0)) return;
  const bound = new Map(plan.tasks.map((task) => [task.number, task.terminal]));
  for (const session of drafts.flatMap((draft) => [...draft.sessions.values()])) {
    const own = session.allocations.flatMap((allocation) => allocation.tasks);
    const inPlan = [...new Set(own.flatMap((number) => bound.get(number) ?? []))].sort((a, b) => a - b);
    const local = [...new Set(session.allocations.flatMap((allocation) => allocation.terminals))].sort((a, b) => a - b);
    if (inPlan.length === 0 || local.length === 0 || showRange(inPlan) === showRange(local)) continue;
    const crossing = local[0] === inPlan[0] ? null : crossingTasks(session, plan, bound);
    problems.warning({
      at: session,
      code: "terminals-differ",
      trap: crossing === null ? "T-34" : "T-35",
      message: `session ${session.id} puts tasks ${showRange(own)} on terminals ${showRange(local)}, the task tables on ${showRange(inPlan)}${crossing ?? ""}`,
      advice: "nothing to do: the task tables bind, and sessions are joined by task number",
      stated: showRange(local),
      computed: showRange(inPlan),
    });
  }
}

/** Whether one of the session's own numbers belongs to the same stream there, but for other tasks. */
function crossingTasks(session: SessionParts, plan: Plan, bound: ReadonlyMap<number, number | null>): string | null {
  for (const allocation of session.allocations) {
    const tables = new Set(allocation.tasks.map((number) => bound.get(number) ?? 0));
    const same = allocation.terminals.filter((terminal) => tables.has(terminal));
    const differing = allocation.terminals.some((terminal) => !tables.has(terminal));
    const stream = plan.streams.find((candidate) => same.some((terminal) => candidate.terminals.includes(terminal)));
    if (same.length > 0 && differing && stream !== undefined) {
      return `; terminals ${showRange(allocation.terminals)} mean other work in stream ${stream.id}`;
    }
  }
  return null;
}

/** "10 tasks per terminal" in the hand-out, when the tables say otherwise (T-11). */
function reportHandOut(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const counts = plan.terminals.map((terminal) => terminal.tasks.length).filter((count) => count > 0);
  for (const { stated } of drafts) {
    const each = stated.perTerminal;
    if (each === null || counts.every((count) => agrees(each.figure, count))) continue;
    const real = `${Math.min(...counts)}–${Math.max(...counts)}`;
    problems.warning({
      at: each,
      code: "tasks-per-terminal",
      trap: "T-11",
      message: `${showFigure(each.figure)} tasks per terminal are stated, the tables give ${counts.join(", ")}`,
      advice: "nothing to do: the tables count",
      stated: statedOf(each.figure),
      computed: real,
    });
  }
}

/** The phase tree repeats terminals and ranges; the tables bind (TP-19). */
function reportPhaseTree(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const terminals = new Map(plan.terminals.map((terminal) => [terminal.number, terminal]));
  const known = new Set(plan.tasks.map((task) => task.number));
  for (const entry of drafts.flatMap((draft) => draft.phases).flatMap((phase) => phase.entries)) {
    const own = entry.terminal === null ? null : showRange(terminals.get(entry.terminal)?.tasks ?? []);
    const stated = showRange(entry.tasks);
    const unknown = entry.tasks.filter((number) => !known.has(number));
    if (unknown.length === 0 && (own === null || own === stated)) continue;
    problems.warning({
      at: entry,
      code: "phase-differs",
      message:
        unknown.length > 0
          ? `the phase names ${showRange(unknown)}, which the plan does not have`
          : `the phase gives terminal ${entry.terminal} tasks ${stated}, the tables ${own === "" ? "none" : own}`,
      advice: "correct the phase tree; the tables bind",
      stated,
      computed: own ?? "",
    });
  }
}
