/** A machine on which nobody has worked yet, for one test: empty home, state and temporary folders, a project, a plain environment. */
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Inherited by everything that a test starts, so that what it left behind can be found. Not MARATHON_…: those are dropped on the way. */
export const TEST_MARK = "LEFT_BY_TEST";

export interface EmptyHome extends Disposable {
  readonly folder: string;
  /** An empty folder to run marathons in. */
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
  /** The value of TEST_MARK. */
  readonly mark: string;
}

/** Short names: the path of a unix socket below it must fit into 104 bytes. */
export function emptyHome(extra: Readonly<Record<string, string>> = {}): EmptyHome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mt-")));
  const below = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path, { mode: 0o700 });
    return path;
  };
  const home = below("home");
  const mark = randomUUID();
  const bin = join(import.meta.dirname, "..", "..", "node_modules", ".bin");
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: below("config"),
    XDG_STATE_HOME: below("state"),
    XDG_DATA_HOME: below("data"),
    XDG_CACHE_HOME: below("cache"),
    XDG_RUNTIME_DIR: below("run"),
    TMPDIR: below("tmp"),
    PATH: bin + delimiter + (process.env["PATH"] ?? "/usr/bin:/bin"),
    SHELL: "/bin/sh",
    USER: "tester",
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    [TEST_MARK]: mark,
    ...extra,
  };
  return {
    folder,
    project: below("project"),
    env,
    mark,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
