/** Figures that a plan states twice: totals, counts in headings, budgets. Disagreement is a warning, never an error. */
import { compare } from "./compare.ts";
import { agrees } from "./figures.ts";
import type { BudgetRow, Draft, SessionParts } from "./draft.ts";
import type { Problems } from "./problems.ts";
import type { Plan } from "./types.ts";

export function verifyFigures(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  for (const draft of drafts) {
    reportTotals(draft, plan, problems);
    reportStreamCounts(draft, plan, problems);
    reportSessionCounts(draft, plan, problems);
    reportBudgets(draft, plan, problems);
    reportTimeline(draft, problems);
  }
}

/** The stated total of hours counts the buffer in; the rows do not (T-01). */
function reportTotals(draft: Draft, plan: Plan, problems: Problems): void {
  const { hours, agents, tasks } = draft.stated;
  const buffer = draft.timeline.reduce((sum, slot) => sum + (slot.kind === "buffer" ? Math.max(0, slot.end - slot.start) : 0), 0);
  const sum = plan.sessions.reduce((total, session) => total + (session.hours ?? 0), 0);
  const explained = hours !== null && buffer > 0 && hours.figure.value === sum + buffer;
  const spawned = plan.sessions.reduce((total, session) => total + session.agents.reduce((count, agent) => count + agent.count, 0), 0);
  const complete = plan.sessions.every((session) => session.agents.length > 0);
  compare(problems, {
    what: "hours of all sessions",
    stated: hours,
    computed: sum,
    code: "total-differs",
    trap: "T-01",
    advice: explained ? `nothing to do: the ${buffer} h buffer is the difference` : "correct the total or the hours of the sessions",
    fixable: !explained && draft.sessions.size > 0 && hoursAgree(draft, plan),
  });
  const code = "total-differs";
  compare(problems, { what: "agents of all sessions", stated: agents, computed: spawned, code, fixable: complete });
  compare(problems, { what: "tasks", stated: tasks, computed: plan.tasks.length, code, fixable: isGapless(plan) });
}

/** While a session has no hours, or two figures of them, nobody knows their sum. */
function hoursAgree(draft: Draft, plan: Plan): boolean {
  const hours = new Map(plan.sessions.map((session) => [session.id, session.hours]));
  return (
    plan.sessions.every((session) => session.hours !== null) &&
    draft.overview.every((row) => row.hours === null || agrees(row.hours.figure, hours.get(row.id) ?? 0))
  );
}

/** Where numbers are missing, a count that differs may be the right one, and a row is lost. */
function isGapless(plan: Plan): boolean {
  return plan.tasks.every((task, index) => index === 0 || task.number === (plan.tasks[index - 1]?.number ?? 0) + 1);
}

function reportStreamCounts(draft: Draft, plan: Plan, problems: Problems): void {
  const counts = new Map(plan.streams.map((stream) => [stream.id, stream.tasks.length]));
  const fixable = isGapless(plan) && draft.tasks.length > 0;
  const what = (id: string) => `tasks of stream ${id}`;
  for (const { id, stated } of draft.streams.values())
    compare(problems, { what: what(id), stated, computed: counts.get(id) ?? 0, fixable });
  for (const row of draft.summary) compare(problems, { what: what(row.id), stated: row.tasks, computed: counts.get(row.id) ?? 0, fixable });
  for (const { terminal, stated, tasks } of draft.terminalLines)
    compare(problems, { what: `tasks of terminal ${terminal}`, stated, computed: tasks, fixable });
  for (const row of draft.summary) {
    const stated = draft.streams.get(row.id)?.terminals ?? null;
    if (stated === null || row.terminals === null || stated.join() === row.terminals.join()) continue;
    problems.warning({
      at: row,
      code: "terminals-disagree",
      message: `stream ${row.id} has terminals ${row.terminalText} here and ${stated.join(", ") || "none"} below its heading`,
      advice: "make them agree; the line below the heading binds",
      stated: row.terminalText,
      computed: stated.join(", "),
    });
  }
}

