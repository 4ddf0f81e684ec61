import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/plan/types.ts";
import { codes, planOf, read, readWhole } from "./shared.ts";

const table = (...rows: string[]) =>
  `# P\n\n| # | Task | Run | Depends on | Terminal | Estimate | Priority | Role |\n|---|---|---|---|---|---|---|---|\n${rows.join("\n")}\n`;
const find = (text: string, code: string): Problem | undefined => read(text).problems.find((problem) => problem.code === code);
const first = 5;

describe("errors, with their place", () => {
  it("a number used twice names both tasks", () => {
    const problem = find(table("| 1 | a |", "| 2 | b |", "| 1 | c |"), "duplicate-task");
    expect(problem).toMatchObject({ severity: "error", file: "plan.md", line: first + 2, column: 1 });
    expect(problem?.message).toContain('"c" here and "a" at plan.md:5');
  });

  it.each([
    ["a cell", table("| 1 | a | | | 11 |"), first],
    ["a stream line", `# P\n## Stream A: x\n**Terminals 9-12 | Goal: y**\n\n| # | Task |\n|---|---|\n| 1 | a |\n`, 2],
    ["a terminal line", `# P\n## Stream A: x\n**Terminal 11: y (1 task)**\n| # | Task |\n|---|---|\n| 1 | a |\n`, 3],
    [
      "a summary row",
      `# P\n| Stream | Terminal | Tasks |\n|---|---|---|\n| A | 10-11 | 1 |\n\n## Stream A: x\n| # | Task |\n|---|---|\n| 1 | a |\n`,
      4,
    ],
    ["an allocation", "# P\n## Session 01: x\n### Allocation (1 task)\n- **Terminal 11:** y (task 1)\n", 4],
    ["terminal 0", table("| 1 | a | | | 0 |"), first],
    ["the front matter", `---\nterminals: 12\n---\n${table("| 1 | a |")}`, 2],
  ])("a terminal beyond ten in %s", (_, text, line) => {
    expect(find(text, "terminal-beyond-ten")).toMatchObject({ severity: "error", line });
  });

  it("a cycle is named in order, once", () => {
    const reading = read(table("| 1 | a | | 3 |", "| 2 | b | | 1 |", "| 3 | c | | 2 |", "| 4 | d | | 1 |"));
    const cycles = reading.problems.filter((problem) => problem.code === "dependency-cycle");
    expect(cycles.map((cycle) => cycle.message)).toEqual(["these tasks wait for one another: 1 → 3 → 2 → 1"]);
    expect(cycles[0]).toMatchObject({ severity: "error", line: first });
  });

  it("two cycles are two errors", () => {
    expect(codes(read(table("| 1 | a | | 2 |", "| 2 | b | | 1 |", "| 3 | c | | 4 |", "| 4 | d | | 3 |")), "error")).toEqual([
      "dependency-cycle",
      "dependency-cycle",
    ]);
  });

  it("a long chain is no cycle and overflows no stack", () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `| ${index + 1} | t | | ${index + 2} |`);
    expect(codes(read(table(...rows, "| 5001 | end |")), "error")).toEqual([]);
  });

  it("a task that waits for a later phase is a cycle, too", () => {
    const text = `${table("| 1 | a | | 2 | 1 |", "| 2 | b |")}\n## Phases\n\`\`\`\nPhase 1:\n├── Terminal 1: x (task 1)\nPhase 2:\n└── y (task 2)\n\`\`\`\n`;
    expect(find(text, "dependency-cycle")).toMatchObject({ severity: "error", line: first });
  });

  it.each([
    ["unknown-dependency", table("| 1 | a | | 7 |")],
    ["self-dependency", table("| 1 | a | | 1 |")],
    ["unknown-agent", `---\nagent: cluade\n---\n${table("| 1 | a |")}`],
    ["unknown-agent", "# P\n| # | Task | Agent |\n|---|---|---|\n| 1 | a | cluade |\n"],
    ["bad-model", `---\nagent: shell:gpt-5\n---\n${table("| 1 | a |")}`],
    ["bad-dependency", table("| 1 | a | | the first one |")],
    ["bad-task-number", table("| 1 | a |", "| one | b |")],
    ["bad-task-number", table("| 1 | a |", "| | b |")],
    ["bad-task-number", table("| 0 | a |", "| 1 | b |")],
  ])("%s", (code, text) => {
    expect(find(text, code)).toMatchObject({ severity: "error" });
  });

  it.each([
    ["unclosed quotes", '---\ntitle: "x\n---\n', 2],
    ["a list", "---\n- x\n---\n", 1],
    ["no end", "---\ntitle: x\n\n", 1],
    ["a tab", "---\ntitle: x\n\tagent: y\n---\n", 3],
    ["terminals in words", "---\ntitle: x\nterminals: many\n---\n", 3],
    ["a wrong buffer", "---\nbuffer: lots\n---\n", 2],
  ])("malformed front matter: %s", (_, front, line) => {
    expect(find(`${front}${table("| 1 | a |")}`, "front-matter")).toMatchObject({ severity: "error", line });
  });

  it("no tasks at all leaves no plan", () => {
    const reading = read("# Just prose\n\nNothing to do.\n");
    expect(reading.plan).toBeNull();
    expect(reading.problems).toMatchObject([{ severity: "error", code: "no-tasks", file: "plan.md", line: 1, column: 1 }]);
  });

  it("a review is recognised as one", () => {
    expect(find("# After Action Review\n", "no-tasks")?.advice).toContain("a review of work that is over");
  });

  it("are all listed, in the order of the lines", () => {
    const reading = read(`---\ncolour: red\n---\n${table("| 1 | a | | 9 |", "| 1 | b |", "| 3 | c | | 3 | 99 |")}`);
    expect(reading.problems.map((problem) => [problem.line, problem.code])).toEqual([
      [2, "unknown-key"],
      [8, "unknown-dependency"],
      [9, "duplicate-task"],
      [10, "self-dependency"],
      [10, "gap"],
      [10, "terminal-beyond-ten"],
    ]);
  });
});

