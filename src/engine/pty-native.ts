/**
 * The one place that knows node-pty. It uses the native half only: the JavaScript half of 1.2 discards what is unread
 * 200 ms after the program's end (also while reading is paused), leaves the tty without IUTF8 when asked for bytes,
 * writes the environment into the caller's options, and spins when a program does not read.
 */
import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { loadNativeModule } from "node-pty/lib/utils.js";

export interface Forked {
  readonly pid: number;
  /** The master side, non-blocking. */
  readonly fd: number;
  /** Path of the program's side. */
  readonly pty: string;
}

export interface ForkRequest {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cols: number;
  readonly rows: number;
  /** Exit code and signal number; one of them is 0. */
  onExit(code: number, signal: number): void;
}

/** Starts a program on a new pty as leader of its own session. Throws when the system has no pty or process left. */
export function forkPty(request: ForkRequest): Forked {
  const { native, helper } = load();
  const env = Object.entries(request.env).map(([name, value]) => `${name}=${value}`);
  const nobody = -1;
  const utf8 = true;
  const { file, args, cwd, cols, rows } = request;
  return native.fork(file, [...args], env, cwd, cols, rows, nobody, nobody, utf8, helper, (code, signal) => request.onExit(code, signal));
}

/** Tells the pty its size in cells; the program gets SIGWINCH. Throws when the descriptor is closed. */
export function resizePty(fd: number, cols: number, rows: number): void {
  load().native.resize(fd, cols, rows, 0, 0);
}

interface Native {
  fork(
    file: string,
    args: string[],
    env: string[],
    cwd: string,
    cols: number,
    rows: number,
    uid: number,
    gid: number,
    utf8: boolean,
    helper: string,
    onExit: (code: number, signal: number) => void,
  ): Forked;
  resize(fd: number, cols: number, rows: number, pixelWidth: number, pixelHeight: number): void;
}

let loaded: { readonly native: Native; readonly helper: string } | null = null;

/** Loads the native half, which is otherwise done when it is first needed. */
export function loadPty(): void {
  load();
}

function load(): { readonly native: Native; readonly helper: string } {
  if (loaded) return loaded;
  const { dir, module } = loadNativeModule("pty");
  const library = dirname(createRequire(import.meta.url).resolve("node-pty/lib/utils.js"));
  const helper = resolve(library, dir, "spawn-helper");
  if (process.platform === "darwin") makeRunnable(helper);
  loaded = { native: module as Native, helper };
  return loaded;
}

/** Some npm versions unpack macOS' helper without its execute bit, and every start then fails as "posix_spawnp failed". */
function makeRunnable(helper: string): void {
  try {
    accessSync(helper, constants.X_OK);
  } catch {
    chmodSync(helper, 0o755);
  }
}
