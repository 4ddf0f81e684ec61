import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlan } from "../../src/plan/read.ts";
import { codes, planOf, read, taskOf } from "./shared.ts";

const OWN = `---
title: Release night
agent: shell
command: "sh worker.sh"
terminals: 4
scratchpad: notes
buffer: 25%
hierarchy: team.yaml
---

# Something else

| # | Task | Run | Estimate | Depends on | Priority | Role | Fallback | Agent | Answer | Terminal | Status → Target |
|---|---|---|---|---|---|---|---|---|---|---|---|
| 2 | Test **all** of *.ts | \`npm test \\| tee log\` | 1h 30m | 1, 3 | P1 | QA_TESTER | \`true\` | codex | yes | 3 | Red → Green |
| 1 | Build | echo a \\| wc -l > out*.txt | 45m | | high | | | | | | |
| 3 | Ask | | 2-4 h | #1 | | | Skip it | | | any | |
`;

describe("our own dialect", () => {
  const plan = planOf(read(OWN));

  it("reads the front matter", () => {
    expect(plan.title).toBe("Release night");
    expect(plan.settings).toEqual({ title: "Release night", agent: "shell", command: "sh worker.sh", terminals: 4, scratchpad: "notes", buffer: 0.25, hierarchy: "team.yaml" });
  });

  it("reads every optional column", () => {
    expect(taskOf(plan, 2)).toEqual({
      file: "plan.md",
      line: 15,
      column: 1,
      number: 2,
      title: "Test **all** of *.ts",
      stream: "A",
      session: null,
      terminal: 3,
      phase: 1,
      group: null,
      target: null,
      from: "Red",
      to: "Green",
      run: "npm test | tee log",
      fallback: "true",
      answer: "yes",
      role: "QA_TESTER",
      agent: "codex",
      estimate: { low: 90, high: 90, source: "plan", rule: null },
      dependsOn: [1, 3],
      priority: "P1",
      doneInPlan: false,
    });
  });

  it("takes a command without a code span as the file has it", () => {
    expect(taskOf(plan, 1).run).toBe("echo a | wc -l > out*.txt");
    expect(taskOf(plan, 1)).toMatchObject({ priority: "P1", terminal: null });
  });

  it("keeps both ends of an estimated range, and leaves empty cells null", () => {
    expect(taskOf(plan, 3)).toMatchObject({ run: null, fallback: "Skip it", terminal: null, dependsOn: [1], estimate: { low: 120, high: 240 } });
  });

  it("gives tasks outside of any stream one stream, named after the plan", () => {
    expect(plan.streams).toMatchObject([{ id: "A", name: "Something else", terminals: [3], tasks: [1, 2, 3] }]);
    expect(plan.terminals.map((terminal) => terminal.number)).toEqual([1, 2, 3, 4]);
  });

  it("needs no more than a title and three columns", () => {
    const small = read("# Small\n\n| # | Task | Run |\n|---|---|---|\n| 1 | One | `true` |\n| 2 | Two | `false` |\n");
    expect(small.problems).toEqual([]);
    expect(planOf(small)).toMatchObject({
      title: "Small",
      streams: [{ id: "A", terminals: [], tasks: [1, 2] }],
      terminals: [{ number: 1 }, { number: 2 }],
      phases: [{ id: 1, tasks: [1, 2] }],
    });
  });

  it("means the same in any order of rows", () => {
    const rows = OWN.trimEnd().split("\n");
    const turned = [...rows.slice(0, -3), ...rows.slice(-3).reverse()].join("\n");
    const strip = (text: string) => planOf(read(text)).tasks.map(({ line, column, ...task }) => [task, line > 0, column]);
    expect(strip(turned)).toEqual(strip(OWN));
  });
});

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

