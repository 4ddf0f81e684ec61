import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathLike, pathParts, textLike } from "../../src/plan/glob.ts";
import { neverShareRule } from "../../src/plan/never-share.ts";

/** As slow as it is plain: whatever a star may stand for is tried. */
function plainly<Sign, Item>(
  signs: readonly Sign[],
  items: readonly Item[],
  any: Sign,
  fits: (sign: Sign, item: Item) => boolean,
): boolean {
  const [sign, ...rest] = signs;
  if (sign === undefined) return items.length === 0;
  if (sign === any) return Array.from({ length: items.length + 1 }, (_, skip) => plainly(rest, items.slice(skip), any, fits)).some(Boolean);
  const [item, ...others] = items;
  return item !== undefined && fits(sign, item) && plainly(rest, others, any, fits);
}

const textPlainly = (pattern: string, text: string) =>
  plainly([...pattern], [...text], "*", (sign, letter) => sign === "?" || sign === letter);

const pathPlainly = (pattern: readonly string[], path: readonly string[]) => plainly(pattern, path, "**", textPlainly);

const few = (...letters: readonly string[]) => fc.array(fc.constantFrom(...letters), { maxLength: 7 }).map((all) => all.join(""));
const PATTERN = few("a", "b", "*", "?", ".", "😀", "[", "*");
const TEXT = few("a", "b", ".", "😀", "*", "[", "a");
const PARTS = fc.array(fc.constantFrom("a", "b", "**", "*", "a*", "?", "**"), { maxLength: 6 });
const PATH = fc.array(fc.constantFrom("a", "b", "ab", "aa"), { maxLength: 6 });

describe("a pattern", () => {
  test.each([
    ["*", "", true],
    ["a*", "a", true],
    ["*.json", ".json", true],
    ["*.json", "a.json5", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a?c", "a😀c", true],
    ["a.c", "abc", false],
    ["[ab]", "a", false],
    ["(a|b)+", "(a|b)+", true],
    ["A*", "abc", false],
    ["a*b*c", "a-b-b-c", true],
    ["a\nb*", "a\nb\nc", true],
  ])("%j and the text %j: %s", (pattern, text, like) => {
    expect(textLike(pattern)(text)).toBe(like);
  });

  test("of any form says what a plain search says", () => {
    fc.assert(
      fc.property(PATTERN, TEXT, (pattern, text) => textLike(pattern)(text) === textPlainly(pattern, text)),
      { numRuns: 5000 },
    );
  });

  test("that takes upper and lower case as the same does so in both, also beyond ASCII, and counts letters as they are", () => {
    const like = (pattern: string, text: string) => textLike(pattern, { anyCase: true })(text);
    for (const [pattern, text] of [
      ["Ä*.TXT", "ärger.txt"],
      ["ä*.txt", "ÄRGER.TXT"],
      ["Σίσυφος", "ΣΊΣΥΦΟΣ"],
      ["ſecret", "SECRET"],
      ["\u212aey", "key"],
      ["stra?e", "STRAßE"],
      ["?", "ß"],
    ] as const)
      expect([pattern, like(pattern, text)]).toEqual([pattern, true]);
    fc.assert(
      fc.property(PATTERN, TEXT, (pattern, text) => like(pattern.toUpperCase(), text) === textPlainly(pattern, text)),
      { numRuns: 1000 },
    );
  });

  test("for paths says what a plain search says, with two stars for any number of parts", () => {
    fc.assert(
      fc.property(PARTS, PATH, (parts, path) => pathLike(parts)(path) === pathPlainly(parts, path)),
      { numRuns: 5000 },
    );
    expect(pathLike(["src", "**"])(["src"])).toBe(true);
    expect(pathLike(["src", "**", "b"])(["src", "a", "a", "b"])).toBe(true);
    expect(pathLike(["src", "a**"])(["src", "ab", "b"])).toBe(false);
  });
});

describe("a never-share rule", () => {
  const rule = (pattern: string, path: string) => neverShareRule(pattern)?.(pathParts(path)) ?? null;

  test("says of any path what a search from every part says, up to the folder that it forbids", () => {
    fc.assert(
      fc.property(PARTS, PATH, (parts, path) => {
        // Every part of the path may be the first that is meant, every later one the last.
        const ends = path.flatMap((_, start) => path.slice(start).map((__, length) => path.slice(start, start + length + 1)));
        const trailing = parts.at(-1) === "**" ? [...parts, "*"] : parts;
        const plain = parts.length === 0 ? null : ends.some((part) => pathPlainly(trailing, part));
        return rule(parts.join("/"), path.join("/")) === plain;
      }),
      { numRuns: 5000 },
    );
  });

  test.each(["", "/", "./", "~/", " "])("%j names nothing", (nothing) => {
    expect(neverShareRule(nothing)).toBeNull();
  });

  test("that ends with two stars forbids what is in a folder, and not the folder's own name", () => {
    expect(rule("secrets/**", "secrets/a/b.pem")).toBe(true);
    expect(rule("secrets/**", "secrets")).toBe(false);
    expect(rule("~/.ssh/", ".ssh/id")).toBe(true);
  });
});

// These would take a backtracking matcher longer than the sun will shine. No time is measured: a test that ends has shown it.
describe("a thousand stars", () => {
  const stars = "a*".repeat(1000);
  const text = "a".repeat(5000);

  test("in a text are as good as any pattern", () => {
    expect(textLike(`${stars}b`)(text)).toBe(false);
    expect(textLike(`${stars}a`)(text)).toBe(true);
    expect(textLike(`${"*".repeat(1000)}b`, { anyCase: true })(text)).toBe(false);
    expect(textLike(`${"?*".repeat(1000)}b`)(text)).toBe(false);
  });

  test("in a path, and in each of its parts, too", () => {
    const path = Array<string>(200).fill("a".repeat(200));
    const parts = Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? "**" : "a*".repeat(50)));
    expect(pathLike([...parts, `${stars}b`])(path)).toBe(false);
    expect(neverShareRule([...parts, `${stars}b`].join("/"))?.(path)).toBe(false);
    expect(neverShareRule(parts.join("/"))?.(path)).toBe(false);
    expect(neverShareRule(parts.slice(0, 100).join("/"))?.(path)).toBe(true);
  });
});
