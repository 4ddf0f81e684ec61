/**
 * The coding agents' own programs, for tests. They are some hundred megabytes each, so they are no dependencies of the project:
 * the first test that needs one installs this very version from the npm registry into a cache folder, and later ones find it there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

interface Cli {
  readonly package: string;
  /** The version that the adapters were tried with. */
  readonly version: string;
  readonly program: string;
}

const CLIS = {
  claude: { package: "@anthropic-ai/claude-code", version: "2.1.329", program: "claude" },
  codex: { package: "@openai/codex", version: "0.169.0", program: "codex" },
  gemini: { package: "@google/gemini-cli", version: "0.61.0", program: "gemini" },
  qwen: { package: "@qwen-code/qwen-code", version: "0.24.4", program: "qwen" },
  opencode: { package: "opencode-ai", version: "1.18.33", program: "opencode" },
  copilot: { package: "@github/copilot", version: "1.0.102", program: "copilot" },
} as const satisfies Readonly<Record<string, Cli>>;

export type CliName = keyof typeof CLIS;

/** A download of 200 MB through a slow registry; after that it hangs, ms. */
const PATIENCE_MS = 170_000;
/** A registry that was asked by many at once may refuse the first time. */
const TRIES = 2;
/** Give a hook that installs one of them so long, ms. */
export const INSTALL_MS = TRIES * PATIENCE_MS + 60_000;

/** The folder with the program of that name in it, to be put into PATH. Throws, with what to do, when it cannot be installed. */
export function agentCli(name: CliName): string {
  const cli = CLIS[name];
  const folder = join(cacheFolder(), `${name}-${cli.version}`);
  const bin = join(folder, "node_modules", ".bin");
  if (existsSync(join(folder, "complete"))) return bin;
  const making = `${folder}.${process.pid}`;
  try {
    install(cli, making);
    writeFileSync(join(making, "complete"), "");
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } catch (error) {
    // Somebody else may have been faster.
    if (!existsSync(join(folder, "complete"))) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return bin;
}

function cacheFolder(): string {
  const { MARATHON_TEST_AGENTS: own, XDG_CACHE_HOME: cache } = process.env;
  return own ?? join(cache ?? join(homedir(), ".cache"), "marathon-test-agents");
}

function install(cli: Cli, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const wanted = `${cli.package}@${cli.version}`;
  const args = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", "--save-exact", wanted];
  let npm = runNpm(args, folder);
  for (let tries = 1; npm.status !== 0 && tries < TRIES; tries++) npm = runNpm(args, folder);
  if (npm.status !== 0) throw new Error(`cannot install ${wanted}: ${npm.error?.message ?? npm.stderr}\n${advice(wanted)}`);
  const first = versionOf(cli, folder);
  if (first.includes(cli.version)) return;
  // Where npm holds install scripts back, the package has not put its program in its place yet.
  const own = join(folder, "node_modules", ...cli.package.split("/"));
  for (const script of ["install.cjs", "postinstall.mjs", "postinstall.js"]) {
    if (existsSync(join(own, script))) spawnSync(process.execPath, [script], { cwd: own, stdio: "ignore" });
  }
  const second = versionOf(cli, folder);
  if (!second.includes(cli.version)) throw new Error(`${wanted} is installed and does not run: ${second || first}\n${advice(wanted)}`);
}

/** npm as it started the tests, else the one on the PATH; with this very Node.js, since an older one gets an older agent without a word. */
function runNpm(args: readonly string[], cwd: string) {
  const script = process.env["npm_execpath"];
  const options = { cwd, encoding: "utf8", timeout: PATIENCE_MS, killSignal: "SIGKILL", maxBuffer: 1 << 26 } as const;
  return script?.endsWith(".js") === true ? spawnSync(process.execPath, [script, ...args], options) : spawnSync("npm", args, options);
}

function versionOf({ program }: Cli, folder: string): string {
  const env = { PATH: process.env["PATH"], HOME: folder };
  const ran = spawnSync(join(folder, "node_modules", ".bin", program), ["--version"], { encoding: "utf8", timeout: 30_000, env });
  return `${ran.stdout ?? ""}${ran.stderr ?? ""}${ran.error?.message ?? ""}`.trim();
}

function advice(wanted: string): string {
  return `The tests of real agents need it. Look whether \`npm view ${wanted}\` answers, and whether there is 1 GB free in ${cacheFolder()}; MARATHON_TEST_AGENTS names another folder.`;
}
