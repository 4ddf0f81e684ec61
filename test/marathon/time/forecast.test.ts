import { describe, expect, it } from "vitest";
import { chanceFrom } from "../../../src/marathon/time/chance.ts";
import { forecastOf } from "../../../src/marathon/time/forecast.ts";
import { learnSpread, spreadOf } from "../../../src/marathon/time/spread.ts";
import type { Range } from "../../../src/marathon/types.ts";
import { plan } from "../../support/plan-builder.ts";
import { World } from "../world.ts";

const MINUTE = 60_000;
const even = plan({
  tasks: Array.from({ length: 20 }, (_, index) => ({
    number: index + 1,
    terminal: 1 + (index % 2),
    stream: index % 2 === 0 ? "A" : "B",
    minutes: 10,
  })),
});
const forecast = (world: World) => forecastOf(world.state, world.t, chanceFrom("seed"));
const end = (world: World): Range => forecast(world)?.marathon ?? { p50: Number.NaN, p90: Number.NaN };
const begun = () => new World(even).engine().up();

describe("the forecast", () => {
  it("is the same for the same state and seed", () => {
    expect(forecast(begun())).toEqual(forecast(begun()));
  });

  it("believes the plan before anything is done, within the error of plans", () => {
    const { p50, p90 } = end(begun());
    expect(p50 / MINUTE).toBeGreaterThan(95);
    expect(p50 / MINUTE).toBeLessThan(140);
    expect(p90).toBeGreaterThan(p50 * 1.2);
  });

  it("goes with the run's own pace, and narrows as more is measured", () => {
    const world = begun();
    const widths: number[] = [];
    for (let done = 0; done < 8; done += 1) {
      world
        .wait(20)
        .done(1 + 2 * done)
        .done(2 + 2 * done);
      const { p50, p90 } = end(world);
      widths.push(p90 - p50);
    }
    // Twice as long as planned: 8 of 10 rounds took 160 minutes, two are left.
    expect(end(world).p50 / MINUTE).toBeGreaterThan(190);
    expect(end(world).p50 / MINUTE).toBeLessThan(215);
    expect(forecast(world)?.ratio).toBeGreaterThan(1.6);
    expect(widths.at(-1)).toBeLessThan((widths[0] ?? 0) / 3);
  });

  it("moves on while a task takes longer than it should, though nothing is done", () => {
    const world = begun();
    const before = end(world).p50;
    world.wait(40);
    expect(end(world).p50).toBeGreaterThan(before + 40 * MINUTE);
  });

  it("waits for what is blocked, and the longer the older it is", () => {
    const blocked = plan({ tasks: [{ number: 1, terminal: 1, minutes: 400 }] });
    const world = new World(blocked, { rehearsal: true }).engine().up().wait(399).blocked(1);
    const fresh = end(world).p50 - world.t;
    expect(fresh).toBeGreaterThan(25 * MINUTE);
    world.wait(90);
    expect(end(world).p50 - world.t).toBeGreaterThan(fresh);
  });

  it("waits for what is parked as long as for what is blocked: to park work ends no blocker", () => {
    const two = plan({
      tasks: [
        { number: 1, terminal: 1, minutes: 400 },
        { number: 2, terminal: 1, minutes: 1 },
      ],
    });
    const blocked = () => new World(two).engine().up().wait(399).blocked(1).wait(90);
    const parked = blocked().take({
      type: "blocker-fell-back",
      blocker: "B1",
      fallback: { from: "standing", text: "write documentation", tasks: [], run: null },
      by: "person",
      note: null,
    });
    expect(parked.state.tasks[1]?.state).toBe("parked");
    const [still, aside] = [end(blocked()), end(parked)];
    expect(Math.abs(aside.p50 - still.p50)).toBeLessThan(5 * MINUTE);
  });

  it("is not wide for a short plan from its beginning: whoever starts ten minutes of work stays beside it", () => {
    const tasks = Array.from({ length: 30 }, (_, index) => ({ number: index + 1, terminal: 1 + (index % 10), minutes: 3 }));
    const { p50, p90 } = end(new World(plan({ tasks })).engine().up());
    expect(p50 / MINUTE).toBeLessThan(16);
    expect(p90).toBeLessThan(p50 * 2);
  });

  it("has a range for each stream and terminal with open work, and none where nothing is known", () => {
    const made = forecast(begun());
    expect(Object.keys(made?.streams ?? {})).toEqual(["A", "B"]);
    expect(Object.keys(made?.terminals ?? {})).toEqual(["1", "2"]);
    expect(forecastOf(new World(plan({ tasks: [{ number: 1 }] })).engine().state, 0, chanceFrom(""))).toBeNull();
  });

  it("is kept with those before it, and the state of a journal without one has none", () => {
    const world = begun();
    expect(world.state.forecast).toBeUndefined();
    for (let count = 0; count < 200; count += 1) {
      const made = forecast(world);
      if (made) world.wait(1).take(made);
    }
    expect(world.state.forecast?.t).toBe(world.t);
    const past = world.state.forecast?.past ?? [];
    expect(past.length).toBeLessThanOrEqual(32);
    expect(past[0]?.t).toBeLessThan(world.t / 4);
  });
});

describe("what a run teaches", () => {
  const seen = (ratio: number, over = true) => ({ ratio, spread: 0.35, over });

  it("is nothing before it begins, and the ratio of many tasks after", () => {
    expect(learnSpread([])).toMatchObject({ shift: 0, scale: 1, measured: 0 });
    const { shift, doubt } = learnSpread(Array.from({ length: 50 }, () => seen(2)));
    expect(Math.exp(shift)).toBeCloseTo(2, 1);
    expect(doubt).toBeLessThan(0.1);
  });

  it("takes tasks in hand into account once they are overdue, not when they have just begun", () => {
    const done = [seen(1), seen(1)];
    expect(learnSpread([...done, seen(0.05, false)]).shift).toBeCloseTo(learnSpread(done).shift, 2);
    expect(learnSpread([...done, seen(3, false)]).shift).toBeGreaterThan(0.2);
  });

  it("reads a range as eight of ten tasks", () => {
    expect(spreadOf({ low: 120, high: 240, source: "plan", rule: null })).toBeCloseTo(Math.log(2) / 2.5632);
    expect(spreadOf({ low: 60, high: 60, source: "derived", rule: "x" })).toBeGreaterThan(
      spreadOf({ low: 60, high: 60, source: "plan", rule: null }),
    );
  });
});
