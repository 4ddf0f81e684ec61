/**
 * One engine per project. The lock is SQLite's exclusive lock on a file: the kernel frees it when its holder dies,
 * however it dies, and keeps it while its holder sleeps — which lock files with time-outs get wrong after a suspend.
 */
import { chmodSync, closeSync, openSync, readFileSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { writeFileAtomic } from "./atomic-file.ts";
import { isAlive, startTime } from "./processes.ts";

/** Who holds a lock, for those who are refused and for `status`. */
export interface LockOwner {
  readonly pid: number;
  /** See `startTime` in processes.ts; null where it cannot be told. */
  readonly pidStart: number | null;
  /** Wall clock, ms. */
  readonly startedAt: number;
  readonly socket: string;
}

export interface HeldLock {
  readonly held: true;
  /** Says again who holds it, where that was deleted. Throws what the disk says. */
  tell(): void;
  release(): void;
}

export interface RefusedLock {
  readonly held: false;
  /** Null for the moment in which an owner has locked but not yet said who it is. */
  readonly heldBy: LockOwner | null;
}

/** Primary result code of SQLite for "somebody else has locked it" (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

/** Held here and not only by the caller: the garbage collector closes a database that nobody refers to, and its lock is gone. */
const open = new Set<DatabaseSync>();

/**
 * Takes the lock at once or says who has it; never waits. The file at `path` is made when missing and stays for ever;
 * nothing else of this process may open it, since closing it would free the lock (POSIX record locks).
 * Throws when the file cannot be made or is no lock file.
 */
export function acquireLock(path: string, self: { readonly socket: string; readonly startedAt: number }): HeldLock | RefusedLock {
  const database = openExclusively(path);
  if (!database) return { held: false, heldBy: readLockOwner(path) };
  const owner: LockOwner = { pid: process.pid, pidStart: startTime(process.pid), ...self };
  try {
    chmodSync(path, 0o600);
    writeFileAtomic(ownerFile(path), `${JSON.stringify(owner)}\n`);
  } catch (error) {
    database.close();
    throw error;
  }
  open.add(database);
  let released = false;
  return {
    held: true,
    tell: () => writeFileAtomic(ownerFile(path), `${JSON.stringify(owner)}\n`),
    release() {
      if (released) return;
      released = true;
      rmSync(ownerFile(path), { force: true });
      database.close();
      open.delete(database);
    },
  };
}

/** The living owner of a lock, without touching the lock; null when there is none. */
export function readLockOwner(path: string): LockOwner | null {
  try {
    const owner = JSON.parse(readFileSync(ownerFile(path), "utf8")) as LockOwner;
    return isAlive({ pid: owner.pid, start: owner.pidStart }) ? owner : null;
  } catch {
    return null;
  }
}

function openExclusively(path: string): DatabaseSync | null {
  makeClosed(path);
  let database: DatabaseSync | null = null;
  try {
    database = new (loadSqlite().DatabaseSync)(path);
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw new Error(`cannot lock ${path}: ${(error as Error).message}. Make its folder writable; if no engine runs, remove the file.`, {
      cause: error,
    });
  }
}

/** SQLite gives its own files beside this one the same mode. One that is there is not opened: closing it would free the lock. */
function makeClosed(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch {
    // It is there, or cannot be made, which SQLite says better.
  }
}

/** Node 22 announces that its SQLite is experimental, which would land in front of our users; what we use of it has not changed since. */
function loadSqlite(): typeof import("node:sqlite") {
  const warning = Object.getOwnPropertyDescriptor(process, "emitWarning");
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    if (warning) Object.defineProperty(process, "emitWarning", warning);
  }
}

function ownerFile(path: string): string {
  return `${path}.json`;
}
