import { expect, test } from "vitest";
import { writeFor } from "../../src/engine/blocker-papers.ts";
import type { Papers } from "../../src/engine/papers.ts";
import { fold } from "../../src/marathon/step.ts";
import type { State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import { shellPlan } from "../support/scene/plans.ts";

/** Task 1 is blocked by B1. */
function blocked(): State {
  const { plan } = readPlan([{ file: "plan.md", text: shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]) }]);
  if (!plan) throw new Error("no plan");
  const setting = { agent: "claude", command: null, rehearsal: false, speed: 1, seed: null, project: "/p", scratchpad: "/p/s" };
  const when = { at: 0, t: 0 };
  return fold(null, [
    { type: "marathon-started", id: "m-1", plan, ...setting, seq: 1, ...when },
    { type: "task-blocked", task: 1, terminal: 1, reason: "no disk", source: "a test", priority: null, evidence: [], seq: 2, ...when },
  ]);
}

test("a form that cannot be read costs nobody the handoff: the five parts of every handoff are written, and the fault is told", () => {
  const written = new Map<string, string>();
  const papers = { create: (path: string, text: string) => Boolean(written.set(path, text)) } as unknown as Papers;
  const fault = writeFor(papers, blocked(), 0, { kind: "write", document: "handoff", blocker: "B1", task: 1 }, () => {
    throw new Error("EACCES: permission denied");
  });
  expect([...written.keys()]).toEqual(["/p/s/TASK_001_HANDOFF.md"]);
  expect(readScratch("TASK_001_HANDOFF.md", written.get("/p/s/TASK_001_HANDOFF.md") ?? "").handoff?.missing).not.toContain("blocked work");
  expect(fault).toMatch(/form for handoffs could not be read.*EACCES/u);
});
