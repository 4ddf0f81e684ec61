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
    expect(plan.settings).toEqual({
      title: "Release night",
      agent: "shell",
      command: "sh worker.sh",
      terminals: 4,
      scratchpad: "notes",
      buffer: 0.25,
      hierarchy: "team.yaml",
      schedule: null,
      "check-in": null,
      escalation: null,
      "human-todo": null,
      orders: null,
      permissions: null,
      env: null,
      clipboard: null,
      retries: null,
      models: null,
      allow: null,
      deny: null,
    });
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
      agentAt: { file: "plan.md", line: 15, column: 96 },
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
    expect(taskOf(plan, 3)).toMatchObject({
      run: null,
      fallback: "Skip it",
      terminal: null,
      dependsOn: [1],
      estimate: { low: 120, high: 240 },
    });
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
    const lines = (key: string, value: unknown): unknown => (key === "line" ? undefined : value);
    const strip = (text: string): unknown => JSON.parse(JSON.stringify(planOf(read(text)).tasks, lines));
    expect(strip(turned)).toEqual(strip(OWN));
  });
});

describe("models of roles", () => {
  const models = (yaml: string) => {
    const reading = read(`---\nmodels: ${yaml}\n---\n| # | Task |\n|---|---|\n| 1 | x |\n`);
    return reading.plan?.settings.models ?? codes(reading, "error");
  };

  it("are one of three tiers each, else an error", () => {
    expect(models("{ ARCHITECT: opus, QA_TESTER: sonnet }")).toEqual({ ARCHITECT: "opus", QA_TESTER: "sonnet" });
    expect(models("{ ARCHITECT: large }")).toEqual(["front-matter"]);
    expect(models("opus")).toEqual(["front-matter"]);
  });
});

describe("a session's kind", () => {
  const kinds = (fields: string) => {
    const reading = read(
      `## Session 031: Core work\n\n**Duration:** 4 hours\n${fields}\n## Session 033: Buffer\n\n| # | Task |\n|---|---|\n| 1 | x |\n`,
    );
    return { kinds: planOf(reading).sessions.map(({ id, kind }) => `${id} ${kind}`), codes: codes(reading, "warning") };
  };

  it("is a field, or a name that says buffer; another word is reported", () => {
    expect(kinds("**Kind:** Independent\n").kinds).toEqual(["031 independent", "033 buffer"]);
    const wrong = kinds("**Kind:** spare\n");
    expect(wrong.kinds[0]).toBe("031 null");
    expect(wrong.codes.length).toBeGreaterThan(kinds("").codes.length);
  });
});

describe("task lists", () => {
  it("are tasks below a heading that speaks of tasks, with details as nested bullets", () => {
    const plan = planOf(
      read("# P\n## Tasks\n- [ ] 1 First\n  - Run: `make \\| cat`\n  - Estimate: 10m\n- [x] 2. Second\n  - Depends on: 1\n"),
    );
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
  const word = fc
    .stringMatching(/^[A-Za-z][A-Za-z0-9*_/.() -]{0,20}[A-Za-z]$/)
    .filter((text) => !/\*\*|__|\]\(|^(?:any|none)$/i.test(text));
  const command = fc.stringMatching(/^[a-z][a-z0-9 |&<>*$"'./-]{0,30}[a-z0-9]$/).filter((text) => !/^(?:none|n\/a)$/.test(text));
  const rows = fc.uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 999 }),
      title: word,
      run: command,
      minutes: fc.integer({ min: 1, max: 59 }),
      terminal: fc.option(fc.integer({ min: 1, max: 10 })),
    }),
    { selector: (row) => row.number, minLength: 1, maxLength: 40 },
  );

  it("is read back as it was written", () => {
    fc.assert(
      fc.property(rows, (written) => {
        const lines = written.map(
          (row) => `| ${row.number} | ${row.title} | \`${row.run.replaceAll("|", "\\|")}\` | ${row.minutes}m | ${row.terminal ?? ""} |`,
        );
        const plan = planOf(
          readPlan([
            { file: "x.md", text: `# P\n\n| # | Task | Run | Estimate | Terminal |\n|---|---|---|---|---|\n${lines.join("\n")}\n` },
          ]),
        );
        const got = plan.tasks.map(({ number, title, run, estimate, terminal }) => ({
          number,
          title,
          run,
          minutes: estimate?.low,
          terminal,
        }));
        expect(got).toEqual([...written].sort((a, b) => a.number - b.number));
      }),
    );
  });
});
