import { describe, expect, it } from "vitest";
import { kindOf, learn, withHistory } from "../../src/plan/history.ts";
import { importFile } from "../../src/plan/import/import-file.ts";
import { importJson } from "../../src/plan/import/import-json.ts";
import { importText } from "../../src/plan/import/import-text.ts";
import type { Review } from "../../src/plan/import/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { hasDocuments } from "../support/documents.ts";
import { appendix, document, planOf, sessionPlan, streamPlan, taskOf } from "./shared.ts";

const ofDocuments = it.skipIf(!hasDocuments());

const REVIEW = `# Review: a short night

> **Overall Progress:** 80%

### ✅ Session 01: Index tests (100% Complete)

**Status:** SUCCESS
**Duration:** ~3 hours

**Deliverables:**
- ✅ \`a.md\` (10 lines)
- ⚠️ \`b.md\` (not created)

### ⏳ Session 02: Handbook (50% Complete - IN PROGRESS)

**Remaining Work (50%):**
- Chapter two

| Session | Planned Hours | Actual Hours | Efficiency |
|---|---|---|---|
| 01 | 2 | ~3 | 67% (extra tests) |
| 02 | 4 | 2 (ongoing) | 50% |
| **Total** | 6 | ~5 | 83% |

| Session | Status | % Complete | Hours | Key Deliverables |
|---|---|---|---|---|
| 01 | ✅ DONE | 100% | 3 | a |
| 02 | 🔄 IN PROGRESS | 50% | 2 | b |
`;

/** As UTF-8 looks when it is read as Windows-1252 and saved again; bytes without a character there are lost. */
function broken(text: string): string {
  const decoder = new TextDecoder("windows-1252");
  const bytes = [...text].map((char) => (char.charCodeAt(0) < 0x80 ? char : decoder.decode(new TextEncoder().encode(char))));
  return bytes.join("").replaceAll(/[\u0081\u008d\u008f\u0090\u009d]/g, "");
}

function review(text: string): Review {
  const { imported } = importFile({ file: "review.md", text });
  if (imported?.kind !== "review") throw new Error("no review");
  return imported;
}

interface Figures {
  sessions: Record<string, unknown>[];
  totals: Record<string, unknown>;
}
const json = (text: string) => importJson(importFile({ file: "review.md", text })) as unknown as Figures;

