import { describe, expect, it } from "vitest";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const work = plan({
  tasks: [
    { number: 1, terminal: 1, session: "024" },
    { number: 2, terminal: 1, session: "024" },
    { number: 3, terminal: 1, session: "024" },
    { number: 4, terminal: 2, session: "025" },
    { number: 5, terminal: 2, session: "025" },
    { number: 6, terminal: 2, session: "025" },
  ],
});
const ready = (): World => new World(work).engine().up();

describe("ticks of a report", () => {
  it("finish tasks, and the next one is chosen only when all were heard", () => {
    const world = ready().report("terminal-01.md", "x1 x2");
    expect(world.tasks("done")).toEqual([1, 2]);
    expect(world.state.tasks[1]?.doneBy).toBe("report terminal-01.md:1");
    expect(world.state.tasks[2]?.attempts).toBe(0);
    expect(world.work()).toEqual([3, 4]);
  });

  it("are remembered among thousands of notes that say nothing, of which the newest are kept", () => {
    const world = ready().report("terminal-01.md", "x1");
    for (let note = 1; note <= 1_200; note++) world.file(`note-${note}.md`, { kind: "report" });
    const kept = Object.keys(world.state.files).map((path) => path.slice(path.lastIndexOf("/") + 1));
    expect(kept).toContain("terminal-01.md");
    expect(kept).toContain("note-1200.md");
    expect(kept).not.toContain("note-1.md");
    expect(kept.length).toBeLessThanOrEqual(1_001);
  });

  it("change nothing when the same file comes again", () => {
    const world = ready().report("terminal-01.md", "x1 ~2 !3:no disk");
    const before = world.events.length;
    const { tasks, blockers, terminals, notices } = world.state;
    world.report("terminal-01.md", "x1 ~2 !3:no disk");
    expect(world.events.length).toBe(before + 1);
    expect(world.state).toMatchObject({ tasks, blockers, terminals, notices });
  });

  it("are heeded for any task that the plan has, and noticed for numbers that it has not", () => {
    const world = ready().report("terminal-01.md", "x5 x99");
    expect(world.tasks("done")).toEqual([5]);
    expect(world.state.notices.map((notice) => notice.text)).toEqual(["terminal-01.md:2 speaks of task 99, which the plan does not have"]);
    world.report("terminal-01.md", "x5 x99");
    expect(world.state.notices).toHaveLength(1);
  });

  it("turn the agent to another task with a tilde", () => {
    const world = ready().report("terminal-01.md", "~3");
    expect(world.work()).toEqual([3, 4]);
    expect(world.state.tasks[1]).toMatchObject({ state: "ready", terminal: 1 });
    world.report("terminal-01.md", "~3 ~1");
    expect(world.work()).toEqual([1, 4]);
    world.report("terminal-01.md", "x3 ~1");
    expect(world.work()).toEqual([1, 4]);
  });

  it("do not take a task from the terminal that works on it", () => {
    const world = ready().report("terminal-01.md", "~4");
    expect(world.work()).toEqual([1, 4]);
    expect(world.state.notices[0]?.text).toContain("out of turn: terminal 2 works on it");
  });

  it("block with their reason and stay one blocker when they are read again", () => {
    const world = ready().report("terminal-02.md", "!4:cannot install cffi");
    expect(world.state.blockers).toMatchObject({
      B1: { title: "cannot install cffi", tasks: [4], sessions: ["025"], terminal: 2, priority: "P1", state: "open" },
    });
    expect(world.state.blockers["B1"]?.evidence[0]).toMatchObject({ source: "report terminal-02.md:1", line: "cannot install cffi" });
    expect(world.work()).toEqual([1, 5]);
  });

  it("cannot undo what a person decided since: a reopened task stays open until its tick changes", () => {
    const world = ready().report("terminal-01.md", "x1").take({ type: "task-reopened", task: 1, reason: "the tests fail" });
    world.report("terminal-01.md", "x1").report("terminal-01.md", "x1");
    expect(world.tasks("done")).toEqual([]);
    world.report("terminal-01.md", "o1").report("terminal-01.md", "x1");
    expect(world.tasks("done")).toEqual([1]);
  });

  it("that are taken back end the blocker that nothing else tells of", () => {
    const world = ready().report("terminal-02.md", "!4:cannot install cffi").report("terminal-02.md", "o4");
    expect(world.state.blockers["B1"]).toMatchObject({ state: "resolved" });
    expect(world.state.tasks[4]?.state).not.toBe("blocked");
  });

  it("that are taken back leave a blocker alone that somebody else has raised", () => {
    const world = ready().report("terminal-02.md", "!4:cannot install cffi");
    const blocked = world.state.blockers["B1"];
    world.report("terminal-01.md", "!4:no compiler").report("terminal-02.md", "o4");
    expect(world.state.blockers["B1"]).toMatchObject({ id: blocked?.id, state: "open" });
  });

  it("cannot raise a resolved blocker anew while the old tick stands", () => {
    const world = ready()
      .report("terminal-02.md", "!4:no disk")
      .take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "person", note: "freed" });
    world.report("terminal-02.md", "!4:no disk x5");
    expect(world.tasks("blocked")).toEqual([]);
    expect(world.tasks("done")).toEqual([5]);
  });

  it("that go back from done are noticed and change nothing", () => {
    const world = ready().report("terminal-01.md", "x1").report("terminal-01.md", "o1");
    expect(world.tasks("done")).toEqual([1]);
    expect(world.state.notices.at(-1)?.text).toContain("takes back that task 1 is done");
  });

  it("are applied again after a crash between the file's event and the recorded fact", () => {
    const torn = ready().report("terminal-01.md", "x1");
    const fileEvent = torn.events.findIndex((event) => event.type === "file-changed");
    expect(torn.events[fileEvent + 1]).toMatchObject({ type: "task-done", cause: fileEvent + 1 });
    // The journal ends with the file's event; a new engine reads the folder again.
    const cut = ready();
    const event = torn.events[fileEvent];
    if (event?.type !== "file-changed") throw new Error("no file event");
    cut.state = { ...cut.state, files: torn.state.files };
    cut.take({ type: "file-changed", path: event.path, bytes: event.bytes, reading: event.reading });
    expect(cut.tasks("done")).toEqual([1]);
  });
});

