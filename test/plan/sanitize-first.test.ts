import { describe, expect, test } from "vitest";
import { sharingRules } from "../../src/engine/agents/share.ts";
import { readPlan } from "../../src/plan/read.ts";

function planWith(section: string) {
  const { plan } = readPlan([
    { file: "plan.md", text: `# Plan\n\n## Stream A: All (1 Task)\n\n| # | Task |\n|---|---|\n| 1 | Do it |\n\n${section}` },
  ]);
  if (!plan) throw new Error("no plan was read");
  return plan;
}

/** As the hundred-task plan has it. */
const KNOWLEDGE = [
  "### Knowledge Base (Requires Sanitization)",
  "",
  "**Location:** `docs/knowledge/` (10 documents)",
  "",
  "**Before sharing it, run:**",
  "```bash",
  "python scripts/sanitize.py --input docs/knowledge/ --output /tmp/clean/",
  "```",
  "",
].join("\n");

describe("what must be sanitized before it is shared", () => {
  test("is named by its location, and refused with that rule", () => {
    const plan = planWith(KNOWLEDGE);
    expect(plan.sanitizeFirst).toEqual(["docs/knowledge/"]);
    expect(plan.neverShare).toEqual([]);
    expect(sharingRules(plan)).toEqual([{ pattern: "docs/knowledge/", text: "docs/knowledge/ before it is sanitized" }]);
  });

  test("may stand in a plain list, in either spelling", () => {
    const section = "### Files (needs sanitising)\n\n```\ndocs/a.md # names\ndocs/b.md\n```\n";
    expect(planWith(section).sanitizeFirst).toEqual(["docs/a.md", "docs/b.md"]);
  });

  test("is shared once a line says that it is done, and by whom or when", () => {
    expect(planWith(`${KNOWLEDGE}\n**Sanitized:** 2026-11-27, by hand\n`).sanitizeFirst).toBeUndefined();
    expect(planWith(`${KNOWLEDGE}\n**Sanitized:**\n`).sanitizeFirst).toEqual(["docs/knowledge/"]);
  });

  test("is nothing in a section that asks for none", () => {
    expect(planWith(KNOWLEDGE.replace(" (Requires Sanitization)", "")).sanitizeFirst).toBeUndefined();
  });
});
