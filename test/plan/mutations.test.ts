import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkJson } from "../../src/plan/check-json.ts";
import { checkText } from "../../src/plan/check-text.ts";
import { parseMarkdown } from "../../src/plan/markdown.ts";
import { readPlan } from "../../src/plan/read.ts";
import { isTaskTable } from "../../src/plan/read-tasks.ts";
import { hasDocuments } from "../support/documents.ts";
import { sessionPlan, streamPlan } from "./shared.ts";

/** Ways to spoil a document: lines vanish, come twice, change places; characters change. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant("drop" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("double" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("swap" as const), at: fc.nat(), with: fc.nat() }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.nat(),
    text: fc.constantFrom(
      "```",
      "<!--",
      "---",
      "|",
      "**",
      "# x",
      "## Stream Q: q",
      "| # |\n|---|",
      "\u0000",
      "\t",
      "> ",
      "Â",
      "999999999999",
    ),
  }),
  fc.record({
    kind: fc.constant("change" as const),
    at: fc.nat(),
    column: fc.nat(),
    text: fc.constantFrom("|", "\\", "`", "*", "-", "9", "#", "(", "", "\u00a0", "×", ":"),
  }),
);

function spoil(text: string, mutations: readonly (typeof mutation extends fc.Arbitrary<infer M> ? M : never)[]): string {
  const lines = text.split("\n");
  for (const each of mutations) {
    const at = each.at % Math.max(lines.length, 1);
    const line = lines[at] ?? "";
    if (each.kind === "drop") lines.splice(at, 1);
    else if (each.kind === "double") lines.splice(at, 0, line);
    else if (each.kind === "insert") lines.splice(at, 0, each.text);
    else if (each.kind === "swap") {
      const other = each.with % lines.length;
      lines[at] = lines[other] ?? "";
      lines[other] = line;
    } else {
      const column = each.column % (line.length + 1);
      lines[at] = line.slice(0, column) + each.text + line.slice(column + 1);
    }
  }
  return lines.join("\n");
}

describe("a plan with mistakes", () => {
  it.skipIf(!hasDocuments())(
    "never crashes the reader, and no row of a task table is lost without a word",
    () => {
      const documents = [streamPlan(), sessionPlan()];
      fc.assert(
        fc.property(fc.array(mutation, { minLength: 1, maxLength: 12 }), fc.array(mutation, { maxLength: 6 }), (first, second) => {
          const sources = documents.map((source, index) => ({ file: source.file, text: spoil(source.text, index === 0 ? first : second) }));
          const reading = readPlan(sources);
          expect(JSON.parse(JSON.stringify(checkJson(reading)))).toHaveProperty("schema", 1);
          expect(checkText(reading)).not.toContain("undefined");
          const known = new Set(reading.plan?.tasks.map((task) => task.number));
          const reported = new Set(reading.problems.map((problem) => `${problem.file}:${problem.line}`));
          for (const { file, text } of sources) {
            for (const table of parseMarkdown(text, file)) {
              if (table.kind !== "table" || !isTaskTable(table)) continue;
              for (const row of table.rows) {
                const cell = row.cells[0]?.text ?? "";
                // A sum under a table is no task, whatever table it has come under.
                const empty = row.cells.every((each) => each.text === "") || /^\**total:?\**$/iu.test(cell);
                expect(
                  empty || known.has(Number(cell)) || reported.has(`${file}:${row.place.line}`),
                  `${file}:${row.place.line} ${cell}`,
                ).toBe(true);
              }
            }
          }
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  it.each([
    ["nothing", ""],
    ["deep quotes", `${">".repeat(30_000)} x\n`],
    ["deep lists on one line", `# P\n\n${"- ".repeat(30_000)}x\n`],
    ["deep lists", Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n")],
    ["an endless line", `# P\n| # | Task |\n|---|---|\n| 1 | ${"x".repeat(200_000)} |\n`],
    ["many columns", `# P\n|${" # |".repeat(500)}\n|${"---|".repeat(500)}\n|${" 1 |".repeat(500)}\n`],
    ["many paragraphs", "a\n\n".repeat(3000)],
    ["a YAML bomb", `---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n${"d: [*c, *c, *c, *c]\n"}---\n# P\n`],
    ["huge ranges", "# P\n## Session 01: x\n### Allocation (9 tasks)\n- **Terminals 1-9:** y (tasks 1-999999)\n"],
  ])("survives %s", (_, text) => {
    const reading = readPlan([{ file: "x.md", text }]);
    expect(reading.plan !== null || reading.problems.some((problem) => problem.severity === "error")).toBe(true);
  });
});
