import { describe, expect, it } from "vitest";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan } from "../../src/plan/types.ts";
import { appendix, codes, planOf, sessionPlan, span, streamPlan, taskOf, withoutAgentNote } from "./shared.ts";

type TaskRow = [number, string, string, number | null, string | null, string, string | null];
interface SessionRow {
  id: string;
  name: string;
  hours: number;
  branch: string | null;
  agents: Record<string, number>;
  tasks: number[] | null;
  alloc: [string, string][];
  criteria: string[];
  deliver: string[];
  model: [number, number, number];
  stream: string | null;
  work?: number[];
  parallel?: boolean;
}
interface StreamRow {
  id: string;
  name: string;
  terminals: number[] | string;
  tasks: number[];
  bundle: string[] | null;
  context: string[];
}

const tasksOfG = appendix("G")["tasks"] as TaskRow[];
const sessionsOfC = appendix("C")["sessions"] as SessionRow[];
const planOfD = appendix("D")["plan"] as Record<string, unknown>;
const streamsOfF = appendix("F")["streams"] as StreamRow[];
const executionOfF2 = appendix("F2")["execution"] as Record<string, unknown>;

const alone = planOf(readPlan([streamPlan()]));
const sessionsAlone = planOf(readPlan([sessionPlan()]));
const joined = planOf(readPlan([streamPlan(), sessionPlan()]));
const joinedBackwards = planOf(readPlan([sessionPlan(), streamPlan()]));

describe.each([
  ["the stream plan alone", alone],
  ["both plans", joined],
  ["both plans, sessions first", joinedBackwards],
])("tasks and streams of %s", (_, plan: Plan) => {
  it("has the 100 tasks with their streams and terminals", () => {
    expect(plan.tasks.map((task) => [task.number, task.stream, task.terminal])).toEqual(
      tasksOfG.map(([number, , stream, terminal]) => [number, stream, terminal]),
    );
  });

  it("has the targets that the tables name, character by character", () => {
    const named = tasksOfG.filter(([, , stream, , target]) => target !== null && "ABC".includes(stream));
    expect(named).toHaveLength(70);
    for (const [number, , , , target] of named) expect(taskOf(plan, number).target).toBe(target);
    for (const task of plan.tasks) expect(task.target !== null).toBe("ABCE".includes(task.stream ?? ""));
  });

  it("has the state changes, types and groups", () => {
    for (const [number, , stream, terminal, , , extra] of tasksOfG) {
      const task = taskOf(plan, number);
      if (terminal === 1) expect(`${task.from}->${task.to}`).toBe(extra);
      else expect([task.from, task.to]).toEqual([null, null]);
      if (stream === "D") expect(task.group).toBe(extra);
      if (stream === "F") expect(task.group?.toLowerCase().slice(0, 8)).toBe(extra?.slice(0, 8));
    }
  });

  it("has the streams with terminals, tasks, bundles and context", () => {
    for (const row of streamsOfF) {
      const stream = plan.streams.find((candidate) => candidate.id === row.id);
      expect(stream?.terminals).toEqual(typeof row.terminals === "string" ? [] : row.terminals);
      expect(stream?.tasks).toEqual(span(row.tasks));
      expect(stream?.context.map((file) => file.path)).toEqual(row.context);
      if (row.bundle !== null && row.id !== "D") expect(stream?.bundle).toEqual(row.bundle);
    }
    expect(plan.streams.map((stream) => stream.id).join("")).toBe("ABCDEF");
    expect(plan.streams.map((stream) => stream.baseline.length)).toEqual([3, 2, 4, 0, 0, 0]);
    expect(plan.streams.map((stream) => stream.goal !== null)).toEqual([true, true, true, true, true, false]);
  });

  it("has ten labelled terminals with their tasks", () => {
    const rows = executionOfF2["terminals"] as { t: number; tasks: number[] }[];
    expect(plan.terminals.map(({ number, tasks }) => [number, tasks])).toEqual(rows.map((row) => [row.t, span(row.tasks)]));
    expect(plan.terminals.every((terminal) => terminal.label !== null)).toBe(true);
  });

  it("has two phases, the second of overflow", () => {
    expect(plan.phases.map(({ id, terminals, tasks }) => [id, terminals, tasks])).toEqual([
      [1, span("1-10"), span("1-88")],
      [2, [], span("89-100")],
    ]);
  });

  it("has the lists around the tasks", () => {
    expect(plan.neverShare).toEqual(executionOfF2["never_share"]);
    expect(Object.values(plan.context).map((files) => files.map((file) => file.path))).toEqual(
      ["core_context", "db_context", "container_context", "rag_context", "celery_context"].map((key) => executionOfF2[key]),
    );
    expect(plan.metrics.map((metric) => [metric.current.split(" ")[0], metric.target.split(" ")[0]])).toEqual(
      (executionOfF2["targets"] as string[][]).map((row) => [row[1], row[2]]),
    );
    expect([plan.preflight.length, plan.synthesis.length]).toEqual([3, 4]);
  });
});

