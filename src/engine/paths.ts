/** Where a project's marathons keep their files, and who may see them. */
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, isAbsolute, join, resolve } from "node:path";
import { writeFileAtomic } from "./atomic-file.ts";
import { shortHash } from "./short-hash.ts";

export interface MarathonPaths {
  /** The project's folder with links resolved. */
  readonly project: string;
  /** All state of this project: `$XDG_STATE_HOME/marathon/<name>-<hash>`. */
  readonly folder: string;
  /** Held by the one engine of this project, see lock.ts. */
  readonly lock: string;
  /** Names the newest marathon of this project. */
  readonly current: string;
  /** The engine's socket, at most SOCKET_BYTES long. */
  readonly socket: string;
  readonly socketFolder: string;
  /** The socket of the process that holds a marathon's terminals: as long as the engine's. */
  holderSocket(id: string): string;
  /** The files of one marathon. Any id gives a safe folder name; one that is safe already is kept as it is. */
  marathon(id: string): MarathonFolder;
}

export interface MarathonFolder {
  readonly folder: string;
  readonly journal: string;
  readonly assignments: string;
  /** Settings that agents are started with; secrets among it. */
  readonly launches: string;
  /** Raw output of the terminals. */
  readonly logs: string;
  readonly engineLog: string;
  /** What the process that holds the terminals has to complain about: empty as a rule. */
  readonly holderLog: string;
}

/** A folder that marathon needs cannot be found, made, or trusted. The message says what to do. */
export class PathError extends Error {}

/** Longest socket path that every system takes: sun_path holds 104 bytes on macOS and 108 on Linux, with a NUL. */
export const SOCKET_BYTES = 103;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The paths of a project's marathons; creates nothing (see `preparePaths`).
 * Folders follow the XDG Base Directory Specification 0.8, which says that relative values are to be ignored.
 * Throws PathError when the project is missing or when no home is known.
 */
export function marathonPaths(project: string, env: Environment): MarathonPaths {
  const real = realProject(project);
  const hash = shortHash(real);
  const name = `${slug(basename(real), 40)}-${hash}`;
  const folder = join(stateHome(env), "marathon", name);
  const socketFolder = chooseSocketFolder(env, hash);
  return {
    project: real,
    folder,
    lock: join(folder, "engine.lock"),
    current: join(folder, "current"),
    socket: join(socketFolder, socketName(hash)),
    socketFolder,
    holderSocket: (id) => join(socketFolder, `${shortHash(`${real}\0${id}`)}.hold`),
    marathon: (id) => marathonFolder(join(folder, "marathons", safeName(id))),
  };
}

/**
 * Makes the project's state folder and the socket's folder, closed to group and others.
 * Throws PathError when one cannot be made, or belongs to somebody else, or (for the socket) stands open.
 */
export function preparePaths(paths: MarathonPaths): void {
  makePrivate(paths.folder);
  makeOwn(paths.socketFolder);
  refuseOpenFolder(paths.socketFolder);
}

/** Makes the folders of one marathon (0700). */
export function prepareMarathon(folder: MarathonFolder): void {
  for (const path of [folder.folder, folder.journal, folder.assignments, folder.launches, folder.logs]) makePrivate(path);
}

/** The id of the project's newest marathon; null when there is none, or when its folder is gone. */
export function readCurrent(paths: MarathonPaths): string | null {
  let id: string;
  try {
    id = readFileSync(paths.current, "utf8").trim();
  } catch {
    return null;
  }
  return id !== "" && existsSync(paths.marathon(id).folder) ? id : null;
}

/** Remembers the project's newest marathon. */
export function writeCurrent(paths: MarathonPaths, id: string): void {
  writeFileAtomic(paths.current, `${id}\n`);
}

/** A file name for any text: the text itself if it is a plain one, else a readable part of it and a hash. */
export function safeName(text: string): string {
  // Upper case is hashed too: two ids that differ in case only are one folder on macOS.
  if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(text)) return text;
  return `${slug(text, 40)}-${shortHash(text)}`;
}

/** What a terminal was told; `folder`: of the assignments. */
export function assignmentFile(folder: string, terminal: number): string {
  return join(folder, `terminal-${String(terminal).padStart(2, "0")}.json`);
}

function marathonFolder(folder: string): MarathonFolder {
  return {
    folder,
    journal: join(folder, "journal"),
    assignments: join(folder, "assignments"),
    launches: join(folder, "launches"),
    logs: join(folder, "logs"),
    engineLog: join(folder, "engine.log"),
    holderLog: join(folder, "holder.log"),
  };
}

function realProject(project: string): string {
  const path = resolve(project);
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    throw new PathError(`cannot use ${path} as the project: ${reason(error)}. Give an existing folder with --project.`);
  }
  if (!lstatSync(real).isDirectory()) throw new PathError(`cannot use ${path} as the project: it is no folder. Give one with --project.`);
  return real;
}

function stateHome(env: Environment): string {
  if (env.XDG_STATE_HOME && isAbsolute(env.XDG_STATE_HOME)) return env.XDG_STATE_HOME;
  if (env.HOME && isAbsolute(env.HOME)) return join(env.HOME, ".local", "state");
  throw new PathError("cannot tell where to keep the journal: HOME is not set. Set HOME, or XDG_STATE_HOME to a folder of yours.");
}

/**
 * The first of these that exists, is ours, and is short enough: `$XDG_RUNTIME_DIR/marathon`, a folder of this
 * user in the temp folder, one in /tmp. Every process of the user decides alike, as long as the environment is the same.
 */
function chooseSocketFolder(env: Environment, hash: string): string {
  const own = `marathon-${process.getuid?.() ?? "user"}`;
  const runtime = env.XDG_RUNTIME_DIR;
  const candidates = [join(env.TMPDIR && isAbsolute(env.TMPDIR) ? env.TMPDIR : tmpdir(), own), join("/tmp", own)];
  if (runtime && isAbsolute(runtime) && isOwnFolder(runtime)) candidates.unshift(join(runtime, "marathon"));
  const short = candidates.find((folder) => Buffer.byteLength(join(folder, socketName(hash))) <= SOCKET_BYTES);
  if (short === undefined)
    throw new PathError("cannot place the engine's socket: no temp folder has a short enough path. Set XDG_RUNTIME_DIR.");
  return short;
}

function socketName(hash: string): string {
  return `${hash}.sock`;
}

function isOwnFolder(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && (process.getuid === undefined || stat.uid === process.getuid());
}

/** Makes a folder, or takes one of ours and closes it to group and others. */
function makePrivate(path: string): void {
  makeOwn(path);
  if ((lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
}

function makeOwn(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new PathError(
      `cannot make the folder ${path}: ${reason(error)}. Make its parent writable, or set XDG_STATE_HOME to a folder of yours.`,
    );
  }
  if (!isOwnFolder(path))
    throw new PathError(`will not use ${path}: it is not a folder of yours. Remove it, or set XDG_RUNTIME_DIR and XDG_STATE_HOME.`);
}

/** Others could have put their own socket into a folder that was open: what is in it cannot be trusted. */
function refuseOpenFolder(path: string): void {
  const { mode } = lstatSync(path);
  if ((mode & 0o077) === 0) return;
  const octal = (mode & 0o777).toString(8);
  throw new PathError(
    `will not use ${path} for the engine's socket: it is open to others (mode ${octal}). Look into it, then: chmod 700 '${path}'`,
  );
}

function slug(text: string, length: number): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, length)
    .replace(/-+$/, "");
  return plain === "" ? "marathon" : plain;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
