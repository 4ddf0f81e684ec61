import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importFile } from "../../src/plan/import/import-file.ts";
import { renderPlan } from "../../src/plan/import/render-plan.ts";
import type { ImportedTasks } from "../../src/plan/import/types.ts";
import { readPlan } from "../../src/plan/read.ts";

function imported(text: string, file = "tasks.md"): ImportedTasks {
  const reading = importFile({ file, text });
  if (reading.imported === null || reading.imported.kind === "review") throw new Error(JSON.stringify(reading.problems));
  return reading.imported;
}

const brief = (tasks: ImportedTasks) =>
  tasks.tasks.map(({ number, title, dependsOn, done, priority }) => ({ number, title, dependsOn, done, priority }));

/** What `check` reads out of the plan that `import --write` makes. */
function readBack(tasks: ImportedTasks) {
  const { plan, problems } = readPlan([{ file: "plan.md", text: renderPlan(tasks) }]);
  expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
  return (plan?.tasks ?? []).map((task) => ({
    number: task.number,
    title: task.title,
    dependsOn: task.dependsOn,
    done: task.doneInPlan,
    priority: task.priority,
  }));
}

describe("a list of boxes to tick", () => {
  const LIST = `# Chores

## Garden

- [x] 1. Buy seeds
- [ ] 2. Sow (after 1)
  - [ ] Water
  - [x] Wait

## House

- [ ] Paint the **door** P1
`;

  it("gives every box a number, its group, what it waits for and whether it is done", () => {
    const list = imported(LIST);
    expect(list.kind).toBe("task-list");
    expect(brief(list)).toEqual([
      { number: 1, title: "Buy seeds", dependsOn: [], done: true, priority: null },
      { number: 2, title: "Sow", dependsOn: [1, 3, 4], done: false, priority: null },
      { number: 3, title: "Water", dependsOn: [], done: false, priority: null },
      { number: 4, title: "Wait", dependsOn: [], done: true, priority: null },
      { number: 5, title: "Paint the door P1", dependsOn: [], done: false, priority: "P1" },
    ]);
    expect(list.tasks.map((task) => task.group)).toEqual(["Garden", "Garden", "Garden", "Garden", "House"]);
    expect(readBack(list)).toEqual(brief(list));
  });
});

describe("spec-kit's tasks.md", () => {
  const SPEC = `# Tasks: Albums

## Phase 1: Setup

- [x] T001 Create the project
- [ ] T002 [P] Configure the linter

## Phase 2: Foundation

- [ ] T003 Schema (depends on T001, T002)

## Phase 3: User Story 1 - Sort (Priority: P1) 🎯 MVP

- [ ] T010 [P] [US1] Test in tests/a.ts
- [ ] T011 [US1] Service in src/a.ts (depends on T010)

## Phase 4: User Story 2 - Share (Priority: P2)

- [ ] T012 [P] [US2] Model in src/b.ts

## Phase N: Polish

- [ ] TXXX Documentation

## Dependencies & Execution Order

- T003 blocks T010, T012
- T001 before T002
`;

  it("keeps numbers, stated dependencies, phases, stories and their priorities", () => {
    const spec = imported(SPEC);
    expect([spec.kind, spec.title]).toEqual(["spec-kit", "Albums"]);
    expect(spec.tasks.map(({ number, dependsOn, phase, priority, parallel }) => [number, dependsOn, phase, priority, parallel])).toEqual([
      [1, [], 1, null, false],
      [2, [1], 1, null, true],
      [3, [1, 2], 2, null, false],
      [10, [3], 3, "P1", true],
      [11, [10], 3, "P1", false],
      [12, [3], 3, "P2", true],
      [13, [], 4, null, false],
    ]);
    expect(spec.problems.map((problem) => problem.code)).toEqual(["placeholder"]);
    expect(readBack(spec)).toEqual(brief(spec));
    const { plan } = readPlan([{ file: "plan.md", text: renderPlan(spec) }]);
    expect(plan?.phases.map((phase) => phase.tasks)).toEqual([[1, 2], [3], [10, 11, 12], [13]]);
    expect(plan?.streams.map((stream) => stream.name)).toEqual(
      ["Setup", "Foundation", "User Story 1 - Sort", "User Story 2 - Share", "Polish"].map((name) =>
        name.replace(/^User Story \d - /, (text) => text),
      ),
    );
  });
});

describe("Task Master's tasks.json", () => {
  const TASKS = [
    { id: 1, title: "Init", status: "done", priority: "high", dependencies: [] },
    {
      id: 2,
      title: "Sign in | out",
      status: "pending",
      priority: "medium",
      dependencies: [1],
      subtasks: [
        { id: 1, title: "Form", status: "pending", dependencies: [] },
        { id: 2, title: "Token", status: "done", dependencies: [1] },
      ],
    },
    { id: 3, title: "Never", status: "cancelled", dependencies: [2] },
    { id: 4, title: "Ship", status: "pending", priority: "low", dependencies: [2, "3", 99] },
  ];

  it.each([
    ["of old", { tasks: TASKS }],
    ["with tags", { master: { tasks: TASKS, metadata: { created: "x" } } }],
  ])("%s", (_, value) => {
    const list = imported(JSON.stringify(value, null, 2), "tasks.json");
    expect(brief(list)).toEqual([
      { number: 1, title: "Init", dependsOn: [], done: true, priority: "P1" },
      { number: 2, title: "Sign in | out", dependsOn: [1, 5, 6], done: false, priority: "P2" },
      { number: 4, title: "Ship", dependsOn: [2], done: false, priority: "P3" },
      { number: 5, title: "Form", dependsOn: [1], done: false, priority: "P2" },
      { number: 6, title: "Token", dependsOn: [1, 5], done: true, priority: "P2" },
    ]);
    expect(list.problems.map((problem) => problem.code).sort()).toEqual(["cancelled", "unknown-dependency"]);
    expect(readBack(list)).toEqual(brief(list));
  });

  it("is not what a plan of ours is: that needs no import", () => {
    expect(importFile({ file: "p.md", text: "# P\n| # | Task |\n|---|---|\n| 1 | a |\n" }).problems).toMatchObject([{ code: "is-a-plan" }]);
  });

  it("that is no JSON is said with the parser's own words", () => {
    expect(importFile({ file: "t.json", text: '{"tasks": [' }).problems[0]?.message).toContain("looks like JSON");
  });
});

