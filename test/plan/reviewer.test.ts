/** What `check` finds in plans whose figures are changed at will: the rules are general, not made for one text. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NewPlan } from "../../src/plan/new-plan.ts";
import { newPlan } from "../../src/plan/new-plan.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Problem } from "../../src/plan/types.ts";
import { codes, read, readWhole } from "./shared.ts";

const find = (text: string, code: string): Problem | undefined => read(text).problems.find((problem) => problem.code === code);

interface Night {
  readonly hours: readonly number[];
  readonly terminals: readonly number[];
  readonly buffer: number;
  readonly average: number;
  readonly total: number;
  readonly budget: readonly { readonly hours: number; readonly terminals: number }[];
}

/** A session plan with one stream for each session, all figures given. */
function night({ hours, terminals, buffer, average, total, budget }: Night): string {
  const ids = hours.map((_, index) => `0${index + 1}`);
  const slot = (index: number) => hours.slice(0, index).reduce((sum, each) => sum + each, 0);
  const sessions = ids.map(
    (id, index) =>
      `## Session ${id}: Part ${index}\n\n**Duration:** ${hours[index]} hours\n\n### Allocation (2 tasks)\n- **Terminals 1-${terminals[index]}:** x (tasks ${2 * index + 1}-${2 * index + 2})\n`,
  );
  const end = slot(hours.length);
  return `# Night

> **Sessions:** ${hours.length} (average ${average} hours each)

| Session | Focus | Est. Hours | Agents | Tasks |
|---|---|---|---|---|
${ids.map((id, index) => `| ${id} | Part ${index} | ${hours[index]} | | 2 |`).join("\n")}

**Total:** ${total} hours

${sessions.join("\n")}
## Timeline

\`\`\`
${ids.map((id, index) => `Hour ${slot(index)}-${slot(index + 1)}: Session ${id} (Part ${index})`).join("\n")}
Hour ${end}-${end + buffer}: Buffer
\`\`\`

## Budget

| Stream | Tasks | Terminals | Hours |
|---|---|---|---|
${budget.map((row, index) => `| ${String.fromCharCode(65 + index)} | 2 | ${row.terminals} | ${row.hours} |`).join("\n")}
`;
}

const nights = fc.integer({ min: 2, max: 5 }).chain((count) => {
  const each = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: count, maxLength: count });
  const small = fc.integer({ min: 1, max: 8 });
  return fc.record({
    hours: each(small),
    terminals: each(fc.integer({ min: 2, max: 9 })),
    buffer: fc.integer({ min: 1, max: 20 }),
    average: small,
    total: fc.integer({ min: 1, max: 60 }),
    budget: each(fc.record({ hours: small, terminals: fc.integer({ min: 1, max: 9 }) })),
  });
});

