import { expect, it } from "vitest";
import { Forecaster } from "../../src/engine/forecaster.ts";
import type { Fact } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "../marathon/world.ts";

/** A forecaster with a clock of its own, on which looking at it costs `lookMs`: so long does everything take. */
function watched(lookMs: number) {
  const tasks = Array.from({ length: 20 }, (_, index) => ({ number: index + 1, terminal: 1 + (index % 2), minutes: 10 }));
  const world = new World(plan({ tasks, settings: { terminals: 2 } })).engine().up();
  let real = 0;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  const made: { readonly at: number; readonly fact: Fact }[] = [];
  const forecaster = new Forecaster({
    state: () => world.state,
    now: () => world.t,
    real: () => (real += lookMs),
    later(ms, run) {
      const one = { at: real + ms, run };
      waiting.push(one);
      return () => (waiting = waiting.filter((other) => other !== one));
    },
    submit: (fact) => made.push({ at: real, fact }),
  });
  const event = (type: "task-done" | "terminal-state") => {
    const found = world.events.find((one) => one.type === type) ?? world.events.at(-1);
    if (found) forecaster.saw({ ...found, type } as typeof found);
  };
  /** Lets time pass up to `until`, and answers the longest it worked at a stretch. */
  const pass = (until: number): number => {
    let longest = 0;
    for (;;) {
      const next = waiting.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > until) break;
      waiting = waiting.filter((other) => other !== next);
      real = Math.max(real, next.at);
      const from = real;
      next.run();
      longest = Math.max(longest, real - from);
    }
    real = Math.max(real, until);
    return longest;
  };
  return { forecaster, made, event, pass };
}

it("is made soon after something that bears on the end, and not for anything else", () => {
  const { made, event, pass } = watched(0.001);
  event("terminal-state");
  pass(4000);
  expect(made).toHaveLength(0);
  event("task-done");
  pass(8000);
  expect(made.map(({ fact }) => fact.type)).toEqual(["forecast-made"]);
});

it("works a few milliseconds at a stretch, whatever a sample costs", () => {
  const { made, event, pass } = watched(1);
  event("task-done");
  expect(pass(600_000)).toBeLessThan(12);
  expect(made.length).toBeGreaterThan(0);
});

it("takes a tenth of the engine's time at most, however often something happens", () => {
  const { made, event, pass } = watched(4);
  for (let second = 1; second <= 600; second += 1) {
    event("task-done");
    pass(second * 1000);
  }
  const [first, second] = made.map(({ at }) => at);
  // Five hundred samples with a look of 4 ms at each: two seconds of work, which earn twenty of rest.
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(20_000);
  expect(made.length).toBeGreaterThan(3);
});
