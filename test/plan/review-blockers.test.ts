import { describe, expect, it } from "vitest";
import { importFile } from "../../src/plan/import/import-file.ts";
import { reviewBlockers, type ReviewBlocker } from "../../src/plan/import/review-blockers.ts";
import type { Review } from "../../src/plan/import/types.ts";
import type { PlanSource } from "../../src/plan/types.ts";
import { scratchName } from "../../src/plan/scratch-name.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import { hasDocuments } from "../support/documents.ts";
import { document } from "./shared.ts";

const REVIEW = `# Review: a short night

### Session 25: Backend tests (30% Complete - BLOCKED)

**Reason:** two libraries exclude each other

### Session 26: Pages (100% Complete)

| Session | Planned Hours | Actual Hours |
|---|---|---|
| 25 | 4 | 2 |
| 26 | 4 | 4 |
| ../../etc | 4 | 4 |
`;

function blockersOf(source: PlanSource): readonly ReviewBlocker[] {
  return reviewBlockers(importFile(source, null).imported as Review);
}

describe("what a review tells of as blocked", () => {
  it("becomes a blocker file with its reason and figures, which is read back as an open blocker of that session", () => {
    const found = blockersOf({ file: "review.md", text: REVIEW });
    expect(found.map(({ name }) => name)).toEqual(["SESSION_25_BLOCKER.md"]);
    const [{ name, text }] = found as [ReviewBlocker];
    expect(scratchName(name)).toMatchObject({ kind: "blocker", session: "25", placeholder: false });
    expect(text).toContain("30 % complete, 4 h planned, 2 h worked");
    expect(readScratch(name, text).blocker).toMatchObject({ reason: "two libraries exclude each other", resolved: false });
  });

  it.skipIf(!hasDocuments())("in the recorded review is session 025 alone: 026 and 027 suffered from it", () => {
    const found = blockersOf(document("marathon-after-action-review"));
    expect(found.map(({ session }) => session)).toEqual(["025"]);
  });
});
