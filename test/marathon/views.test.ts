import { describe, expect, it } from "vitest";
import { attention } from "../../src/marathon/attention.ts";
import { blockersJson } from "../../src/marathon/blocker-json.ts";
import { openBlockers } from "../../src/marathon/blockers.ts";
import { marathonClock } from "../../src/marathon/clock.ts";
import { delegation, roleOf, spawnAllowed } from "../../src/marathon/delegation.ts";
import { flatten, hierarchyTree, type TreeNode } from "../../src/marathon/hierarchy.ts";
import { sessionProgress, streamProgress, terminalProgress } from "../../src/marathon/progress.ts";
import { statusJson, whyJson } from "../../src/marathon/status.ts";
import type { Fact } from "../../src/marathon/types.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;

const streams = plan({
  tasks: [
    { number: 1, terminal: 1, stream: "A", session: "024", minutes: 30 },
    { number: 2, terminal: 1, stream: "A", session: "024", minutes: 30 },
    { number: 3, terminal: 2, stream: "A", session: "024", minutes: 60 },
    { number: 4, terminal: 3, stream: "B", session: "025", minutes: 60 },
    { number: 5, stream: "B", session: "026", minutes: 60, dependsOn: [4], phase: 2, fallback: "write documents" },
  ],
  streams: [
    { id: "A", name: "Backend tests", hours: 1 },
    { id: "B", name: "Database work" },
  ],
  sessions: [{ id: "024", hours: 1 }, { id: "025", hours: 1 }, { id: "026" }, { id: "027", dependsOn: ["026"] }],
  settings: { buffer: 0.25 },
  hierarchy: CHAIN,
  roles: { 1: "QA_TESTER", 2: "QA_TESTER", 3: "DBA" },
});
const ready = (): World => new World(streams).engine().up();

describe("progress", () => {
  it("counts wall time once however many terminals work, and their work in sum", () => {
    const world = ready().wait(20).done(1).wait(10);
    expect(streamProgress(world.state, world.t)[0]).toMatchObject({
      id: "A",
      done: 1,
      total: 3,
      running: 2,
      terminals: [1, 2],
      elapsedMs: 30 * MINUTE,
      workedMs: 60 * MINUTE,
      estimateMs: 60 * MINUTE,
      bufferedMs: 75 * MINUTE,
      state: "running",
    });
  });

  it("is ahead when done work was planned to take longer than it took, and behind when it overruns", () => {
    const fast = ready().wait(10).done(1);
    // 30 done and 10 of 60 under way, of 120 planned minutes: 40/120 of an hour, in 10 minutes.
    expect(streamProgress(fast.state, fast.t)[0]?.paceMs).toBeCloseTo(10 * MINUTE);
    const slow = ready().wait(90);
    expect(streamProgress(slow.state, slow.t)[0]?.paceMs).toBeCloseTo((60 * (90 / 120) - 90) * MINUTE);
    expect(streamProgress(new World(streams).state, 0)[0]?.paceMs).toBeNull();
  });

  it("stands still once all is over, and leaves dropped tasks out", () => {
    const world = ready().wait(10).done(1).done(2).take({ type: "task-dropped", task: 3, reason: "later" }).wait(60);
    expect(sessionProgress(world.state, world.t)[0]).toMatchObject({
      done: 2,
      total: 2,
      dropped: 1,
      elapsedMs: 10 * MINUTE,
      state: "done",
    });
  });

  it("estimates what the plan gives no hours for by its fullest terminal", () => {
    expect(streamProgress(ready().state, 0)[1]?.estimateMs).toBe(60 * MINUTE);
    expect(terminalProgress(ready().state, 0).map(({ number, total, estimateMs }) => [number, total, estimateMs])).toEqual([
      [1, 2, 60 * MINUTE],
      [2, 1, 60 * MINUTE],
      [3, 1, 60 * MINUTE],
    ]);
  });
});

