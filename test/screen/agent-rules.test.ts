import { describe, expect, test } from "vitest";
import { agentRules, matchingRule, RulesError } from "../../src/screen/agent-rules.ts";
import { knownRules } from "../../src/screen/known-rules.ts";

function state(agent: string, screen: string, from: "screen" | "aside" = "screen"): string {
  const rules = knownRules(agent);
  if (!rules) throw new Error(`no rules for ${agent}`);
  const match = matchingRule(rules, from, screen.split("\n"));
  return match ? `${match.rule.state}${match.rule.kind ? `/${match.rule.kind}` : ""} | ${match.evidence}` : "no rule";
}

const RULE = "─".repeat(60);
/** How each of them looks, as its own program drew it. */
const screens = {
  claude: { input: `${RULE}\n❯ \n${RULE}\n  ⏸ manual mode on · ? for shortcuts` },
  codex: { input: "› Ask Codex to do anything\n\n  stub-model default · /p\n  ← for agents · ? for shortcuts" },
  gemini: {
    input: `${"▄".repeat(60)}\n >   Type your message or @path/to/file\n${"▀".repeat(60)}\n workspace (/directory)   sandbox`,
    question:
      "│ Answer Questions │\n│ Which database should I use? │\n│ ● 1.  sqlite │\n│       Use sqlite │\n│   2.  postgres │\n│ Enter to select · ↑/↓ to navigate · Esc to cancel │",
  },
  qwen: {
    input: `${RULE}\n>   Type your message or @path/to/file\n${RULE}\n  ➜ project · stub-model\n  ? for shortcuts`,
    working: `  ⠋ Summoning the cloud of wisdom... (21s · ↑ 38 tokens · esc to cancel)\n${RULE}\n>   Type your message or @path/to/file\n${RULE}\n  ➜ project`,
    provider:
      "│ Connect a Provider │\n│ › Alibaba ModelStudio │\n│   Official recommended setup │\n│   Third-party Providers │\n│   Custom Provider │\n└───┘",
    shell:
      "  ? Shell touch approved-1.txt ←\n     touch approved-1.txt\n   Allow execution of: 'touch'?\n   › 1. Yes, allow once\n     2. Always allow run 'touch *' commands in this project\n     4. No, suggest changes (esc)\n  ⠏ Waiting for user confirmation...",
    question:
      "  ? AskUserQuestion Ask user 1 question ←\n   Which database should I use?  █\n   ❯ 1. sqlite\n        Use sqlite\n     2. postgres\n   ↑/↓: Navigate | Enter: Select | Esc: Cancel\n  ⠏ Waiting for user confirmation...",
  },
  opencode: { input: "  ┃\n  ┃\n  ┃  Build · stub-model stub\n  ╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀\n              tab agents  ctrl+p commands" },
  copilot: {
    input: `╻${"▄".repeat(60)}\n┃\n╹${"▀".repeat(60)}\n / commands · ? help`,
    trust:
      "│ Confirm folder trust │\n│ /p │\n│ Do you trust the files in this folder? │\n│ ❯ 1. Yes │\n│   2. Yes, and remember this folder │\n│   3. No (Esc) │\n│ ↑/↓ to navigate · enter to select · esc to cancel │",
    elicitation: ` ○ Asking user Which database should I use?   25s ┃\n${RULE}\n Copilot needs information.\n none\n\n enter accept · ctrl+d decline · esc cancel\n${RULE}`,
    limit:
      "│ Switch to auto mode? │\n│ You've been rate limited on the current model. Would you like to switch to auto mode to continue? │\n│ ❯ 1. Yes │\n│   2. Yes (always) │\n│   3. No (Esc) │",
  },
} as const;

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
    ["qwen", screens.qwen.provider, "asking/auth | Connect a Provider"],
    ["qwen", screens.qwen.provider.replace("Connect a Provider", "连接服务商"), "asking/auth | 连接服务商"],
    ["qwen", screens.qwen.shell, "asking/permission | Allow execution of: 'touch'?"],
    ["qwen", screens.qwen.shell.replace("Allow execution of: 'touch'?", "允许执行：'touch'？"), "asking/permission | 允许执行：'touch'？"],
    ["qwen", screens.qwen.question, "asking/question | Which database should I use?"],
    ["qwen", screens.qwen.working, "busy"],
    [
      "qwen",
      "│ Built-in Provider Updates │\n│ › 1. Update all │\n│   2. Skip this version │\n│   3. Remind me later (esc) │",
      "asking/question",
    ],
    ["qwen", "✕ [API Error: 401 invalid credentials]\n────────────\n>   Type your message or @path/to/file\n────────────", "error/auth"],
    ["gemini", screens.gemini.question, "asking/question | Which database should I use?"],
    [
      "gemini",
      `│ Ready to start implementation? │\n│ ● 1. Yes, automatically accept edits │\n│   2. Yes, manually accept edits │\n│ Enter to select │`,
      "asking/permission",
    ],
    [
      "gemini",
      '│ ? MCP tool │\n│ Allow execution of MCP tool "search" from server "docs"? │\n│ ● 1. Allow once │\n│   5. No, suggest changes (esc) │',
      "asking/permission | Allow execution of MCP tool",
    ],
    [
      "gemini",
      "│ ? A potential loop was detected │\n│ ● 1. Keep loop detection enabled (esc) │\n│   2. Disable loop detection for this session │",
      "asking/question",
    ],
    ["gemini", "╭──╮\n│ ⠋ Waiting for authentication... (Press Esc or Ctrl+C to cancel) │\n╰──╯", "asking/auth"],
    [
      "gemini",
      "│ > Select Theme │\n│ ● 1. ANSI Dark │\n│   2. Atom One │\n│ (Use Enter to select, Tab to configure scope, Esc to close) │",
      "asking/question | Select Theme",
    ],
    [
      "gemini",
      '✕ [API Error: {"error":{"code":401,"message":"invalid\n  credentials"}}]\n▄▄▄▄▄▄▄▄▄▄▄▄\n >   Type your message\n▀▀▀▀▀▀▀▀▀▀▀▀',
      "error/auth",
    ],
    [
      "opencode",
      " ┃  △ Always allow\n ┃  This will allow bash until OpenCode is restarted\n ┃  Confirm   Cancel     ⇆ select  enter confirm",
      "asking/permission",
    ],
    [
      "opencode",
      " ┃ △ Permission required\n ┃ # Shell command\n ┃ Allow once\n ┃ Allow always\n ┃ Reject\n ┃ ↑↓ select",
      "asking/permission",
    ],
    [
      "opencode",
      `     Select model                    esc\n\n     Search\n     Big Pickle\n${screens.opencode.input}`,
      "asking/question | Select model",
    ],
    [
      "opencode",
      `  Too Many Requests: rate limited [retrying in 12s attempt #2]\n  ┃\n  ⬝⬝⬝ esc interrupt   tab agents  ctrl+p commands`,
      "busy/rate-limit",
    ],
    ["copilot", screens.copilot.trust, "asking/permission | Do you trust the files in this folder?"],
    [
      "copilot",
      ` ✗ Authentication failed with provider at http://127.0.0.1:1/v1 (HTTP 401).\n     Check your COPILOT_PROVIDER_API_KEY.\n /p\n${screens.copilot.input}`,
      "error/auth | Authentication failed with provider",
    ],
    ["copilot", ` ✗ Rate limit exceeded (HTTP 429).\n /p\n${screens.copilot.input}`, "error/rate-limit"],
    ["copilot", screens.copilot.elicitation, "asking/question | Copilot needs information."],
    ["copilot", screens.copilot.limit, "asking/rate-limit"],
    [
      "copilot",
      `│ Allow editing notes.txt? │\n│ ❯ 1. Yes │\n│   2. No (Esc) │\n│ ↑/↓ to navigate · enter to select · esc to cancel │`,
      "asking/permission | Allow editing notes.txt?",
    ],
    ["copilot", ` /p\n${screens.copilot.input}\n ○ Working · 150 B esc esc interrupt        stub-model`, "busy"],
    [
      "codex",
      "  Approve app tool call?\n› 1. Allow\n  2. Cancel\n  Press enter to confirm or esc to cancel",
      "asking/permission | Approve app tool call?",
    ],
    [
      "codex",
      "  Allow the docs server to run search?\n› 1. Allow\n  2. Allow for this session\n  enter to submit | esc to cancel",
      "asking/permission | Allow the docs",
    ],
    [
      "claude",
      " Would you like to proceed?\n ❯ 1. Yes, and auto-accept edits\n   2. Yes, and manually approve edits\n   3. No, keep planning",
      "asking/permission",
    ],
    [
      "claude",
      " Do you want to allow Claude to fetch this content?\n ❯ 1. Yes\n   2. Yes, and don't ask again for example.com\n   3. No, and tell Claude what to do differently (esc)",
      "asking/permission",
    ],
  ])("%s: %j is %s", (agent, screen, expected) => {
    expect(state(agent, screen)).toContain(expected);
  });

  test.each(["claude", "codex", "gemini", "qwen", "opencode", "copilot"] as const)(
    "%s: no words of a dialog in an answer, above its input line, are a dialog",
    (agent) => {
      const quoted = [
        "Do you want to proceed?",
        "Would you like to run the following command?",
        "Allow execution of: 'rm'?",
        "Do you trust the files in this folder?",
        "How would you like to authenticate?",
        "Connect a Provider",
        "Waiting for authentication... (Press Esc to cancel)",
        "Answer Questions",
        "Copilot needs information.",
        "△ Permission required",
        ...["❯", "›", "●", ">"].flatMap((mark) => [`${mark} 1. Yes`, "  2. No (esc)", "Allow once   Allow always   Reject"]),
        "Enter to select · Enter: Select · Press enter to confirm or esc to cancel · (Use Enter to select)",
        "The rate limit is 429 a minute, and the quota exceeded that.",
      ].map((line) => `  ${line}`);
      const { input } = screens[agent];
      for (const words of [quoted, ...quoted.map((line) => [line])])
        expect(state(agent, [...words, "", input].join("\n")), words.join("\n")).not.toMatch(/^(asking|error)/u);
    },
  );

  test.each([
    ["gemini", "✕ [API Error: 401 invalid]", "✦ It is done."],
    ["gemini", "✕ [API Error: 429 quota]", " > try again"],
    ["qwen", "  ✕ [API Error: 401 invalid credentials] (Press Ctrl+Y to retry)", "  ◆︎ It is done."],
    ["copilot", " ✗ Authentication failed with provider (HTTP 401).", " ● It is done."],
    ["copilot", " ✗ Rate limit exceeded (HTTP 429).", "  ❯ try again                    20:52   ┃"],
  ] as const)("%s: an error (%s) is over once something was said below it", (agent, error, later) => {
    const { input } = screens[agent];
    expect(state(agent, `${error}\n\n${input}`)).toMatch(/^error/u);
    expect(state(agent, `${error}\n\n${later}\n\n${input}`)).toMatch(/^idle/u);
    expect(state(agent, `${later}\n\n${error}\n\n${input}`)).toMatch(/^error/u);
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
    [{ agent: "a", rules: [{ ...rule, dialog: "no" }] }, '"dialog" must be true or false'],
    [{ agent: "a", input: ["("], rules: [] }, '"(" is no regular expression'],
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
