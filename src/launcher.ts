/**
 * The first JavaScript of the program, kept tiny: checks the Node.js version before anything that needs it is parsed,
 * puts the guard above a dashboard, and loads the rest with the code that was made of it before.
 */
import type { main } from "./cli.ts";

/** Major and minor; the same as `engines` in package.json. */
const NEEDED = [22, 22] as const;

/** Written by the build. */
declare const BUILD_OF_SCRIPTS: string;
/** By the first word of a command line, the file that holds most of the scripts that it needs (.ci/packs.mjs). */
declare const PACKS: Readonly<Record<string, string>>;

const problem = versionProblem(process.versions.node);
if (problem !== null) {
  await runPinnedNode();
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
guardTerminal();
process.stdout.on("error", endQuietly);
// Not before it is known that this Node.js has what it needs.
const { openScripts } = await import("./scripts.ts");
const shelves = [besideProgram("compiled"), ownShelf(process.env)].filter((shelf) => shelf !== null);
const word = process.argv[2] ?? "";
const pack = Object.hasOwn(PACKS, word) ? (PACKS[word] ?? null) : null;
const { MARATHON_BUILD_LEARNS: learnInto } = process.env;
// The engine gets it from the dashboard, and the agents from nobody.
if (word !== "run") delete process.env["MARATHON_BUILD_LEARNS"];
const load = openScripts({ folder: besideProgram("chunks"), build: BUILD_OF_SCRIPTS, shelves, pack, learnInto });
const program = load("cli.js") as { readonly main: typeof main };
const code = await program.main(process.argv.slice(2));
process.stdout.write("", () => process.exit(code));

function versionProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return null;
  return `marathon: Node.js ${NEEDED.join(".")} or newer is needed; this is ${version} (${process.execPath})`;
}

/** In a clone the pinned Node.js lies beside the program: whoever has an older one on the PATH need not know. */
async function runPinnedNode(): Promise<void> {
  const [{ spawnSync }, { existsSync }, { fileURLToPath }] = await Promise.all([
    import("node:child_process"),
    import("node:fs"),
    import("node:url"),
  ]);
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
  const script = import.meta.filename;
  const env = { ...process.env, MARATHON_NODE: process.execPath };
  process.execve?.("/bin/sh", ["sh", script, ...process.argv.slice(2)], env);
}

/** What lies beside this file. */
function besideProgram(name: string): string {
  return `${import.meta.dirname}/${name}`;
}

/** A person's own folder rather than the shared /tmp, as the XDG Base Directory Specification 0.8 has it; null without any. */
function ownShelf({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | null {
  const base = XDG_CACHE_HOME?.startsWith("/") ? XDG_CACHE_HOME : HOME ? `${HOME}/.cache` : null;
  return base === null ? null : `${base}/marathon/compiled`;
}

/** `marathon events | head`: nobody reads any more. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}
