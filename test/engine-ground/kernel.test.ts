import { expect, test } from "vitest";
import { MarathonClock } from "../../src/engine/clock.ts";
import { Kernel } from "../../src/engine/kernel.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, Fact } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { World } from "../marathon/world.ts";

function kernel(): { kernel: Kernel; journal: Event[]; late: Fact["type"][] } {
  const { plan } = readPlan([{ file: "plan.md", text: "# P\n\n| # | Task |\n|---|---|\n| 1 | One |\n" }]);
  if (!plan) throw new Error("no plan");
  const world = new World(plan);
  const journal: Event[] = [];
  const late: Fact["type"][] = [];
  const clock = new MarathonClock({ wall: () => 1000, monotonic: () => 1000 }, 1, 0);
  return {
    journal,
    late,
    kernel: new Kernel(world.state, {
      clock,
      clean: (fact) => fact,
      append: (event) => journal.push(event),
      perform: () => {},
      publish: () => {},
      tooLate: ({ type }) => void late.push(type),
    }),
  };
}

test("a fact that cannot be folded never gets into the journal, and those that came with it do", () => {
  const one = kernel();
  const before = one.kernel.state;
  const poison = { type: "file-changed", path: "/x.md", bytes: 1, reading: null } as unknown as Fact;
  const notice: Fact = { type: "noticed", severity: "info", text: "after it" };
  expect(() => one.kernel.submit(poison, notice)).toThrow(TypeError);
  expect(one.journal.map(({ type }) => type)).toEqual(["noticed"]);
  one.kernel.submit({ type: "noticed", severity: "info", text: "and on" });
  expect(one.journal.map(({ seq }) => seq)).toEqual([before.seq + 1, before.seq + 2]);
  expect(fold(before, one.journal)).toEqual(one.kernel.state);
});

test("what is degraded stands in the state until it is over or another engine begins", () => {
  const { kernel: one } = kernel();
  one.submit({ type: "noticed", severity: "error", text: "the disk is full", begins: "journal" });
  one.submit({ type: "noticed", severity: "warning", text: "polled", begins: "scratchpad" });
  expect(one.state.degraded).toEqual({ journal: "the disk is full", scratchpad: "polled" });
  one.submit({ type: "noticed", severity: "info", text: "there is room", ends: "journal" });
  expect(one.state.degraded).toEqual({ scratchpad: "polled" });
  one.submit({ type: "engine-started", pid: 1, version: "1", resumed: true });
  expect(one.state.degraded).toEqual({});
});

test("after its last event nothing is journaled any more, and what comes too late is told apart", () => {
  const one = kernel();
  one.kernel.submit({ type: "engine-stopped", reason: "asked to" });
  one.kernel.close();
  const before = one.kernel.state;
  one.kernel.submit({ type: "noticed", severity: "info", text: "what holds the terminals goes on" });
  one.kernel.submit({ type: "terminal-exited", terminal: 1, code: 0, signal: null });
  expect(one.journal.map(({ type }) => type)).toEqual(["engine-stopped"]);
  expect(one.late).toEqual(["noticed", "terminal-exited"]);
  expect([one.kernel.isClosed, one.kernel.state === before]).toEqual([true, true]);
});