describe("a blocker file", () => {
  const session = { kind: "BLOCKER", session: "025" };
  const note = {
    title: "dependency conflict",
    reason: "pip cannot install cryptography and cffi together",
    evidence: { text: "ERROR: ResolutionImpossible", line: 12 },
  };

  it("of a session blocks the session's unfinished tasks in one blocker, and shows it on the terminal", () => {
    const world = ready().done(4).file("SESSION_025_BLOCKER.md", session, { blocker: note });
    expect(world.tasks("blocked")).toEqual([5, 6]);
    expect(Object.values(world.state.blockers)).toHaveLength(1);
    expect(world.state.blockers["B1"]).toMatchObject({ title: "dependency conflict", tasks: [5, 6], sessions: ["025"], step: "document" });
    expect(world.state.terminals[2]).toMatchObject({ state: "blocked", source: "task", task: null });
    world.take({ type: "terminal-state", terminal: 2, state: "idle", kind: null, source: "osc-7501", evidence: "done" });
    expect(world.state.terminals[2]?.state).toBe("blocked");
  });

  it("and a tick about the same task are one blocker with both lines, whichever came first", () => {
    const tickFirst = ready()
      .report("terminal-02.md", "!4:dependency conflict in CI")
      .file("SESSION_025_BLOCKER.md", session, { blocker: note });
    const fileFirst = ready()
      .file("SESSION_025_BLOCKER.md", session, { blocker: note })
      .report("terminal-02.md", "!4:dependency conflict in CI");
    for (const world of [tickFirst, fileFirst]) {
      expect(Object.keys(world.state.blockers)).toEqual(["B1"]);
      expect(world.state.blockers["B1"]?.tasks).toEqual([4, 5, 6]);
      expect(world.state.blockers["B1"]?.evidence.map((item) => item.line).sort()).toEqual([
        "ERROR: ResolutionImpossible",
        "dependency conflict in CI",
      ]);
    }
  });

  it("about something else in the same session is a blocker of its own", () => {
    const world = ready()
      .report("terminal-02.md", "!4:flaky clock")
      .file("SESSION_025_BLOCKER.md", session, { blocker: { ...note, tasks: [5, 6] } });
    expect(world.state.blockers["B1"]?.tasks).toEqual([4]);
    expect(world.state.blockers["B2"]?.tasks).toEqual([5, 6]);
  });

  it("of a task or terminal blocks that", () => {
    const world = ready()
      .file("TASK_003_BLOCKER.md", { kind: "BLOCKER", task: 3 }, { blocker: note })
      .file("TERMINAL_02_BLOCKER.md", { kind: "BLOCKER", terminal: 2 }, { blocker: { reason: "disk full" } });
    expect(world.tasks("blocked")).toEqual([3, 4, 5, 6]);
    expect(Object.values(world.state.blockers).map((blocker) => blocker.tasks)).toEqual([[3], [4, 5, 6]]);
  });

  it("that says it is resolved, or is removed, ends its blocker, and the tasks go on", () => {
    const resolved = ready()
      .file("SESSION_025_BLOCKER.md", session, { blocker: note })
      .file("SESSION_025_BLOCKER.md", session, { blocker: { ...note, resolved: true } });
    const removed = ready()
      .file("SESSION_025_BLOCKER.md", session, { blocker: note })
      .take({ type: "file-removed", path: "/p/.claude/Scratchpad/SESSION_025_BLOCKER.md" });
    for (const world of [resolved, removed]) {
      expect(world.state.blockers["B1"]).toMatchObject({ state: "resolved" });
      expect(world.work()).toEqual([1, 4]);
    }
  });

  it("that is resolved before it was ever read as open ends the blocker that a tick raised for its task", () => {
    const world = ready().report("terminal-02.md", "!4:cannot install cffi");
    world.file("TASK_004_BLOCKER.md", { kind: "BLOCKER", task: 4 }, { blocker: { ...note, tasks: [4], resolved: true } });
    expect(world.state.blockers["B1"]).toMatchObject({ state: "resolved" });
    expect(world.state.tasks[4]?.state).not.toBe("blocked");
  });

  it("stays closed when a person resolved it, until its words change", () => {
    const world = ready()
      .file("SESSION_025_BLOCKER.md", session, { blocker: note })
      .take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "person", note: null });
    world.file("SESSION_025_BLOCKER.md", session, { blocker: note });
    expect(world.tasks("blocked")).toEqual([]);
    world.file("SESSION_025_BLOCKER.md", session, { blocker: { ...note, reason: "again, with another version" } });
    expect(world.tasks("blocked")).toEqual([4, 5, 6]);
    expect(world.state.blockers["B2"]?.state).toBe("open");
  });

  it("is seen even when it stops no task any more", () => {
    const world = ready().done(4).done(5).done(6).file("SESSION_025_BLOCKER.md", session, { blocker: note });
    expect(world.state.blockers["B1"]).toMatchObject({ tasks: [], state: "open", sessions: ["025"] });
  });

  it("with a placeholder for a number is noticed and blocks nothing", () => {
    const world = ready().file("SESSION_XXX_BLOCKER.md", { kind: "BLOCKER", placeholder: true }, { blocker: note });
    expect(world.state.blockers).toEqual({});
    expect(world.state.notices[0]?.text).toContain("placeholder");
  });

  it("of an unknown session is seen and noticed", () => {
    const world = ready().file("SESSION_099_BLOCKER.md", { kind: "BLOCKER", session: "099" }, { blocker: note });
    expect(world.state.blockers["B1"]?.tasks).toEqual([]);
    expect(world.state.notices[0]?.text).toContain("session 099");
  });
});

