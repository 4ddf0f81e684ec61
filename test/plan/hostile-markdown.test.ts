import { describe, expect, test } from "vitest";
import { parseMarkdown } from "../../src/plan/markdown.ts";
import { readPlan } from "../../src/plan/read.ts";

const HEAD = "# P\n\n| # | Task |\n|---|------|\n| 1 | a |\n\n";

/** So large that a reader whose time grows with the square needs minutes: the test's own time-out is the judge. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ["open brackets", `${HEAD}${"[".repeat(200_000)}x${"]".repeat(200_000)}\n`],
  ["links in links", `${HEAD}${"[a](".repeat(100_000)}\n`],
  ["references", `${HEAD}${"[r1]".repeat(100_000)}\n`],
  ["pictures", `${HEAD}${"![a".repeat(100_000)}\n`],
  ["stars", `${HEAD}${"*a **b ".repeat(20_000)}\n`],
  ["code spans that never close", `${HEAD}${Array.from({ length: 150 }, (_, i) => "`".repeat(i + 1)).join(" ")}\n`],
  ["comments that never close", `${HEAD}${"<!-- ".repeat(40_000)}\n`],
  ["angles", `${HEAD}${"<".repeat(50_000)}\n`],
  ["a table of many columns", `| # | Task ${"| c ".repeat(3000)}|\n${"|---".repeat(3002)}|\n| 1 | a ${"| x ".repeat(3000)}|\n`],
  ["pipes", `${HEAD}${"|".repeat(20_000)}\n${"|-".repeat(10_000)}\n`],
  ["headings", `${"## Stream A: x (3 Tasks)\n\n".repeat(3000)}${HEAD}`],
  ["a list with a link at its end", `${HEAD}${"- a\n".repeat(20_000)}- [b](c)\n`],
  ["a quote with a link at its end", `${HEAD}${"> a\n".repeat(10_000)}> [b](c)\n`],
  ["fences that never close", `${HEAD}${"```\n# a\n\n~~~\n".repeat(5000)}`],
  ["blanks within lines", `${HEAD}${`# a${" ".repeat(50_000)}b\n\nc${" ".repeat(50_000)}d\n\n| e${" ".repeat(50_000)}f |\n`.repeat(3)}`],
  ["lists in items", `${HEAD}${`- a\n  - b\n    - c\n      - d\n        - [e](f)\n`.repeat(1000)}`],
  ["lines that a rule turns into a heading", `${HEAD}${"a\n".repeat(20_000)}===\n`],
];

describe("hostile Markdown", () => {
  test.each(HOSTILE)("%s are read to the end", (_name, text) => {
    expect(readPlan([{ file: "plan.md", text }]).problems).toBeInstanceOf(Array);
  });

  test.each([
    ["quotes in quotes", `${"> ".repeat(200)}x`],
    ["lists that are set in, line by line", Array.from({ length: 300 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n")],
    ["the same with tabs", Array.from({ length: 80 }, (_, i) => `${"\t".repeat(i)}1. x`).join("\n")],
    ["quotes after blanks", `  ${"> ".repeat(200)}x`],
  ])("%s are refused with their line, before the parser sees them", (_name, text) => {
    const { problems } = readPlan([{ file: "plan.md", text: `${HEAD}${text}\n` }]);
    expect(problems).toContainEqual(expect.objectContaining({ code: "too-deep", severity: "error" }));
  });

  test("a plan with hundreds of links, each in its own row, keeps them all", () => {
    const rows = Array.from({ length: 700 }, (_, i) => `| ${i + 1} | [task ${i + 1}](https://example.com/${i + 1}) |\n`).join("");
    const { plan } = readPlan([{ file: "plan.md", text: `# P\n\n| # | Task |\n|---|---|\n${rows}` }]);
    expect(plan?.tasks.map(({ title }) => title)).toEqual(Array.from({ length: 700 }, (_, i) => `task ${i + 1}`));
  });

  test("a paragraph of brackets stays text, and what follows is read", () => {
    const blocks = parseMarkdown(`${"[a](b)".repeat(600)}\n\n## Next\n`, "f");
    expect(blocks.map(({ kind }) => kind)).toEqual(["paragraph", "heading"]);
  });
});