describe("warnings", () => {
  it("a gap names what is missing, and the plan can be run", () => {
    const reading = read(table("| 1 | a |", "| 2 | b |", "| 4 | c |", "| 8 | d |"));
    expect(reading.problems).toMatchObject([{ severity: "warning", code: "gap", line: first + 2 }]);
    expect(reading.problems[0]?.message).toContain("3, 5–7");
    expect(planOf(reading).tasks).toHaveLength(4);
  });

  it("a plan may begin at any number", () => {
    expect(read(table("| 41 | a |", "| 42 | b |")).problems).toEqual([]);
  });

  it("a pipe that cuts a cell is shown with what to write instead", () => {
    const problem = find(table("| 1 | a | cat x | wc | | | | | |"), "extra-cells");
    expect(problem).toMatchObject({ severity: "warning", stated: 8, computed: 9 });
    expect(problem?.advice).toContain("\\|");
  });

  it.each([
    ["bad-estimate", table("| 1 | a | | | | soon |")],
    ["bad-priority", table("| 1 | a | | | | | urgent |")],
    ["bad-terminal", table("| 1 | a | | | left |")],
    ["unknown-role", table("| 1 | a | | | | | | PLUMBER |")],
    ["bad-priority", table("| 1 | a | | | | | highest |")],
    ["bad-priority", table("| 1 | a | | | | | P4 |")],
    ["unknown-key", `---\nagnet: x\n---\n${table("| 1 | a |")}`],
    ["count-differs", "# P\n## Stream A: x (3 tasks)\n| # | Task |\n|---|---|\n| 1 | a |\n"],
    ["count-differs", "# P\n## Stream A: x\n**Terminal 1: y (2 tasks)**\n| # | Task |\n|---|---|\n| 1 | a |\n"],
    [
      "terminals-disagree",
      "# P\n| Stream | Terminal |\n|---|---|\n| A | 1-2 |\n\n## Stream A: x\n**Terminal 3 | Goal: y**\n| # | Task |\n|---|---|\n| 1 | a |\n",
    ],
    ["agents-differ", "# P\n## Session 01: x\n**Agents:** 3 (DBA)\n### Allocation (1 task)\n- **Terminal 1:** y (task 1)\n"],
    ["allocated-twice", "# P\n## Session 01: x\n### Allocation\n- **Terminal 1:** y (task 1)\n- **Terminal 2:** z (task 1)\n"],
    ["unknown-task", `${table("| 1 | a |")}\n## Session 01: x\n### Allocation\n- **Terminal 1:** y (tasks 1-2)\n`],
    [
      "phase-differs",
      `${table("| 1 | a | | | 1 |", "| 2 | b | | | 1 |")}\n## Phases\n\`\`\`\nPhase 1:\n├── Terminal 1: x (task 1)\n\`\`\`\n`,
    ],
    ["timeline", `${table("| 1 | a |")}\n## Timeline\n\`\`\`\nHour 0-4: Session 01\nHour 5-6: Buffer\n\`\`\`\n`],
    ["unknown-session", "# P\n| # | Task | Session |\n|---|---|---|\n| 1 | a | 07 |\n"],
    ["quoted-tasks", `${table("| 1 | a |")}\n> | # | Task |\n> |---|---|\n> | 2 | b |\n`],
    ["total-differs", `${table("| 1 | a |")}\n**Total:** 5 tasks\n`],
  ])("%s", (code, text) => {
    const reading = read(text);
    expect(codes(reading, "error")).toEqual([]);
    expect(codes(reading, "warning")).toContain(code);
  });

  it("an unknown agent is shown at its own line, with those that are known", () => {
    const problem = find(`---\ntitle: P\nagent: cluade\n---\n${table("| 1 | a |")}`, "unknown-agent");
    expect(problem).toMatchObject({ line: 3, column: 1 });
    expect(problem?.message).toContain("did you mean claude?");
    expect(problem?.advice).toContain("claude, codex");
  });

  it.each(["shell", "rehearsal", "command", "claude", "codex", "gemini", "qwen", "opencode", "copilot"])(
    "the agent %s is known",
    (agent) => {
      expect(readWhole(`---\nagent: ${agent}\n---\n${table("| 1 | a |")}`).problems).toEqual([]);
    },
  );

  it("a plan without commands that names nobody for the work says so in its first line", () => {
    const { problems } = readWhole(`---\ntitle: P\n---\n${table("| 1 | a |", "| 2 | b |")}`);
    expect(problems).toMatchObject([{ severity: "note", code: "no-agent", line: 1, column: 1 }]);
    expect(problems[0]?.message).toContain("each terminal will be your shell");
  });

  it.each([
    ["one command", table("| 1 | a | `true` |", "| 2 | b |")],
    ["a program", `---\ncommand: my-agent\n---\n${table("| 1 | a |")}`],
    ["an agent for one task", "# P\n| # | Task | Agent |\n|---|---|---|\n| 1 | a | claude |\n"],
  ])("with %s it says nothing", (_, text) => {
    expect(readWhole(text).problems).toEqual([]);
  });

  it.each([
    ["critical", "P0"],
    ["High", "P1"],
    ["**MEDIUM**", "P2"],
    ["low (some day)", "P3"],
    ["p1 - must", "P1"],
    ["highest", null],
    ["P12", null],
  ])("the priority %j is %j", (cell, priority) => {
    expect(planOf(read(table(`| 1 | a | | | | | ${cell} |`))).tasks[0]?.priority).toBe(priority);
  });

  it("roles of instances and aliases are known", () => {
    expect(read(table("| 1 | a | | | | | | QA_TESTER_2 |", "| 2 | b | | | | | | G-2 RECON |")).problems).toEqual([]);
  });

  it("placeholders are never taken as values", () => {
    const reading = read(
      "# P\n## Session XXX: template\n## Session 01: x\n### Deliverables\n- PR #XXX\n### Allocation\n- **Terminal 1:** y (task 1)\n",
    );
    expect(codes(reading, "note")).toEqual(["placeholder", "placeholder"]);
    expect(planOf(reading).sessions.map((session) => session.id)).toEqual(["01"]);
  });

  it("a stated total that the buffer explains says so", () => {
    const plan = (hours: number) =>
      `# P\n## Sessions\n| Session | Focus | Est. Hours | Agents | Tasks |\n|---|---|---|---|---|\n| 01 | x | 4 | | 1 |\n\n**Total:** ${hours} hours\n\n${table("| 1 | a |").slice(4)}
## Session 01: x\n### Allocation\n- **Terminal 1:** y (task 1)\n\n## Timeline\n\`\`\`\nHour 0-4: Session 01 (x)\nHour 4-5: Buffer\n\`\`\`\n`;
    expect(find(plan(5), "total-differs")).toMatchObject({
      trap: "T-01",
      stated: 5,
      computed: 4,
      advice: "nothing to do: the 1 h buffer is the difference",
    });
    expect(find(plan(9), "total-differs")?.advice).toContain("correct");
    expect(find(plan(4), "total-differs")).toBeUndefined();
  });
});