function reportSessionCounts(draft: Draft, plan: Plan, problems: Problems): void {
  const planned = new Map(plan.sessions.map((session) => [session.id, session]));
  const fixable = isGapless(plan);
  for (const row of draft.overview) {
    const session = planned.get(row.id);
    if (session === undefined) continue;
    const agents = session.agents.reduce((sum, agent) => sum + agent.count, 0);
    if (agents > 0) compare(problems, { what: `agents of session ${row.id}`, stated: row.agents, computed: agents });
    compare(problems, { what: `tasks of session ${row.id}`, stated: row.tasks, computed: session.tasks.length, fixable });
    if (session.hours !== null) compare(problems, { what: `hours of session ${row.id}`, stated: row.hours, computed: session.hours });
  }
  for (const session of draft.sessions.values()) {
    const allocated = session.allocations.reduce((sum, allocation) => sum + allocation.tasks.length, 0);
    const what = `allocated tasks of session ${session.id}`;
    compare(problems, { what, stated: session.statedTasks, computed: allocated, fixable });
    reportAgentWork(session, allocated, problems);
  }
}

function reportAgentWork(session: SessionParts, allocated: number, problems: Problems): void {
  const counts = session.work.flatMap((work) => work.tasks ?? []);
  const sum = counts.reduce((total, count) => total + count, 0);
  if (counts.length === 0 || counts.length !== session.work.length || allocated === 0 || sum === allocated) return;
  problems.warning({
    at: session,
    code: "count-differs",
    message: `tasks in the agent work of session ${session.id}: ${sum} stated, ${allocated} counted`,
    advice: "let the agents' counts add up to the tasks that the session allocates",
    stated: sum,
    computed: allocated,
  });
}

function reportBudgets(draft: Draft, plan: Plan, problems: Problems): void {
  const planned = new Map(plan.sessions.map((session) => [session.id, session.agents.reduce((sum, agent) => sum + agent.count, 0)]));
  for (const [id, row] of draft.models) {
    const computed = row.opus + row.sonnet + row.haiku;
    compare(problems, {
      what: `agents by model of session ${id}`,
      stated: row.cells.total,
      computed,
      fixable: computed === planned.get(id),
    });
    const agents = planned.get(id) ?? 0;
    if (agents > 0 && row.total === computed)
      compare(problems, { what: `agents of session ${id}`, stated: row.cells.total, computed: agents });
  }
  // A row's own total may be the wrong figure; the parts are what adds up.
  const models = [...draft.models.values()].map((row) => ({ ...row, total: row.opus + row.sonnet + row.haiku }));
  reportColumns(draft.modelTotal, models, ["opus", "sonnet", "haiku", "total"], "sessions", problems);
  reportColumns(draft.streamBudgetTotal, [...draft.streamBudgets.values()], ["tasks", "terminals", "hours"], "streams", problems);
  const counts = new Map(plan.streams.map((stream) => [stream.id, stream.tasks.length]));
  for (const [id, row] of draft.streamBudgets)
    compare(problems, {
      what: `tasks of stream ${id}`,
      stated: row.cells.tasks,
      computed: counts.get(id) ?? 0,
      fixable: isGapless(plan) && counts.has(id),
    });
}

/** The total row of a budget: each cell is the sum of its column. */
function reportColumns<Key extends string>(
  total: BudgetRow<Record<Key, number>> | null,
  rows: readonly Readonly<Record<Key, number>>[],
  keys: readonly Key[],
  of: string,
  problems: Problems,
): void {
  for (const key of keys) {
    const computed = rows.reduce((sum, row) => sum + row[key], 0);
    compare(problems, { what: `${key} of all ${of}`, stated: total?.cells[key] ?? null, computed, code: "total-differs", fixable: true });
  }
}

/** Slots must follow one another without hole or overlap, and name sessions that exist. One that ends before it begins says nothing of the next. */
function reportTimeline(draft: Draft, problems: Problems): void {
  let before = 0;
  for (const slot of draft.timeline) {
    if (slot.start !== before || slot.end <= slot.start) {
      const what =
        slot.end <= slot.start
          ? "ends before it begins"
          : slot.start > before
            ? `leaves hours ${before}-${slot.start} empty`
            : "overlaps the one before";
      problems.warning({
        at: slot,
        code: "timeline",
        message: `the slot ${slot.start}-${slot.end} ${what}`,
        advice: "let each slot begin where the one before ends",
      });
    }
    if (slot.session !== null && draft.sessions.size > 0 && !draft.sessions.has(slot.session)) {
      problems.warning({
        at: slot,
        code: "unknown-session",
        message: `there is no session ${slot.session}`,
        advice: "correct the session's number",
      });
    }
    if (slot.end > slot.start) before = slot.end;
  }
}
