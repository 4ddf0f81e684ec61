import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { claudeOwn } from "../../src/engine/agents/claude-own.ts";
import { agentByName } from "../../src/engine/agents/registry.ts";
import { contextOf, task } from "./contexts.ts";

const folder = mkdtempSync(join(tmpdir(), "own-"));
const hooks = {
  token: "secret",
  url: "http://127.0.0.1:9/hook",
  otlp: "http://127.0.0.1:9/otlp",
  status: "http://127.0.0.1:9/status",
  folder: "/state/launches",
};

beforeAll(() => {
  for (const name of ["home/.claude", "other", "project/.claude", "bin"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "bin/claude"), "#!/bin/sh\n", { mode: 0o755 });
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** What Claude Code is started with when these are the person's own settings. */
function launched(settings: object) {
  writeFileSync(join(folder, "home/.claude/settings.json"), JSON.stringify(settings));
  for (const name of Object.keys(process.env)) if (/^(OTEL_|CLAUDE_)/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", join(folder, "home"));
  vi.stubEnv("PATH", `${join(folder, "bin")}:/usr/bin`);
  const program = agentByName("claude").program(contextOf([task(1)], { project: join(folder, "project"), hooks }));
  const [file] = program?.files ?? [];
  return { env: program?.env ?? {}, settings: JSON.parse(file?.text ?? "{}") as Record<string, unknown>, args: program?.args ?? [] };
}

describe("Claude Code with nothing of the person's own", () => {
  test("sends its figures and its status line to the engine, and its secret is no argument", () => {
    const { env, settings, args } = launched({});
    expect(env).toMatchObject({
      CLAUDE_CODE_ENABLE_TELEMETRY: "1",
      OTEL_METRICS_EXPORTER: "otlp",
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://127.0.0.1:9/otlp/v1/metrics",
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: "authorization=Bearer%20secret",
    });
    expect(settings["statusLine"]).toEqual({ type: "command", command: "bash /state/launches/claude-04-status.sh" });
    expect(args.join(" ")).not.toContain("secret");
  });
});

test("what the plan refuses is refused by Claude Code itself, also where it asks nobody", () => {
  const deny = [
    { text: "", tool: "Bash", pattern: "git push *" },
    { text: "", tool: "Edit", pattern: "secrets/**" },
    { text: "", tool: "Edit", pattern: "/etc/**" },
    { text: "", tool: "WebFetch", pattern: null },
  ];
  launched({});
  const context = { ...contextOf([task(1)], { project: "/project", hooks, permissions: "all" }), deny };
  const [file] = agentByName("claude").program(context)?.files ?? [];
  expect(JSON.parse(file?.text ?? "{}")).toMatchObject({
    permissions: { deny: ["Bash(git push:*)", "Edit(//project/secrets/**)", "Edit(//etc/**)", "WebFetch"] },
  });
});

describe("what a person has set up", () => {
  test("as a status line stays theirs", () => {
    const { env, settings } = launched({ statusLine: { type: "command", command: "mine" } });
    expect(settings).not.toHaveProperty("statusLine");
    expect(settings).toHaveProperty("hooks");
    expect(env).toHaveProperty("OTEL_METRICS_EXPORTER");
  });

  test("as a receiver of figures stays theirs", () => {
    const { env, settings } = launched({ env: { OTEL_METRICS_EXPORTER: "otlp" } });
    expect(Object.keys(env).filter((name) => name.startsWith("OTEL_"))).toEqual([]);
    expect(settings).toHaveProperty("statusLine");
  });

  test("is found in their environment, in another folder of settings, and in the project", () => {
    const env = { HOME: join(folder, "home"), CLAUDE_CONFIG_DIR: join(folder, "other") };
    expect(claudeOwn(join(folder, "project"), env)).toEqual({ statusLine: false, telemetry: false });
    expect(claudeOwn(join(folder, "project"), { ...env, CLAUDE_CODE_ENABLE_TELEMETRY: "1" }).telemetry).toBe(true);
    writeFileSync(join(folder, "other/settings.json"), "{ broken");
    writeFileSync(join(folder, "project/.claude/settings.local.json"), '{"statusLine":{}}');
    expect(claudeOwn(join(folder, "project"), env).statusLine).toBe(true);
  });
});
