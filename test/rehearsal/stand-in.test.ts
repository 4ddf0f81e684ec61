import { afterEach, describe, expect, test } from "vitest";
import { entriesOf } from "../../src/rehearsal/handoff-file.ts";
import { FakeEngine, task } from "./fake-engine.ts";

const CALM = { questions: 0, permissions: 0, blockers: 0, crashes: 0, subAgents: 0, fullScreens: 0 };
const engines: FakeEngine[] = [];

function engineWith(...tasks: Parameters<typeof task>[]): FakeEngine {
  const engine = new FakeEngine(tasks.map((one) => task(...one)));
  engines.push(engine);
  return engine;
}

function rehearsal(special: object): Record<string, string> {
  return { MARATHON_REHEARSAL: JSON.stringify({ ...CALM, ...special }) };
}

/** Every OSC 7501 report in the output, as key/value objects with decoded texts. */
function reports(output: string): readonly Record<string, string>[] {
  // oxlint-disable-next-line no-control-regex -- the escape sequence is what is looked for
  return [...output.matchAll(/\x1b\]7501;([^\x1b]*)\x1b\\/g)].map(([, fields = ""]) =>
    Object.fromEntries(
      fields.split(":").map((field) => {
        const at = field.indexOf("=");
        const [key, value] = [field.slice(0, at), field.slice(at + 1)];
        return [key, key === "msg" || key === "title" ? Buffer.from(value, "base64").toString() : value];
      }),
    ),
  );
}

afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

describe("a stand-in at work", () => {
  test("does one task after the other, ticks each, and ends when nothing more comes", async () => {
    const engine = engineWith([1], [2], [3]);
    const ended = engine.start(rehearsal({}));
    await engine.runAll();
    expect(await ended).toBe(0);
    expect([1, 2, 3].map((number) => engine.tick(number))).toEqual(["x", "x", "x"]);
    expect(reports(engine.output).at(-1)).toMatchObject({ state: "clear" });
  });

  test("says by OSC 7501 when it works on what, is done, and waits", async () => {
    const engine = engineWith([7]);
    const ended = engine.start(rehearsal({}));
    await engine.runAll();
    await ended;
    const said = reports(engine.output).map(({ state, msg }) => [state, msg]);
    expect(said).toContainEqual(["working", "7 check module 7"]);
    expect(said).toContainEqual(["done", "7 is done"]);
    expect(said).toContainEqual(["idle", "waits for work"]);
  });

  test("writes the handoff of a session in five parts when its last task there is over", async () => {
    const engine = engineWith([1, { session: "024" }], [2, { session: "024" }]);
    const ended = engine.start(rehearsal({}));
    await engine.runAll();
    await ended;
    const note = engine.read("SESSION_024_HANDOFF.md");
    expect(note).toContain("**Completion:** 100%");
    for (const part of ["Completed work", "Blocked work", "Next steps", "Effort to complete"]) expect(note).toContain(`## ${part}`);
    expect(entriesOf(note).map(({ task: number, state }) => [number, state])).toEqual([
      [1, "done"],
      [2, "done"],
    ]);
  });

  test("closes its report with the five parts when its tasks belong to no session", async () => {
    const engine = engineWith([1]);
    const ended = engine.start(rehearsal({}));
    await engine.runAll();
    await ended;
    expect(engine.read("terminal-04.md")).toContain("**Completion:** 100%");
  });

  test("leaves a task that is given to somebody else and says nothing more about it", async () => {
    const engine = engineWith([1], [2]);
    const ended = engine.start({ ...rehearsal({}), MARATHON_SPEED: "1" });
    engine.give(1);
    await engine.until(() => engine.tick(1) === "~");
    engine.take("ready");
    await engine.until(() => engine.tick(1) === null && engine.output.includes("no longer mine"));
    engine.finish();
    expect(await ended).toBe(0);
  });

  test("names each sub-agent in a record of its own and takes all of them back", async () => {
    const engine = engineWith([1]);
    const ended = engine.start(rehearsal({ subAgents: 1 }));
    await engine.runAll();
    await ended;
    const own = reports(engine.output).filter(({ id }) => id !== undefined);
    const began = own.filter(({ state }) => state === "working").map(({ id }) => id);
    expect(began.length).toBeGreaterThanOrEqual(2);
    expect(own.filter(({ state }) => state === "clear").map(({ id }) => id)).toEqual(began);
    expect(own.every(({ state, title }) => state === "clear" || (title ?? "") !== "")).toBe(true);
  });

  test("shows a full-screen view and comes back from it", async () => {
    const engine = engineWith([1]);
    const ended = engine.start(rehearsal({ fullScreens: 1 }));
    await engine.runAll();
    await ended;
    expect(engine.output.split("\x1b[?1049h").length).toBe(2);
    expect(engine.output.lastIndexOf("\x1b[?1049l")).toBeGreaterThan(engine.output.indexOf("\x1b[?1049h"));
  });
});