describe("the clock", () => {
  const pair = plan({
    tasks: [1, 2, 3, 4].map((number) => ({ number, terminal: number % 2 === 1 ? 1 : 2, minutes: number === 1 ? 10 : 20 })),
  });
  const says = (terminal: number, state: "busy" | "asking"): Fact => ({
    type: "terminal-state",
    terminal,
    state,
    kind: state === "asking" ? "question" : null,
    source: "osc-7501",
    evidence: null,
  });

  const forecast = (p50: number, p90: number): Fact => ({
    type: "forecast-made",
    marathon: { p50: p50 * MINUTE, p90: p90 * MINUTE },
    streams: {},
    sessions: {},
    terminals: {},
    ratio: 1,
    measured: 1,
    samples: 500,
  });

  it("knows the plan's length and buffer, and forecasts nothing before something is measured", () => {
    const world = ready().wait(5);
    // Phase 1 takes stream A's stated hour; phase 2 is one task of an hour, which three terminals do not make shorter.
    expect(marathonClock(world.state, world.t)).toMatchObject({
      elapsedMs: 5 * MINUTE,
      plannedMs: 120 * MINUTE,
      bufferMs: 30 * MINUTE,
      forecast: null,
      behindMs: null,
      done: 0,
      total: 5,
    });
  });

  it("shows the engine's newest forecast, and none that lies in the past", () => {
    const world = new World(pair).engine().up().wait(10).done(1);
    expect(marathonClock(world.state, world.t).forecast).toBeNull();
    world.take(forecast(40, 60));
    expect(marathonClock(world.state, world.t).forecast).toEqual({ p50Ms: 40 * MINUTE, p90Ms: 60 * MINUTE });
    world.wait(40);
    expect(marathonClock(world.state, world.t).forecast).toEqual({ p50Ms: 50 * MINUTE, p90Ms: 60 * MINUTE });
    // Both figures have passed: it was wrong, and says nothing any more.
    world.wait(10);
    expect(marathonClock(world.state, world.t).forecast).toBeNull();
  });

  it("forecasts nothing while nothing moves: settled or stopped", () => {
    const world = new World(pair).engine().up().wait(10).done(1).take(forecast(40, 60));
    const shown = () => marathonClock(world.state, world.t).forecast;
    expect(shown()).not.toBeNull();
    world.take(says(1, "asking"), says(2, "asking")).wait(45);
    expect([world.state.status, shown()]).toEqual(["settled", null]);
    world.take(says(1, "busy"));
    expect(shown()).not.toBeNull();
    world.take({ type: "marathon-stopped", by: "person" });
    expect(shown()).toBeNull();
  });

  it("counts no work to a task from when its terminal asks", () => {
    const behind = (state: "busy" | "asking"): number => {
      const world = new World(pair).engine().up().wait(10).done(1).take(says(2, state)).wait(10);
      return marathonClock(world.state, world.t).behindMs ?? 0;
    };
    // After 20 minutes 40 of 70 are earned when both work, and 30 when terminal 2 has stood for the second ten.
    expect(behind("asking") - behind("busy")).toBeCloseTo((10 / 70) * 40 * MINUTE);
  });

  it("takes length and buffer from a timeline where there is one", () => {
    const timed = plan({
      tasks: [{ number: 1, terminal: 1 }],
      rest: {
        timeline: [
          { start: 0, end: 4, kind: "session", session: "024", label: "one" },
          { start: 4, end: 6, kind: "buffer", session: null, label: "buffer" },
        ],
        horizonHours: 6,
      },
    });
    expect(marathonClock(new World(timed).state, 0)).toMatchObject({ plannedMs: 240 * MINUTE, bufferMs: 120 * MINUTE });
  });
});

