import { describe, expect, test } from "vitest";
import { reporterOf } from "../../src/commands/reporter.ts";

describe("who reports", () => {
  const env = { MARATHON_TERMINAL: "3", MARATHON_PROJECT: "/work/it", MARATHON_ID: "m-1" };

  test("is known by the environment of its terminal", () => {
    expect(reporterOf({}, env)).toMatchObject({ project: "/work/it", terminal: 3, marathon: "m-1" });
  });

  test("is another terminal or of another project where the flags say so; then whatever runs there is meant", () => {
    expect(reporterOf({ terminal: 7 }, env)).toMatchObject({ terminal: 7, by: "terminal 7", marathon: "m-1" });
    expect(reporterOf({ project: "/else" }, env)).toMatchObject({ project: "/else", marathon: null });
  });

  test.each(["0", "11", "x", "", "3; rm"])("is a person where the environment says %j", (text) => {
    expect(reporterOf({}, { MARATHON_TERMINAL: text })).toMatchObject({ terminal: null, project: process.cwd(), marathon: null });
  });
});
