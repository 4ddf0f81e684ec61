import { describe, expect, test } from "vitest";
import { promptRules } from "../../src/engine/agents/prompt-rules.ts";

/** The kind that a prompt is taken for after so long a silence, or null. */
function kindOf(prompt: string, quietMs = 60_000): string | null {
  return promptRules.find((rule) => quietMs >= rule.quietMs && rule.lastLine.test(prompt))?.kind ?? null;
}

describe("what waits for a person", () => {
  test.each([
    "Password: ",
    "Password:",
    "[sudo] password for ada: ",
    "Enter passphrase for key '/home/ada/.ssh/id_ed25519': ",
    "Username for 'https://example.com': ",
    "Verification code: ",
    "Enter PIN for security key: ",
    "One-time code? ",
  ])("%j asks for a secret", (prompt) => {
    expect(kindOf(prompt)).toBe("auth");
  });

  test.each([
    "Overwrite existing file? [y/N] ",
    "Do you want to continue? [Y/n] ",
    "Proceed (y/n)? ",
    "Remove 3 files (yes/no/all): ",
    "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
    "What is your name? ",
    "? Pick a framework › ",
    "Which one? (1-3) ",
    "Press any key to continue . . .",
    "Press ENTER to continue",
    "package name: (marathon) ",
    "Name: ",
    "Your choice [1]: ",
    "> ",
    ">>> ",
    "sqlite> ",
    "mysql> ",
    "❯ ",
    "$ ",
    "Enter a number (default 5) ",
  ])("%j is a question", (prompt) => {
    expect(kindOf(prompt)).toBe("question");
  });
});

describe("what is only slow", () => {
  test.each([
    "Compiling:",
    "Downloading...",
    "Downloading… ",
    "[#####     ]",
    "[=====>    ] ",
    "[ 45%] ",
    "(12/40) ",
    "12:",
    "12:41: ",
    "....................",
    "Building wheel for cffi (pyproject.toml) ... ",
    "⠋ installing ",
    "Progress: 45% ",
    "=====>",
    "100% [==================>] ",
    "running 14 tests ",
    "",
  ])("%j is no question", (prompt) => {
    expect(kindOf(prompt)).toBeNull();
  });
});

test("what progress output may end with as well needs a longer silence than a sure sign", () => {
  expect(kindOf("Name: ", 1500)).toBeNull();
  expect(kindOf("Name: ", 3000)).toBe("question");
  expect(kindOf("Continue? [y/N] ", 1000)).toBe("question");
  expect(kindOf("Continue? [y/N] ", 900)).toBeNull();
});

test("no rule takes long over a long line", () => {
  // A prompt is at most one row of a terminal. Backtracking without bounds would run into the test's time limit.
  for (const piece of ["(", "[y/", "password ", "?", "a ", "press "]) {
    for (const rule of promptRules) rule.lastLine.test(piece.repeat(2000 / piece.length));
  }
});
