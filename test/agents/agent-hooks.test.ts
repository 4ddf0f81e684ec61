import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { agentByName } from "../../src/engine/agents/registry.ts";
import { systemDefaults } from "../../src/engine/agents/system-defaults.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { contextOf, task } from "./contexts.ts";

codingAgentsInPath("codex", "gemini", "qwen", "opencode", "copilot");
const SECRET = "NhY3b0T-2ZJx_secret";
const HOOKS = {
  token: SECRET,
  url: "http://127.0.0.1:4711/hook",
  otlp: "http://127.0.0.1:4711/otlp",
  status: "http://127.0.0.1:4711/status",
  folder: "/state/launches",
};

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "defaults-"))));
afterEach(() => {
  vi.stubEnv("QWEN_CODE_SYSTEM_DEFAULTS_PATH", undefined);
  rmSync(folder, { recursive: true, force: true });
});

function launched(name: string, hooks: typeof HOOKS | null = HOOKS) {
  const program = agentByName(name).program(contextOf([task(12)], { project: "/project", hooks }));
  if (!program) throw new Error(`${name} has no program`);
  return program;
}

test("no secret of a hook's address stands among what everybody can read of a process", () => {
  for (const name of ["codex", "gemini", "qwen", "opencode", "copilot"]) {
    const { args, env, files } = launched(name);
    expect([args.join(" "), JSON.stringify(env)].join(" "), name).not.toContain(SECRET);
    expect(files?.some(({ text }) => text.includes(SECRET)) ?? false, name).toBe(["codex", "qwen"].includes(name));
  }
});

describe("Codex", () => {
  test("is given its hooks by -c, each trusted by the hash that Codex itself reckons, and no other", () => {
    const { args, files } = launched("codex");
    expect(files?.map(({ path }) => path)).toEqual(["/state/launches/codex-04-hook.sh"]);
    const stop = `hooks.Stop=[{hooks=[{type="command",command="bash /state/launches/codex-04-hook.sh",timeout=2}]}]`;
    expect(args[args.indexOf(stop) - 1]).toBe("-c");
    const state = args.find((arg) => arg.startsWith("hooks.state=")) ?? "";
    // As `codex app-server` 0.169.0 tells it for this hook (hooks/list, currentHash).
    const hash = "sha256:20d1d8aa126590b802b70e0fb77d8c3fcd11f8337030477d2c869061dc347638";
    expect(state).toContain(`"/<session-flags>/config.toml:stop:0:0"={trusted_hash="${hash}"}`);
    expect(args).not.toContain("--dangerously-bypass-hook-trust");
  });

  test("is started without hooks where nobody listens", () => {
    const { args, files } = launched("codex", null);
    expect(args.some((arg) => arg.startsWith("hooks."))).toBe(false);
    expect(files).toEqual([]);
  });
});

describe("Qwen Code", () => {
  test("reads its hooks in a file of the launch, named by a variable", () => {
    vi.stubEnv("QWEN_CODE_SYSTEM_DEFAULTS_PATH", join(folder, "none.json"));
    const { env, files } = launched("qwen");
    expect(env).toMatchObject({ QWEN_CODE_SYSTEM_DEFAULTS_PATH: "/state/launches/qwen-04.json" });
    const settings = JSON.parse(files?.[0]?.text ?? "") as { hooks: Record<string, unknown> };
    const hook = { type: "http", name: "marathon", url: HOOKS.url, headers: { Authorization: `Bearer ${SECRET}` }, timeout: 2 };
    expect(settings.hooks["Stop"]).toEqual([{ hooks: [hook] }]);
  });

  test("keeps what this machine's own file of defaults says", () => {
    const own = join(folder, "system-defaults.json");
    writeFileSync(own, JSON.stringify({ model: { name: "ours" }, hooks: { Stop: [{ hooks: [{ type: "command", command: "audit" }] }] } }));
    vi.stubEnv("QWEN_CODE_SYSTEM_DEFAULTS_PATH", own);
    const settings = JSON.parse(launched("qwen").files?.[0]?.text ?? "") as { model: unknown; hooks: Record<string, unknown[]> };
    expect(settings.model).toEqual({ name: "ours" });
    expect(settings.hooks["Stop"]).toHaveLength(2);
    expect(settings.hooks["Stop"]?.[0]).toEqual({ hooks: [{ type: "command", command: "audit" }] });
  });

  test.each([
    ["that cannot be understood", "{ // with a comment\n}"],
    ["that is no object", "[]"],
  ])("goes without hooks beside a file of defaults %s: that must stay in use", (_what, text) => {
    const own = join(folder, "system-defaults.json");
    writeFileSync(own, text);
    vi.stubEnv("QWEN_CODE_SYSTEM_DEFAULTS_PATH", own);
    const { env, files } = launched("qwen");
    expect(env["QWEN_CODE_SYSTEM_DEFAULTS_PATH"]).toBeUndefined();
    expect(files).toEqual([]);
  });

  test("finds that file beside the system's settings, too", () => {
    mkdirSync(join(folder, "etc"));
    writeFileSync(join(folder, "etc", "system-defaults.json"), '{"theme":"dark"}');
    const of = { variable: "DEFAULTS", beside: "SETTINGS", linux: "/nowhere/settings.json", darwin: "/nowhere/settings.json" };
    expect(JSON.parse(systemDefaults(of, { ours: 1 }, { SETTINGS: join(folder, "etc", "settings.json") }) ?? "")).toEqual({
      theme: "dark",
      ours: 1,
    });
    expect(JSON.parse(systemDefaults(of, { ours: 1 }, {}) ?? "")).toEqual({ ours: 1 });
  });
});
