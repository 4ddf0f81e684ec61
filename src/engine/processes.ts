/** Finding and ending the programs that were started in terminals, and everything that they started. */
import { systemProcesses, type ProcessInfo, type ProcessTable } from "./process-table.ts";

/** A process as remembered: a pid alone may have been given to another program since. */
export interface KnownProcess {
  readonly pid: number;
  /** See ProcessInfo.start; null when it was never known. */
  readonly start: number | null;
}

export interface FoundProcess extends KnownProcess {
  readonly start: number;
  readonly command: string;
}

/** Which marathon, and which terminal of it, started a process (environment.ts sets it, children inherit it). */
export interface Marker {
  readonly marathon: string;
  readonly terminal?: number;
}

export interface EndTreeOptions {
  /** Finds children that left the terminal's session. */
  readonly marker?: Marker;
  /** Kill at once instead of asking first. */
  readonly now?: boolean;
  /** How long to wait between asking and killing, ms; default 5,000. */
  readonly patienceMs?: number;
  readonly table?: ProcessTable;
}

/** Programs are asked to end and given this long, ms. */
const PATIENCE_MS = 5000;
/** Killed processes that are still there after this long, ms, hang in the kernel and are reported as left. */
const KILLED_MS = 2000;
const LOOK_FIRST_MS = 10;
const LOOK_MAX_MS = 200;

/** When a process began, to be compared with later; null when there is none of this pid. */
export function startTime(pid: number, table: ProcessTable = systemProcesses()): number | null {
  return table.get(pid)?.start ?? null;
}

/** Whether that very process still runs. One that has ended and was not yet reaped does not. Without a start time the pid decides. */
export function isAlive(known: KnownProcess, table: ProcessTable = systemProcesses()): boolean {
  const info = table.get(known.pid);
  return info !== null && !info.zombie && (known.start === null || info.start === known.start);
}

/** The user's processes that a marathon's terminals started, directly or not; never this process. */
export function findByMarker(marker: Marker, table: ProcessTable = systemProcesses()): readonly FoundProcess[] {
  const bearers = table.withEnvironment(entriesOf(marker));
  return table
    .list()
    .filter((info) => info.pid !== process.pid && !info.zombie && bearers.has(info.pid))
    .map((info) => ({ pid: info.pid, start: info.start, command: table.command(info.pid) }));
}

/**
 * Ends a program and all that it started: SIGTERM, SIGHUP and SIGCONT to all, then SIGKILL to what is left after the
 * patience. "All" is the session of the program, its descendants, and whatever bears the marker; the first two only if
 * the program is still the one that was started, since its pid may have been given away.
 * Resolves with what could not be ended: [] as a rule.
 */
export async function endTree(root: KnownProcess, options: EndTreeOptions = {}): Promise<readonly FoundProcess[]> {
  const table = options.table ?? systemProcesses();
  const tree = new Tree(root, options.marker ?? null, table);
  if (!options.now) {
    const asked = new Set<string>();
    const gone = await until(options.patienceMs ?? PATIENCE_MS, () => {
      const left = tree.members();
      // Children that appear meanwhile are asked as well.
      for (const info of left) if (!asked.has(key(info))) ask(info, table);
      for (const info of left) asked.add(key(info));
      return left.length === 0;
    });
    if (gone) return [];
  }
  await until(KILLED_MS, () => {
    const left = tree.members();
    for (const info of left) signal(info, "SIGKILL", table);
    return left.length === 0;
  });
  return tree.members().map((info) => ({ pid: info.pid, start: info.start, command: table.command(info.pid) }));
}

/** Wakes that very process, if somebody has stopped it (SIGSTOP, SIGTSTP). */
export function goOn(known: KnownProcess, table: ProcessTable = systemProcesses()): void {
  const info = table.get(known.pid);
  if (info !== null && isAlive(known, table)) signal(info, "SIGCONT", table);
}

/** Who belongs to a program, also after it and some in between have ended. */
class Tree {
  readonly #root: KnownProcess;
  readonly #marker: Marker | null;
  readonly #table: ProcessTable;
  /** Processes that were seen to belong; their children do as well. */
  readonly #seen = new Set<string>();
  readonly #verified: boolean;

  constructor(root: KnownProcess, marker: Marker | null, table: ProcessTable) {
    this.#root = root;
    this.#marker = marker;
    this.#table = table;
    const info = table.get(root.pid);
    this.#verified = root.pid > 1 && root.pid !== process.pid && info !== null && root.start !== null && info.start === root.start;
  }

  /** Living members, parents before their children where the list has them so. */
  members(): readonly ProcessInfo[] {
    const all = this.#table.list().filter((info) => info.pid > 1 && info.pid !== process.pid);
    const byPid = new Map(all.map((info) => [info.pid, info]));
    const bearers = this.#marker ? this.#table.withEnvironment(entriesOf(this.#marker)) : new Set<number>();
    for (const info of all) if (bearers.has(info.pid) || this.#isOfSession(info)) this.#seen.add(key(info));
    let grown = true;
    while (grown) {
      grown = false;
      for (const info of all) {
        const parent = byPid.get(info.parent);
        if (!parent || this.#seen.has(key(info)) || !this.#seen.has(key(parent))) continue;
        this.#seen.add(key(info));
        grown = true;
      }
    }
    return all.filter((info) => !info.zombie && this.#seen.has(key(info)));
  }

  /** The root leads its session (forkpty calls setsid), and a session's number is not given away while it has members. */
  #isOfSession(info: ProcessInfo): boolean {
    if (!this.#verified) return false;
    return info.pid === this.#root.pid ? info.start === this.#root.start : info.session === this.#root.pid;
  }
}

function entriesOf(marker: Marker): string[] {
  const entries = [`MARATHON_ID=${marker.marathon}`];
  if (marker.terminal !== undefined) entries.push(`MARATHON_TERMINAL=${marker.terminal}`);
  return entries;
}

/** SIGHUP is what shells listen to, SIGTERM the rest; SIGCONT wakes the stopped, who would hear nothing. */
function ask(info: ProcessInfo, table: ProcessTable): void {
  for (const name of ["SIGTERM", "SIGHUP", "SIGCONT"] as const) signal(info, name, table);
}

function signal(info: ProcessInfo, name: NodeJS.Signals, table: ProcessTable): void {
  if (table.get(info.pid)?.start !== info.start) return;
  try {
    process.kill(info.pid, name);
  } catch {
    // It ended just now, or is not ours to signal; the next look tells.
  }
}

async function until(limitMs: number, done: () => boolean): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (let wait = LOOK_FIRST_MS; ; wait = Math.min(wait * 2, LOOK_MAX_MS)) {
    if (done()) return true;
    const left = end - performance.now();
    if (left <= 0) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, left)));
  }
}

function key(info: ProcessInfo): string {
  return `${info.pid}:${info.start}`;
}
