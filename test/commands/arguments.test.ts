import { expect, test } from "vitest";
import { seconds } from "../../src/cli-arguments.ts";

test.each([
  ["3", 3],
  ["0.3", 0.3],
  ["3s", 3],
  ["5m", 300],
  ["1h 30m", 5400],
])("a time-out of %s is %d seconds", (text, wanted) => expect(seconds(text)).toBeCloseTo(wanted, 6));

test.each(["0", "-1", "", "soon", "3 apples"])("%o is no time-out, and the message says what is", (text) =>
  expect(() => seconds(text)).toThrow("a duration such as 90s, 5m or 1h"),
);
