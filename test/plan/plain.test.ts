import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarkdown, type Block } from "../../src/plan/markdown.ts";
import { plainBlocks } from "../../src/plan/plain-blocks.ts";
import { hasDocuments } from "../support/documents.ts";
import { sessionPlan, streamPlan } from "./shared.ts";

/** Documents of each kind that are tried. */
const RUNS = 400;

/** By the parser alone, all at once. */
function parsed(text: string): unknown[] {
  return flat(parseMarkdown(text, "x.md", null));
}

/** What is plain without the parser, the rest with it. */
function read(text: string): unknown[] {
  return flat(parseMarkdown(text, "x.md"));
}

/** List items may stand in one list or in two; the reader sees the items. */
function flat(blocks: readonly Block[]): unknown[] {
  return blocks.flatMap((block): unknown[] => (block.kind === "list" ? [...block.items] : [block]));
}

function shareOfPlain(text: string): number {
  return plainBlocks(text, 0, 1, { file: "x.md", indent: 0 }).end / text.length;
}

/** Signs that mean something somewhere, and words between them. */
const sign = fc.constantFrom(
  ..."a|b| |  |   |1|9|é|\u00a0|×|☃|🙂|Â|â€™".split("|"),
  ..."#|##|-|--|---|*|**|+|=|===|_|__|`|``|```|~|~~~|>|<|</|<!--|-->|<b>|&|&amp;|&#35;|&x|;|:|:-|!|(|)|.|1.|2.|1)|/|@|^|$|%|'".split("|"),
  ..."[ [ ] [x] ]( ]: ![ \\ \\| | |- || http://x <http://x> <x@y.z> <=1@y.z www.x.y".split(" "),
  "[ ] ",
  "- ",
  "| ",
  " |",
  "\t",
  "  ",
  "\u0000",
  "\u2028",
  "\ufeff",
);
const scrap = fc.array(sign, { maxLength: 7 }).map((signs) => signs.join(""));

/** Lines as plans have them, and lines that are nearly so. */
const usual = fc.constantFrom(
  "# Heading",
  "## Stream A: MCP (3 Tasks)",
  "### `code` heading",
  "## closed ##",
  "#no heading",
  "words and words",
  "**Terminal 1 | Goal: all**",
  "*.ts and `a|b`",
  "words with blanks  ",
  "12 words",
  "12. twelve",
  "1. one",
  "2. two",
  "1) one",
  "- item",
  "- [ ] 3 task",
  "- [x] `code`",
  "- [ ]",
  "-  two blanks",
  "-",
  "* star",
  "+ plus",
  "- | -",
  "  - nested",
  "   - nested in a number",
  "    - deep",
  "  words set in",
  "   words set in",
  "  ```",
  "   ```",
  "  | a | b |",
  "  |---|---|",
  "| a | b |",
  "|---|---|",
  "| --- | :-: |",
  "|---|",
  "a | b",
  "---|---",
  ":-",
  "| 1 | `x \\| y` |",
  "| 1 | [x](y) |",
  "| 1 | `open |",
  "|  | two |",
  "||",
  "|",
  "```",
  "```bash",
  "``` a b",
  "````",
  "~~~",
  "---",
  "***",
  "- - -",
  "===",
  "> quote",
  "> **Status:** `x`",
  ">",
  "> - item",
  ">no blank",
  "> ```",
  "> # Heading",
  "<div>",
  "</div>",
  "<!-- x -->",
  "<!--",
  "-->",
  "key: value",
  "[ref]: http://x",
  "    code",
  "\tcode",
);
const line = fc.oneof(
  { weight: 6, arbitrary: usual },
  { weight: 3, arbitrary: fc.constant("") },
  { weight: 2, arbitrary: scrap },
  { weight: 2, arbitrary: fc.tuple(usual, scrap).map(([known, more]) => known + more) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(" ", "  ", "   ", "    "), usual).map(([blanks, known]) => blanks + known) },
);

