import { describe, expect, test } from "vitest";
import { assignmentFor } from "../../src/engine/agents/assignment.ts";
import { commandChain } from "../../src/engine/agents/delegation-pack.ts";
import { initialState } from "../../src/marathon/initial.ts";
import type { State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";

const BARE = "# P\n\n## Stream A: A (1 Task)\n\n**Terminal 1: a (1 task)**\n\n| # | Task |\n|---|---|\n| 1 | Think |\n";
const FULL = `# P

## Stream A: Services (2 Tasks)

**Terminals 1-2 | Goal: all services tested**

**Terminal 1: tests (1 task)**

| # | Task | File | Depends on | Role |
|---|---|---|---|---|
| 1 | Test it | src/cli.ts | 2 | QA_TESTER |

**Terminal 2: build (1 task)**

| # | Task | Run |
|---|---|---|
| 2 | Build it | \`make\` |
`;

function stateOf(text: string): State {
  const { plan } = readPlan([{ file: "plan.md", text }]);
  if (plan === null) throw new Error("no plan");
  return initialState({
    type: "marathon-started",
    id: "m",
    plan,
    agent: "claude",
    command: null,
    rehearsal: false,
    speed: 1,
    seed: null,
    project: process.cwd(),
    scratchpad: "/s",
    seq: 1,
    at: 0,
    t: 0,
  });
}

describe("what a delegation needs", () => {
  test("is ticked where the plan says it, and missing where it does not", () => {
    const { delegation } = assignmentFor(stateOf(FULL), 1);
    expect(delegation).toEqual({
      have: 4,
      of: 5,
      items: [
        { name: "decision context", says: "all services tested" },
        { name: "assumptions", says: "task 2 is ready (terminal 2)" },
        { name: "related decisions", says: null },
        { name: "expected outcome", says: "1: src/cli.ts" },
        { name: "return path", says: expect.stringMatching(/^\/s\/terminal-01\.md, read by /) },
      ],
    });
    expect(assignmentFor(stateOf(BARE), 1).delegation).toMatchObject({ have: 1, of: 5 });
  });

  test("has the place of a target that is there, from the root of the disk", () => {
    const [task] = assignmentFor(stateOf(FULL), 1).tasks;
    expect(task?.targetPath).toBe(`${process.cwd()}/src/cli.ts`);
    expect(assignmentFor(stateOf(BARE), 1).tasks[0]).not.toHaveProperty("targetPath");
  });
});

describe("the chain of command", () => {
  const { hierarchy } = stateOf(FULL);

  test("leads from whoever it reports to up to the person", () => {
    const { chain, reportsTo } = assignmentFor(stateOf(FULL), 1);
    expect(chain?.above[0]).toBe(reportsTo);
    expect(chain?.above.slice(-2)).toEqual(["ORCHESTRATOR", "human"]);
  });

  test("names whom a deputy may start, and nobody whom it may not", () => {
    const { maySpawn } = commandChain(hierarchy, "ARCHITECT", "ORCHESTRATOR");
    expect(maySpawn).toContain("COORD_QUALITY");
    expect(maySpawn).not.toContain("COORD_OPS");
    expect(maySpawn).not.toContain("ORCHESTRATOR");
  });

  test("ends also where a hierarchy runs in a circle, and a role that nobody knows may start whom it likes", () => {
    const [first, ...rest] = hierarchy.roles;
    if (!first) throw new Error("the hierarchy has no roles");
    const circle = { ...hierarchy, roles: [{ ...first, role: "A", parent: "B" }, { ...first, role: "B", parent: "A" }, ...rest] };
    expect(commandChain(circle, null, "A")).toEqual({ above: ["A", "B", "human"], maySpawn: null });
  });
});