describe("a review", () => {
  it.each([
    ["as it was written", REVIEW],
    ["in the wrong encoding", broken(REVIEW)],
    ["with CRLF", REVIEW.replaceAll("\n", "\r\n")],
    ["with its time table alone", REVIEW.slice(0, REVIEW.indexOf("| Session | Status |"))],
  ])("%s gives hours, closeness, signed variance and earned value", (_, text) => {
    const { sessions, totals } = json(text);
    expect(sessions).toMatchObject([
      {
        id: "01",
        planned: 2,
        actual: 3,
        approximate: true,
        closeness: 67,
        variance: 1,
        completion: 100,
        status: "done",
        reason: "extra tests",
      },
      { id: "02", planned: 4, actual: 2, approximate: false, closeness: 50, variance: -2, completion: 50, status: "in_progress" },
    ]);
    expect(totals).toMatchObject({ planned: 6, actual: 5, closeness: 83, variance: -1, earnedHours: 4, costIndex: 0.8, completion: 66.7 });
    expect(sessions[0]?.["deliverables"]).toEqual({ present: 1, warned: 1, missing: 0 });
  });

  it("keeps what it states beside what its rows give, and says where they differ", () => {
    expect(json(REVIEW).totals["stated"]).toEqual({ completion: 80 });
    const codes = review(REVIEW.replace("67% (extra tests)", "90%")).problems.map((problem) => [
      problem.code,
      problem.stated,
      problem.computed,
    ]);
    expect(codes).toContainEqual(["progress-differs", 80, 66.7]);
    expect(codes).toContainEqual(["closeness-differs", 90, 67]);
  });

  it("is shown as a table that fits its page", () => {
    const source = { file: "review.md", text: REVIEW };
    const text = importText(importFile(source), source, 80);
    expect(text).toMatch(/total +6 h +5 h +−1 h +83 % +66\.7 % +4 h +0\.80/);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("without hours or completion is none", () => {
    expect(importFile({ file: "x.md", text: "# Review\n\nAll went well.\n" }).problems).toMatchObject([
      { code: "unknown-format", severity: "error" },
    ]);
  });

  ofDocuments("of the recorded marathon gives the figures of the requirements", () => {
    const { sessions, totals } = json(document("marathon-after-action-review").text);
    const rows = appendix("E")["aar"] as Record<string, unknown>[];
    expect(sessions.map((session) => session["closeness"])).toEqual([100, 50, 75, 0, 100, 60, 75, 67, 67]);
    expect(sessions.map((session) => session["variance"])).toEqual([0, -2, -1, -4, 0, 2, 1, -1, -1]);
    expect(sessions.map((session) => session["costIndex"])).toEqual([0.9, 0.6, 0.53, null, 0.95, 0.51, 0.68, 1.05, 0.45]);
    expect(
      sessions.map(({ id, planned, actual, completion, status, approximate }) => [id, planned, actual, completion, status, approximate]),
    ).toEqual(rows.map((row) => [row["id"], row["planned_h"], row["actual_h"], row["done_pct"], row["status"], row["approx"]]));
    expect(sessions.map((session) => Object.values(session["deliverables"] as object))).toEqual(
      rows.map((row) => row["deliverables_ok_warn_no"]),
    );
    expect(sessions.map((session) => session["remaining"])).toEqual(rows.map((row) => row["remaining_pct"]));
    expect(totals).toMatchObject({
      planned: 32,
      actual: 26,
      closeness: 81,
      earnedHours: 18.45,
      costIndex: 0.71,
      completion: 57.7,
      stated: { completion: 65 },
    });
  });
});

describe("history", () => {
  const piece = (name: string, planned: number | null, actual: number | null, completion: number | null) => ({
    name,
    planned,
    actual,
    completion,
  });

  it.each([
    ["Backend Service Tests", "tests"],
    ["E2E & Integration Tests", "integration"],
    ["Security Hardening", "review"],
    ["Documentation Sync", "documents"],
    ["Database Optimization", "database"],
    ["MCP Tool Completion", "building"],
  ])("%s is of the kind %s", (name, kind) => {
    expect(kindOf(name)).toBe(kind);
  });

  it("gives a ratio for each kind of which there is enough, with its spread and count", () => {
    const history = learn("r.md", [piece("Unit tests", 2, 2, 50), piece("More tests", 4, 4, 100), piece("Guide", 1, 3, 100)]);
    expect(history.kinds).toEqual([{ kind: "tests", ratio: 1.2, low: 1, high: 2, count: 2 }]);
    expect(history.all).toEqual({ kind: "all", ratio: 1.5, low: 1, high: 3, count: 3 });
  });

  it("learns nothing from what was never begun, and then changes nothing", () => {
    const history = learn("r.md", [piece("Tests", 4, 0, 0), piece("Tests", null, 2, 50), piece("Tests", 4, 2, null)]);
    expect(history.all).toBeNull();
    const plan = planOf(readPlan([{ file: "p.md", text: "# P\n| # | Task |\n|---|---|\n| 1 | a |\n" }]));
    expect(withHistory(plan, history)).toBe(plan);
  });

  ofDocuments("stretches derived estimates to ranges, names itself as their rule, and leaves stated ones alone", () => {
    const sessions = review(document("marathon-after-action-review").text).sessions.map((session) => ({
      ...session,
      name: session.name ?? "",
    }));
    const history = learn("review.md", sessions);
    expect(history.all).toEqual({ kind: "all", ratio: 1.41, low: 0.95, high: 2.22, count: 8 });
    const plan = withHistory(planOf(readPlan([streamPlan(), sessionPlan()])), history);
    expect(taskOf(plan, 31).estimate).toMatchObject({ source: "derived", low: 48.1, high: 54.14 });
    expect(taskOf(plan, 31).estimate?.rule).toMatch(/^stream B: .*; × 1\.79 \(1\.67-1\.88\) as in 2 sessions of tests of review\.md$/);
    const stated = {
      ...plan,
      tasks: plan.tasks.map((task) => ({ ...task, estimate: { low: 5, high: 5, source: "plan" as const, rule: null } })),
    };
    expect(withHistory(stated, history).tasks).toEqual(stated.tasks);
  });
});