describe.each([
  ["the session plan alone", sessionsAlone],
  ["both plans", joined],
  ["both plans, sessions first", joinedBackwards],
])("sessions of %s", (_, plan: Plan) => {
  it("has nine sessions with hours, branches, agents and tasks", () => {
    expect(
      plan.sessions.map(({ id, name, hours, branch, agents, tasks, stream }) => ({
        id,
        name,
        hours,
        branch,
        agents: Object.fromEntries(agents.map(({ role, count }) => [role, count])),
        tasks,
        stream,
      })),
    ).toEqual(
      sessionsOfC.map(({ id, name, hours, branch, agents, tasks, stream }) => ({
        id,
        name,
        hours,
        branch,
        agents,
        tasks: span(tasks),
        stream,
      })),
    );
  });

  it("has allocations, agent work, criteria and deliverables", () => {
    for (const row of sessionsOfC) {
      const session = plan.sessions.find((candidate) => candidate.id === row.id);
      expect(session?.allocations.map(({ terminals, tasks }) => [terminals, tasks])).toEqual(
        row.alloc.map(([terminals, tasks]) => [span(terminals), span(tasks)]),
      );
      expect(session?.criteria).toHaveLength(row.criteria.length);
      expect(session?.parallelAgents).toBe(row.parallel ?? false);
      expect(session?.work.flatMap((work) => work.tasks ?? [])).toEqual(row.work ?? []);
      expect(session?.work).toHaveLength(Object.values(row.agents).reduce((sum, count) => sum + count, 0));
      const paths = row.deliver.filter((text) => /[/.]\w+\//.test(text) || text.includes(".md")).map((text) => text.split(" ")[0]);
      expect(session?.deliverables.flatMap((deliverable) => deliverable.path ?? [])).toEqual(paths);
      expect(session?.deliverables).toHaveLength(row.deliver.length);
    }
    expect(plan.sessions.at(-1)?.branchNote).toMatch(/^Merge all/);
  });

  it("has the kinds of deliverables", () => {
    const kinds = Object.groupBy(
      plan.sessions.flatMap((session) => session.deliverables),
      (deliverable) => deliverable.kind,
    );
    expect(Object.fromEntries(Object.entries(kinds).map(([kind, list]) => [kind, list.length]))).toEqual({
      path: 17,
      count: 2,
      folder: 2,
      glob: 1,
      text: 3,
      dated: 1,
      "pull-request": 1,
    });
  });

  it("has timeline, budgets, rules and the horizon", () => {
    const timeline = planOfD["timeline"] as [string, number, number][];
    expect(plan.timeline.map(({ session, kind, start, end }) => [session ?? kind, start, end])).toEqual(timeline);
    expect(plan.budgets.streams).toEqual(planOfD["terminal_budget"]);
    expect(plan.budgets.streamTotal).toEqual(planOfD["terminal_budget_total"]);
    expect(plan.budgets.modelTotal).toEqual({ opus: 4, sonnet: 18, haiku: 3, total: 25 });
    expect(sessionsOfC.map(({ id }) => plan.budgets.models[id]).map((model) => [model?.opus, model?.sonnet, model?.haiku])).toEqual(
      sessionsOfC.map(({ model }) => model),
    );
    expect(plan.overlaps.map((overlap) => overlap.sessions)).toEqual(planOfD["overlap_ok"]);
    expect(plan.risks.map((risk) => risk.responses.length)).toEqual([3, 3, 3]);
    expect(plan.followUps).toHaveLength(6);
    expect(plan.horizonHours).toBe(36);
  });

  it("derives the minutes per task and says how", () => {
    const minutes = executionOfF2["derived_minutes_per_task"] as Record<string, number>;
    for (const task of plan.tasks) {
      expect(task.estimate).toMatchObject({ low: minutes[task.stream ?? ""], high: minutes[task.stream ?? ""], source: "derived" });
      expect(task.estimate?.rule).toContain(`stream ${task.stream}: `);
    }
  });
});

describe("the two plans together", () => {
  it("means the same in either order, but for the list of files", () => {
    expect({ ...joinedBackwards, files: [] }).toEqual({ ...joined, files: [] });
    expect(joinedBackwards.files).toEqual([...joined.files].reverse());
  });

  it("joins sessions to tasks by number", () => {
    expect(joined.tasks.map((task) => task.session)).toEqual(tasksOfG.map((row) => row[5]));
  });

  it("infers roles only where the agents' task counts are the terminals' counts", () => {
    expect(joined.terminals.map((terminal) => terminal.role)).toEqual([
      null,
      null,
      null,
      ..."QA_TESTER ".repeat(5).trim().split(" "),
      null,
      null,
    ]);
    expect(alone.terminals.every((terminal) => terminal.role === null)).toBe(true);
  });
});

describe("the session plan alone", () => {
  it("runs its sessions one after another, on terminals that each session counts for itself", () => {
    expect(sessionsAlone.phases.map((phase) => phase.tasks)).toEqual(sessionsOfC.map((session) => span(session.tasks)));
    for (const { alloc } of sessionsOfC) {
      for (const [terminals, tasks] of alloc) {
        expect(new Set(span(tasks).map((number) => taskOf(sessionsAlone, number).terminal))).toEqual(new Set(span(terminals)));
      }
    }
  });

  it("gives every task the stream that its budget implies", () => {
    expect(sessionsAlone.tasks.map((task) => task.stream)).toEqual(tasksOfG.map((row) => row[2]));
  });
});

describe("what is wrong with the documents", () => {
  const traps = (sources: Parameters<typeof readPlan>[0]) =>
    withoutAgentNote(readPlan(sources)).problems.map((problem) => `${problem.trap} ${problem.line}`);

  it("is never an error", () => {
    for (const sources of [[streamPlan()], [sessionPlan()], [streamPlan(), sessionPlan()]])
      expect(codes(readPlan(sources), "error")).toEqual([]);
  });

  it("is named by trap and line", () => {
    expect(traps([streamPlan()])).toEqual(
      [
        "T-14 15, T-17 20, T-38 37, T-37 156, T-18 194, null 258, T-67 270, T-63 298, T-45 313, null 362, T-46 362",
        "T-38 479, T-38 482, T-11 489, T-70 527, T-45 547",
      ].flatMap((line) => line.split(", ")),
    );
    expect(traps([sessionPlan()])).toEqual(
      [
        "null 4, T-16 5, T-66 5, T-01 24, T-22 32, T-67 40, T-14 40, T-15 67, T-15 102, T-58 260, T-31 304, T-58 329, T-17 338",
        "T-27 347, T-13 355, T-12 361, T-53 393, T-75 393, T-34 393, T-34 394, T-34 395, T-34 396, T-34 397, T-34 398, T-75 398",
        "T-02 399, T-03 399",
      ].flatMap((line) => line.split(", ")),
    );
    const joint = traps([sessionPlan(), streamPlan()]);
    expect(joint.filter((trap) => /T-(?:3[45]|44|68)/.test(trap))).toEqual(
      "T-68 28, T-34 28, T-35 63, T-44 70, T-34 98, T-34 131, T-34 165, T-34 396, T-34 397".split(", "),
    );
    expect([...traps([streamPlan(), sessionPlan()])].sort()).toEqual([...joint].sort());
  });

  it("is named in every shape of it by the trap that the requirements give it", () => {
    const found = new Set(readPlan([streamPlan(), sessionPlan()]).problems.map((problem) => problem.trap));
    const wanted = "01 02 03 11 12 13 14 15 16 17 18 22 27 31 34 35 37 38 44 45 46 53 58 63 66 67 68 70 75".split(" ");
    expect(wanted.filter((number) => !found.has(`T-${number}`))).toEqual([]);
  });

  it("carries the figure that is stated and the one that was counted", () => {
    const problems = readPlan([sessionPlan()]).problems;
    expect(problems.find((problem) => problem.trap === "T-01")).toMatchObject({ severity: "warning", stated: 36, computed: 32 });
    expect(problems.find((problem) => problem.trap === "T-03")).toMatchObject({ severity: "warning", stated: 23, computed: 32 });
    expect(problems.find((problem) => problem.trap === "T-02")).toMatchObject({ stated: 14, computed: 10 });
    expect(problems.find((problem) => problem.trap === "T-12")).toMatchObject({ stated: 10, computed: 11 });
  });
});
