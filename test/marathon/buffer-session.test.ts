import { describe, expect, it } from "vitest";
import { findBlocker, judgeWish, stoppedTasks, type BlockerWish } from "../../src/marathon/blocker-judge.ts";
import { candidatesFor } from "../../src/marathon/candidates.ts";
import { fallbacksOf } from "../../src/marathon/fallbacks.ts";
import { protocolSteps, toLearnFrom } from "../../src/marathon/protocol-steps.ts";
import { planIndex } from "../../src/marathon/plan-index.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const watch = plan({
  tasks: [
    { number: 1, session: "025", terminal: 1, minutes: 60 },
    { number: 2, session: "025", terminal: 1, minutes: 60 },
    { number: 3, session: "026", terminal: 2, minutes: 60 },
    { number: 4, session: "033", terminal: 3, minutes: 10 },
  ],
  sessions: [
    { id: "025", tasks: [1, 2] },
    { id: "026", tasks: [3] },
    { id: "033", name: "Buffer", kind: "buffer", tasks: [4] },
  ],
});

const stuck = (of = watch) => new World(of).engine().up().blocked(1, "no database");

function does(world: World, wish: BlockerWish, note: string | null = null): World {
  const blocker = findBlocker(world.state, "B1");
  if (!blocker) throw new Error("there is no B1");
  const judged = judgeWish(world.state, blocker, wish, { by: "a person", note });
  if ("refused" in judged) throw new Error(judged.refused);
  return world.take(judged.fact);
}

const sessionOf = (world: World, task: number) => planIndex(world.state.plan).tasks.get(task)?.session;

describe("a session that is kept for blockers", () => {
  it("has the first candidates, and takes the work over into itself, counted there alone and with its origin", () => {
    const world = stuck();
    const blocker = findBlocker(world.state, "B1");
    const [best] = blocker ? candidatesFor(world.state, blocker, stoppedTasks(world.state, blocker)) : [];
    expect(best).toMatchObject({
      terminal: 3,
      reasons: ["it belongs to session 033, which is kept for blockers", "1 open task of its own"],
    });
    does(world, { act: "reassign", to: 3 });
    expect(world.state.tasks[1]).toMatchObject({ terminal: 3, state: "ready" });
    expect(sessionOf(world, 1)).toBe("033");
    expect(world.state.plan.sessions.map(({ tasks }) => tasks)).toEqual([[2], [3], [1, 4]]);
    expect(world.state.tasks[1]?.carried).toMatchObject([{ from: "025", to: "033", reason: "B1: no database" }]);
    does(world, { act: "undo" });
    expect(sessionOf(world, 1)).toBe("025");
    expect(world.state.tasks[1]).toMatchObject({ terminal: 1, state: "blocked" });
  });

  it("is a fallback of its own: the work is parked there, its terminal goes on, and it comes back", () => {
    const world = stuck();
    const blocker = findBlocker(world.state, "B1");
    const offered = blocker ? fallbacksOf(world.state, blocker) : [];
    expect(offered[0]).toMatchObject({ from: "buffer", text: "leave it to session 033 (Buffer)" });
    does(world, { act: "fallback", choice: 0 });
    expect([sessionOf(world, 1), world.state.tasks[1]?.state, world.state.terminals[1]?.task]).toEqual(["033", "parked", 2]);
    does(world, { act: "resume" });
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 1 });
  });

  it("is nothing where the plan keeps none", () => {
    const world = stuck(
      plan({
        tasks: [
          { number: 1, session: "025", terminal: 1 },
          { number: 2, terminal: 2 },
        ],
      }),
    );
    const blocker = findBlocker(world.state, "B1");
    expect(blocker && fallbacksOf(world.state, blocker).every(({ from }) => from === "standing")).toBe(true);
  });
});

describe("the sixth step of the protocol", () => {
  it("is open until somebody notes what a blocker taught, with its end or after it", () => {
    const world = stuck();
    does(world, { act: "resolve" });
    expect(toLearnFrom(world.state.blockers)?.id).toBe("B1");
    does(world, { act: "learn" }, "ask for the database before the night");
    expect(toLearnFrom(world.state.blockers)).toBeNull();
    expect(protocolSteps(world.state.blockers["B1"] as never).at(-1)).toMatchObject({ step: "record-learnings", done: true });
    expect(world.state.blockers["B1"]?.history.at(-1)).toMatchObject({ act: "learnt", note: "ask for the database before the night" });
    expect(world.state.log.at(-1)?.text).toBe("what B1 taught, noted by a person: ask for the database before the night");
  });

  it("is open, too, where the work was tried again or moved: the marathon's own words for that end teach nothing", () => {
    const world = stuck();
    does(world, { act: "reassign", to: 2 }, "the other one has a database");
    expect(world.state.blockers["B1"]?.state).toBe("resolved");
    expect(toLearnFrom(world.state.blockers)?.id).toBe("B1");
  });

  it("asks for words, and does not ask again where the end itself came with them", () => {
    const world = stuck();
    expect(() => does(world, { act: "learn" }, "  ")).toThrow('say what B1 taught: --note "TEXT"');
    does(world, { act: "resolve" }, "restarted the container");
    expect(toLearnFrom(world.state.blockers)).toBeNull();
  });
});
