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

it("says how many lanes do not fit, at any height", () => {
  const { screen, press } = dashboardParts();
  press("t", "tab");
  for (let height = 10; height <= 32; height += 1) {
    const rows = timeRows(screen.frame(), { width: 78, height });
    const lanes = new Set(rows.flatMap(({ item }) => item ?? [])).size;
    const more = rows.map(({ line }) => /(\d+) more lane/u.exec(line.map(({ text }) => text).join(""))?.[1] ?? "").join("");
    expect(rows.length).toBeLessThanOrEqual(height);
    expect(lanes + Number(more), `at ${height} rows`).toBe(10);
  }
});
