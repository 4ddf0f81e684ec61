/** Figures that a plan states twice: totals, counts in headings, budgets. Disagreement is a warning, never an error. */
import type { Draft } from "./draft.ts";
import type { Problems } from "./problems.ts";
import type { Place, Plan } from "./types.ts";

export function verifyFigures(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  for (const draft of drafts) {
    reportTotals(draft, plan, problems);
    reportStreamCounts(draft, plan, problems);
    reportSessionCounts(draft, plan, problems);
    reportBudgets(draft, problems);
    reportTimeline(draft, problems);
    reportNames(draft, plan, problems);
  }
}

interface Check {
  readonly at: Place;
  readonly what: string;
  readonly stated: number | null;
  readonly computed: number;
  readonly code?: string;
  readonly trap?: string;
  readonly advice?: string;
}

function compare(problems: Problems, check: Check): void {
  if (check.stated === null || check.stated === check.computed) return;
  problems.warning({
    at: check.at,
    code: check.code ?? "count-differs",
    ...(check.trap === undefined ? {} : { trap: check.trap }),
    message: `${check.what}: ${check.stated} stated, ${check.computed} counted`,
    advice: check.advice ?? "correct the stated figure, or add what is missing",
    stated: check.stated,
    computed: check.computed,
  });
}

/** The stated total of hours counts the buffer in; the rows do not (T-01). */
function reportTotals(draft: Draft, plan: Plan, problems: Problems): void {
  const { hours, agents, tasks } = draft.stated;
  const buffer = draft.timeline.reduce((sum, slot) => sum + (slot.kind === "buffer" ? slot.end - slot.start : 0), 0);
  const sum = plan.sessions.reduce((total, session) => total + (session.hours ?? 0), 0);
  const explained = hours !== null && hours.value === sum + buffer;
  if (hours !== null) {
    const advice = explained ? `nothing to do: the ${buffer} h buffer is the difference` : "correct the total or the hours of the sessions";
    compare(problems, {
      at: hours,
      what: "hours of all sessions",
      stated: hours.value,
      computed: sum,
      code: "total-differs",
      trap: "T-01",
      advice,
    });
  }
  const spawned = plan.sessions.reduce((total, session) => total + session.agents.reduce((count, agent) => count + agent.count, 0), 0);
  if (agents !== null)
    compare(problems, { at: agents, what: "agents of all sessions", stated: agents.value, computed: spawned, code: "total-differs" });
  if (tasks !== null)
    compare(problems, { at: tasks, what: "tasks", stated: tasks.value, computed: plan.tasks.length, code: "total-differs" });
}

function reportStreamCounts(draft: Draft, plan: Plan, problems: Problems): void {
  const counts = new Map(plan.streams.map((stream) => [stream.id, stream.tasks.length]));
  for (const stream of draft.streams.values()) {
    compare(problems, { at: stream, what: `tasks of stream ${stream.id}`, stated: stream.stated, computed: counts.get(stream.id) ?? 0 });
  }
  for (const row of draft.summary)
    compare(problems, { at: row, what: `tasks of stream ${row.id}`, stated: row.tasks, computed: counts.get(row.id) ?? 0 });
  for (const line of draft.terminalLines)
    compare(problems, { at: line, what: `tasks of terminal ${line.terminal}`, stated: line.stated, computed: line.tasks });
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
  for (const row of draft.overview) {
    const session = planned.get(row.id);
    if (session === undefined) continue;
    const agents = session.agents.reduce((sum, agent) => sum + agent.count, 0);
    compare(problems, { at: row, what: `agents of session ${row.id}`, stated: agents === 0 ? null : row.agents, computed: agents });
    compare(problems, { at: row, what: `tasks of session ${row.id}`, stated: row.tasks, computed: session.tasks.length });
    if (session.hours !== null)
      compare(problems, { at: row, what: `hours of session ${row.id}`, stated: row.hours, computed: session.hours });
  }
  for (const session of draft.sessions.values()) {
    const allocated = session.allocations.reduce((sum, allocation) => sum + allocation.tasks.length, 0);
    compare(problems, { at: session, what: `allocated tasks of session ${session.id}`, stated: session.statedTasks, computed: allocated });
    const counts = session.work.flatMap((work) => work.tasks ?? []);
    if (counts.length === 0 || counts.length !== session.work.length || allocated === 0) continue;
    const sum = counts.reduce((total, count) => total + count, 0);
    compare(problems, { at: session, what: `tasks in the agent work of session ${session.id}`, stated: sum, computed: allocated });
  }
}

function reportBudgets(draft: Draft, problems: Problems): void {
  for (const [id, row] of draft.models) {
    compare(problems, {
      at: row,
      what: `agents by model of session ${id}`,
      stated: row.total,
      computed: row.opus + row.sonnet + row.haiku,
    });
  }
  const total = draft.modelTotal;
  for (const key of ["opus", "sonnet", "haiku", "total"] as const) {
    const sum = [...draft.models.values()].reduce((all, row) => all + row[key], 0);
    if (total !== null)
      compare(problems, { at: total, what: `${key} of all sessions`, stated: total[key], computed: sum, code: "total-differs" });
  }
  const streams = draft.streamBudgetTotal;
  for (const key of ["tasks", "terminals", "hours"] as const) {
    const sum = [...draft.streamBudgets.values()].reduce((all, row) => all + row[key], 0);
    if (streams !== null)
      compare(problems, { at: streams, what: `${key} of all streams`, stated: streams[key], computed: sum, code: "total-differs" });
  }
}

/** Slots must follow one another without hole or overlap, and name sessions that exist. */
function reportTimeline(draft: Draft, problems: Problems): void {
  draft.timeline.forEach((slot, index) => {
    const before = draft.timeline[index - 1]?.end ?? 0;
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
  });
}

/** Names differ between summary and heading: the join goes by letter (T-17). Said once per document. */
function reportNames(draft: Draft, plan: Plan, problems: Problems): void {
  const names = new Map(plan.streams.map((stream) => [stream.id, stream.name]));
  const differing = draft.summary.filter((row) => draft.streams.has(row.id) && row.focus !== "" && row.focus !== names.get(row.id));
  const first = differing[0];
  if (first === undefined) return;
  const list = differing.map((row) => `${row.id} "${row.focus}" / "${names.get(row.id)}"`).join(", ");
  problems.note({
    at: first,
    code: "names-differ",
    trap: "T-17",
    message: `streams are called differently in the summary and in their headings: ${list}`,
    advice: "nothing to do: streams are joined by their letters",
  });
}
