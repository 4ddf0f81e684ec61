import stringWidth from "string-width";
import { expect, it } from "vitest";
import { timeRows } from "../../src/dashboard/views/time.ts";
import type { State } from "../../src/marathon/types.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureState, fixtureT } from "../support/marathon-fixture.ts";

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

it("tells what its strokes mean, whole at any width, and no stroke that is not there", () => {
  const legend = (width: number, state = fixtureState()) => {
    const { screen } = dashboardParts({ state });
    const rows = timeRows(screen.frame(), { width, height: 44 }).map(({ line }) => line.map(({ text }) => text).join(""));
    const said = rows.slice(rows.findIndex((row) => row.includes("├─┤ planned"))).map((row) => row.trimEnd());
    expect(said.every((row) => stringWidth(row) <= width)).toBe(true);
    return said.join(" ");
  };
  for (const width of [78, 118, 198]) {
    const said = legend(width);
    expect(said).toMatch(/├─┤ planned .*┄ buffer .*█ worked .*▒ blocked .*░ to the likely end .*· to that of nine in ten/u);
    expect(said.includes("+1h -1h ends later")).toBe(width > 78);
  }
  const { forecast: _, ...none } = fixtureState();
  expect(legend(78, none)).not.toContain("to the likely end");
});

function heads(state: State): string {
  const { screen } = dashboardParts({ state });
  return timeRows(screen.frame(), SIZE)
    .map(({ line }) => line.map(({ text }) => text).join(""))
    .join("\n");
}

const forecast = {
  marathon: null,
  streams: {},
  sessions: {},
  terminals: {},
  ratio: 1.29,
  measured: 3,
  samples: 500,
  criticalPath: [],
  t: fixtureT,
  at: fixtureT,
  past: [],
};

it("says what the forecast multiplies: estimates that are stated, or assumed ones", () => {
  const state = { ...fixtureState(), forecast };
  expect(heads(state)).toContain("500 runs of what is left, at ×1.29 of the estimates (3 tasks measured)");
  const unstated = { ...state, plan: { ...state.plan, tasks: state.plan.tasks.map((task) => ({ ...task, estimate: null })) } };
  expect(heads(unstated)).toContain("at ×1.29 of assumed estimates (none stated, 3 measured)");
});

it("speaks of nothing that is left once all is done", () => {
  const said = heads({ ...fixtureState(), forecast, status: "done" });
  expect(said).toContain("forecast: nothing is left");
  expect(said).not.toContain("runs of what is left");
  expect(heads({ ...fixtureState(), status: "done" })).toContain("forecast: nothing is left");
});

it("answers Enter on an empty list of blockers with that nothing is blocked", () => {
  const { stores, press } = dashboardParts({ state: { ...fixtureState(), blockers: {} } });
  stores.view.setState({ area: "blockers" });
  press("enter");
  expect(stores.view.getState().toasts.map(({ text }) => text)).toEqual(["nothing is blocked"]);
});
