import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { oneArena, terminalEnvironment } from "../../src/engine/environment.ts";
import { linuxProcesses, parsePs, systemProcesses, type ProcessTable } from "../../src/engine/process-table.ts";
import { endTree, findByMarker, isAlive, startTime } from "../../src/engine/processes.ts";
import { spawnPty } from "../../src/engine/pty.ts";
import { temporaryFolder } from "./folder.ts";

// On a busy machine process trees take their time.
vi.setConfig({ testTimeout: 30_000 });

let marathons = 0;

/** A bash in a pty that marks its children; resolves when it has printed `ready`. */
async function terminal(script: string): Promise<{ marathon: string; pid: number; start: number | null; exited: Promise<unknown> }> {
  const marathon = `test-${process.pid}-${(marathons += 1)}`;
  const env = terminalEnvironment(process.env, { marathon, terminal: 3, version: "0" });
  const pty = spawnPty({ file: "bash", args: ["--norc", "-c", script], cwd: "/", env, title: "bash" }, { cols: 80, rows: 24 });
  let text = "";
  await new Promise<void>((resolve) => {
    pty.onData((bytes) => {
      text += Buffer.from(bytes).toString();
      if (text.includes("ready")) resolve();
    });
  });
  const exited = new Promise((resolve) => pty.onExit(resolve));
  onTestFinished(async () => {
    await endTree({ pid: pty.pid, start: startTime(pty.pid) }, { marker: { marathon }, now: true });
    pty.dispose();
  });
  return { marathon, pid: pty.pid, start: startTime(pty.pid), exited };
}

const sleeping = (marathon: string) => findByMarker({ marathon }).filter((found) => found.command.startsWith("sleep")).length;