describe("the hierarchy", () => {
  const names = (nodes: readonly TreeNode[]): string[] =>
    nodes.flatMap((node) => [`${"  ".repeat(node.depth)}${node.role}`, ...names(node.children)]);

  it("hangs terminals under their coordinator, by their role's parent or by the words of their stream", () => {
    expect(names(hierarchyTree(ready().state, 0))).toEqual([
      "ORCHESTRATOR",
      "  ARCHITECT",
      "    COORD_QUALITY",
      "      QA_TESTER_1",
      "      QA_TESTER_2",
      "    COORD_PLATFORM",
      "      DBA",
      "  SYNTHESIZER",
      "    COORD_FRONTEND",
      "HISTORIAN",
    ]);
  });

  it("rolls the leaves up to the root, where the worst is seen", () => {
    const world = ready().blocked(4).wait(3);
    const [root] = hierarchyTree(world.state, world.t);
    expect(root).toMatchObject({ worst: "blocked", rolled: { busy: 2, blocked: 1, idle: 0 } });
    expect(flatten(root ? [root] : []).find((node) => node.role === "COORD_FRONTEND")).toMatchObject({ worst: "absent", state: "absent" });
  });

  it("shows live sub-agents under their terminal, a swarm as one node, and none after their terminal ended", () => {
    const world = ready().take(
      { type: "agent-reported", terminal: 1, agent: "qa-tester_1", state: "busy", title: "reads", message: null },
      { type: "agent-reported", terminal: 1, agent: "probes", state: "busy", title: "search ×12", message: null },
      { type: "agent-reported", terminal: 1, agent: "architect", state: "busy", title: null, message: null },
    );
    const under = (): (string | number)[][] =>
      flatten(hierarchyTree(world.state, world.t))
        .filter((node) => node.kind === "sub-agent")
        .map((node) => [node.role, node.count, node.depth]);
    expect(under()).toEqual([
      ["QA_TESTER", 1, 4],
      ["probes", 12, 4],
      ["ARCHITECT", 1, 4],
    ]);
    expect(delegation(world.state, world.t)).toMatchObject({ spawned: 17, now: 17, peak: 17, compliance: 16 / 17 });
    world.take({ type: "terminal-exited", terminal: 1, code: 1, signal: null });
    expect(under()).toEqual([]);
    expect(delegation(world.state, world.t)).toMatchObject({ now: 2, peak: 17 });
  });

  it("judges spawns by who may spawn whom", () => {
    expect(spawnAllowed(CHAIN, "ARCHITECT", "COORD_QUALITY")).toBe(true);
    expect(spawnAllowed(CHAIN, "SYNTHESIZER", "COORD_QUALITY")).toBe(false);
    expect(spawnAllowed(CHAIN, "QA_TESTER_2", "ARCHITECT")).toBe(false);
    expect(spawnAllowed(CHAIN, "QA_TESTER", "ORCHESTRATOR")).toBe(false);
    expect(spawnAllowed(CHAIN, "COORD_QUALITY", "QA_TESTER")).toBe(true);
    expect(spawnAllowed(CHAIN, null, "ARCHITECT")).toBe(true);
    expect(roleOf("Coord-Quality 3", CHAIN)).toBe("COORD_QUALITY");
    expect(roleOf("explorer-7", CHAIN)).toBe("explorer");
  });

  it("measures how parallel the work was as busy time over wall time", () => {
    const world = ready().wait(10);
    expect(delegation(world.state, world.t).parallelFactor).toBeCloseTo(3);
  });
});

describe("blockers", () => {
  it("come P0 first and then by age, with their clocks, holder and what they cost", () => {
    const world = ready().wait(10).blocked(4, "no disk").wait(5);
    world
      .take({ type: "task-blocked", task: 3, terminal: 2, reason: "conflict", source: "command", priority: "P0", evidence: [] })
      .wait(10);
    const [first, second] = openBlockers(world.state, world.t);
    expect(first).toMatchObject({ blocker: { title: "conflict", priority: "P0" }, ageMs: 10 * MINUTE, holder: "QA_TESTER in terminal 2" });
    expect(second).toMatchObject({ ageMs: 15 * MINUTE, toEscalationMs: 15 * MINUTE, sessionMs: 25 * MINUTE, holder: "DBA in terminal 3" });
    expect(second?.affects).toEqual([
      { kind: "session", id: "025", effect: "stopped" },
      { kind: "session", id: "026", effect: "not-started" },
      { kind: "session", id: "027", effect: "not-started" },
      { kind: "task", id: 4, effect: "stopped" },
      { kind: "task", id: 5, effect: "not-started" },
    ]);
    expect(second?.atRiskMs).toBe((50 + 60) * MINUTE);
  });

  it("ask for escalation when their half hour is over, once", () => {
    const world = ready().blocked(4, "no disk");
    expect(world.taken()).toContainEqual({ kind: "set-timer", timer: "blocker-30m:B1", t: 30 * MINUTE });
    world.wait(30).take({ type: "timer-fired", timer: "blocker-30m:B1" });
    expect(world.taken()).toEqual([{ kind: "announce", severity: "error", text: "blocker B1 is 30 minutes old: escalate it (no disk)" }]);
    expect(attention(world.state, world.t)[0]).toMatchObject({ kind: "blocker", severity: "error" });
  });

  it("stop their clock when they are closed, and are listed with all", () => {
    const world = ready()
      .blocked(4)
      .wait(12)
      .take({ type: "blocker-closed", blocker: "B1", as: "known", by: "person", note: "ticket 7" })
      .wait(60);
    expect(blockersJson(world.state, world.t, false).blockers).toEqual([]);
    expect(blockersJson(world.state, world.t, true).blockers[0]).toMatchObject({
      state: "known",
      clocks: { fromIdentified: 12, toEscalation: null },
    });
    expect(world.tasks("blocked")).toEqual([4]);
  });
});

describe("attention", () => {
  it("puts what is urgent before questions, and questions before the rest", () => {
    const world = ready().blocked(4);
    world.take({ type: "terminal-state", terminal: 1, state: "asking", kind: "permission", source: "osc-7501", evidence: "Edit file?" });
    world.take({ type: "terminal-exited", terminal: 2, code: 1, signal: null });
    expect(attention(world.state, world.t).map((item) => item.text)).toEqual([
      "terminal 1 asks: Edit file?",
      "P1 it does not build",
      "terminal 2 ended with exit code 1 and has 1 open task: restart it",
    ]);
  });
});

