import { describe, expect, test } from "vitest";
import { heldFor, nextHeld, waitingWords } from "../../src/marathon/waits.ts";
import { whyJson } from "../../src/marathon/status.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const PLAN = plan({
  tasks: [
    { number: 1, terminal: 1, priority: "P0" },
    { number: 2, terminal: 1 },
    { number: 3, terminal: 2 },
    { number: 4, terminal: 3, dependsOn: [1] },
    { number: 5, terminal: null },
  ],
});

const held = (world: World, terminal: number) => {
  const found = nextHeld(world.state, terminal);
  return found === null ? null : `${found.number} ${found.why}`;
};

describe("why a terminal has nothing in hand", () => {
  test("is told with its next task and what holds that", () => {
    const world = new World(PLAN).engine().up().blocked(1);
    expect(held(world, 1)).toBe("2 held: P0 task 1 is blocked (terminal 1)");
    expect(held(world, 2)).toBe("3 held: P0 task 1 is blocked (terminal 1)");
    expect(held(world, 3)).toBe("4 waits for 1 (1 is blocked)");
    expect(whyJson(world.state, 2)).toMatchObject({ next: { number: 3, why: "held: P0 task 1 is blocked (terminal 1)" } });
  });

  test("is nothing to tell while one of its tasks is in hand, or when all of them are done", () => {
    const world = new World(PLAN).engine().up();
    expect(held(world, 1)).toBeNull();
    world.done(1);
    expect([1, 2, 3].map((terminal) => held(world, terminal))).toEqual([null, null, null]);
    world.done(3);
    expect(held(world, 2)).toBeNull();
    expect(whyJson(world.state, 2)).not.toHaveProperty("next");
  });
});

test("what waits is counted by what it waits for", () => {
  const world = new World(PLAN).engine().up().blocked(1);
  expect(waitingWords(world.state)).toEqual(["3 tasks held by P0 task 1", "1 task waiting for others"]);
  expect(heldFor(world.state, [1])).toBe(3);
  expect(heldFor(world.state, [4])).toBe(0);
});
