import { describe, expect, test } from "vitest";
import { dialogOf, questionOf } from "../../src/screen/question.ts";

/** As Claude Code draws it: a rule above, broken rules within, a wrapped option, hints below, the cursor anywhere. */
const CLAUDE = [
  "● I need a permission.",
  "────────────────────────────────────────",
  " Bash command",
  "╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
  " touch needs-permission.txt",
  "╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
  " Do you want to proceed?",
  " ❯ 1. Yes",
  "   2. Yes, and always allow access to this",
  "      project",
  "   3. No",
  "",
  " Esc to cancel · Tab to amend",
  "",
];

/** As Gemini draws it: everything in boxes. */
const GEMINI = [
  "✦ I will write the scratchpad.",
  "╭──────────────────────────────╮",
  "│ ? WriteFile notes.md         │",
  "│ ╭──────────────────────────╮ │",
  "│ │ 1 # notes                │ │",
  "│ ╰──────────────────────────╯ │",
  "│ Apply this change?           │",
  "│                              │",
  "│ ● 1. Allow once              │",
  "│   2. No, suggest changes     │",
  "╰──────────────────────────────╯",
];

describe("a dialog with numbered answers", () => {
  test("is read with all that a person must see before saying yes, and nothing above its rule", () => {
    expect(questionOf(CLAUDE, null)).toEqual({
      lines: ["Bash command", "", "touch needs-permission.txt", "", "Do you want to proceed?"],
      options: [
        { key: "1", label: "Yes", selected: true, enter: true },
        { key: "2", label: "Yes, and always allow access to this project", selected: false, enter: true },
        { key: "3", label: "No", selected: false, enter: true },
      ],
    });
  });

  test("ends above at its rule, for what is there may go on moving", () => {
    expect(dialogOf(["  I need a permission.", ...CLAUDE.slice(1)])).toEqual(dialogOf(CLAUDE));
    expect(dialogOf(CLAUDE.map((line) => line.replace("touch", "rm")))).not.toEqual(dialogOf(CLAUDE));
    expect(dialogOf(CLAUDE.map((line) => line.replace("amend", "agree")))).not.toEqual(dialogOf(CLAUDE));
    expect(dialogOf(["Really deploy? [y/N] "])).toBeNull();
  });

  test("without numbers is gone through by arrow keys, if a hint says that Enter takes what is marked", () => {
    const trust = [
      " Is this a project you trust?",
      "",
      " ❯ No, exit",
      "   Yes, I trust this folder",
      "",
      " Enter to confirm · Esc to cancel",
    ];
    expect(questionOf(trust, null)).toEqual({
      lines: ["Is this a project you trust?"],
      options: [
        { key: "", label: "No, exit", selected: true, enter: true },
        { key: "\x1b[B", label: "Yes, I trust this folder", selected: false, enter: true },
      ],
    });
    expect(questionOf(trust.slice(0, 4), null).options).toEqual([]);
    expect(questionOf(["❯ a message", "  of two lines"], null).options).toEqual([]);
  });

  test("is read through its frames", () => {
    const { lines, options } = questionOf(GEMINI, null);
    expect(lines).toEqual(["? WriteFile notes.md", "", "1 # notes", "", "Apply this change?"]);
    expect(options.map(({ key, label }) => `${key} ${label}`)).toEqual(["1 Allow once", "2 No, suggest changes"]);
  });

  test("needs a mark, unless the cursor's line follows at once, as below a shell's menu", () => {
    const menu = ["1) staging", "2) production", "#? "];
    expect(questionOf(menu, "#?").options.map(({ label }) => label)).toEqual(["staging", "production"]);
    const prose = ["Two steps are left:", "1. the tests", "2. the changelog", "Which one first?", "> "];
    expect(questionOf(prose, ">").options).toEqual([]);
  });

  test("is no dialog any more once other text has pushed it up", () => {
    const below = Array.from({ length: 8 }, (_, line) => `output ${line}`);
    expect(questionOf([...CLAUDE, ...below], null).options).toEqual([]);
  });

  test("counts from one without a gap, else it is no list of answers", () => {
    expect(questionOf(["❯ 1. Yes", "  3. No"], null).options).toEqual([]);
    expect(questionOf(["❯ 2. Yes", "  3. No"], null).options).toEqual([]);
  });
});

describe("a prompt", () => {
  test("with yes and no offers both as they are spelled, and marks the capital one", () => {
    expect(questionOf(["building", "Really deploy? [y/N] "], "Really deploy? [y/N]")).toEqual({
      lines: ["building", "Really deploy? [y/N]"],
      options: [
        { key: "y", label: "Yes", selected: false, enter: true },
        { key: "N", label: "No", selected: true, enter: true },
      ],
    });
    expect(questionOf(["Continue (yes/no)? "], "Continue (yes/no)?").options.map(({ key }) => key)).toEqual(["yes", "no"]);
  });

  test("for any key offers Enter", () => {
    expect(questionOf(["Press any key to continue"], "Press any key to continue").options).toEqual([
      { key: "\r", label: "Enter", selected: true, enter: false },
    ]);
  });

  test("for words offers nothing to choose, and shows what stands above it", () => {
    expect(questionOf(["Targets: a, b", "Which target? "], "Which target?")).toEqual({
      lines: ["Targets: a, b", "Which target?"],
      options: [],
    });
  });

  test("on an empty screen asks nothing", () => {
    expect(questionOf([], null)).toEqual({ lines: [], options: [] });
    expect(questionOf(["", ""], null)).toEqual({ lines: [], options: [] });
  });
});
