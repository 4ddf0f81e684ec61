import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellQuote } from "../../src/engine/agents/agent-environment.ts";
import { commandLine } from "../../src/engine/agents/shell-words.ts";

/** How sh splits a line that only prints its words. */
function asShell(line: string): string[] {
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
}

test.each([
  `a b  c`,
  `'a b' "c d" e\\ f`,
  `a''b "" ''`,
  `"a \\"quoted\\" word" 'it'\\''s'`,
  `"back\\\\slash" back\\\\slash "keep \\n"`,
  `--flag=x=y -n 5 ./path/to.sh`,
  `ünï "日本"`,
])("splits %s as sh does", (line) => {
  expect(commandLine(line)).toEqual({ kind: "words", words: asShell(line) });
});

test.each(["a | b", "a; b", "a && b", "a > f", "a $b", 'a "$b"', "a `b`", "a *", "a ?", "~/x", "a # b", "X=1 a", "a\nb", "a {b,c}", "(a)"])(
  "leaves %j to a shell",
  (line) => {
    expect(commandLine(line)).toEqual({ kind: "shell" });
  },
);

describe("what sh itself would refuse", () => {
  test.each([
    ["'a", "not closed"],
    ['"a', "not closed"],
    ["a\\", "backslash"],
    ["", "empty"],
    ["   ", "empty"],
  ])("%j is broken: %s", (line, reason) => {
    expect(commandLine(line)).toMatchObject({ kind: "broken", reason: expect.stringContaining(reason) });
  });
});

test("any words, quoted for a shell and joined, come back unchanged", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (words) => {
      fc.pre(!/^[A-Za-z_]\w*=/.test(words[0] ?? ""));
      expect(commandLine(words.map(shellQuote).join(" "))).toEqual({ kind: "words", words });
    }),
  );
});
