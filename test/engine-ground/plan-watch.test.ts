import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchPlan } from "../../src/engine/plan-watch.ts";
import { planPrint, planPrintAt, planStamps } from "../../src/engine/plan-print.ts";
import { shellPlan } from "../support/scene/plans.ts";

const PLAN = shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]);
let project: string;
let file: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "plan-watch-"));
  file = join(project, "plan.md");
  writeFileSync(file, PLAN);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(project, { recursive: true, force: true });
});

/** Resolves once it holds; the watcher's own clock is turned on, ten seconds at most. */
async function within10s(holds: () => boolean): Promise<void> {
  for (let ms = 0; ms < 10_000 && !holds(); ms += 100) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(holds()).toBe(true);
}

test("an edit that could not be taken in is told again at a later look, and the fault is logged once", async () => {
  // Loaded before, so that no look waits for the disk.
  await import("../../src/engine/plan-files.ts");
  const known = planPrint([file]);
  const logged: string[] = [];
  const told: string[] = [];
  let faults = 2;
  const watch = watchPlan({
    files: [file],
    project,
    known,
    log: (text) => void logged.push(text),
    read: (_reading, fingerprint) => {
      if (faults-- > 0) throw new Error("the disk is full");
      told.push(fingerprint);
    },
  });
  try {
    writeFileSync(file, PLAN.replace("Ship it", "Ship it soon"));
    await within10s(() => logged.length > 0);
    await within10s(() => faults === 0);
    await within10s(() => told.length > 0);
    expect(logged).toEqual(["plan files: the disk is full"]);
    expect(told).toEqual([planPrint([file])]);
  } finally {
    watch.close();
  }
});

test("what the files said is known as long as they are as they were, and not once one was edited, replaced or removed", () => {
  const stamps = planStamps([file]);
  expect(planPrintAt([file], stamps)).toBe(planPrint([file]));
  writeFileSync(file, `${PLAN}\nMore.\n`);
  expect(planPrintAt([file], stamps)).toBeNull();
  const edited = planStamps([file]);
  rmSync(file);
  writeFileSync(`${file}.new`, `${PLAN}\nMore!\n`);
  renameSync(`${file}.new`, file);
  expect(planPrintAt([file], edited)).toBeNull();
  const replaced = planStamps([file]);
  rmSync(file);
  expect(planPrintAt([file], replaced)).toBeNull();
});
