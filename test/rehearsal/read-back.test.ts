/** What the stand-in writes, read by the engine's own reader: the two must mean the same by the same words. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ScratchReading } from "../../src/plan/report-types.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import { raiseBlocker, resolveBlocker, troubleFor } from "../../src/rehearsal/blocker-file.ts";
import { handoffParts, writeHandoff } from "../../src/rehearsal/handoff-file.ts";
import { Random } from "../../src/rehearsal/random.ts";
import { ReportFile } from "../../src/rehearsal/report-file.ts";
import { subjectOf } from "../../src/rehearsal/subject.ts";

let scratchpad = "";
beforeEach(() => {
  scratchpad = mkdtempSync(join(tmpdir(), "read-back-"));
});
afterEach(() => rmSync(scratchpad, { recursive: true, force: true }));

function reading(name: string): ScratchReading {
  return readScratch(join(scratchpad, name), readFileSync(join(scratchpad, name), "utf8"));
}

const entries = [
  { task: 31, title: "person_service.py", state: "done", reason: null, minutes: 30 },
  { task: 33, title: "constraint_service.py", state: "blocked", reason: "no database", minutes: 60 },
  { task: 34, title: "block_service.py", state: "open", reason: null, minutes: 60 },
] as const;

test("a handoff has all five parts", async () => {
  await writeHandoff({ marathon: "m-1", scratchpad, title: "a plan" }, "025", entries, join(scratchpad, "assignment.json"));
  const { name, handoff, ticks } = reading("SESSION_025_HANDOFF.md");
  expect(name).toMatchObject({ session: "025" });
  expect(handoff).toMatchObject({ completion: 33, missing: [] });
  expect(handoff?.completed.join()).toContain("person_service.py");
  expect(handoff?.blocked.join()).toContain("no database");
  expect(handoff?.nextSteps).toHaveLength(2);
  expect(handoff?.effortHours).toEqual({ low: 1.5, high: 3 });
  expect(ticks).toEqual([]);
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  "a blocker tells its cause, evidence and attempts, and when it is over (seed %i)",
  (seed) => {
    const facts = { marathon: "m-1", scratchpad, terminal: 4 };
    const trouble = troubleFor(
      subjectOf({ number: 33, title: "constraint_service.py", target: "test_constraint_service.py" }),
      new Random(seed),
    );
    raiseBlocker(facts, 33, "constraint_service.py", trouble);
    const { name, blocker } = reading("TASK_033_BLOCKER.md");
    expect(name).toMatchObject({ task: 33 });
    expect(blocker).toMatchObject({
      reason: trouble.reason,
      priority: trouble.priority,
      tasks: [33],
      cause: trouble.cause,
      tried: trouble.tried,
      notTried: trouble.notTried,
      resolved: false,
    });
    expect(blocker?.evidence?.text).toBe(trouble.error);
    resolveBlocker(facts, 33, "taken care of");
    expect(reading("TASK_033_BLOCKER.md").blocker?.resolved).toBe(true);
  },
);

test("a report's ticks are read in every state, also below the closing parts", () => {
  const report = new ReportFile({
    marathon: "m-1",
    title: "a plan",
    terminal: 4,
    label: "services",
    role: null,
    reportFile: join(scratchpad, "terminal-04.md"),
  });
  report.tick(31, "done", "person_service.py");
  report.tick(32, "doing", "workflow_service.py");
  report.tick(33, "blocked", "constraint_service.py - ERROR: no database");
  report.tick(34, "open", "block_service.py");
  report.write(["", ...handoffParts(entries)]);
  const { name, ticks } = reading("terminal-04.md");
  expect(name).toMatchObject({ terminal: 4 });
  expect(ticks.map(({ task, state }) => [task, state])).toEqual([
    [31, "done"],
    [32, "doing"],
    [33, "blocked"],
    [34, "open"],
  ]);
  expect(ticks[2]?.text).toContain("no database");
});
