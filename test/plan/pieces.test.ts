import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../src/plan/markdown.ts";
import { hasDocuments } from "../support/documents.ts";
import { sessionPlan, streamPlan } from "./shared.ts";

/** By the parser, all at once. */
const WHOLE = null;

/** List items may stand in one list or in two; the reader sees the items. */
function flat(text: string, size: number | null): unknown[] {
  return parseMarkdown(text, "x.md", size).flatMap((block): unknown[] => (block.kind === "list" ? [...block.items] : [block]));
}

describe("a document that is parsed in pieces", () => {
  it.skipIf(!hasDocuments()).each([1, 50, 700, 4096])("means the same as parsed whole, cut after %d characters", (size) => {
    for (const { text } of [streamPlan(), sessionPlan()]) expect(flat(text, size)).toEqual(flat(text, WHOLE));
  });

  it("is never cut inside of what could swallow a heading, a row or a bullet", () => {
    const line = fc.constantFrom(
      "# Heading",
      "## Two",
      "| a | b |",
      "|---|---|",
      "| 1 | `x \\| y` | z |",
      "- item",
      "- [ ] 3 task",
      "  - nested",
      "* star",
      "1. one",
      "   indented",
      "```",
      "````",
      "~~~",
      "  ```",
      "    code",
      "<!--",
      "-->",
      "<!-- x -->",
      "<div>",
      "</div>",
      "<pre>",
      "> quote",
      "> ```",
      "> | a | b |",
      "---",
      "===",
      "key: value",
      "[ref]: http://x",
      "prose **bold** `code`",
      "",
      "",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (lines, size) => {
        const text = lines.join("\n");
        expect(flat(text, size)).toEqual(flat(text, WHOLE));
      }),
      { numRuns: 2000 },
    );
  });

  it("reads long runs of plain rows as the parser would, whatever is between them", () => {
    const cell = fc.constantFrom(
      "",
      " ",
      " a ",
      "b",
      "  two  words ",
      " *.ts ",
      " ~ ! ",
      " www.x.y/@z: ",
      "\u00a0é\u00a0",
      " × → ☃ ",
      " 1,3 ",
      " --- ",
    );
    const plain = fc
      .tuple(fc.array(cell, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "", " ", "   "))
      .map(([cells, after]) => `|${cells.join("|")}|${after}`);
    const other = fc.constantFrom(
      "| `a` | b |",
      "| a \\| b |",
      "| a & b |",
      "| &amp; |",
      "| <b> | [c](d) |",
      "| open",
      "words",
      "|",
      "||",
      "  | in | deep |",
      "    | code |",
      "| a\t| b |",
      "- item",
      "# Heading",
      "> | q |",
      "",
    );
    const lines = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.array(plain, { minLength: 3, maxLength: 12 }) },
        { weight: 1, arbitrary: other.map((one) => [one]) },
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 60 }), fc.boolean(), (parts, size, ends) => {
        const text = `| # | b |\n|---|---|\n${parts.flat().join("\n")}${ends ? "\n" : ""}`;
        expect(flat(text, size)).toEqual(flat(text, WHOLE));
      }),
      { numRuns: 1000 },
    );
  });
});
