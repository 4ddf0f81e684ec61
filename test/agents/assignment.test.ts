import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assignmentFor } from "../../src/engine/agents/assignment.ts";
import { roleWords } from "../../src/engine/agents/briefing.ts";
import { diskFiles, Share } from "../../src/engine/agents/share.ts";
import { templateText } from "../../src/engine/agents/handoff-template.ts";
import { initialState } from "../../src/marathon/initial.ts";
import type { State, Task } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";

const PLAN = `# Two streams

## Context Files

**Core Understanding:**
\`\`\`
GUIDE.md        # for everyone
.env.example    # names only
settings.txt    # a link
\`\`\`

**For Services (Stream A):**
\`\`\`
services/
missing/file.py
\`\`\`

**Files to share for DB context:**
\`\`\`
schema.sql
\`\`\`

### Files to NEVER Share
\`\`\`
.env
\`\`\`

## Stream A: Service Tests (3 Tasks)

**Terminals 1-2 | Goal: all services tested**

**Terminal 1: domain services (2 tasks)**

| # | Task | Estimate | Priority | Role |
|---|------|----------|----------|------|
| 1 | one | 20m | P2 | QA_TESTER |
| 2 | two | 1-2 h | P1 | QA_TESTER |

**Terminal 2: integration (1 task)**

| # | Task | Role |
|---|------|------|
| 3 | three | TOOLSMITH |

## Stream B: Overflow (1 Task)

**Distributed across any available terminal**

### Database Optimization

| # | Task |
|---|------|
| 4 | index |
`;

let project = "";
let state: State;

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "assignment-")));
  for (const path of ["GUIDE.md", ".env", ".env.example", "services/a.py", "schema.sql"]) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), "x");
  }
  symlinkSync(join(project, ".env"), join(project, "settings.txt"));
  const { plan } = readPlan([{ file: "plans/two.md", text: PLAN }]);
  if (!plan) throw new Error("the test's own plan cannot be read");
  state = initialState({
    type: "marathon-started",
    id: "m-1",
    plan,
    agent: "command",
    command: "agent",
    rehearsal: false,
    speed: 1,
    seed: null,
    project,
    scratchpad: ".claude/Scratchpad",
    seq: 1,
    at: 0,
    t: 0,
  });
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

/** The state with some facts of a task changed. */
function withTask(number: number, facts: Partial<Task>): State {
  const task = state.tasks[number];
  if (!task) throw new Error(`no task ${number}`);
  return { ...state, tasks: { ...state.tasks, [number]: { ...task, ...facts } } };
}