describe("the JSON of the contract", () => {
  it("has durations in minutes, times in ISO and every field by its name", () => {
    const world = ready().wait(10).blocked(4, "no disk");
    const status = statusJson(world.state, world.t, { pid: 1, socket: "/run/s", version: "0.1.0", startedAt: 0 }, { journal: "/j" });
    expect(status).toMatchObject({
      schema: 1,
      marathon: {
        id: "m-1",
        title: "test plan",
        plans: ["plan.md"],
        agent: "command",
        rehearsal: false,
        speed: 1,
        state: "running",
        startedAt: "2026-01-05T20:00:00.000Z",
      },
      engine: { pid: 1, socket: "/run/s", version: "0.1.0", startedAt: "1970-01-01T00:00:00.000Z" },
      project: "/p",
      scratchpad: "/p/.claude/Scratchpad",
      journal: "/j",
      clock: { elapsed: 10, forecast: null },
      progress: { done: 0, total: 5, terminals: [{ number: 1, done: 0, total: 2 }, { number: 2 }, { number: 3 }] },
    });
    const { tasks, terminals, progress, blockers, hierarchy } = status as Record<"tasks" | "terminals" | "blockers", object[]> & {
      progress: { streams: object[]; sessions: object[] };
      hierarchy: { nodes: object[]; metrics: object };
    };
    expect(tasks[0]).toMatchObject({
      number: 1,
      title: "task number 1",
      state: "running",
      stream: "A",
      session: "024",
      terminal: 1,
      phase: 1,
      role: null,
      elapsed: 10,
      estimate: 30,
    });
    expect(terminals[2]).toMatchObject({
      number: 3,
      stream: "B",
      role: "DBA",
      agent: "command",
      state: "blocked",
      kind: null,
      source: "task",
      evidence: "task 4: no disk",
      since: "2026-01-05T20:10:00.000Z",
      task: null,
      pid: 1003,
    });
    expect(progress.streams[0]).toMatchObject({ id: "A", name: "Backend tests", done: 0, total: 3, elapsed: 10, estimate: 60 });
    expect(progress.sessions[0]).toMatchObject({ id: "024", done: 0, total: 3, elapsed: 10, estimate: 60 });
    expect(hierarchy.nodes).toContainEqual({
      id: "terminal-3",
      role: "DBA",
      parent: "COORD_PLATFORM",
      terminal: 3,
      state: "blocked",
      title: null,
      intent: null,
    });
    expect(blockers[0]).toMatchObject({
      id: "B1",
      title: "no disk",
      priority: "P1",
      state: "open",
      tasks: [4],
      sessions: ["025"],
      terminal: 3,
      holder: { level: "specialist", role: "DBA", terminal: 3 },
      clocks: { fromSessionStart: 10, fromIdentified: 0, toEscalation: 30 },
      step: "identify",
      evidence: [{ source: "command", line: "no disk", file: null }],
      hoursAtRisk: 1.83,
      fallback: null,
      delivered: null,
      history: [{ act: "raised", from: null, to: null, by: "command" }],
    });
  });

  it("says why a terminal is shown as it is", () => {
    const world = ready().take({
      type: "terminal-state",
      terminal: 1,
      state: "asking",
      kind: "auth",
      source: "screen-rule:login",
      evidence: "Password:",
    });
    expect(whyJson(world.state, 1)).toMatchObject({
      state: "asking",
      kind: "auth",
      source: "screen-rule:login",
      evidence: "Password:",
      considered: [{ source: "screen-rule:login" }, { source: "task" }, { source: "process" }],
    });
    expect(whyJson(world.state, 1, [], Date.UTC(2026, 0, 2))?.now).toBe("2026-01-02T00:00:00.000Z");
    expect(whyJson(world.state, 11)).toBeNull();
  });
});

describe("the log", () => {
  it("has one plain sentence for what people want to know", () => {
    const world = ready()
      .done(1)
      .blocked(2, "conflict")
      .file("SESSION_024_HANDOFF.md", { kind: "handoff", session: "024" }, { handoff: {} });
    expect(world.state.log.slice(-4).map((line) => line.text)).toEqual([
      "T1 finished 1 task number 1 (exit code 0)",
      "T1 works on 2 task number 2",
      "T1 blocked on 2 task number 2: conflict",
      "SESSION_024_HANDOFF.md written",
    ]);
  });
});
