import { describe, expect, test } from "vitest";
import { agentRules, matchingRule, RulesError } from "../../src/screen/agent-rules.ts";
import { knownRules } from "../../src/screen/known-rules.ts";

function state(agent: string, screen: string, from: "screen" | "aside" = "screen"): string {
  const rules = knownRules(agent);
  if (!rules) throw new Error(`no rules for ${agent}`);
  const match = matchingRule(rules, from, screen.split("\n"));
  return match ? `${match.rule.state}${match.rule.kind ? `/${match.rule.kind}` : ""} | ${match.evidence}` : "no rule";
}

describe("screens as they were seen", () => {
  test.each([
    [
      "claude",
      " Bash command\n touch x\n Do you want to proceed?\n ❯ 1. Yes\n   2. Yes, and always allow\n   3. No\n Esc to cancel · Tab to amend",
      "asking/permission | Do you want to proceed?",
    ],
    [
      "claude",
      "Which database?\n❯ 1. sqlite\n  2. postgres\n  3. Type something.\nEnter to select · ↑/↓ to navigate · Esc to cancel",
      "asking/question | Which database?",
    ],
    [
      "claude",
      " Select login method:\n ❯ 1. Claude account with subscription\n   2. Anthropic Console account",
      "asking/auth | Select login method:",
    ],
    [
      "claude",
      " Quick safety check: Is this a project you created?\n ❯ 1. Yes, I trust this folder\n   2. No, exit\n Enter to confirm · Esc to cancel",
      "asking/permission",
    ],
    [
      "claude",
      "● API Error: Request rejected (429) · retry later\n────────────────────\n❯ \n────────────────────\n  ? for shortcuts",
      "error/rate-limit | API Error",
    ],
    [
      "claude",
      "✻ Thinking… (12s · ↓ 2 tokens)\n────────────────────\n❯ \n────────────────────\n  ⏸ manual mode on · esc to interrupt",
      "busy",
    ],
    [
      "codex",
      "  Would you like to run the following command?\n  $ touch x\n› 1. Yes, proceed (y)\n  2. No (esc)\n  Press enter to confirm or esc to cancel",
      "asking/permission | $ touch x",
    ],
    ["codex", "• Working (3s • esc to interrupt)\n› Ask Codex to do anything\n  ? for shortcuts", "busy | Working"],
    [
      "codex",
      "■ You've hit your usage limit. Try again at 3:00 PM.\n› Ask Codex to do anything\n  ? for shortcuts",
      "error/rate-limit | You've hit",
    ],
    [
      "gemini",
      "│ ? Shell rm x │\n│ Allow execution of: 'rm'? │\n│ ● 1. Allow once │\n│   2. No │",
      "asking/permission | Allow execution of",
    ],
    [
      "gemini",
      " │ Do you trust the following folders being added to this workspace? │\n │ - /state/assignments │\n │ ● 1. Yes │\n │   2. Yes, and remember the directories as trusted │\n │   3. No │",
      "asking/permission | Do you trust the following folders being added to this workspace?",
    ],
    [
      "gemini",
      "│ Usage limit reached for gemini-3-pro. │\n│ Access resets at 5:00 PM. │\n│ ● 1. Keep trying │\n│   2. Stop │",
      "asking/rate-limit | Usage limit reached for gemini-3-pro.",
    ],
    [
      "qwen",
      "✕ This request would exceed your account's rate limit. (Retrying in 58s… (attempt 1/10))\n⠏ Thinking (3s · esc to cancel)",
      "busy/rate-limit | This request would exceed your account's rate limit. (Retrying in 58s… (attempt 1/10))",
    ],
    [
      "codex",
      "  Folder access\n  Trust this folder? Codex can read, edit, and run files here.\n› 1. Trust and continue\n  2. Back to Agent Command Center\n  enter continue · esc back",
      "asking/permission | Trust this folder? Codex can read, edit, and run files here.",
    ],
    [
      "codex",
      "  Hooks need review\n  1 hook is new or changed.\n› 1. Review hooks\n  2. Trust all and continue\n  3. Continue without trusting\n  enter confirm · esc skip",
      "asking/permission | Hooks need review",
    ],
    ["gemini", " How would you like to authenticate for this project?\n ● 1. Login with Google", "asking/auth"],
    ["gemini", " ⠙ Thinking... (esc to cancel, 3s)\n▄▄▄▄▄▄▄▄▄▄▄▄\n >   Type your message\n▀▀▀▀▀▀▀▀▀▀▀▀", "busy"],
    [
      "opencode",
      " ┃  △ Permission required\n ┃  # Shell command\n ┃  $ touch x\n ┃  Allow once   Allow always   Reject      ⇆ select  enter confirm",
      "asking/permission",
    ],
    ["opencode", " ┃\n ┃  Build · Model\n  ⬝⬝⬝ esc interrupt      tab agents  ctrl+p commands", "busy"],
    [
      "copilot",
      "│ Do you want to run this command? │\n│ ❯ 1. Yes │\n│   2. No │\n↑↓ to navigate · Enter to select · Esc to cancel",
      "asking/permission",
    ],
  ])("%s: %j is %s", (agent, screen, expected) => {
    expect(state(agent, screen)).toContain(expected);
  });

  test("an empty screen is known to nobody", () => {
    for (const agent of ["claude", "codex", "gemini", "qwen", "opencode", "copilot"]) expect(state(agent, "\n\n")).toBe("no rule");
  });
});

