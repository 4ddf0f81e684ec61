import { expect, test } from "vitest";
import { textOf } from "../../src/dashboard/lines.ts";
import { bodyLines } from "../../src/dashboard/views/overlay.ts";

const shown = (text: string, width: number): readonly string[] => bodyLines([text], width).map(textOf);

test("a line that is moved in stays so, and so does what of it is wrapped", () => {
  expect(shown("  [ ] sorted by risk", 40)).toEqual(["  [ ] sorted by risk"]);
  expect(shown("    fixed in that order", 14)).toEqual(["    fixed in", "    that order"]);
  expect(shown("not moved in", 5)).toEqual(["not", "moved", "in"]);
});

test("a line that is moved in further than the page is wide has half of it", () => {
  expect(shown(`${" ".repeat(90)}far away`, 10)).toEqual(["     far", "     away"]);
  expect(shown(" ".repeat(90), 10)).toEqual(["     "]);
});
