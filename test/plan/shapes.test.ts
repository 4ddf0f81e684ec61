import { describe, expect, it } from "vitest";
import { planOf, read, taskOf } from "./shared.ts";

describe("streams", () => {
  const plan = planOf(
    read(`# P
## Stream A: build (4 tasks)
**Terminals 1–2 | Goal: green \`main\`**
### Current State
- red since Monday
### Task Breakdown
| # | Task |
|---|---|
| 1 | a |
| 2 | b |
| 3 | c |
| 4 | d |

## Stream B: docs (1 task)
**Terminal 3 | Goal: read**
#### Terminal 3: Writer (1 task)
| # | Page | File |
|---|---|---|
| 5 | Front | index.md |

## Stream F: rest (2 tasks)
**Distributed across available capacity**
### Loose ends (2 tasks)
| # | Task |
|---|---|
| 6 | x |
| 7 | y |
`),
  );

  it("cuts a stream's unbound tasks into neighbouring pieces for its terminals", () => {
    expect(plan.tasks.map((task) => task.terminal)).toEqual([1, 1, 2, 2, 3, null, null]);
  });

  it("reads goals, baselines, labels, groups and targets", () => {
    expect(plan.streams.map((stream) => stream.goal)).toEqual(["green main", "read", null]);
    expect(plan.streams[0]?.baseline).toEqual(["red since Monday"]);
    expect(plan.terminals[2]?.label).toBe("Writer");
    expect(taskOf(plan, 5)).toMatchObject({ title: "Front", target: "index.md" });
    expect(taskOf(plan, 6).group).toBe("Loose ends");
  });

  it("puts overflow into the second phase when no tree says otherwise", () => {
    expect(plan.phases.map((phase) => phase.tasks)).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7],
    ]);
  });

  it("does not hold overflow back that other work depends on", () => {
    const plan2 = planOf(
      read(`# P
| Stream | Terminal | Tasks |
|---|---|---|
| A | 1 | 1 |
| B | Overflow | 3 |

| # | Task | Stream | Depends on |
|---|---|---|---|
| 1 | a | A | 2 |
| 2 | b | B | 3 |
| 3 | c | B | |
| 4 | d | B | |
`),
    );
    expect(plan2.phases.map((phase) => phase.tasks)).toEqual([[1, 2, 3], [4]]);
    expect(taskOf(plan2, 1).terminal).toBe(1);
  });

  it("keeps work together that names no terminal beside work that does", () => {
    const mixed = planOf(read("# P\n| # | Task | Terminal |\n|---|---|---|\n| 1 | a | 4 |\n| 2 | b | |\n"));
    expect(mixed.tasks.map((task) => [task.terminal, task.phase])).toEqual([
      [4, 1],
      [null, 1],
    ]);
  });

  it("takes a Stream column, too", () => {
    const columns = planOf(read("# P\n| # | Task | Stream | Terminal |\n|---|---|---|---|\n| 1 | a | X | 2 |\n| 2 | b | Y | |\n"));
    expect(columns.streams.map(({ id, terminals, tasks }) => [id, terminals, tasks])).toEqual([
      ["X", [2], [1]],
      ["Y", [], [2]],
    ]);
  });
});

describe("a task table that somebody indented below a bullet", () => {
  it("is read like any other", () => {
    const plan = planOf(read("# P\n1. First:\n\n   | # | Task |\n   |---|---|\n   | 1 | a |\n"));
    expect(taskOf(plan, 1)).toMatchObject({ title: "a", line: 6, column: 4 });
  });
});

describe("sessions", () => {
  const session = (body: string) =>
    planOf(read(`# P\n## Session 07: Work\n${body}\n### Terminal Allocation (2 tasks)\n- Terminal 1: both (tasks 1–2)\n`)).sessions[0];

  it.each([
    [
      "3 (QA × 2, DBA, parallel)",
      [
        { role: "QA", count: 2 },
        { role: "DBA", count: 1 },
      ],
      true,
    ],
    ["2 (QA_TESTER_1, QA_TESTER_2)", [{ role: "QA_TESTER", count: 2 }], false],
    ["2 (2x DBA)", [{ role: "DBA", count: 2 }], false],
    ["4", [], false],
  ])("reads the agents of %j", (text, agents, parallel) => {
    expect(session(`**Agents:** ${text}`)).toMatchObject({ id: "07", agents, parallelAgents: parallel });
  });

  it.each([
    ["`topic/seven`", "topic/seven", null],
    ["Merge everything", null, "Merge everything"],
    ["claude/session-XXX-work", null, "claude/session-XXX-work"],
  ])("tells a branch from prose: %s", (text, branch, note) => {
    expect(session(`**Branch:** ${text}`)).toMatchObject({ branch, branchNote: note });
  });

  it("reads dependencies and fallback as fields or as sections", () => {
    expect(session("**Depends on:** Session 05, 06\n**Fallback:** write docs")).toMatchObject({
      dependsOn: ["05", "06"],
      fallback: "write docs",
    });
    expect(session("### Dependencies\n- Session 05\n### Blocker fallback\n- write docs")).toMatchObject({
      dependsOn: ["05"],
      fallback: "write docs",
    });
  });

  it("repairs text that was saved in the wrong encoding", () => {
    expect(session("**Agents:** 2 (QA Ã— 2)\n### Objectives\n1. from 21% â†’ 80% âœ… âš\u00a0ï¸ done")).toMatchObject({
      agents: [{ role: "QA", count: 2 }],
      objectives: ["from 21% → 80% ✅ ⚠️ done"],
    });
  });
});

describe("ten thousand tasks, each a session of its own", () => {
  it("are read with a stream for each, and none of them twice", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `| ${index + 1} | Piece ${index + 1} | S${index + 1} |`);
    const plan = planOf(read(`# Many\n\n| # | Task | Session |\n|---|---|---|\n${rows.join("\n")}\n`));
    expect(plan.streams).toHaveLength(10_000);
    expect(plan.streams.every(({ tasks }, index) => tasks.length === 1 && tasks[0] === index + 1)).toBe(true);
    expect(plan.tasks.every(({ stream, session }) => stream !== null && stream === session)).toBe(true);
  });
});