describe("sessions", () => {
  const session = (body: string) => planOf(read(`# P\n## Session 07: Work\n${body}\n### Terminal Allocation (2 tasks)\n- Terminal 1: both (tasks 1–2)\n`)).sessions[0];

  it.each([
    ["3 (QA × 2, DBA, parallel)", [{ role: "QA", count: 2 }, { role: "DBA", count: 1 }], true],
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
    expect(session("**Depends on:** Session 05, 06\n**Fallback:** write docs")).toMatchObject({ dependsOn: ["05", "06"], fallback: "write docs" });
    expect(session("### Dependencies\n- Session 05\n### Blocker fallback\n- write docs")).toMatchObject({ dependsOn: ["05"], fallback: "write docs" });
  });

  it("repairs text that was saved in the wrong encoding", () => {
    expect(session("**Agents:** 2 (QA Ã— 2)\n### Objectives\n1. from 21% â†’ 80% âœ… âš\u00a0ï¸ done")).toMatchObject({
      agents: [{ role: "QA", count: 2 }],
      objectives: ["from 21% → 80% ✅ ⚠️ done"],
    });
  });
});

describe("task lists", () => {
  it("are tasks below a heading that speaks of tasks, with details as nested bullets", () => {
    const plan = planOf(read("# P\n## Tasks\n- [ ] 1 First\n  - Run: `make \\| cat`\n  - Estimate: 10m\n- [x] 2. Second\n  - Depends on: 1\n"));
    expect(taskOf(plan, 1)).toMatchObject({ title: "First", run: "make | cat", estimate: { low: 10 }, doneInPlan: false });
    expect(taskOf(plan, 2)).toMatchObject({ title: "Second", dependsOn: [1], doneInPlan: true });
  });

  it("are no tasks below criteria, whatever they open with", () => {
    const reading = read("# P\n| # | Task |\n|---|---|\n| 1 | a |\n## Success Criteria for tasks\n- [ ] 10 scenarios pass\n");
    expect(planOf(reading).tasks.map((task) => task.number)).toEqual([1]);
  });
});

describe("what is no plan", () => {
  it.each([
    ["an HTML comment", "<!--\n| # | Task |\n|---|---|\n| 9 | no |\n-->"],
    ["a fence", "```\n| # | Task |\n|---|---|\n| 9 | no |\n```"],
    ["an indented fence in a list", "1. Do\n   ```md\n   | # | Task |\n   |---|---|\n   | 9 | no |\n   ## Stream Z: no\n   ```"],
    ["a table with another first header", "| Queue | Key Tasks |\n|---|---|\n| 9 | no |"],
    ["a bold line with a pipe", "**Terminals 1-3 | Goal: 9 things**"],
  ])("%s gives no task", (_, text) => {
    const reading = read(`# P\n\n${text}\n\n| # | Task |\n|---|---|\n| 1 | a |\n`);
    expect(planOf(reading).tasks.map((task) => task.number)).toEqual([1]);
    expect(codes(reading, "error")).toEqual([]);
  });
});

describe("any plan in our dialect", () => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9*_/.() -]{0,20}[A-Za-z]$/).filter((text) => !/\*\*|__|\]\(|^(?:any|none)$/i.test(text));
  const command = fc.stringMatching(/^[a-z][a-z0-9 |&<>*$"'./-]{0,30}[a-z0-9]$/);
  const rows = fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: 999 }), title: word, run: command, minutes: fc.integer({ min: 1, max: 59 }), terminal: fc.option(fc.integer({ min: 1, max: 10 })) }),
    { selector: (row) => row.number, minLength: 1, maxLength: 40 },
  );

  it("is read back as it was written", () => {
    fc.assert(
      fc.property(rows, (written) => {
        const lines = written.map((row) => `| ${row.number} | ${row.title} | \`${row.run.replaceAll("|", "\\|")}\` | ${row.minutes}m | ${row.terminal ?? ""} |`);
        const plan = planOf(readPlan([{ file: "x.md", text: `# P\n\n| # | Task | Run | Estimate | Terminal |\n|---|---|---|---|---|\n${lines.join("\n")}\n` }]));
        const read = plan.tasks.map(({ number, title, run, estimate, terminal }) => ({ number, title, run, minutes: estimate?.low, terminal }));
        const expected = [...written].sort((a, b) => a.number - b.number);
        expect(read.map(({ terminal, ...row }) => row)).toEqual(expected.map(({ terminal, ...row }) => row));
        expect(plan.tasks.map((task) => task.terminal)).toEqual(expected.map((row) => row.terminal));
      }),
    );
  });
});
