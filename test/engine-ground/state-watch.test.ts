import { describe, expect, test } from "vitest";
import { watching } from "./watching.ts";

const DIALOG = [
  "Would you like to run the following command?",
  "$ rm -r build",
  "› 1. Yes, proceed (y)",
  "  2. No (esc)",
  "Press enter to confirm or esc to cancel",
];

/** Claude Code with nothing typed. */
const INPUT_LINE = ["─────", "❯ ", "─────", "  ⏸ manual mode on · ? for shortcuts"];

describe("authority", () => {
  test("the program's own word counts more than its title, its notices and its screen", () => {
    const one = watching("codex");
    one.shows(...DIALOG);
    one.reports("working", "tests");
    one.title("[ ! ] Action Required | codex");
    one.notifies("Approval requested: rm");
    one.passes(3000);
    expect(one.told()).toEqual(["busy osc-7501"]);
    expect(one.watch.signals.map(({ source }) => source)).toEqual(["process", "osc-7501", "title", "osc-9"]);
  });

  test("where its own word says only that it failed or asks, the screen says how", () => {
    const one = watching("codex");
    one.reports("working", "tests");
    one.reports("error");
    one.passes(1100);
    expect(one.last()).toMatchObject({ state: "error", kind: null, evidence: "error" });
    one.shows("■ You've hit your usage limit.", "› Ask Codex to do anything", "? for shortcuts");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "error", kind: "rate-limit", source: "osc-7501", evidence: "You've hit your usage limit." });
    one.reports("working");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "busy", kind: null, source: "osc-7501" });
    one.reports("error");
    expect(one.last()).toMatchObject({ state: "error", kind: null, evidence: "error" });
  });

  test("a program that works on, refused for now, is told to wait for its limit as long as its screen says so", () => {
    const one = watching("codex");
    one.reports("working");
    one.shows("• Server is busy, reconnecting 1/5 (7s • esc to interrupt)", "  └ Exceeded retry limit, last status: 429 Too Many Requests");
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "busy", kind: "rate-limit", source: "osc-7501", evidence: expect.stringMatching(/429/u) });
    one.shows("• Server is busy, reconnecting 1/5 (8s • esc to interrupt)", "  └ Exceeded retry limit, last status: 429 Too Many Requests");
    one.passes(600);
    one.shows("• Working (1s • esc to interrupt)");
    one.passes(600);
    expect(one.last()).toMatchObject({ state: "busy", kind: null, source: "osc-7501", evidence: "working" });
    expect(one.told()).toHaveLength(3);
  });

  test("a process that somebody has stopped does nothing, whatever it said last, until it goes on", () => {
    const one = watching("claude");
    one.reports("working", "tests");
    one.watch.stopped(7);
    one.watch.stopped(7);
    expect(one.last()).toMatchObject({ state: "unknown", source: "stopped", evidence: expect.stringContaining("kill -CONT 7") });
    one.watch.stopped(null);
    expect(one.told()).toEqual(["busy osc-7501", "unknown stopped", "busy osc-7501"]);
  });

  test("a title counts more than a notice, and a notice more than the screen", () => {
    const one = watching("codex");
    one.shows("• Working (3s • esc to interrupt)");
    one.passes(500);
    one.notifies("Approval requested: rm");
    one.title("⠋ codex");
    expect(one.told()).toEqual(["busy screen-rule:working", "asking osc-9:approval-notice", "busy title:working-title"]);
  });

  test("a title that says idle knows nothing of a dialog on the screen", () => {
    const one = watching("gemini");
    one.title("◇  Ready (dir)");
    one.shows("│ Do you trust the files in this folder? │", "│ ● 1. Trust folder (dir) │", "│   3. Don't trust │");
    one.passes(2000);
    expect(one.last()).toMatchObject({ state: "asking", kind: "permission", source: "screen-rule:trust" });
  });

  test("when the program withdraws its word, what it shows counts again", () => {
    const one = watching("codex");
    one.reports("done");
    one.watch.reported({ id: "", state: "clear", kind: null, progress: null, title: null, message: null });
    expect(one.last()).toMatchObject({ state: "idle", source: "osc-7501" });
    one.shows(...DIALOG);
    one.passes(1000);
    expect(one.last()).toMatchObject({
      state: "asking",
      source: "screen-rule:permission",
      evidence: "$ rm -r build",
    });
  });
});

