import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { shortHash } from "../../src/engine/short-hash.ts";

test("a short hash is the beginning of the SHA-256 that NIST gives for the text", () => {
  // FIPS 180-4, examples: the messages "abc" and of 448 bits.
  expect(shortHash("abc")).toBe("ba7816bf8f01cfea");
  expect(shortHash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe("248d6a61d20638b8");
});

test.each(["", "/home/somebody/project", "/tmp/ümläut/日本", "a".repeat(1000), "\ud800"])("of %j it is what Node.js says", (text) => {
  expect(shortHash(text)).toBe(createHash("sha256").update(text).digest("hex").slice(0, 16));
});
