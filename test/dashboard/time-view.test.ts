import { expect, it } from "vitest";
import { timeRows } from "../../src/dashboard/views/time.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureT } from "../support/marathon-fixture.ts";

const SIZE = { width: 118, height: 30 };

it("goes by the clock of the header, not by what the engine said last", () => {
  const { screen, pass } = dashboardParts();
  const head = () => {
    screen.tick();
    const [first] = timeRows(screen.frame(), SIZE);
    return first?.line.map(({ text }) => text).join("");
  };
  expect(head()).toMatch(/^2:41/u);
  pass(10 * 60_000);
  expect(head()).toMatch(/^2:51/u);
  expect(screen.frame().now).toBe(fixtureT + 10 * 60_000);
});
