/**
 * What a running Claude Code says of its state in a file of its own, out of which `claude agents --json` makes its list (tried: 2.1.329
 * and 2.1.197, which knows no OSC 7501). That command costs half a second of CPU, a look at the file of one process microseconds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AskingKind, TerminalStateName } from "../../marathon/types.ts";
import { plainText } from "../../screen/plain-text.ts";
import type { ListedState } from "./coding-cli.ts";
import { familyOf } from "./process-family.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const STATES: Readonly<Record<string, TerminalStateName>> = { busy: "busy", idle: "idle", waiting: "asking" };
/** What it waits for. Version 2.1.197 calls a question a "permission prompt": where the screen shows which it is, that counts. */
const KINDS: Readonly<Record<string, AskingKind>> = {
  "permission prompt": "permission",
  "input needed": "question",
  "dialog open": "question",
};

/**
 * Null for a process that has no such file: another version, or one that is still being set up. `env`: that of the engine, which its
 * agents inherit. A wrapper may stand between the terminal and Claude Code, so the descendants of `pid` are looked at as well.
 */
export function claudeStatus(pid: number, env: Environment = process.env): ListedState | null {
  const folder = join(env["CLAUDE_CONFIG_DIR"] ?? join(env["HOME"] ?? "/", ".claude"), "sessions");
  for (const one of familyOf(pid)) {
    const found = readStatus(join(folder, `${one}.json`), one);
    if (found !== null) return found;
  }
  return null;
}

function readStatus(file: string, pid: number): ListedState | null {
  let told: Readonly<Record<string, unknown>>;
  try {
    told = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
  } catch {
    // There is none, or it is just being written: the next look finds it.
    return null;
  }
  const { status, waitingFor, statusUpdatedAt: at, procStart } = told ?? {};
  const state = typeof status === "string" && Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state === undefined || told["pid"] !== pid || !isOf(pid, procStart)) return null;
  const waits = state === "asking" && typeof waitingFor === "string" ? waitingFor : null;
  return {
    state,
    kind: waits !== null && Object.hasOwn(KINDS, waits) ? (KINDS[waits] ?? null) : null,
    source: `claude-agents:${String(status)}`,
    evidence: waits === null ? `claude agents: ${String(status)}` : `claude agents: waiting, ${plainText(waits, 80)}`,
    at: typeof at === "number" && Number.isFinite(at) ? at : null,
  };
}

/** A process that was killed leaves its file, and its number may be another's now. Linux: field 22 of proc(5)'s stat, in a string. */
function isOf(pid: number, procStart: unknown): boolean {
  if (process.platform !== "linux" || typeof procStart !== "string") return true;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] === procStart;
  } catch {
    return false;
  }
}
