import { describe, expect, test } from "vitest";
import { watching } from "./watching.ts";

describe("what a CLI keeps of itself for others to read", () => {
  const ASKS = ["Do you want to proceed?", "❯ 1. Yes", "  2. No", "Esc to cancel · Tab to amend"];
  const RESTS = ["──────────", "❯ ", "──────────", "  ? for shortcuts"];

  test("counts more than its title and its screen, and less than its own report", () => {
    const one = watching("claude");
    one.shows(...RESTS);
    one.title("✳ Claude Code");
    one.passes(3000);
    one.lists("busy", 3000);
    expect(one.last()).toMatchObject({ state: "busy", source: "claude-agents:busy", evidence: "claude agents: busy" });
    one.reports("done");
    expect(one.last()).toMatchObject({ state: "idle", source: "osc-7501" });
    expect(one.watch.reportsItself).toBe(true);
    expect(one.watch.signals.map(({ source }) => source)).not.toContain("claude-agents");
  });

  test("corrects a hook since which it says something else, and none that came after it", () => {
    const one = watching("claude");
    one.passes(1000);
    one.hooked("busy");
    one.passes(2000);
    one.lists("idle", 500);
    expect(one.last()).toMatchObject({ state: "busy", source: "hook:PreToolUse" });
    one.lists("idle", 2500);
    expect(one.last()).toMatchObject({ state: "busy" });
    one.lists("busy", 2600);
    one.lists("asking", 2700, "permission");
    expect(one.last()).toMatchObject({ state: "asking", kind: "permission", source: "claude-agents:asking" });
  });

  test("is told in the words of the dialog that stands on the screen, which also knows better what kind it is", () => {
    const one = watching("claude");
    one.lists("asking", 0, "question");
    expect(one.last()).toMatchObject({ state: "asking", kind: "question", evidence: "claude agents: asking" });
    one.shows(...ASKS);
    one.passes(2000);
    expect(one.last()).toMatchObject({
      state: "asking",
      kind: "permission",
      source: "claude-agents:asking",
      evidence: "Do you want to proceed?",
    });
  });

  test("does not hide a dialog or an error that its screen shows, nor what comes when it says nothing more", () => {
    const one = watching("claude");
    one.lists("idle", 0);
    one.shows("● API Error: 429 rate limit", ...RESTS);
    one.passes(2000);
    expect(one.last()).toMatchObject({ state: "error", kind: "rate-limit" });
    one.shows(...ASKS);
    one.passes(2000);
    expect(one.last()).toMatchObject({ state: "asking", kind: "permission" });
    one.shows(...RESTS);
    one.watch.listed(null);
    one.passes(2000);
    expect(one.last()).toMatchObject({ state: "idle", source: expect.stringMatching(/^screen-rule:/u) });
  });
});

describe("a screen that a person has opened, or that stands there before the work begins", () => {
  const RULE = "▔".repeat(40);

  test.each([
    ["codex", ["  Select Model and Effort", "› 1. stub-model (current)", "  enter select · esc back"], "picker", "question"],
    ["codex", [" Type to search", " enter resume   ^a archive   esc exit   ^c exit", " ^o comfy   ^t preview"], "picker", "question"],
    ["codex", ["  [ ] reasoning", "  space toggle · enter save · esc save/close"], "picker", "question"],
    ["codex", ["  stub-model default", "  Find: compact", "  No matches · full transcript · esc cancel"], "picker", "question"],
    ["claude", [RULE, "  Resume session", "  No sessions yet", "  Ctrl+A to show all projects · Esc to", "  close"], "picker", "question"],
    ["claude", [RULE, "  Login", "  Select login method:", "  ❯ 1. Claude account", "  Esc to cancel"], "login-picker", "auth"],
    ["claude", ["  ╭────╮", "  │ ⌕ Filter history…   │", "  ╰────╯", "  Enter to use · Esc to cancel"], "search", "question"],
  ])("of a resting %s takes its keys: %j", (agent, lines, rule, kind) => {
    const one = watching(agent);
    one.reports("idle");
    one.shows(...lines);
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "asking", kind, source: `screen-rule:${rule}` });
    one.reports("working");
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "busy", source: "osc-7501" });
  });

  test("of a resting Gemini is known by its last lines, when its marked option does not fit on the screen", () => {
    const one = watching("gemini");
    one.title("◇  Ready (project)");
    one.shows("│ 14. Solarized Light │", "│ (Use Enter to select, Tab to configure scope, Esc to close) │", "╰──────╯");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "asking", kind: "question", source: "screen-rule:tall-picker" });
  });

  test("of a resting Codex is none where its input line has the keys", () => {
    const one = watching("codex");
    one.reports("idle");
    one.shows(
      "• Press esc to close it",
      "",
      "› Ask Codex to do anything",
      "  stub-model default · /project",
      "  ← for agents · ? for shortcuts",
    );
    one.passes(600);
    one.shows("  a long line of words, esc", "› Ask Codex", "  stub-model default · /project", "  Find · ctrl+p older · esc latest");
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "idle", source: "osc-7501" });
  });

  test("of a Claude Code that starts asks whether servers of the project may be used", () => {
    const one = watching("claude");
    one.shows(
      "────────────────────",
      "  New MCP server found in this project: foo",
      "  MCP servers may execute code or access system resources.",
      "    Use this MCP server",
      "  ❯ Continue without using this MCP server",
      "  Enter to confirm · Esc to cancel",
    );
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "asking", kind: "permission", source: "screen-rule:mcp-trust" });
    one.shows(
      "  Something else that nobody has seen?",
      "  ❯ ☐ foo",
      "    ☐ bar",
      "  Space to select · Enter to confirm · Esc to reject all",
    );
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "asking", kind: "question", source: "screen-rule:choice" });
  });
});
