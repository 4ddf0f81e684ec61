import { expect, test } from "vitest";
import { holderWatch } from "../../src/engine/holder-watch.ts";

test("a holder that was stopped is told once, with how to let it go on, and once more when it goes on", () => {
  const told: string[] = [];
  const world: { pid: number | null; stopped: boolean } = { pid: null, stopped: false };
  const look = holderWatch({ holder: world, isStopped: (pid) => pid === 77 && world.stopped }, ({ severity, text, begins, ends }) =>
    told.push([severity, begins ?? `ends ${ends}`, /kill -CONT \d+/u.exec(text)?.[0]].join(" ")),
  );
  look();
  world.pid = 77;
  look();
  expect(told).toEqual([]);
  world.stopped = true;
  look();
  look();
  world.stopped = false;
  look();
  look();
  expect(told).toEqual(["error holder kill -CONT 77", "info ends holder "]);
  world.stopped = true;
  look();
  world.pid = null;
  look();
  expect(told.slice(2)).toEqual(["error holder kill -CONT 77", "info ends holder "]);
});
