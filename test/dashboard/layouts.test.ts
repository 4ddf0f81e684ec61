import { describe, expect, test } from "vitest";
import { CALM_MS } from "../../src/dashboard/calm.ts";
import { textOf } from "../../src/dashboard/lines.ts";
import { headerLine } from "../../src/dashboard/views/header.ts";
import type { State } from "../../src/marathon/types.ts";
import { dashboardParts, type PartsOptions } from "../support/dashboard-parts.ts";
import { fixtureAt, fixtureState, fixtureT } from "../support/marathon-fixture.ts";

function dashboard(options: PartsOptions = {}) {
  const parts = dashboardParts(options);
  const view = () => parts.stores.view.getState();
  return {
    ...parts,
    view,
    toasts: () => view().toasts.map((toast) => toast.text),
    shown: () => parts.controller.layout().panes.map((pane) => pane.terminal),
    becomes: (state: State) => parts.stores.marathon.welcome(state, { at: fixtureAt, t: fixtureT, rate: 1 }),
    /** Seconds pass in which the screen looks at its clock, as it does. */
    quiet: (ms: number) => {
      parts.pass(ms);
      parts.screen.tick();
    },
  };
}

const HOUR = 3_600_000;

/** The fixture with these terminals asking, and no other trouble. */
function asking(...numbers: readonly number[]): State {
  const state = fixtureState();
  const terminals = Object.values(state.terminals).map((terminal) => {
    const asks = numbers.includes(terminal.number);
    return { ...terminal, state: asks ? ("asking" as const) : ("busy" as const), kind: asks ? ("question" as const) : null, exit: null };
  });
  return { ...state, blockers: {}, terminals: Object.fromEntries(terminals.map((terminal) => [terminal.number, terminal])) };
}

describe("choosing a layout", () => {
  test("L goes through all of them and says which, Alt with a letter goes straight to one", () => {
    const { press, view, toasts } = dashboard();
    const seen = [1, 2, 3, 4].map(() => (press("L"), view().look.arrangement));
    expect(seen).toEqual(["focus", "attention", "wall", "grid"]);
    expect(toasts().at(-1)).toBe("layout grid: as many terminals as have room, beside the lists");
    press("alt+w");
    expect(view().look).toEqual({ arrangement: "wall", frames: true });
    press("F");
    expect(view().look).toEqual({ arrangement: "wall", frames: false });
  });

  test("from the zoom it leads to the board; where only one terminal has room it says so", () => {
    const { press, view, toasts } = dashboard({ columns: 80, rows: 24 });
    press("z", "alt+a");
    expect(view().view).toBe("board");
    expect(toasts().at(-1)).toContain("room for one terminal at a time");
  });

  test("the palette has a row for each", () => {
    const { press, view, controller } = dashboard();
    press(":", ..."layout focus");
    press("enter");
    expect(view().look.arrangement).toBe("focus");
    expect(controller.run("layout-grid")).toBe(true);
    expect(view().look.arrangement).toBe("grid");
  });
});

describe("in the focus layout", () => {
  test("Tab and the arrows go from terminal to terminal by number, and back", () => {
    const { press, view } = dashboard();
    press("alt+f");
    const seen = ["tab", "l", "j", "h", "k", "shift+tab", "shift+tab"].map((key) => (press(key), view().focused));
    expect(seen).toEqual([2, 3, 4, 3, 2, 1, 10]);
  });

  test("a click on a small pane or on a title puts its terminal in front", () => {
    for (const [columns, rows] of [
      [160, 45],
      [120, 36],
      [80, 24],
    ] as const) {
      const { press, view, controller } = dashboard({ columns, rows });
      press("alt+f");
      const place = controller.layout().panes.find((pane) => pane.terminal === 6)?.outer;
      if (place === undefined) throw new Error(`terminal 6 has no place at ${columns}×${rows}`);
      controller.onMouse({ kind: "press", button: "left", x: place.x + 5, y: place.y });
      expect(view().focused).toBe(6);
    }
  });
});

test("a click on a list's title goes to that list, although it is the border of a pane too", () => {
  const { view, controller } = dashboard({ columns: 120, rows: 36 });
  const list = controller.layout().lists.find((one) => one.name === "terminals")?.outer;
  controller.onMouse({ kind: "press", button: "left", x: (list?.x ?? 0) + 4, y: list?.y ?? 0 });
  expect(view().area).toBe("terminals");
});

test("on a zoomed terminal the wheel scrolls anywhere, and a double click anywhere leads back", () => {
  const { press, view, controller, stores } = dashboard();
  press("z");
  const modes = {} as never;
  stores.panes.update(1, { title: "", modes, cols: 160, rows: 40, scrollback: 50, scroll: 0 });
  controller.onMouse({ kind: "press", button: "wheel-up", x: 80, y: 20 });
  expect(view().scroll[1]).toBe(3);
  controller.onMouse({ kind: "press", button: "left", x: 80, y: 20 });
  controller.onMouse({ kind: "press", button: "left", x: 80, y: 20 });
  expect(view().view).toBe("board");
});