describe("a handoff file", () => {
  it("is known by its session until it is removed, and what it lacks is noted", () => {
    const world = ready().file("SESSION_24_HANDOFF.md", { kind: "HANDOFF", session: "24" }, { handoff: { missing: ["next steps"] } });
    expect(world.state.handoffs).toEqual({ "024": "/p/.claude/Scratchpad/SESSION_24_HANDOFF.md" });
    expect(world.state.files["/p/.claude/Scratchpad/SESSION_24_HANDOFF.md"]?.note).toBe("does not say: next steps");
    world.take({ type: "file-removed", path: "/p/.claude/Scratchpad/SESSION_24_HANDOFF.md" });
    expect(world.state.handoffs).toEqual({});
  });
});

it.each([
  ["Task 3 is stopped: write it", "no disk"],
  ["TASK 003 BLOCKER", "no disk"],
  ["Blocker: Task 3", "no disk"],
  ["Task 3 blocker - the disk is full", "the disk is full"],
  ["The disk of task 3 is full", "The disk of task 3 is full"],
])("a heading that repeats what stands beside it is no name for a blocker: %j is called %j", (heading, title) => {
  const world = new World(plan({ tasks: [{ number: 3, terminal: 1, title: "Write it" }] })).engine().up();
  world.file("TASK_003_BLOCKER.md", { kind: "blocker", task: 3 }, { blocker: { title: heading, reason: "no disk", tasks: [3] } });
  expect(world.state.blockers["B1"]?.title).toBe(title);
});

it("a blocker file whose heading only says that it is one is called by its reason", () => {
  const world = new World(plan({ tasks: [{ number: 1, terminal: 1 }] })).engine().up();
  world.file("TASK_001_BLOCKER.md", { kind: "blocker", task: 1 }, { blocker: { title: "# Blocker", reason: "no key", tasks: [1] } });
  expect(world.state.blockers["B1"]?.title).toBe("no key");
});
