/** What the operating system says about processes: /proc on Linux, `ps` elsewhere. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** When it began: clock ticks since boot (Linux) or ms since the epoch (elsewhere). Only ever compared for equality. */
  readonly start: number;
  /** It has ended and waits for its parent to notice. */
  readonly zombie: boolean;
}

export interface ProcessTable {
  list(): readonly ProcessInfo[];
  get(pid: number): ProcessInfo | null;
  /** Pids of the user's processes that were started with all these NAME=value entries in their environment. */
  withEnvironment(entries: readonly string[]): ReadonlySet<number>;
  /** Pids of the user's processes that were started with this variable, and its value there. */
  withVariable(name: string): ReadonlyMap<number, string>;
  /** Its command line for a person to read; "" when it is gone. */
  command(pid: number): string;
}

export function systemProcesses(): ProcessTable {
  return process.platform === "linux" ? linuxProcesses("/proc") : psProcesses;
}

/** A process table from a /proc folder, see proc_pid_stat(5). */
export function linuxProcesses(proc: string): ProcessTable {
  const own = process.getuid?.();
  const isOwn = (pid: number) => statSync(`${proc}/${pid}`, { throwIfNoEntry: false })?.uid === own;
  const environmentOf = (pid: number) => (isOwn(pid) ? `\0${readOrEmpty(`${proc}/${pid}/environ`).toString("utf8")}\0` : "");
  const get = (pid: number): ProcessInfo | null => {
    const text = readOrEmpty(`${proc}/${pid}/stat`).toString("latin1");
    // The name in parentheses may hold anything, also parentheses and spaces.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    if (fields.length < 20) return null;
    const number = (field: number) => Number(fields[field - 3]);
    return {
      pid,
      parent: number(4),
      group: number(5),
      session: number(6),
      start: number(22),
      zombie: fields[0] === "Z" || fields[0] === "X",
    };
  };
  return {
    get,
    list: () =>
      pidsOf(proc)
        .map(get)
        .filter((info) => info !== null),
    withEnvironment(entries) {
      const bears = (pid: number): boolean => {
        const environment = environmentOf(pid);
        return environment !== "" && entries.every((entry) => environment.includes(`\0${entry}\0`));
      };
      return new Set(pidsOf(proc).filter(bears));
    },
    withVariable(name) {
      const found = pidsOf(proc).flatMap((pid): [number, string][] => {
        const environment = environmentOf(pid);
        const at = environment.indexOf(`\0${name}=`);
        if (at < 0) return [];
        const from = at + name.length + 2;
        return [[pid, environment.slice(from, environment.indexOf("\0", from))]];
      });
      return new Map(found);
    },
    command: (pid) => readOrEmpty(`${proc}/${pid}/cmdline`).toString("utf8").replaceAll("\0", " ").trim(),
  };
}

function pidsOf(proc: string): number[] {
  return readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Processes end while one looks at them; then there is nothing to read. */
function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

const psProcesses: ProcessTable = {
  list: () => psList(["-axww"]),
  get: (pid) => psList(["-p", String(pid)])[0] ?? null,
  // BSD ps prints the environment behind the command with -E, for the user's own processes only.
  withEnvironment(entries) {
    const lines = ps(["-Exww", "-o", "pid=,command="]).split("\n");
    return new Set(
      lines.filter((line) => entries.every((entry) => `${line} `.includes(` ${entry} `))).map((line) => Number.parseInt(line, 10)),
    );
  },
  withVariable(name) {
    const found = ps(["-Exww", "-o", "pid=,command="])
      .split("\n")
      .flatMap((line): [number, string][] => {
        const value = `${line} `.split(` ${name}=`)[1]?.split(" ")[0];
        return value === undefined ? [] : [[Number.parseInt(line, 10), value]];
      });
    return new Map(found);
  },
  command: (pid) => ps(["-ww", "-o", "command=", "-p", String(pid)]).trim(),
};

function psList(which: readonly string[]): ProcessInfo[] {
  return parsePs(ps([...which, "-o", "pid=,ppid=,pgid=,sess=,stat=,lstart="]));
}

/** Lines of `ps -o pid=,ppid=,pgid=,sess=,stat=,lstart=`; where `sess` is no number (macOS) the group stands in for the session. */
export function parsePs(text: string): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (const line of text.split("\n")) {
    const [pid, parent, group, session, stat, ...began] = line.trim().split(/\s+/);
    const start = Date.parse(began.join(" "));
    if (!stat || Number.isNaN(start)) continue;
    const sessionId = /^[1-9]\d*$/.test(session ?? "") ? Number(session) : Number(group);
    found.push({ pid: Number(pid), parent: Number(parent), group: Number(group), session: sessionId, start, zombie: stat.startsWith("Z") });
  }
  return found;
}

function ps(args: readonly string[]): string {
  return (
    spawnSync("ps", args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" }, timeout: 5000, maxBuffer: 16 * 1024 * 1024 }).stdout ??
    ""
  );
}