describe("the JSONL of beads", () => {
  const line = (value: object) => JSON.stringify(value);
  const FILE = [
    line({ id: "bd-a1", title: "Epic", status: "open", priority: 1, issue_type: "epic" }),
    line({ id: "bd-a1.1", title: "Part <one>", status: "closed", priority: 0, estimated_minutes: 90 }),
    line({
      id: "bd-7",
      title: "Fix",
      status: "in_progress",
      priority: 4,
      dependencies: [
        { issue_id: "bd-7", depends_on_id: "bd-a1.1", type: "blocks" },
        { issue_id: "bd-7", depends_on_id: "bd-a1", type: "related" },
      ],
    }),
    line({ id: "bd-8", title: "Gone", status: "tombstone" }),
    "no JSON",
  ].join("\n");

  it("takes what blocks as dependencies, lets parents wait for their children, and leaves out what was deleted", () => {
    const list = imported(FILE, "issues.jsonl");
    expect(brief(list)).toEqual([
      { number: 1, title: "Epic", dependsOn: [2], done: false, priority: "P1" },
      { number: 2, title: "Part <one>", dependsOn: [], done: true, priority: "P0" },
      { number: 3, title: "Fix", dependsOn: [2], done: false, priority: "P3" },
    ]);
    expect(list.tasks[1]?.minutes).toBe(90);
    expect(list.problems).toMatchObject([{ code: "bad-line", line: 5 }]);
    expect(readBack(list)).toEqual(brief(list));
  });
});

describe("what cannot be as it stands", () => {
  const said = (lines: readonly object[]) => {
    const list = imported(lines.map((one) => JSON.stringify(one)).join("\n"), "issues.jsonl");
    return { tasks: list.tasks.map(({ number, title, dependsOn }) => [number, title, dependsOn]), problems: list.problems };
  };

  it("a name that is there twice is said, both are kept, and the first is the one that is waited for", () => {
    const { tasks, problems } = said([
      { id: "bd-1", title: "first" },
      { id: "bd-1", title: "second" },
      { id: "bd-2", title: "third", dependencies: [{ depends_on_id: "bd-1", type: "blocks" }] },
    ]);
    expect(tasks).toEqual([
      [1, "first", []],
      [2, "second", []],
      [3, "third", [1]],
    ]);
    expect(problems).toMatchObject([{ code: "duplicate-task", line: 2, severity: "warning" }]);
  });

  it("a task that waits for itself no longer does, and that is said", () => {
    const { tasks, problems } = said([{ id: "bd-1", title: "a", dependencies: [{ depends_on_id: "bd-1", type: "blocks" }] }]);
    expect(tasks).toEqual([[1, "a", []]]);
    expect(problems).toMatchObject([{ code: "self-dependency", line: 1, severity: "warning" }]);
  });
});

describe("any tasks", () => {
  const titles = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.replace(/\s+/g, " ").trim() !== "");

  it("of any titles and dependencies come back from the plan that is written as they went in", () => {
    const tasks = fc.array(
      fc.record({ title: titles, done: fc.boolean(), priority: fc.nat(4), needs: fc.array(fc.nat(20), { maxLength: 3 }) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(tasks, (given) => {
        const lines = given.map(({ title, done, priority, needs }, index) =>
          JSON.stringify({
            id: `x-${index}`,
            title,
            status: done ? "closed" : "open",
            priority,
            dependencies: needs.filter((need) => need < index).map((need) => ({ depends_on_id: `x-${need}`, type: "blocks" })),
          }),
        );
        const list = imported(lines.join("\n"), "issues.jsonl");
        expect(list.tasks).toHaveLength(given.length);
        expect(readBack(list)).toEqual(brief(list));
      }),
      { numRuns: 200 },
    );
  });

  it.each(["**bold**", "<!-- no -->", "a `b|c` d", "\\|", "&amp; &", "[x](y)", "![i](u)", "Ã©", "---", "# 5", "| a |", "\u00a0z", "$&"])(
    "called %j keep that name, as the plan's reader sees it",
    (title) => {
      const list = imported(JSON.stringify({ id: "x-1", title, status: "open" }), "issues.jsonl");
      expect(readBack(list)).toEqual(brief(list));
    },
  );

  it("of any shape crash nothing", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (value, text) => {
        for (const source of [value, `{"tasks":[${value}]}`, `{"id":"a","title":${value}}`, `- [ ] ${text}`, text])
          importFile({ file: "x", text: source });
      }),
      { numRuns: 300 },
    );
  });
});