describe("those that need a look", () => {
  const attentive = () => {
    const desk = dashboard({ state: asking() });
    desk.press("alt+a");
    return desk;
  };

  test("come to the front once no key was pressed for a while, and that is said", () => {
    const { shown, becomes, quiet, press, toasts } = attentive();
    expect(shown().slice(0, 3)).toEqual([1, 2, 3]);
    press("2");
    becomes(asking(3));
    quiet(CALM_MS - 1000);
    expect(shown().slice(0, 3)).toEqual([1, 2, 3]);
    quiet(1000);
    expect(shown().slice(0, 3)).toEqual([3, 2, 1]);
    expect(toasts()).toContain("T3 needs a look: its pane came to the front");
  });

  test("are shown instead of another one where not all have room, in the grid too", () => {
    const { shown, becomes, quiet, toasts } = dashboard({ state: asking() });
    const before = shown();
    expect(before).not.toContain(9);
    becomes(asking(9));
    quiet(CALM_MS);
    expect(shown()).toContain(9);
    expect(shown().filter((terminal) => before.includes(terminal))).toHaveLength(before.length - 1);
    expect(toasts().at(-1)).toMatch(/^T9 needs a look: it is shown instead of T\d$/u);
  });

  test("never move what is in front, is typed into, or is being read", () => {
    const { shown, becomes, quiet, press, view, stores } = attentive();
    stores.view.setState({ scroll: { 2: 10 } });
    becomes(asking(3));
    quiet(CALM_MS);
    expect(shown()).toEqual([1, 2, 3]);
    press("enter");
    stores.view.setState({ scroll: {} });
    quiet(60_000);
    expect(view().context).toBe("take-over");
    expect(shown()).toEqual([1, 2, 3]);
    press("ctrl+q");
    quiet(CALM_MS);
    expect(shown()).toEqual([1, 3, 2]);
  });

  test("wait while a page is open, and one move waits for the one before", () => {
    const { shown, becomes, quiet, press } = attentive();
    press("2", "?");
    becomes(asking(3));
    quiet(60_000);
    expect(shown()).toEqual([1, 2, 3]);
    press("escape");
    quiet(CALM_MS);
    expect(shown()).toEqual([3, 2, 1]);
    becomes(asking(1));
    quiet(CALM_MS - 1000);
    expect(shown()).toEqual([3, 2, 1]);
    quiet(1000);
    expect(shown()).toEqual([1, 2, 3]);
  });

  test("O brings them to the front at once; where there is nothing to order it says why", () => {
    const { shown, becomes, press, toasts } = attentive();
    becomes(asking(9, 3));
    press("O");
    expect(shown().toSorted((a, b) => a - b)).toEqual([1, 3, 9]);
    expect(
      shown()
        .slice(0, 2)
        .toSorted((a, b) => a - b),
    ).toEqual([3, 9]);
    press("alt+f", "O");
    expect(toasts().at(-1)).toBe("this layout has no places to be ordered");
  });
});

describe("the header's pace", () => {
  const header = (state: State, width = 220) => textOf(headerLine(dashboard({ state, columns: width }).screen.frame(), width));

  /** Fifty hours by its timeline, and an hour for each stream, all of which run at once. */
  const sideBySide = (state: State): State => {
    const timeline = [{ kind: "session" as const, start: 0, end: 50, session: null, label: "all" }];
    const streams = state.plan.streams.map((stream) => ({ ...stream, hours: 1 }));
    return { ...state, plan: { ...state.plan, timeline, streams } };
  };

  test("is the likely end less the planned one, which stand beside it, and tells how many streams are behind all the same", () => {
    const state = sideBySide(fixtureState());
    const ending = (p50: number, p90: number): State =>
      state.forecast ? { ...state, forecast: { ...state.forecast, marathon: { p50: p50 * HOUR, p90: p90 * HOUR } } } : state;
    expect(header(ending(5, 6))).toMatch(/of 50:00 .*finish 5:00–6:00 +▲ ends 45h early +▼ 5 of 6 streams behind/u);
    expect(header(ending(5, 6), 80)).toMatch(/▲ 45h early/u);
    expect(header(ending(51, 53))).toMatch(/▼ ends 1h00 late +■/u);
  });

  test("is measured on what is done while there is no forecast", () => {
    const { forecast: _, ...state } = sideBySide(fixtureState());
    expect(header(state)).toMatch(/▲ \S+ ahead +▼ 5 of 6 streams behind/u);
  });

  test("tells how early it ended once all is over, and of no stream that it is behind", () => {
    const state = sideBySide(fixtureState());
    const tasks = Object.fromEntries(
      Object.entries(state.tasks).map(([number, task]) => [number, { ...task, state: "done" as const, endedAt: 3 * HOUR }]),
    );
    expect(header({ ...state, tasks, status: "done" })).toMatch(/▲ ended \S+ early +■/u);
  });

  test("says no more than itself while the streams agree", () => {
    expect(header(fixtureState())).not.toContain("streams");
  });
});
