import { describe, expect, it } from "vitest";
import { movedWords } from "../../src/marathon/ends-moved.ts";
import type { EndMoved } from "../../src/marathon/blocker-types.ts";
import type { ForecastFact } from "../../src/marathon/time/forecast-types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const HOUR = 3_600_000;

function forecast(hours: number): ForecastFact {
  const range = { p50: hours * HOUR, p90: hours * HOUR };
  return { type: "forecast-made", marathon: range, streams: {}, sessions: {}, terminals: {}, ratio: 1, measured: 0, samples: 60 };
}

const night = (): World =>
  new World(plan({ tasks: [1, 2, 3].map((number) => ({ number, terminal: number, minutes: 60 })) })).engine().up().take(forecast(4));

const raised = (world: World): EndMoved | undefined => world.state.blockers["B1"]?.ends?.raised;

describe("what a blocker does to the forecast's end", () => {
  it("is the difference between the forecasts just before and just after it", () => {
    const world = night().blocked(1).wait(1).take(forecast(4.5));
    expect(raised(world)).toMatchObject({ before: 4 * HOUR, after: 4.5 * HOUR });
    expect(movedWords(raised(world) as EndMoved)).toBe("4:30 instead of 4:00, 30m later");
    // Later forecasts are about other things.
    world.wait(1).take(forecast(6));
    expect(raised(world)?.after).toBe(4.5 * HOUR);
  });

  it.each([
    ["a task was finished in between", (world: World) => world.done(2)],
    ["another blocker came", (world: World) => world.blocked(2, "something else")],
    ["too much time has passed", (world: World) => world.wait(4)],
  ])("is not told when %s: nobody can tell what moved it", (_what, happens) => {
    const world = happens(night().blocked(1)).wait(1).take(forecast(3));
    expect(raised(world)).toBeUndefined();
  });

  it("is not told where the last forecast is old", () => {
    const world = night().wait(10).blocked(1).wait(1).take(forecast(5));
    expect(raised(world)).toBeUndefined();
  });
});