describe("when something comes in between", () => {
  test("stand-in people answer its questions, with the plan's answer where there is one", async () => {
    const engine = engineWith([5, { answer: "use the staging data" }]);
    const ended = engine.start(rehearsal({ ask: [5] }));
    await engine.runAll();
    await ended;
    expect(reports(engine.output)).toContainEqual(expect.objectContaining({ state: "blocked", kind: "question" }));
    expect(engine.output).toContain("use the staging data");
  });

  test("a permission is asked for as such", async () => {
    const engine = engineWith([5]);
    const ended = engine.start(rehearsal({ permit: [5] }));
    await engine.runAll();
    await ended;
    expect(reports(engine.output)).toContainEqual(expect.objectContaining({ state: "blocked", kind: "permission" }));
  });

  test("without stand-in people a question stays open", async () => {
    const engine = engineWith([5]);
    const ended = engine.start({ ...rehearsal({ ask: [5] }), MARATHON_PEOPLE: "none" });
    engine.give(5);
    await engine.until(() => reports(engine.output).some(({ state }) => state === "blocked"));
    expect(engine.tick(5)).toBe("~");
    engine.kill("SIGTERM");
    expect(await ended).toBe(143);
    expect(reports(engine.output).at(-1)).toMatchObject({ state: "clear" });
  });

  test("a blocker is written down, resolved by the stand-in people, and the task is done at the second attempt", async () => {
    const engine = engineWith([33, { session: "025" }], [34, { session: "025" }]);
    const ended = engine.start(rehearsal({ block: [33] }));
    engine.give(33);
    await engine.until(() => engine.tick(33) === "!");
    expect(engine.read("TASK_033_BLOCKER.md")).toMatch(/\*\*Status:\*\* (open|resolved)/);
    engine.take("blocked");
    await engine.until(() => engine.read("TASK_033_BLOCKER.md").includes("**Status:** resolved"));
    expect(engine.tick(33)).toBe(" ");
    await engine.runAll();
    expect(await ended).toBe(0);
    expect(engine.tick(33)).toBe("x");
    expect(engine.read("SESSION_025_HANDOFF.md")).toContain("**Completion:** 100%");
  });

  test("without stand-in people a blocker stays open", async () => {
    const engine = engineWith([33]);
    const ended = engine.start({ ...rehearsal({ block: [33] }), MARATHON_PEOPLE: "none" });
    engine.give(33);
    await engine.until(() => engine.tick(33) === "!");
    engine.take("blocked");
    engine.finish();
    expect(await ended).toBe(0);
    expect(engine.read("TASK_033_BLOCKER.md")).toContain("**Status:** open");
    expect(engine.read("terminal-04.md")).toContain("**Completion:** 0%");
  });

  test("a crash ends it with exit code 1, and the stand-in after it gets the task done", async () => {
    const engine = engineWith([9]);
    const env = rehearsal({ crash: [9] });
    const first = engine.start(env);
    engine.give(9);
    expect(await first).toBe(1);
    expect(engine.tick(9)).toBe("~");
    const second = engine.start(env);
    await engine.runAll();
    expect(await second).toBe(0);
  });
});

describe("what it is told", () => {
  test.each([
    ["MARATHON_SPEED", { MARATHON_SPEED: "fast" }],
    ["MARATHON_REHEARSAL", { MARATHON_REHEARSAL: "{" }],
    ["MARATHON_REHEARSAL", { MARATHON_REHEARSAL: '{"blokcers":1}' }],
    ["MARATHON_ASSIGNMENT", { MARATHON_ASSIGNMENT: "" }],
  ])("a bad %s ends it at once with exit code 2 and the name of the variable", async (name, env) => {
    const engine = engineWith([1]);
    expect(await engine.start(env)).toBe(2);
    expect(engine.output).toContain(name);
  });

  test("NO_COLOR leaves no colour in its output", async () => {
    const engine = engineWith([1]);
    const ended = engine.start({ ...rehearsal({}), NO_COLOR: "1" });
    await engine.runAll();
    await ended;
    // oxlint-disable-next-line no-control-regex -- colour sequences are what is looked for
    expect(engine.output.match(/\x1b\[[0-9;]*[1-9][0-9;]*m/)).toBeNull();
  });
});