describe("a session plan with any figures", () => {
  it("is warned of exactly those that disagree, with both of them", () => {
    fc.assert(
      fc.property(nights, (given) => {
        const { problems } = readPlan([{ file: "plan.md", text: night(given) }]);
        const sum = given.hours.reduce((total, each) => total + each, 0);
        const streams = given.budget.reduce((total, each) => total + each.hours, 0);
        const of = (code: string) => problems.filter((problem) => problem.code === code).map(({ stated, computed }) => [stated, computed]);
        const differing = (pairs: readonly (readonly [number, number])[]) => pairs.filter(([stated, computed]) => stated !== computed);
        expect(of("total-differs")).toEqual(differing([[given.total, sum]]));
        expect(of("average-differs")).toEqual(differing([[given.average, Math.round((sum / given.hours.length) * 100) / 100]]));
        expect(of("hour-bases")).toEqual(differing([[streams, sum]]));
        expect(of("stream-hours")).toEqual(differing(given.budget.map((row, index) => [row.hours, given.hours[index] ?? 0])));
        expect(of("terminals-differ")).toEqual(differing(given.budget.map((row, index) => [row.terminals, given.terminals[index] ?? 0])));
        expect(of("small-buffer").length).toBe(given.buffer < sum / 4 ? 1 : 0);
        expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a plan in the recommended form", () => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,|"'`#*_&<>()[\]-]{0,20}$/).map((text) => text.trim() || "x");
  const plans: fc.Arbitrary<NewPlan> = fc.record({
    title: word,
    streams: fc.array(fc.stringMatching(/^[A-Z][a-z0-9 |&*_-]{1,20}[a-z]$/), { minLength: 1, maxLength: 10 }),
    tasks: fc.integer({ min: 1, max: 12 }),
    terminals: fc.integer({ min: 1, max: 10 }),
    agent: fc.constantFrom("shell", "claude", "rehearsal"),
    minutes: fc.integer({ min: 1, max: 600 }),
    buffer: fc.integer({ min: 0, max: 100 }),
  });

  it("has nothing wrong with it, whatever it is called", () => {
    fc.assert(
      fc.property(plans, (given) => {
        const { plan, problems } = readWhole(newPlan(given));
        expect(problems.filter((problem) => problem.severity !== "note")).toEqual([]);
        expect(plan?.tasks.length).toBe(given.streams.length * given.tasks);
      }),
      { numRuns: 60 },
    );
  });
});

const stream = (goal: string, baseline: string, rows: number, header = "Service") =>
  `# P\n\n## Stream A: x\n\n**Terminal 1 | Goal: ${goal}**\n\n### Current State\n${baseline}\n\n| # | ${header} | File |\n|---|---|---|\n${Array.from({ length: rows }, (_, index) => `| ${index + 1} | s${index} | f |`).join("\n")}\n`;

describe("goals", () => {
  it("beyond the tasks that are about them are said with both figures", () => {
    expect(find(stream("Test 37 untested services", "- x", 18), "goal-beyond-tasks")).toMatchObject({ stated: 37, computed: 18, line: 5 });
    expect(find(stream("Test 9 untested services", "- x", 9), "goal-beyond-tasks")).toBeUndefined();
  });

  it.each(["Answer in under 200 milliseconds", "Work for 48 hours", "Serve 5000 users", "Release 2.0", "Everything works"])(
    "such as %j are no counts of work",
    (goal) => {
      expect(read(stream(goal, "- x", 3)).problems).toEqual([]);
    },
  );

  it("of what is left are held against total and share", () => {
    const problem = find(stream("Cover 40 untested components", "- 80 components total\n- ~60% tested", 40, "Component"), "left-differs");
    expect(problem).toMatchObject({ trap: "T-46", stated: 40, computed: 32 });
    expect(
      find(stream("Cover 32 untested components", "- 80 components total\n- ~60% tested", 32, "Component"), "left-differs"),
    ).toBeUndefined();
  });

  it.each([
    ["10/47 services tested (21%)", null],
    ["10/47 services tested (31%)", { stated: 31, computed: 21.3 }],
    ["50/81 (62%)", null],
    ["91/81 (112%)", { stated: 112, computed: 112.3 }],
  ])("with the baseline %j", (line, wanted) => {
    const problem = find(stream("x", `- ${line}`, 3), "share-differs");
    if (wanted === null) expect(problem).toBeUndefined();
    else expect(problem).toMatchObject(wanted);
  });
});

describe("what is shared", () => {
  const plan = (shared: string, never: string) =>
    `# P\n\n## Context\n\n**Files to share:**\n\`\`\`\n${shared}\n\`\`\`\n\n## Files to NEVER Share\n\n\`\`\`\n${never}\n\`\`\`\n\n| # | Task |\n|---|---|\n| 1 | a |\n`;

  it.each([
    [".env.example", ".env", "near-secret"],
    [".env", ".env", "shared-and-secret"],
    ["config/.env", ".env", "shared-and-secret"],
    ["docs/data/a.json", "docs/data/*.json", "shared-and-secret"],
    ["secrets/key.pem", "secrets/", "shared-and-secret"],
    ["docs/data/", "docs/data/*.json", null],
    ["environment.ts", ".env", null],
  ])("%s beside the rule %s: %s", (shared, never, code) => {
    expect(read(plan(shared, never)).problems.map((problem) => problem.code)).toEqual(code === null ? [] : [code]);
  });
});

describe("what would be lost without a word", () => {
  it.each([
    ["no-number-column", "# P\n| Task | Run |\n|---|---|\n| a | b |\n"],
    ["bad-box", "# P\n| # | Task |\n|---|---|\n| 1 | a |\n\n- [] something\n"],
    ["lost-task", "# P\n| # | Task |\n|---|---|\n| 1 | a |\n\n- [✓] 2 Task two\n"],
  ])("%s", (code, text) => {
    expect(codes(read(text), "warning")).toContain(code);
  });

  it("is not looked for in fences", () => {
    expect(read("# P\n| # | Task |\n|---|---|\n| 1 | a |\n\n```\n- [] 2 b\n```\n").problems).toEqual([]);
  });
});

describe("absurd figures", () => {
  const one = (cell: string, front = "") => `${front}# P\n| # | Task | Estimate |\n|---|---|---|\n| 1 | a | ${cell} |\n`;
  it.each([
    ["0h", "bad-estimate"],
    ["-3h", "bad-estimate"],
    ["4-2 h", "bad-estimate"],
    ["9000h", "absurd-estimate"],
    ["1m-400h", "absurd-estimate"],
    ["5m-2h", "absurd-estimate"],
  ])("an estimate of %s is %s", (cell, code) => {
    expect(codes(read(one(cell)), "warning")).toEqual([code]);
  });

  it("a buffer that more than doubles the time", () => {
    expect(codes(read(one("1h", "---\nbuffer: 300%\n---\n")), "warning")).toEqual(["absurd-buffer"]);
  });

  it("negative counts in a table", () => {
    const text =
      "# P\n| Stream | Tasks | Terminals | Hours |\n|---|---|---|---|\n| A | -4 | 1 | many |\n\n## Stream A: x\n| # | Task |\n|---|---|\n| 1 | a |\n";
    expect(codes(read(text), "warning")).toEqual(["bad-figure", "bad-figure"]);
  });
});

describe("a timeline", () => {
  const slots = (...lines: readonly string[]) =>
    read(
      `# P\n## Session 01: a\n**Duration:** 4 hours\n\n| # | Task |\n|---|---|\n| 1 | a |\n\n## Execution Timeline\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`,
    )
      .problems.filter(({ code }) => code === "timeline" || code.endsWith("-buffer"))
      .map(({ message }) => message);

  it("names each gap, overlap and turned slot once, and takes nothing from a turned one", () => {
    expect(slots("Hour 0-4: Session 01", "Hour 3-8: Buffer")).toEqual(["the slot 3-8 overlaps the one before"]);
    expect(slots("Hour 0-4: Session 01", "Hour 6-8: Buffer")).toEqual(["the slot 6-8 leaves hours 4-6 empty"]);
    expect(slots("Hour 0-4: Session 01", "Hour 9-5: Buffer", "Hour 4-8: Buffer")).toEqual(["the slot 9-5 ends before it begins"]);
    expect(slots("Hour 0-4: Session 01", "Hour 6-5: Buffer")).toEqual([
      "the slot 6-5 ends before it begins",
      "4 h of sessions and no buffer",
    ]);
  });
});

describe("hours that are a range", () => {
  const text = (overview: string, session: string, budget: string) => `# P

| Session | Focus | Est. Hours | Agents | Tasks |
|---|---|---|---|---|
| 01 | x | ${overview} | | 2 |

## Session 01: x
${session}
### Allocation (2 tasks)
- **Terminals 1-2:** y (tasks 1-2)
${budget === "" ? "" : `\n| Stream | Tasks | Terminals | Hours |\n|---|---|---|---|\n| A | 2 | 1 | ${budget} |\n`}`;

  it.each([
    ["3-4", "", ""],
    ["3-4", "**Duration:** 3-4 hours\n", ""],
    ["3-4", "", "6-8"],
  ])("stay one in what is derived from them: %s %s %s", (overview, session, budget) => {
    const { plan, problems } = read(text(overview, session, budget));
    expect(plan?.tasks[0]?.estimate).toMatchObject({ low: 180, high: 240, source: "derived" });
    expect(plan?.tasks[0]?.estimate?.rule).toMatch(/[36]-[48] h ÷ 2 tasks = 3h to 4h$/);
    expect(problems.filter((problem) => problem.code === "count-differs")).toEqual([]);
  });
});

describe("qualified counts", () => {
  it.each([
    ["2+", 3, 0],
    ["~3", 3, 0],
    ["4+", 3, 1],
    ["2", 3, 1],
  ])("a stream of %s tasks with %i of them", (stated, rows, warnings) => {
    const text = `# P\n## Stream A: x (${stated} tasks)\n| # | Task |\n|---|---|\n${Array.from({ length: rows }, (_, index) => `| ${index + 1} | a |`).join("\n")}\n`;
    expect(codes(read(text), "warning")).toHaveLength(warnings);
  });
});

describe("a file that two streams work on", () => {
  const two = (first: string, second: string, depends = "") =>
    `# P\n\n## Stream A: x\n\n| # | Task | File |\n|---|---|---|\n| 1 | a | ${first} |\n\n## Stream B: y\n\n| # | Task | File | Depends on |\n|---|---|---|---|\n| 2 | b | ${second} | ${depends} |\n`;

  it("is named with both of them before the start", () => {
    const text = two("src/auth.ts", "./src/auth.ts");
    expect(codes(read(text), "warning")).toEqual(["same-file"]);
    expect(find(text, "same-file")).toMatchObject({ message: "streams A and B both work on src/auth.ts (tasks 1–2)", line: 13 });
  });

  it.each([
    ["src/auth.ts", "src/login.ts", ""],
    ["Node.js", "Node.js", ""],
    ["src/auth", "src/auth", ""],
    ["src/auth.ts", "src/auth.ts", "1"],
  ])("is not found in %s and %s after %j", (first, second, depends) => {
    expect(read(two(first, second, depends)).problems).toEqual([]);
  });
});
