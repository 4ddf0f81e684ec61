/**
 * Which functions a start runs, found out by a start. The code that comes along with a pack (packs.mjs) is then that of these functions
 * and not of all: V8 takes over every function that it is given, 20 ms of the first frame, and most are for keys that are pressed later,
 * if at all. Those it compiles when they are called.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A slow machine needs some seconds for all of it, ms. */
const PATIENCE_MS = 60_000;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
/** What still ends may still write. */
const GONE = { recursive: true, force: true, maxRetries: 10 };
const TERMINALS = Array.from({ length: 10 }, (_, index) => index + 1);
/** Ends by itself, and the marathon with it, if the build is killed meanwhile. */
const PROGRAM = 'echo "up in $MARATHON_TERMINAL"\nexec sleep 300\n';
const HEAD = "---\ntitle: Learning\nterminals: 10\n---\n\n# Learning\n\n## Stream A: All (10 Tasks)\n";
const TASKS = TERMINALS.map(
  (number) => `\n**Terminal ${number}: its own (1 task)**\n\n| # | Task | Run |\n|---|---|---|\n| ${number} | Stay | sh program.sh |\n`,
);

/**
 * The code of each of these packs after a marathon of ten terminals has begun, one of them was typed into, and it was left and stopped.
 * Throws when there is no such marathon, with what was on the screen.
 * @param {string} program the built program
 * @param {readonly string[]} packs their names
 * @returns {Promise<ReadonlyMap<string, Buffer>>} by name
 */
export async function learnedCode(program, packs) {
  const place = mkdtempSync(join(tmpdir(), "marathon-learns-"));
  const project = join(place, "project");
  const env = { PATH: process.env.PATH, HOME: join(place, "home"), XDG_RUNTIME_DIR: join(place, "run"), LANG: "C.UTF-8" };
  const stop = () => spawnSync(program, ["stop", "--now"], { cwd: project, env, stdio: "ignore", timeout: PATIENCE_MS });
  // An engine outlives whoever started it, a build that is interrupted too.
  const interrupted = (signal) => {
    stop();
    rmSync(place, GONE);
    process.removeListener(signal, interrupted);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  try {
    const into = join(place, "code");
    for (const folder of ["home", "run", "project", "code"]) mkdirSync(join(place, folder), { mode: 0o700 });
    writeFileSync(join(project, "program.sh"), PROGRAM);
    writeFileSync(join(project, "plan.md"), HEAD + TASKS.join(""));
    await session({ program, project, env: { ...env, MARATHON_BUILD_LEARNS: into } }).finally(stop);
    const files = packs.map((name) => [name, join(into, name)]);
    await until(() => files.every(([, file]) => existsSync(file)), "the code that was learned");
    return new Map(files.map(([name, file]) => [name, readFileSync(file)]));
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
    rmSync(place, GONE);
  }
}

/** What people do first: look, go into a terminal, type, come back, see it large, leave. */
async function session({ program, project, env }) {
  // Loaded here: a build without them is one that learns nothing.
  const [{ default: xterm }, { spawn }] = await Promise.all([import("@xterm/headless"), import("node-pty")]);
  const size = { cols: 200, rows: 60 };
  const screen = new xterm.Terminal({ ...size, allowProposedApi: true, logLevel: "off" });
  const terminal = spawn(program, ["run", "plan.md", "--trust"], { name: "xterm-256color", ...size, cwd: project, env });
  let ended = null;
  terminal.onData((text) => screen.write(text));
  screen.onData((answer) => terminal.write(answer));
  terminal.onExit(({ exitCode }) => (ended = exitCode));
  const seen = (holds, what) =>
    until(() => {
      if (ended !== null) throw new Error(`the program ended (exit ${ended}) before ${what}`);
      return holds();
    }, what);
  const shows = (...texts) => seen(() => texts.every((text) => textOf(screen).includes(text)), `${texts.join(", ")} on the screen`);
  try {
    await shows(...TERMINALS.map((number) => `up in ${number}`));
    terminal.write("1\r");
    await shows("TAKE-OVER 1");
    terminal.write("typed");
    await shows("typed");
    // Ctrl-q gives the keys back.
    terminal.write("\x11");
    await shows("DASHBOARD");
    terminal.write("z");
    await seen(() => !textOf(screen).includes("up in 2"), "one terminal that fills the screen");
    terminal.write("z");
    await shows("up in 2");
    terminal.write("d");
    await until(() => ended !== null, "the end of the dashboard");
  } catch (error) {
    throw new Error(`${error.message}; there is:\n${textOf(screen)}`);
  } finally {
    if (ended === null) terminal.kill("SIGHUP");
    screen.dispose();
  }
}

function textOf({ buffer: { active }, rows }) {
  return Array.from({ length: rows }, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? "").join("\n");
}

async function until(holds, what) {
  for (const end = Date.now() + PATIENCE_MS; !holds(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`);
}