describe("ending what was started in a terminal", () => {
  const scripts: Record<string, string> = {
    "a plain child": "sleep 1000 & echo ready; wait",
    "a child that ignores hang-ups": "nohup sleep 1000 >/dev/null 2>&1 & echo ready; wait",
    "a child in a session of its own": "setsid sleep 1000 & echo ready; wait",
    "a child whose parent left": "(setsid sleep 1000 &) ; echo ready; sleep 1000",
    "a stopped child": "sleep 1000 & until grep -q sleep /proc/$!/comm; do :; done; kill -STOP $!; echo ready; wait",
    "children of job control": "set -m; sleep 1000 & sleep 1000 & echo ready; wait",
  };
  for (const [what, script] of Object.entries(scripts)) {
    test(`ends ${what} by asking`, async () => {
      const { marathon, pid, start, exited } = await terminal(script);
      while (sleeping(marathon) === 0) await nextTurn();
      expect(await endTree({ pid, start }, { marker: { marathon, terminal: 3 }, patienceMs: 60_000 })).toEqual([]);
      await exited;
      expect(findByMarker({ marathon })).toEqual([]);
    });
  }

  test("kills what does not listen, also in a session of its own", async () => {
    const { marathon, pid, start, exited } = await terminal(
      "trap '' TERM HUP; setsid bash -c \"trap '' TERM HUP; sleep 1000; sleep 1000\" & sleep 1000 & echo ready; wait; sleep 1000",
    );
    while (sleeping(marathon) < 2) await nextTurn();
    expect(await endTree({ pid, start }, { marker: { marathon }, patienceMs: 100 })).toEqual([]);
    expect(await exited).toEqual({ code: null, signal: "SIGKILL" });
    expect(findByMarker({ marathon })).toEqual([]);
  });

  test("does not ask when told to end it now", async () => {
    const folder = temporaryFolder();
    const { marathon, pid, start, exited } = await terminal(`trap 'touch ${folder}/asked' TERM HUP; sleep 1000 & echo ready; wait`);
    expect(await endTree({ pid, start }, { marker: { marathon }, now: true, patienceMs: 60_000 })).toEqual([]);
    expect(await exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("gives a program the time to put its things in order", async () => {
    const { pid, start, exited } = await terminal("trap 'sleep 0.2; exit 9' TERM HUP; sleep 1000 & echo ready; wait");
    expect(await endTree({ pid, start }, { patienceMs: 60_000 })).toEqual([]);
    expect(await exited).toEqual({ code: 9, signal: null });
  });

  test("leaves a process alone that only has the pid of the one that was meant", async () => {
    const { marathon, pid, start } = await terminal("sleep 1000 & echo ready; wait");
    expect(await endTree({ pid, start: (start ?? 0) - 1 }, { patienceMs: 50 })).toEqual([]);
    expect(await endTree({ pid, start: null }, { patienceMs: 50 })).toEqual([]);
    expect(isAlive({ pid, start })).toBe(true);
    expect(sleeping(marathon)).toBe(1);
  });

  test("never ends itself, and nothing at all for a pid that is nobody's", async () => {
    expect(await endTree({ pid: process.pid, start: startTime(process.pid) }, { now: true })).toEqual([]);
    expect(await endTree({ pid: 2 ** 22 + 1, start: 1 }, { now: true })).toEqual([]);
  });

  test("leaves the other terminals of the marathon alone", async () => {
    const { marathon, pid, start } = await terminal("sleep 1000 & echo ready; wait");
    expect(await endTree({ pid: 2 ** 22 + 1, start: 1 }, { marker: { marathon, terminal: 4 }, patienceMs: 50 })).toEqual([]);
    expect(isAlive({ pid, start })).toBe(true);
  });

  test("names what it could not end", async () => {
    const stuck = { pid: 2 ** 22 + 5, parent: 1, group: 2 ** 22 + 5, session: 2 ** 22 + 5, start: 7, zombie: false };
    const table: ProcessTable = {
      list: () => [stuck],
      get: (pid) => (pid === stuck.pid ? stuck : null),
      withEnvironment: () => new Set(),
      withVariable: () => new Map(),
      command: () => "stuck in the kernel",
    };
    expect(await endTree({ pid: stuck.pid, start: 7 }, { now: true, table })).toEqual([
      { pid: stuck.pid, start: 7, command: "stuck in the kernel" },
    ]);
  });
});

describe("knowing a process again", () => {
  test("a living one is known by its start, an ended one is gone, also before it is reaped", async () => {
    const child = spawn("sleep", ["1000"]);
    const pid = child.pid ?? 0;
    const start = startTime(pid);
    expect(start).not.toBeNull();
    expect(isAlive({ pid, start })).toBe(true);
    expect(isAlive({ pid, start: null })).toBe(true);
    expect(isAlive({ pid, start: (start ?? 0) + 1 })).toBe(false);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(isAlive({ pid, start })).toBe(false);
    expect(startTime(pid)).toBeNull();
  });

  test("a name with spaces and parentheses does not disturb the reading of /proc", () => {
    const proc = temporaryFolder();
    for (const [pid, state] of [
      ["41", "S"],
      ["42", "Z"],
    ] as const) {
      mkdirSync(join(proc, pid));
      const fields = [state, 7, 40, 39, 34816, 41, 4194304, ...Array.from({ length: 12 }, () => 0), 123456, 0, 0];
      writeFileSync(join(proc, pid, "stat"), `${pid} (a) S 1 (b) ${fields.join(" ")}`);
      writeFileSync(join(proc, pid, "environ"), "A=1\0MARATHON_ID=m1\0B=2\0");
      writeFileSync(join(proc, pid, "cmdline"), "node\0-e\0");
    }
    mkdirSync(join(proc, "43"));
    writeFileSync(join(proc, "43", "environ"), "MARATHON_ID=m10\0");
    const table = linuxProcesses(proc);
    expect(table.get(41)).toEqual({ pid: 41, parent: 7, group: 40, session: 39, start: 123456, zombie: false });
    expect(table.list().map((info) => [info.pid, info.zombie])).toEqual([
      [41, false],
      [42, true],
    ]);
    expect(table.withEnvironment(["MARATHON_ID=m1", "A=1"])).toEqual(new Set([41, 42]));
    expect(table.withVariable("MARATHON_ID")).toEqual(
      new Map([
        [41, "m1"],
        [42, "m1"],
        [43, "m10"],
      ]),
    );
    expect(findByMarker({ marathon: "m1" }, table)).toEqual([{ pid: 41, start: 123456, command: "node -e" }]);
    expect(table.get(44)).toBeNull();
  });

  test("the output of ps is understood, where there is no /proc", () => {
    const text = "    1     0     1     0 Ss   Mon Nov 17 08:00:00 2025\n  411   410   409   409 Z+   Fri Nov 21 09:08:07 2025\nnonsense\n";
    expect(parsePs(text)).toEqual([
      { pid: 1, parent: 0, group: 1, session: 1, start: Date.parse("Mon Nov 17 08:00:00 2025"), zombie: false },
      { pid: 411, parent: 410, group: 409, session: 409, start: Date.parse("Fri Nov 21 09:08:07 2025"), zombie: true },
    ]);
  });

  test("this process is in the table of this system", () => {
    expect(systemProcesses().get(process.pid)).toMatchObject({ pid: process.pid, parent: process.ppid, zombie: false });
  });
});

describe("the environment of an agent", () => {
  test("is the user's own, less another terminal's words, plus the marks of the marathon", () => {
    const own = {
      PATH: "/bin",
      LANG: "de_DE.UTF-8",
      API_KEY: "k",
      NO_COLOR: "1",
      TMUX: "x",
      TMUX_PANE: "%1",
      STY: "s",
      TERM: "screen",
      TERM_PROGRAM: "iTerm.app",
      KITTY_WINDOW_ID: "1",
      COLUMNS: "80",
      VSCODE_INJECTION: "1",
      MARATHON_ID: "outer",
      MARATHON_BIN: "/old",
      VTE_VERSION: "7",
      UNSET: undefined,
    };
    const before = { ...own };
    expect(terminalEnvironment(own, { marathon: "m1", terminal: 4, version: "1.2.3" })).toEqual({
      PATH: "/bin",
      LANG: "de_DE.UTF-8",
      API_KEY: "k",
      NO_COLOR: "1",
      TERM: "xterm-256color",
      COLORTERM: "truecolor",
      TERM_PROGRAM: "marathon",
      TERM_PROGRAM_VERSION: "1.2.3",
      MARATHON_ID: "m1",
      MARATHON_TERMINAL: "4",
    });
    expect(own).toEqual(before);
  });

  test("is what the plan names and the usual, if it names any: nothing else of the person's own gets to an agent", () => {
    const own = {
      PATH: "/bin",
      LC_ALL: "C",
      HOME: "/h",
      AWS_SECRET_ACCESS_KEY: "s",
      GITHUB_TOKEN: "t",
      NPM_TOKEN: "n",
      ANTHROPIC_API_KEY: "k",
    };
    const env = terminalEnvironment(own, { marathon: "m1", terminal: 4, version: "1", only: ["ANTHROPIC_API_KEY", "NPM_*"] });
    expect(env).toMatchObject({ PATH: "/bin", LC_ALL: "C", HOME: "/h", NPM_TOKEN: "n", ANTHROPIC_API_KEY: "k", MARATHON_ID: "m1" });
    expect(Object.keys(env)).not.toContain("AWS_SECRET_ACCESS_KEY");
    expect(Object.keys(env)).not.toContain("GITHUB_TOKEN");
    expect(terminalEnvironment(own, { marathon: "m1", terminal: 4, version: "1", only: [] })).not.toHaveProperty("NPM_TOKEN");
    const names = (only: readonly string[]) => Object.keys(terminalEnvironment(own, { marathon: "m1", terminal: 4, version: "1", only }));
    expect(names(["*_TOKEN"])).toEqual(expect.arrayContaining(["GITHUB_TOKEN", "NPM_TOKEN"]));
    expect(names(["GIT*TOKEN_TOKEN", "NPM_TOKEN*N", "AWS"])).not.toEqual(expect.arrayContaining([expect.stringMatching(/TOKEN|AWS/)]));
    // As a regular expression this would not end.
    expect(names([`${"*".repeat(60)}x`])).not.toContain("GITHUB_TOKEN");
  });

  test("of an agent has the person's own memory settings, not those of our processes", () => {
    const names = { marathon: "m1", terminal: 1, version: "1" };
    expect(oneArena({ PATH: "/bin" })).toMatchObject({ MALLOC_ARENA_MAX: "1" });
    expect(terminalEnvironment(oneArena({ PATH: "/bin" }), names)).not.toHaveProperty("MALLOC_ARENA_MAX");
    expect(terminalEnvironment(oneArena(oneArena({ MALLOC_ARENA_MAX: "4" })), names)).toMatchObject({ MALLOC_ARENA_MAX: "4" });
    expect(terminalEnvironment(oneArena(oneArena({ PATH: "/bin" })), names)).not.toHaveProperty("MALLOC_ARENA_MAX");
  });
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
