import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFixes, fixesOf, unifiedDiff } from "../../src/plan/fix.ts";
import { readPlan } from "../../src/plan/read.ts";

const fixed = (text: string) => applyFixes("plan.md", text, fixesOf(readPlan([{ file: "plan.md", text }]).problems));

const TABLE = "| # | Task |\n|---|---|\n| 1 | a |\n| 2 | b |\n";

describe("check --fix", () => {
  it.each([
    ["a count in a heading", `# P\n## Stream A: x (5 Tasks)\n${TABLE}`, "(5 Tasks)", "(2 Tasks)"],
    ["a count above a table", `# P\n## Stream A: x\n**Terminal 1: 9 lives (9 tasks)**\n${TABLE}`, "(9 tasks)", "(2 tasks)"],
    ["an empty number", `# P\n${TABLE}| | c |\n| 4 | d |\n`, "| | c |", "| 3 | c |"],
    ["a box without its space", `# P\n${TABLE}\n- [] sure\n`, "- [] sure", "- [ ] sure"],
    ["a box ticked with another sign", `# P\n${TABLE}\n- [✓] sure\n`, "- [✓] sure", "- [x] sure"],
    [
      "a total row",
      `# P\n${TABLE}\n| Stream | Tasks | Terminals | Hours |\n|---|---|---|---|\n| A | 2 | 1 | 1 |\n| **Total** | **7** | **1** | **1** |\n`,
      "**7**",
      "**2**",
    ],
  ])("corrects %s and nothing else", (_, text, before, after) => {
    expect(fixed(text).text).toBe(text.replace(before, after));
  });

  it("corrects no count while a number is missing: the lost row may be what is wrong", () => {
    const text = `# P\n## Stream A: x (3 Tasks)\n| # | Task |\n|---|---|\n| 1 | a |\n| 3 | c |\n`;
    expect(fixed(text).changes).toEqual([]);
  });

  it("takes a total from the parts of its rows, not from totals that are wrong themselves", () => {
    const text = `# P\n## Session 01: x\n**Agents:** 2 (DBA, QA_TESTER)\n### Allocation (2 tasks)\n- **Terminal 1:** y (tasks 1-2)\n
| Session | Opus | Sonnet | Haiku | Total |\n|---|---|---|---|---|\n| 01 | 1 | 1 | 0 | 3 |\n| **Total** | 1 | 1 | 0 | 2 |\n`;
    expect(fixed(text).text).toBe(text.replace("| 0 | 3 |", "| 0 | 2 |"));
  });

  it.each([
    ["a session has two figures of its hours", "| 02 | b | 4 |", "**Duration:** 900 hours"],
    ["a session has no hours", "| 02 | b | |", "no duration"],
    ["a cell of the column cannot be read", "| 02 | b | -3 |", "**Duration:** 4 hours"],
  ])("corrects no total of hours while %s", (_, row, duration) => {
    const overview = `| Session | Focus | Est. Hours |\n|---|---|---|\n| 01 | a | 4 |\n${row}\n`;
    const sessions = `## Session 01: a\n**Duration:** 4 hours\n\n## Session 02: b\n${duration}\n`;
    expect(fixed(`# P\n\n**Total:** 50 hours\n\n${overview}\n${sessions}\n${TABLE}`).changes).toEqual([]);
    const right = `# P\n\n**Total:** 50 hours\n\n${overview.replace(row, "| 02 | b | 4 |")}\n${sessions.replace(duration, "**Duration:** 4 hours")}\n${TABLE}`;
    expect(fixed(right).changes.map(({ after }) => after)).toEqual(["**Total:** 8 hours"]);
  });

  it("leaves a plan alone that has nothing to correct, and a corrected one", () => {
    const text = `# P\n## Stream A: x (5 Tasks)\n${TABLE}\n- [] y\n`;
    const once = fixed(text).text;
    expect(fixed(once).changes).toEqual([]);
  });

  it("keeps line ends, a byte order mark and every other byte", () => {
    const text = `\uFEFF# P\r\n## Stream A: x (5 Tasks)\r\n${TABLE.replaceAll("\n", "\r\n")}\r\n- [] y\rlast`;
    expect(fixed(text).text).toBe(text.replace("(5 Tasks)", "(2 Tasks)").replace("[]", "[ ]"));
  });

  it("shows what it changes as a unified diff", () => {
    const text = `# P\n\n## Stream A: x (5 Tasks)\n\n${TABLE}`;
    expect(unifiedDiff(text, fixed(text))).toBe(`--- plan.md
+++ plan.md
@@ -1,6 +1,6 @@
 # P
 
-## Stream A: x (5 Tasks)
+## Stream A: x (2 Tasks)
 
 | # | Task |
 |---|---|
`);
  });

  it("changes only lines of the diff, and says of each what it was and is", () => {
    const counts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }), (rows, stated) => {
        let number = 0;
        const text = `# P\n${rows
          .map((count, index) => {
            const lines = Array.from({ length: count }, () => `| ${++number} | t |`).join("\n");
            return `\n## Stream ${"ABCDEF"[index]}: s (${stated[index]} tasks)\n\n| # | Task |\n|---|---|\n${lines}\n`;
          })
          .join("")}`;
        const result = fixed(text);
        expect(result.changes.map((change) => change.line).length).toBe(rows.filter((count, index) => count !== stated[index]).length);
        const lines = text.split("\n");
        for (const { line, before, after } of result.changes) {
          expect(lines[line - 1]).toBe(before);
          lines[line - 1] = after;
        }
        expect(lines.join("\n")).toBe(result.text);
        expect(readPlan([{ file: "plan.md", text: result.text }]).problems.filter((problem) => problem.fix)).toEqual([]);
      }),
    );
  });
});
