import { describe, expect, it } from "vitest";
import { checkJson } from "../../src/plan/check-json.ts";
import { checkText } from "../../src/plan/check-text.ts";
import { readPlan } from "../../src/plan/read.ts";
import { hasDocuments } from "../support/documents.ts";
import { read, sessionPlan, streamPlan } from "./shared.ts";

const ofDocuments = it.skipIf(!hasDocuments());

const json = (reading: Parameters<typeof checkJson>[0]) => JSON.parse(JSON.stringify(checkJson(reading))) as Record<string, unknown>;

describe("check --json", () => {
  ofDocuments("has every field of the contract", () => {
    const value = json(readPlan([streamPlan(), sessionPlan()]));
    const keysOf = (name: string) => Object.keys((value[name] as object[])[0] ?? {});
    expect(Object.keys(value)).toEqual(
      expect.arrayContaining([
        "schema",
        "title",
        "horizonHours",
        "streams",
        "sessions",
        "terminals",
        "phases",
        "tasks",
        "budgets",
        "neverShare",
        "hierarchy",
        "timeline",
        "totals",
        "problems",
      ]),
    );
    expect(keysOf("streams")).toEqual(expect.arrayContaining(["id", "name", "terminals", "tasks", "goal"]));
    expect(keysOf("sessions")).toEqual(
      expect.arrayContaining(["id", "name", "hours", "branch", "agents", "tasks", "criteria", "deliverables"]),
    );
    expect(keysOf("terminals")).toEqual(expect.arrayContaining(["number", "stream", "label", "tasks"]));
    expect(keysOf("phases")).toEqual(expect.arrayContaining(["id", "terminals", "tasks"]));
    expect(keysOf("tasks")).toEqual(
      expect.arrayContaining(
        "number title stream session terminal phase target from to run role fallback estimateMinutes estimateSource dependsOn priority file line".split(
          " ",
        ),
      ),
    );
    expect(keysOf("problems")).toEqual([
      "severity",
      "code",
      "trap",
      "message",
      "advice",
      "file",
      "line",
      "column",
      "stated",
      "computed",
      "fix",
    ]);
    expect(value["totals"]).toEqual({ tasks: 100, streams: 6, terminals: 10, sessions: 9, hours: 32, agents: 25 });
    expect(value["timeline"]).toContainEqual({
      start: 32,
      end: 36,
      session: "buffer",
      kind: "buffer",
      label: "Buffer for issues, Codex feedback",
    });
    expect((value["hierarchy"] as { roles: unknown[] }).roles).toHaveLength(26);
    expect((value["tasks"] as object[])[30]).toMatchObject({
      number: 31,
      session: "025",
      terminal: 4,
      estimateMinutes: 28.8,
      estimateSource: "derived",
      dependsOn: [],
      priority: null,
      run: null,
    });
  });

  it("gives the middle of an estimated range, and says when there is none", () => {
    const value = json(read("# P\n| # | Task | Estimate |\n|---|---|---|\n| 1 | a | 2-4 h |\n| 2 | b | |\n"));
    expect(value["tasks"]).toMatchObject([
      { estimateMinutes: 180, estimateSource: "plan", estimateLow: 120, estimateHigh: 240 },
      { estimateMinutes: null, estimateSource: "none" },
    ]);
  });

  it("without a plan has empty lists and the problems", () => {
    expect(json(read("nothing"))).toMatchObject({
      schema: 1,
      title: null,
      horizonHours: null,
      tasks: [],
      totals: { tasks: 0, hours: 0 },
      problems: [{ code: "no-tasks", severity: "error", stated: null }],
    });
  });
});

describe("check", () => {
  it("shows the plan at a glance, then each problem with place and advice, then the verdict", () => {
    const text = checkText(read("# Night\n| # | Task | Run | Estimate |\n|---|---|---|---|\n| 1 | a | `true` | 30m |\n| 3 | b | | 1h |\n"));
    expect(text).toBe(`Night
  2 tasks in 1 stream on 2 terminals · 1h 30m of terminal time

Streams
  A  Night  2 tasks  any terminal

Terminals
  1    takes what is free
  2    takes what is free

Warnings (1)
  plan.md:5:1  gap
    number 2 is missing from the tasks
    → add the missing tasks, or renumber if nothing was lost

0 errors, 1 warning, 0 notes: the plan can be run
`);
  });

  ofDocuments("shows sessions, phases and traps of the documents", () => {
    const sources = [streamPlan(), sessionPlan()];
    const text = checkText(readPlan(sources), { width: 120, sources });
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "100 tasks in 6 streams on 10 terminals · 9 sessions, 32 h, 25 agents · horizon 36 h · 54h of terminal time (all estimates derived)",
    );
    expect(text).toMatch(/025 {2}Backend Service Tests .* tasks 31–55 .* QA_TESTER ×3 .*claude\/session-025-/);
    expect(text).toContain(`  thirty-six-hour-session-plan.md:24:1  total-differs  T-01
    hours of all sessions: 36 stated, 32 counted
    24 │ **Total:** 36 hours, 25 agent spawns, 100 CCW tasks
    → nothing to do: the 4 h buffer is the difference
`);
  });

  ofDocuments.each([80, 100, 120])("fits a page of %i columns", (width) => {
    const sources = [streamPlan(), sessionPlan()];
    const deep = sources.map(({ file, text }) => ({ file: `../${"folder/".repeat(4)}${file}`, text }));
    const pages = [sources, deep].map((given) => checkText(readPlan(given), { width, sources: given }));
    const lines = pages.join("").split("\n");
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  it("says that a plan with errors cannot be run", () => {
    expect(checkText(read("# P\n"))).toBe(
      `Errors (1)
  plan.md:1:1  no-tasks
    there are no tasks in it
    → add a table whose first header is #, such as | # | Task | Run |

1 error, 0 warnings, 0 notes: the plan cannot be run
`,
    );
  });
});
