import { describe, expect, test } from "vitest";
import { textOf } from "../../src/dashboard/lines.ts";
import { eventLines } from "../../src/dashboard/views/events.ts";
import { headerLine } from "../../src/dashboard/views/header.ts";
import { statusLine } from "../../src/dashboard/views/status.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureAt, fixtureState } from "../support/marathon-fixture.ts";

describe("when the engine is gone", () => {
  const gone = () => {
    const parts = dashboardParts();
    parts.press("1", "enter");
    parts.stores.marathon.connection({ status: "engine-gone", reason: "killed" });
    return parts;
  };

  test("take-over ends at once, and the keys are the dashboard's again", () => {
    const { stores, calls } = gone();
    expect(stores.view.getState().context).toBe("dashboard");
    expect(calls).toEqual(["take-over 1", "release"]);
  });

  test("nobody is counted as busy, and ages stand still", () => {
    const { screen, pass } = gone();
    expect(textOf(headerLine(screen.frame(), 200))).toMatch(/0\/10 busy/u);
    const before = screen.frame().facts?.terminals.map((terminal) => terminal.age);
    pass(90_000);
    screen.tick();
    expect(screen.frame().facts?.terminals.map((terminal) => terminal.age)).toEqual(before);
  });

  test("the event line says how to go on, and the status line hints nothing that needs an engine", () => {
    const { screen } = gone();
    expect(eventLines(screen.frame(), 160, 1).map(textOf).join("")).toContain("`marathon attach` takes it up again");
    expect(textOf(statusLine(screen.frame(), 200))).not.toMatch(/type into it|who needs me|restart it|try again/u);
  });
});

test("when all is done the event line says so and how to leave, before agents that ended in order", () => {
  const state = fixtureState();
  const log = [1, 2, 3].map((terminal) => ({
    seq: 500 + terminal,
    at: fixtureAt,
    terminal,
    tone: "plain" as const,
    text: `T${terminal} ended with exit code 0`,
  }));
  const { screen } = dashboardParts({ state: { ...state, status: "done", log } });
  const said = eventLines(screen.frame(), 160, 3).map(textOf);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/done: 47 of 100 in 2:41 . q leaves/u);
});
