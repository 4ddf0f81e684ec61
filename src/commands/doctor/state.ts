/** Our own folders and files: whose they are, who else may look into them, and what a dead engine left of its socket and lock. */
import { accessSync, chmodSync, constants, existsSync, lstatSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { acquireLock, readLockOwner } from "../../engine/lock.ts";
import { marathonPaths, type MarathonPaths, PathError } from "../../engine/paths.ts";
import { bad, type Check, count, good, some, warning } from "./check.ts";

/** More entries than a state folder should ever have; those above it are not looked at. */
const MOST_ENTRIES = 20_000;
/** A socket of ours is named by its project's hash. */
const SOCKET = /^(?<hash>[0-9a-f]{16})\.sock$/u;
const OTHERS = 0o077;

/** The project's paths, or the check that says why there are none. */
export function pathsOrCheck(project: string, env: NodeJS.ProcessEnv): MarathonPaths | Check {
  try {
    return marathonPaths(project, env);
  } catch (error) {
    if (error instanceof PathError) return bad("state-folder", error.message, "see the message");
    throw error;
  }
}

export async function stateChecks(paths: MarathonPaths): Promise<readonly Check[]> {
  return [
    folderCheck(paths),
    modesCheck(dirname(paths.folder)),
    ...parentChecks(paths),
    socketFolderCheck(paths),
    ...(await leftovers(paths)),
  ];
}

function folderCheck({ folder }: MarathonPaths): Check {
  const there = nearestExisting(folder);
  if (!lstatSync(realpathSync(there)).isDirectory())
    return bad("state-folder", `${there} is no folder: nothing can be kept in ${folder}`, "remove it, or set XDG_STATE_HOME");
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch {
    return bad(
      "state-folder",
      `${there} cannot be written: the journal could not be kept`,
      "make it writable, or set XDG_STATE_HOME to a folder of yours",
    );
  }
  return good("state-folder", there === folder ? folder : `${folder} (made at the first run)`);
}

/** Everything below, files of other projects too: they hold what agents printed. */
function modesCheck(folder: string): Check {
  const open: string[] = [];
  const foreign: string[] = [];
  const own = process.getuid?.();
  for (const path of entriesBelow(folder)) {
    const { mode, uid } = lstatSync(path);
    if (own !== undefined && uid !== own) foreign.push(path);
    else if ((mode & OTHERS) !== 0) open.push(path);
  }
  if (foreign.length > 0) {
    return bad("state-modes", `not yours: ${some(foreign)}`, `look into it; then remove it, or: sudo chown -R $USER '${folder}'`);
  }
  if (open.length === 0) return good("state-modes", "closed to group and others");
  return warning("state-modes", `open to others: ${some(open)}`, `chmod -R go= '${folder}'`, () => {
    for (const path of open) chmodSync(path, lstatSync(path).mode & 0o700);
    return `closed ${count(open.length, "file or folder", "files and folders")} to group and others`;
  });
}

function* entriesBelow(folder: string): Generator<string> {
  if (!existsSync(folder)) return;
  const waiting = [folder];
  for (let seen = 0, path = waiting.pop(); path !== undefined && seen < MOST_ENTRIES; path = waiting.pop(), seen++) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.isSymbolicLink()) continue;
    yield path;
    if (stat.isDirectory()) for (const name of namesIn(path)) waiting.push(join(path, name));
  }
}

/** Who may write to a folder above ours may put another in its place. /tmp has the sticky bit against that. */
function parentChecks(paths: MarathonPaths): readonly Check[] {
  const loose = [paths.folder, paths.socketFolder].flatMap((folder) => parentsOf(folder).filter(isOpenToWriters));
  if (loose.length === 0) return [];
  const names = [...new Set(loose)];
  return [
    warning("parents", `others may write to ${some(names)}, and so put their own folder in the place of ours`, `chmod go-w '${names[0]}'`),
  ];
}

function parentsOf(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...parentsOf(above)];
}

function isOpenToWriters(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && (stat.mode & 0o022) !== 0 && (stat.mode & 0o1000) === 0;
}

