import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AgentContext } from "../../src/engine/agents/agent.ts";
import { isOlder, versionIn, versionOf } from "../../src/engine/agents/cli-version.ts";
import { resumeCommand } from "../../src/engine/agents/coding-cli.ts";
import { agentByName } from "../../src/engine/agents/registry.ts";
import { contextOf, task } from "./contexts.ts";

const NAMES = ["claude", "codex", "gemini", "qwen", "opencode", "copilot"] as const;
const ID = "6f1d3e0a-7b1c-4a53-9d58-0a4f7d1c2b3e";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "clis-"));
  for (const name of NAMES) {
    writeFileSync(join(folder, name), '#!/bin/sh\necho "2.1.329 (Some Agent)"\n');
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function launched(name: string, more: Partial<AgentContext> = {}) {
  const program = agentByName(name).program(contextOf([task(12)], { project: "/project", ...more }));
  if (!program) throw new Error(`${name} has no program`);
  return program;
}

describe.each(NAMES)("the agent %s", (name) => {
  test("is found in PATH and started in the project, told where its work is", () => {
    const { file, cwd, env } = launched(name);
    expect(file).toBe(join(folder, name));
    expect(cwd).toBe("/project");
    expect(env).toMatchObject({ MARATHON_ASSIGNMENT: "/state/terminal-04.json", MARATHON_TERMINAL: "4" });
  });

  test("is told what to read by its first words, or else by a message once it can take one", () => {
    const agent = agentByName(name);
    const words = launched(name).args.filter((word) => word.includes("Read /state/terminal-04.json"));
    expect(words).toHaveLength(agent.cli?.wordsAtLaunch ? 1 : 0);
    const next = agent.handOver(contextOf([task(12)]), task(12, { title: "Migrate", target: "db.ts" }));
    expect(next).toMatchObject({
      kind: "message",
      text: expect.stringMatching(/task is 12: Migrate \(db\.ts\).*terminal-04\.json.*terminal-04\.md/),
    });
  });

  test("takes up the conversation that it had, and no other", () => {
    const { args, title } = launched(name, { conversation: { id: ID, resume: true } });
    expect(args.join(" ")).toMatch(new RegExp(`(--resume|resume|--session)\\b.*${ID}`));
    expect(args.join(" ")).not.toContain("--session-id");
    expect(title).toBe(resumeCommand({ program: name }, ID));
  });

  test("may do all without asking only where the plan says so", () => {
    const dangerous = /dangerously|bypass|yolo|--allow-all|--auto\b/;
    expect(launched(name).args.join(" ")).not.toMatch(dangerous);
    expect(launched(name, { permissions: "edits" }).args.join(" ")).not.toMatch(dangerous);
    expect(launched(name, { permissions: "all" }).args.join(" ")).toMatch(dangerous);
  });

  test("is told its model by a flag of its own, and none where none is named", () => {
    expect(launched(name).args).not.toContain("--model");
    const { args } = launched(name, { model: "some/model-4.5" });
    expect(args[args.indexOf("--model") + 1]).toBe("some/model-4.5");
  });

  test("is missing with code 127 and the way to install it", () => {
    vi.stubEnv("PATH", "/nowhere");
    expect(() => launched(name)).toThrow(expect.objectContaining({ code: 127, message: expect.stringMatching(/npm install -g /) }));
    vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
  });

  test("leaves its task to be taken up again when somebody ends it, and blocks it when it crashes", () => {
    expect(agentByName(name).onExit({ code: 0, signal: null }, task(12), ["bye"])).toEqual([]);
    expect(agentByName(name).onExit({ code: 1, signal: null }, null, ["bye"])).toEqual([]);
    expect(agentByName(name).onExit({ code: null, signal: "SIGKILL" }, task(12), ["panic: no memory"])).toMatchObject([
      { type: "task-blocked", task: 12, reason: "ended by SIGKILL: panic: no memory" },
    ]);
  });
});

describe("the MCP server of the marathon", () => {
  const env = { MARATHON_TERMINAL: "4", MARATHON_PROJECT: "/project", MARATHON_ID: "m-1", MARATHON_ASSIGNMENT: "/state/terminal-04.json" };

  test("is added to Claude Code's own servers for this launch, and a flag follows its values", () => {
    const { args } = launched("claude");
    const at = args.indexOf("--mcp-config");
    expect(JSON.parse(args[at + 1] ?? "")).toEqual({
      mcpServers: {
        marathon: { command: "/usr/bin/node", args: ["/opt/my tools/marathon.js", "mcp"], env: expect.objectContaining(env) },
      },
    });
    expect(args[at + 2]).toMatch(/^--/);
    expect(args).not.toContain("--strict-mcp-config");
  });

  test("is added to Codex's own servers value by value, each of them TOML", () => {
    const { args } = launched("codex");
    const settings = args.filter((arg) => arg.startsWith("mcp_servers.marathon."));
    expect(settings).toContain('mcp_servers.marathon.command="/usr/bin/node"');
    expect(settings).toContain('mcp_servers.marathon.args=["/opt/my tools/marathon.js","mcp"]');
    for (const [name, value] of Object.entries(env)) expect(settings).toContain(`mcp_servers.marathon.env.${name}="${value}"`);
    expect(args[args.indexOf(settings[0] ?? "") - 1]).toBe("-c");
  });

  test("is given no secret of the person's environment", () => {
    vi.stubEnv("ANTHROPIC_API_KEY", "sk-secret");
    for (const name of ["claude", "codex"]) expect(launched(name).args.join(" ")).not.toContain("sk-secret");
    vi.stubEnv("ANTHROPIC_API_KEY", undefined);
  });
});

describe("what differs", () => {
  test("an id of our own goes to those that take one", () => {
    const args = (name: string) => launched(name, { conversation: { id: ID, resume: false } }).args.join(" ");
    for (const name of ["claude", "gemini", "qwen", "copilot"]) expect(args(name)).toMatch(new RegExp(`--session-id[ =]${ID}`));
  });

  test("Claude Code gets its role and its rules by flags; what must not be shared it cannot read", () => {
    const context = contextOf([task(12)], { project: "/project" });
    const assignment = {
      ...context.assignment,
      role: "QA_TESTER",
      reportsTo: "COORD_QUALITY",
      neverShare: ["*.pem", "/etc/keys", "~/.ssh/id"],
    };
    const args = agentByName("claude").program({ ...context, assignment })?.args ?? [];
    const settings: unknown = JSON.parse(args[args.indexOf("--settings") + 1] ?? "");
    expect(settings).toEqual({
      permissions: {
        allow: [
          "mcp__marathon",
          "Read(//state/terminal-04.json)",
          "Read(//project/.claude/Scratchpad/**)",
          "Edit(//project/.claude/Scratchpad/**)",
        ],
        deny: ["Read(**/*.pem)", "Read(//etc/keys)", "Read(~/.ssh/id)"],
        additionalDirectories: ["/state"],
      },
    });
    expect(args[args.indexOf("--append-system-prompt") + 1]).toContain("Your role is QA_TESTER; you report to COORD_QUALITY.");
    expect(args[args.indexOf("--permission-mode") + 1]).toBe("default");
    expect(args.at(-1)).toMatch(/^Read \/state/);
  });

  test("Codex leaves no server behind, and its file names its conversation", () => {
    expect(launched("codex").args).toContain("--no-daemon");
    const file = `/home/u/.codex/sessions/2026/11/21/rollout-2026-11-21T07-30-00-${ID}.jsonl`;
    expect(agentByName("codex").cli?.conversationFile?.exec(file)?.[1]).toBe(ID);
    expect(agentByName("codex").cli?.conversationFile?.exec("/home/u/.codex/history.jsonl")).toBeNull();
  });

  test.each([
    ["claude", "❯", ""],
    ["claude", "❯ fix it", "fix it"],
    ["codex", "› go on", "go on"],
    ["gemini", " > ", ""],
    ["opencode", "             ┃  ", ""],
  ])("%s shows %j with %j in its input line", (name, left, text) => {
    expect(agentByName(name).messages?.composer?.exec(left)?.[1]?.trim()).toBe(text);
  });
});

describe("a version", () => {
  test.each([
    ["2.1.329 (Claude Code)", "2.1.329"],
    ["codex-cli 0.169.0", "0.169.0"],
    ["GitHub Copilot CLI 1.0.102.\nRun 'copilot update'", "1.0.102"],
    ["v0.24.4-preview.1", "0.24.4-preview.1"],
    ["command not found", null],
  ])("is read from %j as %j", (text, version) => {
    expect(versionIn(text)).toBe(version);
  });

  test.each([
    ["2.1.197", "2.1.329", true],
    ["2.1.329", "2.1.329", false],
    ["2.2.0", "2.1.329", false],
    ["0.169.0-alpha.1", "0.169.0", true],
    ["1.0.9", "1.0.10", true],
  ])("%s is older than %s: %j", (version, than, older) => {
    expect(isOlder(version, than)).toBe(older);
  });

  test("is asked of the program itself, and null for one that is not there or says nothing", async () => {
    expect(await versionOf(join(folder, "claude"))).toBe("2.1.329");
    expect(await versionOf(join(folder, "missing"))).toBeNull();
    mkdirSync(join(folder, "a folder"));
    expect(await versionOf(join(folder, "a folder"))).toBeNull();
  });
});
