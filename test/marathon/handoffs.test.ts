import { describe, expect, it } from "vitest";
import { statusText } from "../../src/commands/status-text.ts";
import { missingHandoffs } from "../../src/marathon/handoffs.ts";
import { sessionProgress } from "../../src/marathon/progress.ts";
import { statusJson } from "../../src/marathon/status.ts";
import type { Fact } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

describe("a session that owes a handoff", () => {
  const sessions = plan({
    tasks: [
      { number: 1, terminal: 1, session: "024" },
      { number: 2, terminal: 2, session: "025" },
      { number: 3, terminal: 2, session: "025" },
      { number: 4, terminal: 3, session: "026" },
    ],
  });

  it("is one whose work is over or stopped, until its file is there; one at work owes none", () => {
    const world = new World(sessions).engine().up().done(1).blocked(2, "no disk");
    expect(world.state.tasks[3]?.state).toBe("running");
    expect(missingHandoffs(world.state)).toEqual(["024"]);
    world.blocked(3, "no disk either");
    expect(missingHandoffs(world.state)).toEqual(["024", "025"]);
    expect(statusText(world.state, world.t)).toContain("no handoff of sessions 024 and 025 yet (SESSION_024_HANDOFF.md)");
    world.file("SESSION_025_HANDOFF.md", { kind: "handoff", session: "025" }, { handoff: {} });
    expect(missingHandoffs(world.state)).toEqual(["024"]);
  });

  it("owes nothing while some of it runs, though other tasks of it are blocked: its pace counts on", () => {
    const shared = plan({ tasks: [1, 2].map((number) => ({ number, terminal: number, session: "024" })) });
    const world = new World(shared).engine().up().blocked(1, "no disk");
    expect(missingHandoffs(world.state)).toEqual([]);
    world.blocked(2, "no disk either");
    expect(missingHandoffs(world.state)).toEqual(["024"]);
  });

  const handsOver = (world: World, completion: number) =>
    world.file("SESSION_025_HANDOFF.md", { kind: "handoff", session: "025" }, { handoff: { completion } });
  const stopped = () => handsOver(new World(sessions).engine().up().blocked(2, "no disk").blocked(3, "no disk either"), 40);
  const goesOn = (world: World) =>
    world
      .wait(5)
      .take(
        ...Object.keys(world.state.blockers).map(
          (blocker): Fact => ({ type: "blocker-closed", blocker, as: "resolved", by: "person", note: null }),
        ),
      );

  it("owes another one when it went on after the one of its blocker, and says so", () => {
    const world = stopped();
    expect(missingHandoffs(world.state)).not.toContain("025");
    goesOn(world).done(2).done(3);
    expect(missingHandoffs(world.state)).toEqual(["025"]);
    expect(statusText(world.state, world.t)).toContain("the handoff of session 025 is older than its work (SESSION_025_HANDOFF.md)");
    expect(missingHandoffs(handsOver(world.wait(1), 95).state)).toEqual([]);
  });

  it("owes none after one that says that all is completed, or that was written in its last minutes", () => {
    const whole = handsOver(goesOn(stopped()), 100).done(2).done(3);
    expect(missingHandoffs(whole.state)).toEqual([]);
    const last = handsOver(goesOn(stopped()).done(2), 80).wait(2).done(3);
    expect(missingHandoffs(last.state)).toEqual([]);
    const early = handsOver(goesOn(stopped()).done(2), 80).wait(60).done(3);
    expect(missingHandoffs(early.state)).toEqual(["025"]);
  });

  it("owes another one when one of its terminals says that all is completed and another goes on", () => {
    const shared = plan({ tasks: [1, 2, 3].map((number) => ({ number, terminal: number < 3 ? 1 : 2, session: "025" })) });
    const own = handsOver(new World(shared).engine().up().done(1).done(2), 100).wait(5).done(3);
    expect(missingHandoffs(own.state)).toEqual([]);
    const long = handsOver(new World(shared).engine().up().done(1).done(2), 100).wait(60).done(3);
    expect(missingHandoffs(long.state)).toEqual(["025"]);
    expect(missingHandoffs(handsOver(long.wait(1), 99).state)).toEqual([]);
    // In a session of one terminal whoever says so speaks for all of it.
    const alone = plan({ tasks: [1, 2].map((number) => ({ number, terminal: 1, session: "025" })) });
    expect(missingHandoffs(handsOver(new World(alone).engine().up().done(1), 100).wait(60).done(2).state)).toEqual([]);
  });

  it("still owes it when an engine that comes after reads the same file again", () => {
    const world = goesOn(stopped()).done(2).done(3).wait(60);
    expect(missingHandoffs(handsOver(world, 40).state)).toEqual(["025"]);
  });

  it("is not closed however much is done, and a marathon that is done says which they are", () => {
    const world = new World(sessions).engine().up().done(1).done(2).done(3).done(4);
    world.file("SESSION_024_HANDOFF.md", { kind: "handoff", session: "024" }, { handoff: {} });
    expect(statusJson(world.state, world.t, null, { journal: "/j" })).toMatchObject({
      progress: {
        sessions: [{ id: "024", owesHandoff: false, closed: true }, { id: "025", owesHandoff: true, closed: false }, { id: "026" }],
      },
    });
    expect(sessionProgress(world.state, world.t).map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(world.state.log.find(({ text }) => text.startsWith("marathon done"))).toMatchObject({
      text: "marathon done: 4 of 4 tasks done; no handoff of sessions 024, 025 and 026 yet",
      tone: "warn",
    });
  });

  it("is none of a shell's commands", () => {
    const world = new World(sessions, { agent: "shell" }).engine();
    world.take({ type: "terminal-started", terminal: 1, pid: 0, pidStart: null, program: "shell" }).done(1);
    expect(world.state.tasks[1]?.state).toBe("done");
    expect(missingHandoffs(world.state)).toEqual([]);
  });
});
