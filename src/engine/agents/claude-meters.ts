/**
 * How Claude Code (tried: 2.1.329) tells what it uses: OpenTelemetry metrics by its environment, which it keeps from the commands
 * that it runs, and the JSON for its status line, which alone has the context and the limits of the account.
 */
import { join } from "node:path";
import type { HookAddress, Program } from "./agent.ts";
import { shellQuote } from "./agent-environment.ts";

/** So often figures are sent, ms. */
const EVERY_MS = 15_000;

export function metricsEnvironment({ otlp, token }: HookAddress): Readonly<Record<string, string>> {
  return {
    CLAUDE_CODE_ENABLE_TELEMETRY: "1",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${otlp}/v1/metrics`,
    // Values of this variable are percent-encoded.
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: `authorization=Bearer%20${token}`,
    OTEL_METRIC_EXPORT_INTERVAL: String(EVERY_MS),
  };
}

/** The settings' key "statusLine". */
export function statusLine(hooks: HookAddress, terminal: number): Readonly<Record<string, unknown>> {
  return { type: "command", command: `bash ${shellQuote(statusScript(hooks, terminal).path)}` };
}

/**
 * A status line is asked for several times a second: bash's own TCP costs a few milliseconds, where a program that speaks HTTP costs
 * more than the agent. Without bash, or with nobody there, it shows nothing, as it does with them.
 */
export function statusScript({ status, token, folder }: HookAddress, terminal: number): NonNullable<Program["files"]>[number] {
  const { host, hostname, port, pathname } = new URL(status);
  return {
    path: join(folder, `claude-${String(terminal).padStart(2, "0")}-status.sh`),
    text: `# Passes on what Claude Code would show in its status line.
LC_ALL=C
IFS= read -r -d '' body
{ exec 3<>/dev/tcp/${hostname}/${port}; } 2>/dev/null || exit 0
printf 'POST ${pathname} HTTP/1.1\\r\\nHost: ${host}\\r\\nAuthorization: Bearer ${token}\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' "\${#body}" "$body" >&3
`,
  };
}