/** Tables, lists and fences that are whole, so that what is in them is looked at more often. */
const cell = fc.oneof(scrap, fc.constantFrom("words", "`code`", "", "a \\| b", "*.ts"));
const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => `| ${cells.join(" | ")} |`);
const table = fc.array(row, { maxLength: 5 }).map((rows) => ["| a | b |", "|---|---|", ...rows]);
const fence = fc.array(line, { maxLength: 4 }).map((lines) => ["```", ...lines, "```"]);
const nested = fc
  .tuple(
    fc.constantFrom("- item", "1. one", "- [ ] task"),
    fc.array(fc.oneof({ weight: 3, arbitrary: line.map((one) => [one]) }, fence), { maxLength: 4 }),
  )
  .map(([item, inside]) => [item, ...inside.flat().map((one) => (one === "" ? "" : `${item.startsWith("1") ? "   " : "  "}${one}`))]);

// A byte order mark at the start of a file is taken off before anybody reads it.
const lines = fc.array(fc.oneof({ weight: 6, arbitrary: line.map((one) => [one]) }, table, fence, nested), { maxLength: 12 }).map((parts) =>
  parts
    .flat()
    .join("\n")
    .replace(/^\ufeff+/, ""),
);

/** Both ways are one. A text on which the parser's development build fails its own assertion ("-\n[ ] a") tells nothing of ours. */
function expectSame(text: string): void {
  try {
    expect(read(text)).toEqual(parsed(text));
  } catch (error) {
    fc.pre((error as { readonly code?: string }).code !== "ERR_ASSERTION");
    throw error;
  }
}

describe("what is read without the parser", () => {
  it("is what the parser reads, to the column", () => {
    fc.assert(
      fc.property(lines, fc.constantFrom("", "\n"), (text, end) => {
        expectSame(text + end);
      }),
      { numRuns: RUNS },
    );
  });

  it("is the same in front matter and below it", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), fc.constantFrom("---", "--- ", "----", "..."), lines, (front, end, text) => {
        const document = ["---", ...front, end, text].join("\n");
        expectSame(document);
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it("is nearly all of a plan", () => {
    const plan = [
      "---\ntitle: A plan\n---\n# Plan\n\n> **Purpose:** all of it\n> **Status:** ready\n",
      "## Stream A: Words (2 Tasks)\n\n**Terminal 1 | Goal: `src`**\n\n| # | Task | Run |\n|---|------|-----|\n| 1 | a | `x \\| y` |\n| 2 | *.ts < 3 | b |\n",
      "**Files:**\n```bash\n# not a heading\n```\n- [ ] 3 one\n- [x] `two`\n  - below it\n\n1. **Check:**\n   ```\n   git status\n   ```\n\n2. and\n\n---\n",
    ].join("\n");
    expect(shareOfPlain(plan)).toBe(1);
  });

  it.skipIf(!hasDocuments())("is all of the two documents", () => {
    expect([streamPlan(), sessionPlan()].map(({ text }) => shareOfPlain(text))).toEqual([1, 1]);
  });

  it.skipIf(!hasDocuments())("is what the parser reads in documents of which anything may be spoilt", () => {
    const documents = [streamPlan(), sessionPlan()].map(({ text }) => text.split("\n"));
    const where = fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(
        where,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.oneof(sign, usual)), { maxLength: 4 }),
        ([which, from, count], changes) => {
          const all = documents[which % documents.length] ?? [];
          const start = from % all.length;
          const some = all.slice(start, start + count);
          for (const [at, column, isLine, what] of changes) {
            const index = at % some.length;
            const old = some[index] ?? "";
            if (isLine) some.splice(index, 0, what);
            else some[index] = old.slice(0, column % (old.length + 1)) + what + old.slice((column % (old.length + 1)) + 1);
          }
          const text = some.join("\n").replace(/^\ufeff+/, "");
          expectSame(text);
        },
      ),
      { numRuns: RUNS / 2 },
    );
  });
});
