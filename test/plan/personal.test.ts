import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { personalIn } from "../../src/plan/personal.ts";

const found = (text: string) => personalIn(text).map(({ what, count, line }) => `${count} ${what} ${line}`);

describe("what should be replaced before a text is shared", () => {
  test("is counted by what it is, with its first line", () => {
    expect(found("# Notes\njo.doe@clinic.org and x@y.co on 2026-01-02\nsee 2026-02-03, ann@clinic.org")).toEqual([
      "3 e-mail address 2",
      "2 date 2",
    ]);
  });

  test.each(["http://wiki.corp/x", "https://db.intern.local:80", "http://build/job", "10.1.2.3", "see 192.168.0.7.", "ssh 172.20.1.1"])(
    "%s is an internal address",
    (text) => expect(found(text)).toEqual(["1 internal address 1"]),
  );

  test.each([
    "you@example.com",
    "a@b.example",
    "git@github.com",
    "no-reply@x.org",
    "https://example.com/a",
    "http://localhost:3000",
    "1.10.2.3.4",
    "172.15.0.1",
    "version 10.2.3",
    "YYYY-MM-DD",
    "2026-13-01",
    "12026-01-01",
    "@scope/package",
  ])("%s is nothing", (text) => expect(found(text)).toEqual([]));

  test("is looked for in any text at once", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => personalIn(text).every(({ count, line }) => count > 0 && line > 0)));
    expect(found(`${"a.".repeat(100_000)}@${"b-".repeat(100_000)}`)).toEqual([]);
  });
});
