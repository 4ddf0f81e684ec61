/** What a person has set up for Claude Code themselves that a launch of ours would put out of use: it is read, and never written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface ClaudeOwn {
  readonly statusLine: boolean;
  /** Its figures are sent somewhere already. */
  readonly telemetry: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `env`: that of the engine, which its agents inherit. */
export function claudeOwn(project: string, env: Environment): ClaudeOwn {
  const home = env["CLAUDE_CONFIG_DIR"] ?? join(env["HOME"] ?? "/", ".claude");
  const files = [
    "/etc/claude-code/managed-settings.json",
    join(home, "settings.json"),
    join(project, ".claude/settings.json"),
    join(project, ".claude/settings.local.json"),
  ];
  const settings = files.map(settingsIn);
  const environments = [env, ...settings.map((one) => one["env"])];
  return {
    statusLine: settings.some((one) => one["statusLine"] !== undefined),
    telemetry: environments.some((one) => Object.keys(one ?? {}).some((name) => /^(?:OTEL_|CLAUDE_CODE_ENABLE_TELEMETRY$)/u.test(name))),
  };
}

/** Empty for a file that is not there or cannot be read. */
function settingsIn(file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
