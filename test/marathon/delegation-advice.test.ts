import { describe, expect, it } from "vitest";
import { adviceWords, adviseDelegation } from "../../src/marathon/delegation-advice.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const world = new World(
  plan({
    hierarchy: CHAIN,
    streams: [
      { id: "A", name: "tests of the code", terminals: [1, 2] },
      { id: "B", name: "database", terminals: [3] },
    ],
    tasks: [
      { number: 1, terminal: 1, stream: "A", title: "unit tests" },
      { number: 2, terminal: 1, stream: "A", title: "slow tests" },
      { number: 3, terminal: 2, stream: "A", title: "page tests" },
      { number: 4, terminal: 3, stream: "B", title: "database schema", priority: "P0" },
    ],
  }),
);

describe("whether a coordinator or a specialist should have work", () => {
  it.each([
    [[1, 2, 3], "coordinator COORD_QUALITY: 3 related tasks: 3 or more are a coordinator's work"],
    [[1, 3], "coordinator COORD_QUALITY: it runs in 2 terminals at once within one domain"],
    [[1, 2], "direct, by ORCHESTRATOR: 2 tasks one after another need no coordinator"],
    [[1], "direct, by ORCHESTRATOR: it is one task that stands alone"],
    [[4], "direct, by ORCHESTRATOR: it is urgent (P0)"],
    [[1, 2, 4], "direct, by ORCHESTRATOR: it crosses domains (COORD_QUALITY and COORD_PLATFORM)"],
  ])("%j: %s", (tasks, words) => {
    expect(adviceWords(adviseDelegation(world.state, tasks))).toBe(words);
  });
});
