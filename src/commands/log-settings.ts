/** How much of the terminals' output is kept on disk, as the environment says. */
import { DEFAULT_LOGS, type LogSettings } from "../engine/terminal-logs.ts";
import { UsageError } from "./exit.ts";

const MB = 1024 * 1024;

/** `MARATHON_LOG_MB`: size of a file; `MARATHON_LOG_FILES`: files for each terminal, 0 for none. Throws UsageError for anything else. */
export function logSettings(env: Readonly<Record<string, string | undefined>>): LogSettings {
  return {
    partBytes: Math.round(numberOf(env, "MARATHON_LOG_MB", { least: 0.1, most: 1024, otherwise: DEFAULT_LOGS.partBytes / MB }) * MB),
    parts: Math.floor(numberOf(env, "MARATHON_LOG_FILES", { least: 0, most: 1000, otherwise: DEFAULT_LOGS.parts })),
  };
}

function numberOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const text = env[name]?.trim() ?? "";
  if (text === "") return otherwise;
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || value > most)
    throw new UsageError(`${name} is "${text}": it must be a number from ${least} to ${most}. Unset it for ${otherwise}.`);
  return value;
}
