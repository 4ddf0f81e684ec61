/**
 * Settings of one launch for Qwen Code: it reads a file with a system's default settings, below the person's own and the project's,
 * and a variable names it. Hooks of all files are put together there, so nobody's own are lost. A file of this machine that we
 * would put out of use is taken along. (Gemini CLI has the same, and obeys it only if the file is root's.)
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HookAddress } from "./agent.ts";

type Settings = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

export interface DefaultsOf {
  /** The variable that names the file, and the one for the system's settings, beside which it is looked for without that. */
  readonly variable: string;
  readonly beside: string;
  /** Where the system's settings are without either. */
  readonly linux: string;
  readonly darwin: string;
}

/**
 * The whole file with `ours` in it; null when this machine has such a file and it cannot be understood: then it must stay in use.
 * `env`: that of the engine, which its agents inherit.
 */
export function systemDefaults(of: DefaultsOf, ours: Settings, env: Environment = process.env): string | null {
  const settings = env[of.beside] || (process.platform === "darwin" ? of.darwin : of.linux);
  const known = readSettings(env[of.variable] || join(dirname(settings), "system-defaults.json"));
  return known === null ? null : `${JSON.stringify(merged(known, ours), null, 1)}\n`;
}

export function defaultsFile({ folder }: HookAddress, agent: string, terminal: number): string {
  return join(folder, `${agent}-${String(terminal).padStart(2, "0")}.json`);
}

/** Empty when there is none. */
function readSettings(path: string): Settings | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? {} : null;
  }
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Objects are merged, lists put together, and what this machine says of a single value stays. */
function merged(known: Settings, ours: Settings): Settings {
  const added = Object.entries(ours).map(([name, value]) => {
    const there = known[name];
    if (Array.isArray(there) && Array.isArray(value)) return [name, (there as readonly unknown[]).concat(value)];
    if (isObject(there) && isObject(value)) return [name, merged(there, value)];
    return [name, there ?? value];
  });
  return { ...known, ...(Object.fromEntries(added) as Settings) };
}

function isObject(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