describe("an assignment", () => {
  test("names the terminal's place: stream, role, and whom it reports to", () => {
    expect(assignmentFor(state, 1)).toMatchObject({
      terminal: 1,
      label: "domain services",
      stream: { id: "A", name: "Service Tests", goal: "all services tested" },
      role: "QA_TESTER",
      reportsTo: "COORD_QUALITY",
    });
  });

  test("holds the terminal's own tasks, urgent ones first, with the middle of their estimates", () => {
    expect(assignmentFor(state, 1).tasks.map(({ number, estimateMinutes }) => [number, estimateMinutes])).toEqual([
      [2, 90],
      [1, 20],
    ]);
  });

  test("says how much of the context that the plan names for the terminal it carries", () => {
    expect(assignmentFor(state, 1).contextLoaded).toEqual({ level: "minimal", given: 3, named: 5 });
    rmSync(join(project, "settings.txt"));
    writeFileSync(join(project, "settings.txt"), "x");
    mkdirSync(join(project, "missing"));
    writeFileSync(join(project, "missing/file.py"), "x");
    const share = new Share(project, [".env"], diskFiles);
    expect(assignmentFor(state, 1, { share }).contextLoaded).toEqual({ level: "full", given: 5, named: 5 });
    const bare = { ...state, plan: { ...state.plan, context: {}, streams: state.plan.streams.map((one) => ({ ...one, context: [] })) } };
    expect(assignmentFor(bare, 1).contextLoaded).toEqual({ level: "none", given: 0, named: 0 });
  });

  test("has absolute paths for everything an agent must find", () => {
    const { reportFile, scratchpad, plan, howToReport } = assignmentFor(state, 1);
    expect(scratchpad).toBe(join(project, ".claude/Scratchpad"));
    expect(reportFile).toBe(join(scratchpad, "terminal-01.md"));
    expect(plan).toEqual([join(project, "plans/two.md")]);
    expect(howToReport.join("\n")).toContain(reportFile);
  });

  test("holds what the coordinator passes on, unless its file must not be shared", () => {
    const led = (file: string): State => ({
      ...state,
      hierarchy: {
        ...state.hierarchy,
        roles: state.hierarchy.roles.map((spec) =>
          spec.role === "COORD_QUALITY" ? { ...spec, passesOn: { text: "Coverage stays above 80 %", file } } : spec,
        ),
      },
    });
    const file = join(project, "GUIDE.md");
    expect(assignmentFor(led(file), 1).inherited).toEqual({ from: "COORD_QUALITY", text: "Coverage stays above 80 %", file });
    expect(roleWords(assignmentFor(led(file), 1))).toContain("what COORD_QUALITY passes on");
    // What leads to a file that is never to be shared is none the better for its name.
    expect(assignmentFor(led(join(project, "settings.txt")), 1)).not.toHaveProperty("inherited");
    expect(assignmentFor(state, 1)).not.toHaveProperty("inherited");
  });

  describe("names the project's own form for handoffs", () => {
    const put = (text: string): string => {
      const path = join(project, ".claude/templates/SESSION_HANDOFF.md");
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    };
    const handoffs = (): string => assignmentFor(state, 1).howToReport.find((line) => line.includes("SESSION_NNN_HANDOFF.md")) ?? "";

    test("where there is one, and else says nothing of any", () => {
      expect(assignmentFor(state, 1)).not.toHaveProperty("handoffTemplate");
      expect(handoffs()).not.toContain("Its form");
      const path = put("# Handoff\n");
      expect(assignmentFor(state, 1).handoffTemplate).toBe(path);
      expect(handoffs()).toContain(`Its form is ${path}`);
      expect(templateText(state, () => new Map())).toBe("# Handoff\n");
    });

    test("never one that links lead to outside of the project, that is no short file, or that holds secrets: they are named as refused", () => {
      const path = put("x".repeat(70_000));
      const refused = () => assignmentFor(state, 1).refused?.find((one) => one.path === ".claude/templates/SESSION_HANDOFF.md")?.because;
      expect(refused()).toBe("it has 70000 bytes, more than 65536");
      rmSync(path);
      const outside = mkdtempSync(join(tmpdir(), "outside-"));
      writeFileSync(join(outside, "form.md"), "# Theirs\n");
      symlinkSync(join(outside, "form.md"), path);
      expect(refused()).toBe("it leads out of the project");
      expect(assignmentFor(state, 1)).not.toHaveProperty("handoffTemplate");
      expect(templateText(state, () => new Map())).toBeNull();
      rmSync(path);
      rmSync(outside, { recursive: true });
      put("# Ours\n");
      expect(templateText(state, () => new Map([[path, "github in line 3"]]))).toBeNull();
    });

    test("and is made all the same when the form goes while it is looked at", () => {
      // There by its name, and gone when its kind and size are asked for.
      const share = new Share(project, [], { ...diskFiles, real: (path) => path });
      const assignment = assignmentFor(state, 1, { share });
      expect(assignment).not.toHaveProperty("handoffTemplate");
      expect(assignment.refused).toContainEqual(
        expect.objectContaining({ path: ".claude/templates/SESSION_HANDOFF.md", because: expect.stringContaining("ENOENT") }),
      );
    });
  });

  test("makes a running task current, and no other", () => {
    const terminal = state.terminals[1];
    if (!terminal) throw new Error("no terminal 1");
    const running = { ...withTask(2, { state: "running", terminal: 1 }), terminals: { ...state.terminals, 1: { ...terminal, task: 2 } } };
    expect(assignmentFor(running, 1).current).toBe(2);
    expect(
      assignmentFor({ ...running, tasks: { ...running.tasks, 2: { ...withTask(2, { state: "blocked" }).tasks[2] } as Task } }, 1).current,
    ).toBeNull();
  });

  test("grows by an overflow task that the terminal takes, and by the context of its group", () => {
    expect(assignmentFor(state, 2).context).not.toContain(join(project, "schema.sql"));
    const taken = assignmentFor(withTask(4, { terminal: 2 }), 2);
    expect(taken.tasks.map(({ number }) => number)).toEqual([3, 4]);
    expect(taken.context).toContain(join(project, "schema.sql"));
  });

  test("gives core and stream context, and lists what is refused and what is missing", () => {
    const { context, refused, missing, neverShare } = assignmentFor(state, 1);
    expect(context).toEqual([join(project, "GUIDE.md"), join(project, ".env.example"), join(project, "services")]);
    expect(refused).toEqual([{ path: "settings.txt", rule: ".env", because: "it leads to .env" }]);
    expect(missing).toEqual(["missing/file.py"]);
    expect(neverShare).toEqual([".env"]);
  });

  test("never gives a file that must not be shared, whichever terminal asks", () => {
    for (const terminal of [1, 2]) expect(assignmentFor(state, terminal).context.some((path) => /\.env$|settings/.test(path))).toBe(false);
  });

  test("of a terminal that the marathon does not have is refused", () => {
    expect(() => assignmentFor(state, 9)).toThrow(/no terminal 9, only 1, 2/);
  });
});

describe("an assignment is finished", () => {
  test("not while a task is blocked, for it may come back", () => {
    const tasks = Object.fromEntries(
      Object.entries(state.tasks).map(([number, task]) => [number, { ...task, state: number === "3" ? "blocked" : "done" } as Task]),
    );
    expect(assignmentFor({ ...state, tasks }, 1).finished).toBe(false);
  });

  test("when every task is done or dropped", () => {
    const tasks = Object.fromEntries(
      Object.entries(state.tasks).map(([number, task]) => [number, { ...task, state: number === "3" ? "dropped" : "done" } as Task]),
    );
    expect(assignmentFor({ ...state, tasks }, 1).finished).toBe(true);
  });

  test.each(["done", "stopped"] as const)("when the marathon is %s", (status) => {
    expect(assignmentFor({ ...state, status }, 1).finished).toBe(true);
  });
});