describe("a file of rules", () => {
  const rule = { id: "x", state: "busy", any: ["a"] };
  test.each([
    [null, "it is not an object"],
    [{ rules: [] }, '"agent" must name'],
    [{ agent: "a", rules: {} }, '"rules" must be a list'],
    [{ agent: "a", rules: [{ ...rule, id: "" }] }, 'rule 1 (): "id" is missing'],
    [{ agent: "a", rules: [rule, { ...rule, state: "sleeping" }] }, 'rule 2 (x): "state" must be one of'],
    [{ agent: "a", rules: [{ ...rule, kind: "money" }] }, '"kind" must be one of'],
    [{ agent: "a", rules: [{ ...rule, from: "smell" }] }, '"from" must be one of'],
    [{ agent: "a", rules: [{ ...rule, lines: 0 }] }, '"lines" must be'],
    [{ agent: "a", rules: [{ ...rule, any: ["("] }] }, '"(" is no regular expression'],
    [{ agent: "a", rules: [{ ...rule, any: "a" }] }, "must be lists"],
    [{ agent: "a", rules: [{ ...rule, any: [1] }] }, "1 is not a regular expression in quotes"],
    [{ agent: "a", rules: [{ id: "x", state: "busy" }] }, "it would always match"],
    [{ agent: "a", rules: [{ ...rule, nay: ["b"] }] }, '"nay" is unknown'],
  ])("%j is refused: %s", (value, message) => {
    expect(() => agentRules(value, "my.json")).toThrow(RulesError);
    expect(() => agentRules(value, "my.json")).toThrow(message);
  });
});

test("a picker that somebody has opened stands beside what Claude Code says of itself; an input line with old words above it does not", () => {
  const rule = "▔".repeat(60);
  const model = `● Done.\n${rule}\n  Select model\n  ❯ 1. Default ✔\n    2. Opus\n  s to use this session only · Enter to save · Esc to cancel`;
  expect(state("claude", model, "aside")).toBe("asking/question | Select model");
  const resume = `${rule} Kept model ▔\n  Resume session\n  ⌕ Search…\n  Ctrl+A to show all projects · Esc to close`;
  expect(state("claude", resume, "aside")).toBe("asking/question | Resume session");
  const quoted = `● It says: Esc to cancel\n${rule}\n────────\n❯ \n────────\n  ⏸ manual mode on`;
  expect(state("claude", quoted, "aside")).toBe("no rule");
});
