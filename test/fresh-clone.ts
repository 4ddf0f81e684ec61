/**
 * Shows that the README's two commands work on a machine that has only git, Node.js with npm, and the basic tools of a
 * Unix: no compiler, no Python, no global package, an empty home. Clones this repository (what is committed) into a
 * temporary folder, runs `npm start` in a real pty and once more without one, and then `npm test`. `npm run fresh-clone [-- --start-only]`.
 */
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { TEST_MARK } from "./support/empty-home.ts";
import { endLeftBehind } from "./support/left-behind.ts";
import { openTerminal, type OuterTerminal } from "./support/outer-terminal.ts";

const REPOSITORY = join(import.meta.dirname, "..");
/** Found by name in these folders of this machine, except what compiles. */
const SYSTEM_FOLDERS = ["/usr/bin", "/bin"];
const NO_COMPILERS =
  /^(.*-)?(gcc|g\+\+|cc|c\+\+|c\d\d|clang.*|cpp|make|gmake|cmake|ninja|python.*|pip.*|node|npm|npx|corepack|nodejs|ld|as|rustc|cargo|go)(-[\d.]+)?$/;
const INSTALL_AND_FIRST_FRAME_MS = 300_000;
const MARATHON_MS = 600_000;
const MARK = randomUUID();

let passed = 0;
let failed = 0;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "marathon-fresh-")));
try {
  await main();
} finally {
  for (const { command } of endLeftBehind(MARK)) console.log(`  left behind: ${command}`);
  if (process.argv.includes("--keep")) console.log(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function main(): Promise<void> {
  const env = cleanEnvironment();
  const clone = join(folder, "clone");
  const cloned = spawnSync("git", ["clone", "--quiet", REPOSITORY, clone], { encoding: "utf8" });
  if (!report("the repository is cloned", cloned.status === 0, cloned.stderr)) return;
  const shared = join(dirname(REPOSITORY), "shared");
  if (existsSync(shared)) symlinkSync(shared, join(folder, "shared"));
  const tools = ["gcc", "cc", "make", "python3"].filter((tool) => spawnSync("sh", ["-c", `command -v ${tool}`], { env }).status === 0);
  report("there is no compiler on the PATH", tools.length === 0, tools.join(", "));
  if (!(await start(clone, env))) return;
  startWithoutTerminal(clone, env);
  if (!process.argv.includes("--start-only")) runTests(clone, env);
}

/** `npm start` until every task of the first marathon is done, its questions answered as a person would; then leaves it. */
async function start(clone: string, env: Record<string, string>): Promise<boolean> {
  await using terminal = openTerminal({ cmd: "npm", args: ["start"], cols: 200, rows: 60, env, cwd: clone });
  try {
    await terminal.waitFor((shown) => shown.modes().alternateScreen, INSTALL_AND_FIRST_FRAME_MS);
    await terminal.waitFor("First marathon");
    report("npm start installs, builds and shows the first marathon", true);
  } catch (error) {
    return report("npm start installs, builds and shows the first marathon", false, (error as Error).message);
  }
  const marathon = (...args: string[]) =>
    spawnSync(join(clone, "dist", "marathon.js"), args, { cwd: clone, env, encoding: "utf8", timeout: MARATHON_MS });
  const ended = await answerUntilDone(marathon);
  report("its questions are asked and taken answers to, and all of it is done", ended === "done", `it is ${ended}\n${terminal.text()}`);
  report("…and nothing in it is blocked", blocked(marathon("status", "--json").stdout), terminal.text());
  const stopped = marathon("stop", "--now");
  report("marathon stop ends it", stopped.status === 0, stopped.stderr);
  return report("npm start ends, and gives the terminal back", await givesBack(terminal), terminal.text());
}

/** Answers what asks until nothing is left to do, or time is over; the marathon's state then. */
async function answerUntilDone(marathon: (...args: string[]) => { readonly stdout: string }): Promise<string> {
  const until = performance.now() + MARATHON_MS;
  for (;;) {
    const status = JSON.parse(marathon("status", "--json").stdout) as Status;
    const { state } = status.marathon;
    if (state !== "running" || performance.now() > until) return state;
    for (const asking of status.terminals.filter((one) => one.state === "asking")) marathon("send", String(asking.number), "no", "--enter");
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

/** The same without a terminal: lines, no escape sequences, the plan's own answers, and an end. */
function startWithoutTerminal(clone: string, env: Record<string, string>): void {
  const { status, stdout, stderr } = spawnSync("npm", ["start", "--", "--fresh"], {
    cwd: clone,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: MARATHON_MS,
    maxBuffer: 1 << 28,
  });
  const said = `exit ${status}\n${stdout.slice(-4_000)}${stderr.slice(-2_000)}`;
  report("npm start without a terminal does it all by itself and ends with 0", status === 0 && stdout.includes("32 of 32"), said);
  report("…in plain lines", !stdout.includes("\u001b"), said);
}

interface Status {
  readonly marathon: { readonly state: string };
  readonly terminals: readonly { readonly number: number; readonly state: string }[];
}

function blocked(status: string): boolean {
  const { tasks } = JSON.parse(status) as { tasks: readonly { number: number; title: string; state: string }[] };
  const wrong = tasks.filter((task) => task.state === "blocked");
  for (const task of wrong) console.log(`  blocked: ${task.number} ${task.title}`);
  return wrong.length === 0;
}

async function givesBack(terminal: OuterTerminal): Promise<boolean> {
  // The engine's end may leave the dashboard up, to be read: `q` leaves it.
  const leaving = setInterval(() => terminal.keys("q\r"), 1_000);
  await Promise.race([terminal.exit, new Promise((resolve) => setTimeout(resolve, 20_000).unref())]);
  clearInterval(leaving);
  const { alternateScreen, cursorVisible, mouse } = terminal.modes();
  return !alternateScreen && cursorVisible && mouse === "none";
}

function runTests(clone: string, env: Record<string, string>): void {
  const { status, stdout } = spawnSync("npm", ["test"], {
    cwd: clone,
    env: { ...env, CI: "true" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  report(`npm test says: ${last}`, status === 0 && /^[1-9]\d* passed, 0 failed$/.test(last), stdout.slice(-8_000));
}

/** Everything that a Unix has, but nothing that builds programs, and Node.js with npm as they are here. */
function cleanEnvironment(): Record<string, string> {
  const below = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const bin = below("bin");
  for (const system of SYSTEM_FOLDERS) {
    for (const name of readdirSync(system)) {
      if (!NO_COMPILERS.test(name) && !existsSync(join(bin, name))) symlinkSync(join(system, name), join(bin, name));
    }
  }
  const node = ownNode();
  for (const name of ["node", "npm"]) symlinkSync(realpathSync(join(node, name)), join(bin, name));
  const registry = Object.entries(process.env).filter(([name]) => /^npm_config_registry$/i.test(name)) as [string, string][];
  return {
    ...Object.fromEntries(registry),
    [TEST_MARK]: MARK,
    PATH: bin,
    HOME: below("home"),
    TMPDIR: below("tmp"),
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    SHELL: "/bin/sh",
  };
}

/** The folder of the machine's own Node.js: the first on the PATH with npm beside it, so not the one in node_modules. */
function ownNode(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((path) => !path.includes("node_modules"));
  const found = folders.find((path) => existsSync(join(path, "node")) && existsSync(join(path, "npm")));
  if (found === undefined) throw new Error("there is no folder on the PATH with both node and npm");
  return found;
}

function report(what: string, ok: boolean, why = ""): boolean {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? "✓" : "✗"} ${what}${ok || why === "" ? "" : `\n${why}`}`);
  return ok;
}
