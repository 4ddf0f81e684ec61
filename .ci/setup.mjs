/**
 * What `npm start` and `npm test` need before anything else can run: the locked packages, and the Node.js among them.
 * Runs on any Node.js from 20 on, and imports nothing but its built-in modules: nothing else is there yet.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const BIN = join(ROOT, "node_modules", ".bin");
/** The package `node`; its program comes by an install script, and npm links it into BIN only if that ran in time. */
const PINNED = join(ROOT, "node_modules", "node");
const PINNED_BIN = join(PINNED, "bin");
/** npm writes it last, so without it an install was cut short. */
const INSTALLED = join(ROOT, "node_modules", ".package-lock.json");
/** Major and minor version that the packages need; the same as `engines` in package.json. */
const NEEDED = [22, 22];

/**
 * Installs what is missing and returns how to run things: `node` (a path) and `env` (with node_modules/.bin first).
 * Ends the process with a message when that cannot be done.
 */
export function setUp() {
  if (!installed()) install();
  const node = pinnedNode() ?? repairedNode() ?? ownNode();
  if (node === null) {
    fail(
      `Node.js ${NEEDED.join(".")} or newer is needed, the pinned one (package \`node\`) did not install, and this is ${process.version}.`,
    );
  }
  return { node, env: { ...process.env, PATH: [PINNED_BIN, BIN, process.env.PATH ?? ""].join(delimiter) } };
}

/** Whether exactly the locked packages are there; those for other platforms may be missing. */
function installed() {
  if (!existsSync(INSTALLED)) return false;
  try {
    const wanted = packagesIn(join(ROOT, "package-lock.json"));
    const there = packagesIn(INSTALLED);
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === "" || !path.includes("node_modules/")) return true;
      if (there[path] === undefined) return entry.optional === true || entry.devOptional === true;
      return there[path].version === entry.version && existsSync(join(ROOT, path, "package.json"));
    });
  } catch {
    return false;
  }
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

function install() {
  console.log("Installing the locked packages (npm ci) …");
  // Until npm writes it again, an interrupted install is one.
  rmSync(INSTALLED, { force: true });
  const result = npm(["ci", "--include=dev", "--loglevel=error"]);
  if (result.status !== 0) {
    fail(
      `installing the packages failed (npm ci: ${result.error?.message ?? `exit ${result.status ?? result.signal}`}). Its output above says why.`,
    );
  }
}

/** npm as it started us, else the one on the PATH. */
function npm(args) {
  const script = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] };
  return script?.endsWith(".js") ? spawnSync(process.execPath, [script, ...args], options) : spawnSync("npm", args, options);
}

function pinnedNode() {
  const node = join(PINNED_BIN, "node");
  return runs(node) ? node : null;
}

/** Where npm held install scripts back, the pinned one's is run here. */
function repairedNode() {
  const script = "installArchSpecificPackage.js";
  if (!existsSync(join(PINNED, script))) return null;
  console.log("Fetching the pinned Node.js …");
  spawnSync(process.execPath, [script], { cwd: PINNED, stdio: ["ignore", "inherit", "inherit"] });
  return pinnedNode();
}

function ownNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const enough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  return enough ? process.execPath : null;
}

function runs(node) {
  return existsSync(node) && spawnSync(node, ["--version"], { stdio: "ignore" }).status === 0;
}

function fail(message) {
  console.error(`marathon: ${message}`);
  process.exit(1);
}