describe("one transition is told once", () => {
  test("a blinking title and a counting screen are no news", () => {
    const one = watching("codex");
    for (let turn = 0; turn < 20; turn++) {
      one.title(turn % 2 === 0 ? "[ . ] Action Required | codex" : "[ ! ] Action Required | codex");
      one.passes(500);
    }
    expect(one.told()).toEqual(["asking title:action-title"]);
    const other = watching("claude");
    for (let second = 0; second < 10; second++) {
      other.shows(`✶ Pondering… (${second}s · esc to interrupt)`);
      other.passes(1000);
    }
    expect(other.told()).toEqual(["busy screen-rule:working"]);
  });

  test("a dialog that stands for less than a moment is not told at all", () => {
    const one = watching("codex");
    one.shows(...DIALOG);
    one.passes(200);
    one.shows("• Working (3s • esc to interrupt)");
    one.passes(1000);
    expect(one.told()).toEqual(["busy screen-rule:working"]);
  });

  test("a title that says idle for a moment before work begins is not believed", () => {
    const one = watching("claude");
    one.title("✳ Claude Code");
    one.passes(100);
    one.title("◐ Claude Code");
    one.passes(1000);
    expect(one.told()).toEqual(["busy title:working-title"]);
  });

  test("an agent that has not begun with its first words yet is not idle, however long it loads and whatever its title and screen say", () => {
    const one = watching("claude");
    one.watch.firstWords.given(0);
    one.title("✳ Claude Code");
    one.passes(4000);
    one.shows(...INPUT_LINE);
    one.passes(4000);
    expect(one.told()).toEqual(["unknown title:turn-over-title"]);
    one.title("◐ Claude Code");
    one.passes(1000);
    one.title("✳ Claude Code");
    one.passes(1000);
    expect(one.told().slice(1)).toEqual(["busy title:working-title", "idle title:turn-over-title"]);
  });

  test("a dialog before its first words, however long it stands, does not make it idle after", () => {
    const one = watching("claude");
    one.watch.firstWords.given(0);
    one.shows("Do you trust the files in this folder?", "❯ 1. Yes, proceed", "  2. No, exit", "Enter to confirm · Esc to exit");
    one.passes(30_000);
    one.shows(...INPUT_LINE);
    one.passes(5000);
    expect(one.told().map((told) => told.split(" ")[0])).not.toContain("idle");
    expect(one.told()[0]).toMatch(/^asking screen-rule/u);
    one.passes(6000);
    expect(one.last()).toMatchObject({ state: "idle" });
  });

  test("an agent that never begins with its first words is told to be idle in the end, and at once if it says so itself", () => {
    const one = watching("claude");
    one.watch.firstWords.given(0);
    one.title("✳ Claude Code");
    one.shows(...INPUT_LINE);
    one.passes(9000);
    expect(one.told()).toEqual([]);
    one.passes(1500);
    expect(one.told()).toEqual(["idle title:turn-over-title"]);
    const other = watching("claude");
    other.watch.firstWords.given(0);
    other.reports("done");
    expect(other.told()).toEqual(["idle osc-7501"]);
  });

  test("a flood of reports is told as far as anybody could follow, and its last word always", () => {
    const one = watching("claude");
    for (let turn = 0; turn < 5000; turn++) one.reports(turn % 2 === 0 ? "working" : "blocked", `turn ${turn}`);
    expect(one.facts.length).toBeLessThan(30);
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "asking", evidence: "turn 4999" });
  });
});

describe("a title beside its screen", () => {
  const question = [
    "│ Answer Questions │",
    "│ Which database? │",
    "│ ● 1.  sqlite │",
    "│   2.  postgres │",
    "│ Enter to select · Esc to cancel │",
  ];

  test("that asks says what it asks once that is drawn, and is told once", () => {
    const one = watching("gemini");
    one.title("✋  Action Required (p)");
    one.passes(200);
    one.shows(...question);
    one.passes(5000);
    expect(one.told()).toEqual(["asking title:action-title"]);
    expect(one.last()).toMatchObject({ kind: "question", evidence: "Which database?" });
  });

  test("that asks for something which nobody knows is told all the same", () => {
    const one = watching("gemini");
    one.title("✋  Action Required (p)");
    one.passes(2000);
    expect(one.last()).toMatchObject({ state: "asking", evidence: "Action Required (p)" });
  });

  test("that works knows nothing of a dialog, until it changes", () => {
    const one = watching("gemini");
    one.title("✦  Working… (p)");
    one.shows("│ Usage limit reached for gemini-3-pro. │", "│ ● 1. Keep trying │", "│   2. Stop │");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "asking", kind: "rate-limit", source: "screen-rule:limit-dialog" });
    one.title("✦  Reading (p)");
    one.shows(" ⠏ Reading (esc to cancel, 3s)", "▄▄▄▄▄▄▄▄▄▄▄▄", " >   Type your message", "▀▀▀▀▀▀▀▀▀▀▀▀");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "busy", source: "title:working-title" });
  });
});