function socketFolderCheck({ socketFolder }: MarathonPaths): Check {
  const stat = lstatSync(socketFolder, { throwIfNoEntry: false });
  if (stat === undefined) return good("socket-folder", `${socketFolder} (made at the first run)`);
  const own = process.getuid?.();
  if (!stat.isDirectory() || (own !== undefined && stat.uid !== own)) {
    return bad(
      "socket-folder",
      `${socketFolder} is not a folder of yours: no engine will start`,
      "remove it, or set XDG_RUNTIME_DIR to a folder of yours",
    );
  }
  if ((stat.mode & OTHERS) === 0) return good("socket-folder", `${socketFolder}, closed to group and others`);
  // Somebody else could have put a socket of theirs into it while it was open: then a person must look.
  const strange = namesIn(socketFolder).filter((name) => lstatSync(join(socketFolder, name)).uid !== own);
  const advice = `look into it, then: chmod 700 '${socketFolder}'`;
  if (strange.length > 0)
    return bad("socket-folder", `${socketFolder} is open to others, and holds files that are not yours: ${some(strange)}`, advice);
  return bad("socket-folder", `${socketFolder} is open to others: no engine will start`, advice, () => {
    chmodSync(socketFolder, 0o700);
    return `closed ${socketFolder} to group and others; all in it was yours`;
  });
}

/** Sockets that nobody listens on, and the note of an owner that is dead. Both are harmless: an engine that starts replaces them. */
async function leftovers(paths: MarathonPaths): Promise<readonly Check[]> {
  const stale: string[] = [];
  for (const name of namesIn(paths.socketFolder)) {
    if (SOCKET.test(name) && (await isDeaf(join(paths.socketFolder, name)))) stale.push(name);
  }
  const locks = projectFolders(paths).map((folder) => join(folder, "engine.lock"));
  const dead = locks.filter((lock) => existsSync(`${lock}.json`) && readLockOwner(lock) === null);
  return [socketsCheck(paths, stale), locksCheck(dead)];
}

function socketsCheck(paths: MarathonPaths, stale: readonly string[]): Check {
  if (stale.length === 0) return good("sockets", "no stale socket");
  const files = stale.map((name) => join(paths.socketFolder, name));
  const message = `${count(stale.length, "socket")} of engines that ended without a word: ${some(files)}`;
  return warning("sockets", message, "harmless; the next engine of that project replaces it", () => {
    const kept = files.filter((file) => !removeUnderLock(paths, file));
    const done = `removed ${count(files.length - kept.length, "stale socket")}`;
    return kept.length === 0 ? done : `${done}; left ${some(kept)}, whose project is not known here or is in use`;
  });
}

/** Only who holds the project's lock can be sure that no engine is just about to listen. */
function removeUnderLock(paths: MarathonPaths, file: string): boolean {
  const hash = SOCKET.exec(file.slice(file.lastIndexOf("/") + 1))?.groups?.["hash"] ?? "";
  const folder = projectFolders(paths).find((one) => one.endsWith(`-${hash}`));
  if (folder === undefined) return false;
  const lock = acquireLock(join(folder, "engine.lock"), { startedAt: Date.now(), socket: file });
  if (!lock.held) return false;
  rmSync(file, { force: true });
  lock.release();
  return true;
}

function locksCheck(dead: readonly string[]): Check {
  if (dead.length === 0) return good("locks", "no lock of a dead engine");
  const message = `${count(dead.length, "engine")} ended without a word: ${some(dead)}`;
  return warning("locks", message, "harmless; the next engine takes it over", () => {
    let cleared = 0;
    for (const lock of dead) {
      const taken = acquireLock(lock, { startedAt: Date.now(), socket: "" });
      if (!taken.held) continue;
      taken.release();
      cleared++;
    }
    return `cleared ${count(cleared, "lock")} of dead engines`;
  });
}

/** The state folders of all projects of this user. */
export function projectFolders({ folder }: MarathonPaths): readonly string[] {
  const above = dirname(folder);
  return namesIn(above)
    .map((name) => join(above, name))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory());
}

/** Whether nobody listens on a socket. */
function isDeaf(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
  });
}

/** The path itself, or the nearest folder above it that is there. */
export function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
