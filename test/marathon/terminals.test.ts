import { describe, expect, it } from "vitest";
import type { Fact, TerminalStateName } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const work = plan({ tasks: [1, 2, 3, 4].map((number) => ({ number, terminal: number < 3 ? 1 : 2 })) });
/** What a terminal shows by itself; `pid` where its program changes with it. */
const shows = (terminal: number, state: TerminalStateName, pid?: number | null) =>
  ({
    type: "terminal-state",
    terminal,
    state,
    kind: state === "asking" ? "question" : null,
    source: "osc-7501",
    evidence: null,
    ...(pid === undefined ? {} : { pid }),
  }) satisfies Fact;
const ready = (agent = "command"): World => new World(work, { agent }).engine().up();

describe("an agent that ends", () => {
  it("gives its task back, still bound to its terminal, and is not started again by itself", () => {
    const world = ready().wait(5).take({ type: "terminal-exited", terminal: 1, code: 1, signal: null });
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 1, workedMs: 300_000 });
    expect(world.state.terminals[1]).toMatchObject({ state: "exited", exit: { code: 1 }, pid: null, task: null, starts: 1 });
    expect(world.state.log.at(-1)?.text).toBe("T1 ended with exit code 1");
  });

  it("is started again when it is of a kind that ends by itself, ended well, and has work", () => {
    const world = ready("rehearsal").done(1).take({ type: "terminal-exited", terminal: 1, code: 0, signal: null });
    expect(world.state.terminals[1]).toMatchObject({ state: "starting", starts: 2 });
    expect(world.taken().filter((effect) => effect.kind === "start-terminal")).toHaveLength(3);
    world.up(1);
    expect(world.work()).toEqual([2, 3]);
  });

  it("of another kind waits for a person even when it ended well", () => {
    const world = ready("claude").take({ type: "terminal-exited", terminal: 1, code: 0, signal: null });
    expect(world.state.terminals[1]?.state).toBe("exited");
  });

  it("is retired when it keeps ending, and a person's restart brings it back", () => {
    const world = ready();
    for (let round = 0; round < 5; round += 1) world.wait(1).take({ type: "terminal-exited", terminal: 1, code: 0, signal: null }).up();
    expect(world.state.terminals[1]).toMatchObject({ state: "exited", retired: true, starts: 5 });
    expect(world.state.notices.at(-1)?.text).toContain("terminal 1 takes no more work: its agent ended 5 times within 10 minutes");
    world.take({ type: "terminal-starting", terminal: 1, reason: "restarted by a person" }).up(1);
    expect(world.work()).toEqual([1, 3]);
  });

  it("may end often when it takes its time", () => {
    const world = ready();
    for (let round = 0; round < 12; round += 1) world.wait(3).take({ type: "terminal-exited", terminal: 1, code: 0, signal: null }).up();
    expect(world.state.terminals[1]).toMatchObject({ retired: false, starts: 13 });
  });

  it("leaves a standstill that says why", () => {
    const world = ready()
      .take({ type: "terminal-exited", terminal: 1, code: 1, signal: null })
      .take({ type: "terminal-exited", terminal: 2, code: null, signal: "SIGKILL" });
    expect(world.state.status).toBe("settled");
    expect(world.state.log.at(-1)?.text).toBe(
      "nothing can go on without a person: 4 tasks without a terminal to work on (terminal 1 is exited and terminal 2 is exited)",
    );
    world.take({ type: "terminal-starting", terminal: 2, reason: "restart" });
    expect(world.state.status).toBe("running");
  });
});

describe("an agent with one program per task", () => {
  const shell = (): World => {
    const world = new World(work, { agent: "shell" })
      .engine()
      .take({ type: "terminal-started", terminal: 1, pid: 0, pidStart: null, program: "shell" });
    world.take({ type: "terminal-state", terminal: 1, state: "idle", kind: null, source: "process", evidence: null, pid: null });
    return world.take({ type: "terminal-state", terminal: 1, state: "busy", kind: null, source: "process", evidence: "npm test", pid: 9 });
  };

  it("shows blocked when its task failed, and goes on with the next when its program has ended", () => {
    const world = shell().blocked(1);
    expect(world.state.terminals[1]).toMatchObject({ state: "blocked", pid: 9, task: null });
    world.take({ type: "terminal-state", terminal: 1, state: "blocked", kind: null, source: "task", evidence: "1 test failed", pid: null });
    expect(world.work()).toEqual([2, null]);
  });

  it("goes on with the next task when its program was ended from outside, until it is retired", () => {
    const world = shell().blocked(1, "asks a person: name?").take({ type: "terminal-exited", terminal: 1, code: null, signal: "SIGHUP" });
    expect(world.state.terminals[1]).toMatchObject({ state: "starting", starts: 2 });
    const stopped = shell().take(
      { type: "terminal-retired", terminal: 1, reason: "stopped by a person" },
      { type: "terminal-exited", terminal: 1, code: null, signal: "SIGHUP" },
    );
    expect(stopped.state.terminals[1]).toMatchObject({ state: "exited", starts: 1 });
  });
});