describe("unknown rather than wrong", () => {
  test("a screen that no rule knows is unknown once it stands still, and at work while it changes, though not for long", () => {
    const one = watching("opencode");
    for (let turn = 0; turn < 25; turn++) {
      one.shows(`frame ${turn}`);
      one.passes(1000);
    }
    expect(one.told()).toEqual([]);
    one.passes(11_000);
    expect(one.told()).toEqual(["unknown quiet"]);
    one.shows("  ⬝⬝⬝ esc interrupt      tab agents  ctrl+p commands");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "busy", source: "screen-rule:working" });
    for (let turn = 0; turn < 35; turn++) {
      one.shows(`please decide (${turn} s)`);
      one.passes(1000);
    }
    expect(one.last()).toMatchObject({ state: "unknown", source: "quiet" });
  });

  test("an input line that is gone says nothing of what its program does; a question that is gone, that it goes on", () => {
    const one = watching("copilot");
    one.shows("╻▄▄▄▄▄▄▄▄▄▄▄▄", "┃", "╹▀▀▀▀▀▀▀▀▀▀▀▀", " / commands · ? help");
    one.passes(1000);
    one.shows("something else");
    one.passes(1000);
    one.shows("│ Do you want to run this command? │", "│ ❯ 1. Yes │", "│   2. No (Esc) │", "│ enter to select · esc to cancel │");
    one.passes(1000);
    one.shows("something else");
    one.passes(1000);
    expect(one.told()).toEqual(["idle screen-rule:input-line", "unknown screen-rule", "asking screen-rule:permission", "busy process"]);
  });

  test("a title that is ready before anything is drawn, or over a dialog that no rule knows, is not believed to rest", () => {
    const one = watching("qwen");
    one.title("Qwen - p");
    one.passes(1500);
    expect(one.told()).toEqual([]);
    one.shows("│ A dialog of a later version │", "│ › Go on │");
    one.passes(3000);
    expect(one.told()).toEqual(["unknown title:ready-title"]);
    one.shows("────────────", ">   Type your message", "────────────", "  ? for shortcuts");
    one.passes(1000);
    expect(one.last()).toMatchObject({ state: "idle", source: "title:ready-title" });
  });

  test("words about dialogs in an agent's prose are no dialog", () => {
    const one = watching("claude");
    one.shows(
      "● I would ask: Do you want to proceed?",
      "  1. Yes",
      "  2. No",
      "────────────────────",
      "❯ ",
      "────────────────────",
      "  ⏸ manual mode on · ? for shortcuts",
    );
    one.passes(2000);
    expect(one.last()).toMatchObject({ state: "idle", source: "screen-rule:input-line" });
  });
});

describe("why an agent shows an error", () => {
  test.each([
    ["API Error: Request rejected (429) · This may be a temporary capacity issue", "rate-limit"],
    ["You've hit your usage limit", "rate-limit"],
    ["You've hit your session limit · resets 3pm", "rate-limit"],
    ["You've hit your limit", "rate-limit"],
    ["You've hit your monthly spend limit.", "rate-limit"],
    ["API Error: 401 Please run /login", "auth"],
    ["Failed to authenticate: OAuth session expired and could not be refreshed", "auth"],
    ["Your session has expired. Please reauthenticate.", "auth"],
    ["AWS credentials expired or invalid", "auth"],
    ["stream disconnected before completion", null],
  ])("%s: %s", (message, kind) => {
    const one = watching("claude");
    one.reports("error", message);
    expect(one.last()).toMatchObject({ state: "error", kind, evidence: message });
  });
});
