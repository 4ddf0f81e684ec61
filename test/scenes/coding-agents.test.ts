import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startAgain } from "../../src/engine/start-again.ts";
import { scene, type Scene } from "../support/scene.ts";
import { pasteOf } from "../support/scene/agent.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { shellPlan } from "../support/scene/plans.ts";

codingAgentsInPath("claude", "gemini");

const plan = shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]);
const INPUT_LINE = "\x1b[?1049h\x1b[?2004h\x1b[H❯ ";

/** The words that the program in a terminal was started with. */
function argsOf(story: Scene, terminal: number): readonly string[] {
  return story.terminal(terminal).args;
}

function valueOf(args: readonly string[], flag: string): string | undefined {
  return args[args.indexOf(flag) + 1];
}

async function worksOnce(story: Scene): Promise<string> {
  story.terminal(1).reports7501({ state: "working", msg: "Reading" });
  story.looks(1);
  return (await story.until("conversation-known")).conversation;
}

test("its first task comes with its first words, the next one is typed when it is done with that", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const one = story.terminal(1);
  expect(argsOf(story, 1).at(-1)).toMatch(/^Read .*terminal-01\.json/);
  expect(story.events.filter((event) => event.type === "message-queued")).toEqual([]);
  story.scratchpad.writes("terminal-01.md", "# m-scene\n- [x] 1 Build it\n");
  await story.until("message-queued", { terminal: 1, purpose: "assignment" });
  one.prints(INPUT_LINE);
  one.reports7501({ state: "done" });
  const text = (await story.until("message-queued")).text;
  expect(text).toMatch(/^Your next task is 2: Ship it\./);
  await one.isTyped(pasteOf(text));
});

test("it is not idle while it loads what it needs to begin with its first words, though it shows an empty input line", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const showsInputLine = async () => {
    story.terminal(1).prints(`\x1b]0;✳ Claude Code\x07${INPUT_LINE}\r\n─────\r\n  ? for shortcuts`);
    await story.comesTo("the input line", () => story.engine.hosts.get(1)?.screen.text().join("").includes("❯") === true);
    for (let look = 0; look < 6; look++) {
      story.passes(0.01);
      story.looks(1);
    }
  };
  await showsInputLine();
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", source: "process" });
  story.terminal(1).prints("\x1b]0;◐ Claude Code\x07\x1b[H\x1b[J");
  await story.until("terminal-state", { state: "busy", source: "title:working-title" });
  await showsInputLine();
  expect(story.state.terminals[1]).toMatchObject({ state: "idle" });
});

test("after its death, and after the engine's, it is started in the same conversation", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const id = valueOf(argsOf(story, 1), "--session-id");
  expect(await worksOnce(story)).toBe(id);
  await story.terminal(1).dies("SIGKILL");
  story.engine.submit({ type: "terminal-starting", terminal: 1, reason: "restarted by a person" });
  await story.terminal(1).starts(2);
  expect(valueOf(argsOf(story, 1), "--resume")).toBe(id);
  story.allDies();
  await story.engineComesBack();
  story.engine.submit({ type: "terminal-starting", terminal: 1, reason: "taken up again" });
  await story.terminal(1).starts(1);
  expect(valueOf(argsOf(story, 1), "--resume")).toBe(id);
});

test("started again it is not judged by what the last one showed, and told by its first words alone", async () => {
  await using story = await scene({ plan, agent: "claude" });
  await worksOnce(story);
  story.terminal(1).prints(`${INPUT_LINE}\x1b[2;1H● API Error: 429 rate limit`);
  await story.terminal(1).dies("SIGKILL");
  await story.until("task-blocked");
  startAgain(story.engine, 1, "a person");
  await story.terminal(1).starts(2);
  await story.comesTo("an empty screen", () => story.engine.hosts.get(1)?.screen.text().join("") === "");
  story.looks(1);
  expect(story.state.terminals[1]).toMatchObject({ state: "busy", task: 1 });
  expect(story.events.filter((event) => event.type === "message-queued")).toEqual([]);
});