describe("a program that cannot be run", () => {
  it("shows as an error with the exit code and a notice", () => {
    const world = new World(work).engine().take({ type: "terminal-failed", terminal: 1, code: 127, message: "agentx: not found" });
    expect(world.state.terminals[1]).toMatchObject({ state: "error", exit: { code: 127 }, evidence: "agentx: not found" });
    expect(world.state.notices[0]?.severity).toBe("error");
    expect(world.state.counters.peakConcurrent).toBe(0);
  });
});

describe("the loss of the engine", () => {
  it("takes its programs with it, keeps their tasks theirs, and restarts nothing", () => {
    const world = ready().done(1).take({ type: "engine-lost", pid: 100 });
    expect(world.state.terminals[1]).toMatchObject({ state: "exited", lost: true, pid: 1001, task: null });
    expect(world.state.tasks[2]).toMatchObject({ state: "ready", terminal: 1 });
    const starts = world.decided("terminal-starting").length;
    world.take({ type: "engine-started", pid: 101, version: "0", resumed: true });
    expect(world.decided("terminal-starting")).toHaveLength(starts);
    expect(world.state.status).toBe("running");
    expect(world.taken()).toContainEqual({ kind: "set-timer", timer: "standing", t: 1000 });
    world.take({ type: "timer-fired", timer: "standing" });
    expect(world.state.status).toBe("settled");
    world
      .take({ type: "terminal-starting", terminal: 1, reason: "--resume" }, { type: "terminal-starting", terminal: 2, reason: "--resume" })
      .up();
    expect(world.work()).toEqual([2, 3]);
    expect(world.state.status).toBe("running");
  });

  it("takes back a task that was handed over and whose program was not seen yet", () => {
    const world = new World(work, { agent: "shell" })
      .engine()
      .take({ type: "terminal-started", terminal: 1, pid: 0, pidStart: null, program: "shell" });
    world.take({ type: "terminal-state", terminal: 1, state: "idle", kind: null, source: "process", evidence: null, pid: null });
    world.take({ type: "terminal-state", terminal: 1, state: "busy", kind: null, source: "process", evidence: null, pid: 9 }).done(1);
    world.take({ type: "terminal-state", terminal: 1, state: "idle", kind: null, source: "process", evidence: null, pid: null });
    expect(world.work()).toEqual([2, null]);
    world.take({ type: "engine-lost", pid: 100 });
    expect(world.state.tasks[2]?.state).toBe("ready");
  });

  it("between two tasks costs an agent with one program per task nothing", () => {
    const one = plan({
      tasks: [
        { number: 1, terminal: 1, dependsOn: [2] },
        { number: 2, terminal: 2 },
      ],
    });
    const world = new World(one, { agent: "shell" })
      .engine()
      .take({ type: "terminal-started", terminal: 1, pid: 0, pidStart: null, program: "shell" });
    world.take({ type: "terminal-state", terminal: 1, state: "idle", kind: null, source: "process", evidence: null, pid: null });
    world.take({ type: "engine-lost", pid: 100 }, { type: "engine-started", pid: 101, version: "0", resumed: true });
    expect(world.state.terminals[1]).toMatchObject({ state: "idle", lost: false });
    world.done(2);
    expect(world.work()).toEqual([1, null]);
  });
});

describe("overflow", () => {
  const overflow = plan({
    tasks: [
      { number: 1, terminal: 1 },
      { number: 2, terminal: 2 },
      { number: 3, phase: 2 },
      { number: 4, phase: 2 },
    ],
  });

  it("is left to the others by a terminal that shows blocked, while one of them can do it", () => {
    const world = new World(overflow).engine().up().blocked(1);
    expect(world.state.terminals[1]?.state).toBe("blocked");
    expect(world.work()).toEqual([null, 2]);
    world.done(2);
    expect(world.work()).toEqual([null, 3]);
  });

  it("is taken by blocked terminals when nobody else is left", () => {
    const world = new World(overflow).engine().up().blocked(1).blocked(2);
    expect(world.work()).toEqual([3, 4]);
  });

  it("is taken by a blocked terminal when the others ask: an answer may be long in coming", () => {
    const world = new World(overflow).engine().up().blocked(1);
    expect(world.work()).toEqual([null, 2]);
    world.take(shows(2, "asking"));
    expect(world.work()).toEqual([3, 2]);
    expect(world.state.status).toBe("running");
  });

  it("is taken by a blocked terminal with one program per task, too, when the others ask", () => {
    const world = new World(overflow, { agent: "shell" }).engine();
    for (const terminal of [1, 2]) {
      world.take({ type: "terminal-started", terminal, pid: 0, pidStart: null, program: "shell" }, shows(terminal, "idle", null));
      world.take(shows(terminal, "busy", terminal));
    }
    world.blocked(1).take({ ...shows(1, "blocked", null), source: "task" });
    expect(world.work()).toEqual([null, 2]);
    world.take(shows(2, "asking"));
    expect(world.work()).toEqual([3, 2]);
    // Until its next program runs, the terminal still shows the failure of the last: that is no standstill.
    expect(world.state.terminals[1]?.state).toBe("blocked");
    expect(world.state.status).toBe("running");
  });
});

