import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AgentError } from "../../src/engine/agents/agent.ts";
import { commandAgent } from "../../src/engine/agents/command.ts";
import { agentByName, agentNames, unknownAgent } from "../../src/engine/agents/registry.ts";
import { rehearsalAgent } from "../../src/engine/agents/rehearsal.ts";
import { shellAgent } from "../../src/engine/agents/shell.ts";
import { contextOf, task } from "./contexts.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "agents-"));
  writeFileSync(join(folder, "agent.sh"), "#!/bin/sh\nexit 0\n");
  chmodSync(join(folder, "agent.sh"), 0o755);
  writeFileSync(join(folder, "notes.txt"), "no program\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The error that starting `command` gives. */
function refusal(command: string | null): AgentError {
  try {
    commandAgent.program(contextOf([], { command, project: folder }));
  } catch (error) {
    if (error instanceof AgentError) return error;
    throw error;
  }
  throw new Error(`${command} was not refused`);
}

describe("the agent shell", () => {
  test("runs the Run cell as it is written, in the project, with the environment of agents", () => {
    const run = 'printf "%s|" "$MARATHON_TASK" "$MARATHON_TERMINAL" && pwd | tr a-z A-Z';
    const over = shellAgent.handOver(contextOf([], { project: folder }), task(12, { run }));
    if (over.kind !== "run") throw new Error(`got ${over.kind}`);
    const { stdout } = spawnSync(over.program.file, over.program.args, {
      cwd: over.program.cwd,
      env: { PATH: process.env["PATH"], ...over.program.env },
      encoding: "utf8",
    });
    expect(stdout).toBe(`12|4|${folder.toUpperCase()}\n`);
    expect(over.program.title).toBe(run);
  });

  test.each([null, "", "  "])("refuses a task whose Run cell is %j, with advice", (run) => {
    expect(shellAgent.handOver(contextOf([]), task(12, { run }))).toMatchObject({
      kind: "refuse",
      reason: expect.stringMatching(/task 12 has no Run cell.*Add one/),
    });
  });

  test("refuses where there is no shell at all", () => {
    vi.stubEnv("PATH", folder);
    expect(shellAgent.handOver(contextOf([]), task(12, { run: "true" })).kind).toBe("refuse");
    vi.unstubAllEnvs();
  });

  test("takes exit code 0 for done", () => {
    expect(shellAgent.onExit({ code: 0, signal: null }, task(12), ["fine"], contextOf([]))).toEqual([
      { type: "task-done", task: 12, terminal: 4, source: "exit code 0" },
    ]);
  });

  test("takes any other end for blocked, with the telling line as reason and the last lines as evidence", () => {
    const tail = [
      "▶ 11 before",
      "$ false",
      "Error: of the task before",
      "▶ 12 this one",
      "$ npm test",
      "ok 1",
      "Error: no database",
      "2 of 3 done",
    ];
    const [fact] = shellAgent.onExit({ code: 2, signal: null }, task(12, { priority: "P1" }), tail);
    expect(fact).toMatchObject({ type: "task-blocked", task: 12, priority: "P1", reason: "exit code 2: Error: no database" });
    expect(fact?.type === "task-blocked" && fact.evidence.map(({ line }) => line)).toEqual(["ok 1", "Error: no database", "2 of 3 done"]);
  });

  test("says so when a failed command printed nothing, and names the signal that ended it", () => {
    expect(shellAgent.onExit({ code: null, signal: "SIGKILL" }, task(12), ["▶ 12 this one", "$ sleep 9"])).toMatchObject([
      { reason: "ended by SIGKILL: it printed nothing", evidence: [] },
    ]);
  });

  test("keeps a reason on one line of bearable length", () => {
    const [fact] = shellAgent.onExit({ code: 1, signal: null }, task(12), ["x".repeat(5000)]);
    expect(fact?.type === "task-blocked" && fact.reason.length).toBeLessThanOrEqual(200);
  });
});

describe("the agent command", () => {
  test("splits words as a shell does, and runs the program directly", () => {
    const program = commandAgent.program(contextOf([], { command: `./agent.sh --name "two words" 'it''s' a\\ b`, project: folder }));
    expect(program).toMatchObject({ file: join(folder, "agent.sh"), args: ["--name", "two words", "its", "a b"], cwd: folder });
  });

  test.each(["./agent.sh | tee log", "MODE=fast ./agent.sh", "cd x && ./agent.sh", 'echo "$HOME"', "ls *.md"])(
    "leaves %j to sh, word for word",
    (command) => {
      expect(commandAgent.program(contextOf([], { command, project: folder }))?.args).toEqual(["-c", command]);
    },
  );

  test("tells the program its work by five variables that survive a shell", () => {
    const program = commandAgent.program(contextOf([], { command: "./agent.sh", project: folder }));
    expect(program?.env).toEqual({
      MARATHON_ASSIGNMENT: "/state/terminal-04.json",
      MARATHON_TERMINAL: "4",
      MARATHON_SCRATCHPAD: "/project/.claude/Scratchpad",
      MARATHON_PROJECT: folder,
      MARATHON_BIN: "/usr/bin/node '/opt/my tools/marathon.js'",
    });
    const { stdout } = spawnSync("sh", ["-c", 'eval "set -- $MARATHON_BIN"; printf "%s," "$@"'], {
      env: { ...process.env, ...program?.env },
      encoding: "utf8",
    });
    expect(stdout).toBe("/usr/bin/node,/opt/my tools/marathon.js,");
  });

  test.each([
    [null, 127, /--command/],
    ["no-such-program-here --x", 127, /no folder of PATH/],
    ["./nothing.sh", 127, /there is no file/],
    ["./notes.txt", 126, /chmod/],
    ["'unclosed", 126, /not closed/],
  ])("refuses %j with code %i", (command, code, message) => {
    expect(refusal(command)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("takes exit code 0 for done when the task is the only one that the terminal has", () => {
    expect(commandAgent.onExit({ code: 0, signal: null }, task(1), [], contextOf([task(1)]))).toMatchObject([
      { type: "task-done", task: 1 },
    ]);
  });

  test("does not believe that a task is done when a program with more to do just ends", () => {
    const facts = commandAgent.onExit({ code: 0, signal: null }, task(1), ["bye"], contextOf([task(1), task(2)]));
    expect(facts).toMatchObject([
      { type: "task-blocked", task: 1, reason: expect.stringMatching(/without reporting task 1.*terminal-04\.md/) },
    ]);
  });

  test("takes a failing end for blocked, and one without a task for nothing", () => {
    expect(commandAgent.onExit({ code: 3, signal: null }, task(1), ["fatal: x"], contextOf([task(1)]))).toMatchObject([
      { type: "task-blocked", reason: "exit code 3: fatal: x" },
    ]);
    expect(commandAgent.onExit({ code: 3, signal: null }, null, [], contextOf([]))).toEqual([]);
  });
});

describe("the agent rehearsal", () => {
  test("starts this very Node with the stand-in, told speed and seed", () => {
    const program = rehearsalAgent.program(contextOf([]));
    expect(program).toMatchObject({ file: process.execPath, env: { MARATHON_SPEED: "60", MARATHON_SEED: "7", MARATHON_TERMINAL: "4" } });
  });

  test("passes on who answers, and what is forced", () => {
    vi.stubEnv("MARATHON_PEOPLE", "none");
    vi.stubEnv("MARATHON_REHEARSAL", '{"crashes":0}');
    expect(rehearsalAgent.program(contextOf([]))?.env).toMatchObject({ MARATHON_PEOPLE: "none", MARATHON_REHEARSAL: '{"crashes":0}' });
    vi.unstubAllEnvs();
  });

  test("blocks the task that it crashes on", () => {
    expect(rehearsalAgent.onExit({ code: 0, signal: null }, task(1), [])).toEqual([]);
    expect(rehearsalAgent.onExit({ code: 1, signal: null }, task(1), ["panic: gone"])).toMatchObject([
      { type: "task-blocked", task: 1, reason: "exit code 1: panic: gone" },
    ]);
  });
});

describe("the names of agents", () => {
  test("lead to adapters of that name", () => {
    for (const name of agentNames) expect(agentByName(name).name).toBe(name);
  });

  test.each([
    ["shel", "shell"],
    ["bash", "shell"],
    ["Rehersal", "rehearsal"],
    ["comand", "command"],
  ])("%s suggests %s", (name, suggestion) => {
    expect(unknownAgent(name)).toContain(`Did you mean ${suggestion}?`);
  });

  test("that are programs of their own suggest the agent command", () => {
    expect(unknownAgent("aider")).toContain('--agent command --command "aider"');
    expect(() => agentByName("aider")).toThrow(AgentError);
    expect(unknownAgent("shell")).toBeNull();
  });
});
