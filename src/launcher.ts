/**
 * The first JavaScript of the program, kept tiny: checks the Node.js version before anything that needs it is parsed,
 * puts the guard above a dashboard, and loads the rest from a cache of compiled code.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

/** Major and minor; the same as `engines` in package.json. */
const NEEDED = [22, 22] as const;

const problem = versionProblem(process.versions.node);
if (problem !== null) {
  runPinnedNode();
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
guardTerminal();
// The bundle is parsed and compiled once, not at each start. Without a folder that can be written it is done without.
module.enableCompileCache(cacheFolder(process.env));
process.stdout.on("error", endQuietly);
const { main } = await import("./cli.ts");
const code = await main(process.argv.slice(2));
process.stdout.write("", () => process.exit(code));

function versionProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return null;
  return `marathon: Node.js ${NEEDED.join(".")} or newer is needed; this is ${version} (${process.execPath})`;
}

/** In a clone the pinned Node.js lies beside the program: whoever has an older one on the PATH need not know. */
function runPinnedNode(): void {
  const pinned = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
  if (!existsSync(pinned)) return;
  const { status, signal } = spawnSync(pinned, process.argv.slice(1), { stdio: "inherit" });
  if (signal !== null) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}

/**
 * Started as `node dist/marathon.js`, a dashboard has nobody who gives the terminal back after a kill: this process
 * then becomes the shell script at the head of its own file, which starts Node.js again as its child. Costs one more
 * start of Node.js (about 30 ms); the `marathon` command begins with the script and does not pay.
 */
function guardTerminal(): void {
  const guard = process.env["MARATHON_GUARD"];
  delete process.env["MARATHON_GUARD"];
  if (guard === String(process.ppid)) return;
  const [command] = process.argv.slice(2);
  if ((command !== "run" && command !== "attach") || !process.stdin.isTTY || !process.stdout.isTTY) return;
  const script = fileURLToPath(import.meta.url);
  const env = { ...process.env, MARATHON_NODE: process.execPath };
  process.execve?.("/bin/sh", ["sh", script, ...process.argv.slice(2)], env);
}

/** A person's own folder rather than the shared /tmp, as the XDG Base Directory Specification 0.8 has it; undefined lets Node.js choose. */
function cacheFolder({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | undefined {
  const base = XDG_CACHE_HOME?.startsWith("/") ? XDG_CACHE_HOME : HOME ? `${HOME}/.cache` : undefined;
  return base === undefined ? undefined : `${base}/marathon/compiled`;
}

/** `marathon events | head`: nobody reads any more. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}