describe("a standstill", () => {
  it("begins when every task in hand waits for an answer, says whose, and ends with the first answer", () => {
    const world = ready().take(shows(1, "asking"));
    expect(world.state.status).toBe("running");
    world.take(shows(2, "asking"));
    expect(world.state.status).toBe("settled");
    expect(world.state.log.at(-1)?.text).toBe(
      "nothing can go on without a person: terminal 1 asks and has 1 more to do, terminal 2 asks and has 1 more to do",
    );
    world.take(shows(1, "busy"));
    expect(world.state.status).toBe("running");
    expect(world.state.log.at(-1)?.text).toBe("the marathon goes on: terminal 1 works on task 1");
  });

  it("counts an error and an agent that calls itself blocked as it counts a question", () => {
    const world = ready().take(shows(1, "error"), shows(2, "blocked"));
    expect(world.state.status).toBe("settled");
    expect(world.state.log.at(-1)?.text).toContain("terminal 1 shows an error and has 1 more to do, terminal 2 is blocked");
  });

  it("names the question also of a terminal that takes no more work", () => {
    const world = ready().blocked(3).take(shows(1, "asking"), { type: "terminal-retired", terminal: 1, reason: "enough" });
    world.take(shows(2, "asking"));
    expect(world.state.log.at(-1)?.text).toContain("terminal 1 asks and has 1 more to do, terminal 2 asks, task 3 blocked");
  });

  it("does not begin while a terminal is on its way up, or in a rehearsal, whose stand-ins answer", () => {
    const starting = new World(work).engine().up(1).take(shows(1, "asking"));
    expect(starting.state.status).toBe("running");
    const rehearsal = new World(work, { rehearsal: true }).engine().up().take(shows(1, "asking"), shows(2, "asking"));
    expect(rehearsal.state.status).toBe("running");
    expect(rehearsal.decided("marathon-settled")).toEqual([]);
  });

  it("begins in a rehearsal, too, while only real people answer there", () => {
    const started = { type: "engine-started", pid: 100, version: "0", resumed: false } as const;
    const alone = new World(work, { rehearsal: true }).take({ ...started, standIns: false }).up();
    alone.take(shows(1, "asking"), shows(2, "asking"));
    expect(alone.state.status).toBe("settled");
    alone.take({ ...started, pid: 101, resumed: true });
    expect(alone.state.status).toBe("running");
  });
});

describe("time", () => {
  it("is booked to the task that runs, to the blocked one, and to the busy terminal", () => {
    const world = ready()
      .wait(10)
      .blocked(1)
      .wait(20)
      .take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "person", note: null })
      .wait(5)
      .done(2)
      .wait(5)
      .done(1);
    expect(world.state.tasks[1]).toMatchObject({ workedMs: 15 * 60_000, blockedMs: 20 * 60_000 });
    expect(world.state.tasks[2]).toMatchObject({ workedMs: 25 * 60_000 });
    expect(world.state.counters.busyMs).toBe(40 * 60_000);
  });
});

describe("a reassigned task", () => {
  it("starts on its new terminal as soon as that is free", () => {
    const world = ready().take({ type: "task-assigned", task: 1, terminal: 2, why: "by a person" });
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 2 });
    expect(world.work()).toEqual([2, 3]);
    world.done(3);
    expect(world.work()).toEqual([2, 1]);
    expect(
      world
        .taken()
        .filter((effect) => effect.kind === "hand-over")
        .at(-1),
    ).toEqual({ kind: "hand-over", terminal: 2, task: 1 });
  });
});

describe("the end", () => {
  it("is said once, ends the agents, and is taken back when work is reopened", () => {
    const world = ready().done(1).done(2).done(3);
    world.taken();
    world.done(4);
    expect(world.state.status).toBe("done");
    expect(world.taken().filter((effect) => effect.kind === "finish")).toHaveLength(1);
    world.take({ type: "terminal-exited", terminal: 1, code: 0, signal: null });
    expect(world.decided("marathon-done")).toHaveLength(1);
    world.take({ type: "task-reopened", task: 4, reason: "not good" });
    expect(world.state.status).toBe("running");
    expect(world.work()).toEqual([null, 4]);
  });

  it("is not reached while nothing may be decided: a stopped marathon starts nothing", () => {
    const world = ready().take({ type: "marathon-stopped", by: "person" }, { type: "terminal-exited", terminal: 1, code: 0, signal: null });
    expect(world.state.status).toBe("stopped");
    expect(world.state.terminals[1]?.state).toBe("exited");
  });
});
