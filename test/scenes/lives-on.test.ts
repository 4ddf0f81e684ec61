import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { HUNDRED_TASKS, shellPlan } from "../support/scene/plans.ts";

const SHELL = shellPlan("Two tasks", [["Build it | `make`", "Test it | `make test`"]]);

async function killed(story: Scene): Promise<void> {
  story.engineDies();
  await story.engineComesBack();
}

function linesOf(story: Scene, terminal: number): readonly string[] {
  return story.engine.hosts.get(terminal)?.screen.text(1000) ?? [];
}

test("the engine is killed: programs, screens and tasks are as they were, and what was printed meanwhile is there once", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  const desk = await story.dashboard();
  const one = story.terminal(1);
  one.printsLines(1, 60);
  await desk.shows("line 60");
  await story.recorded();
  // Of this nothing has reached the disk when the engine dies.
  one.printsLines(61, 70);
  await desk.shows("line 70");
  const { tasks, terminals } = story.state;
  story.engineDies();
  one.printsLines(71, 80);
  await desk.shows("ENGINE GONE");
  await story.engineComesBack();

  await desk.attachAgain();
  await desk.shows("line 80", "went on without it");
  one.printsLines(81, 90);
  await desk.shows("line 90");
  expect(linesOf(story, 1)).toEqual(Array.from({ length: 90 }, (_, index) => `line ${index + 1}`));
  expect(one.programs).toHaveLength(1);
  expect(story.state.tasks).toEqual(tasks);
  expect(Object.values(story.state.terminals).map(({ pid, state, lost }) => [pid, state, lost])).toEqual(
    Object.values(terminals).map(({ pid, state }) => [pid, state, false]),
  );
  desk.press("1", "enter");
  await desk.shows("TAKE-OVER 1");
  desk.types("still you?");
  await one.isTyped("still you?");
});

test("again and again: the recording, too, has every line once", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  const one = story.terminal(1);
  for (let round = 0; round < 4; round++) {
    one.printsLines(round * 10 + 1, round * 10 + 5);
    if (round % 2 === 0) await story.recorded();
    story.engineDies();
    one.printsLines(round * 10 + 6, round * 10 + 10);
    await story.engineComesBack();
    await story.comesBack(1);
  }
  await story.recorded();
  expect(linesOf(story, 1)).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index + 1}`));
  const past = await story.engine.ports.logs.past(1);
  const text = past?.events.map(({ code, data }) => (code === "o" ? data : "")).join("");
  expect(text?.match(/line \d+/gu)).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index + 1}`));
});

test("without recordings it is the holder that knows what was shown", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  const one = story.terminal(1);
  one.printsLines(1, 40);
  one.prints("\x1b[?2004h> ");
  await desk.shows("line 40");
  await killed(story);
  await desk.attachAgain();
  await desk.shows("line 40");
  expect(linesOf(story, 1).at(-1)).toBe(">");
  expect(story.engine.hosts.get(1)?.modes.bracketedPaste).toBe(true);
});

test("a full-screen program is gone on with in its size, modes and all; it is asked nothing and told nothing twice", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command", logs: true });
  const desk = await story.dashboard();
  const one = story.terminal(1);
  one.prints("\x1b[?1049h\x1b[?1003h\x1b[?1h\x1b[2;5r\x1b[Hthe editor\x1b[c");
  await desk.shows("the editor");
  const answer = one.typed;
  expect(answer).not.toBe("");
  const sizes = one.sizes.length;
  const { size } = one;
  story.engineDies();
  // Asked when nobody was there: answered by the new engine.
  one.prints("\x1b[5n");
  await story.engineComesBack();
  await story.comesBack(1);
  expect(one.typed).toBe(`${answer}\x1b[0n`);
  expect(story.engine.hosts.get(1)?.modes).toMatchObject({ alternateScreen: true, mouse: "any", applicationCursorKeys: true });
  expect(story.engine.hosts.get(1)?.screen).toMatchObject(size);
  expect(one.sizes).toHaveLength(sizes);
});

test("a command that ended while no engine was there is judged by its exit, and the next one begins", async () => {
  await using story = await scene({ plan: SHELL, logs: true });
  const one = story.terminal(1);
  await one.starts(1);
  one.prints("built\r\n");
  story.engineDies();
  one.ends(0);
  await story.engineComesBack();
  await story.until("task-done", { task: 1, source: "exit code 0" });
  await one.starts(2);
  expect(story.state.tasks[2]).toMatchObject({ state: "running", terminal: 1 });
  const desk = await story.dashboard();
  await desk.shows("▶ 1 Build it", "built", "✔ done", "▶ 2 Test it");
  expect(
    linesOf(story, 1)
      .join("\n")
      .match(/▶ 1 Build it/gu),
  ).toHaveLength(1);
});

test("what holds the ptys is killed: exactly its programs end, recorded, and the engine goes on", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.holderDies();
  await story.until("terminal-exited", { terminal: 10, signal: "SIGHUP" });
  await desk.shows("ended by SIGHUP");
  expect(Object.values(story.state.terminals).every(({ state, lost }) => state === "exited" && !lost)).toBe(true);
  expect(story.state.engine).not.toBeNull();
  desk.press("1", "R");
  await story.terminal(1).starts(1);
  story.terminal(1).prints("in a new terminal\r\n");
  await desk.shows("in a new terminal");
});

test("engine and holder are killed: that is the end of the programs, as it is told", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.allDies();
  await story.engineComesBack();
  expect(Object.values(story.state.terminals).every(({ lost }) => lost)).toBe(true);
});