test("when its conversation cannot be taken up, nothing else is started: a blocker shows both commands", async () => {
  await using story = await scene({ plan, agent: "claude" });
  const desk = await story.dashboard();
  const id = await worksOnce(story);
  await story.terminal(1).exits(0);
  story.engine.submit({ type: "terminal-starting", terminal: 1, reason: "restarted by a person" });
  await story.terminal(1).starts(2);
  story.terminal(1).prints(`No conversation found with session ID: ${id}\r\n`);
  await story.terminal(1).exits(1);
  const blocked = await story.until("task-blocked");
  expect(blocked.reason).toContain(`\`claude --resume ${id}\``);
  expect(blocked.reason).toContain("`marathon restart --terminal 1 --fresh`");
  expect(blocked.evidence.map(({ line }) => line)).toContain(`No conversation found with session ID: ${id}`);
  await desk.shows("could not be taken up again");
  expect(story.terminal(1).programs).toHaveLength(2);

  story.engine.submit({ type: "terminal-starting", terminal: 1, reason: "restarted by a person", fresh: true });
  await story.terminal(1).starts(3);
  expect(argsOf(story, 1)).not.toContain("--resume");
  expect(valueOf(argsOf(story, 1), "--session-id")).not.toBe(id);
});

test("one that died before it began anything begins anew: there is nothing to take up", async () => {
  await using story = await scene({ plan, agent: "claude" });
  story.terminal(1).reports7501({ state: "blocked", kind: "permission", msg: "Do you trust this folder?" });
  await story.until("terminal-state", { terminal: 1, state: "asking" });
  await story.terminal(1).dies("SIGKILL");
  story.engine.submit({ type: "terminal-starting", terminal: 1, reason: "restarted by a person" });
  await story.terminal(1).starts(2);
  expect(argsOf(story, 1)).toContain("--session-id");
});

test("one that does not speak for itself is known by its title and its screen", async () => {
  await using story = await scene({ plan, agent: "gemini" });
  const desk = await story.dashboard();
  story.terminal(1).prints("\x1b]0;✋  Action Required (gemini)\x07");
  await desk.shows("Action Required");
  story.passes(1);
  story.looks(1);
  await desk.shows("? 1 asking");
  expect(story.state.terminals[1]).toMatchObject({ state: "asking", kind: "permission", source: "title:action-title" });
  story.terminal(1).prints("\x1b]0;✦  Working… (gemini)\x07");
  await desk.shows("? 0 asking");
});

test("a Claude Code that does not speak for itself is known by what `claude agents` would list of it", async () => {
  const settings = mkdtempSync(join(tmpdir(), "claude-"));
  onTestFinished(() => rmSync(settings, { recursive: true }));
  vi.stubEnv("CLAUDE_CONFIG_DIR", settings);
  onTestFinished(() => void vi.stubEnv("CLAUDE_CONFIG_DIR", undefined));
  await using story = await scene({ plan, agent: "claude" });
  const desk = await story.dashboard();
  const { pid } = story.state.terminals[1] ?? {};
  const lists = (told: object) => writeFileSync(join(settings, "sessions", `${pid}.json`), JSON.stringify({ pid, ...told }));
  mkdirSync(join(settings, "sessions"));
  lists({ status: "waiting", waitingFor: "permission prompt" });
  story.passes(1);
  story.looks(1);
  await desk.shows("? 1 asking");
  expect(story.state.terminals[1]).toMatchObject({ state: "asking", kind: "permission", source: "claude-agents:waiting" });
  desk.press("w");
  await desk.shows(/because of claude-agents:waiting: claude agents: waiting, permission prompt/u);
  desk.press("escape");
  lists({ status: "busy" });
  story.passes(1);
  story.looks(1);
  await desk.shows("? 0 asking");
  story.terminal(1).reports7501({ state: "done" });
  await story.until("terminal-state", { terminal: 1, state: "idle", source: "osc-7501" });
});

test("a screen that stands still and that no rule knows is unknown", async () => {
  await using story = await scene({ plan, agent: "gemini" });
  const desk = await story.dashboard();
  story.terminal(1).prints("something that nobody has seen before\r\n");
  await desk.shows("something that nobody has seen before");
  story.passes(1);
  story.looks(1);
  await story.until("terminal-state", { terminal: 1, state: "unknown", source: "quiet" });
});
