import fc from "fast-check";
import { expect, test } from "vitest";
import { plainYaml } from "../../src/plan/plain-yaml.ts";
import { parseYaml } from "../../src/plan/yaml.ts";

const word = fc.constantFrom(
  ..."title agent a- null Null true no on y 1 0 007 1e3 0x1f 12345678901 .5 .inf .nan .NaN .x - -- --- ... ~ ? : # ' [ { & * ! | > % @ ` é . / _ x-y".split(
    " ",
  ),
  "constructor",
  "",
  " ",
  "  ",
  "\t",
  "\r",
  "<<",
  ": ",
  " #",
);
const words = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(""));
const spaced = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(" "));
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("title", "agent", "a", "b-c", "true", "x1"), fc.oneof(words, spaced))
      .map((pair) => pair.join(": ")),
  },
  words,
  spaced,
);

test("front matter of plain words is what the library reads", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const text = lines.join("\n");
      const plain = plainYaml(text);
      if (plain !== null) expect(plain).toEqual(parseYaml(text));
    }),
    { numRuns: 2000 },
  );
});

test("most front matter is plain", () => {
  const text = "title: The night of the long run\nagent: claude\nterminals: 10\nscratchpad: .claude/Scratchpad\n";
  expect(plainYaml(text)?.value).toEqual({
    title: "The night of the long run",
    agent: "claude",
    terminals: 10,
    scratchpad: ".claude/Scratchpad",
  });
});

test.each([
  ["nothing", ""],
  ["a quoted value", 'title: "a: b"'],
  ["a comment", "title: a # b"],
  ["a list", "agents:\n  - a"],
  ["a key twice", "a: b\na: c"],
  ["a value that goes on", "a: b\n  c"],
])("%s is left to the library", (_, text) => {
  expect(plainYaml(text)).toBeNull();
});
