import { describe, expect, test } from "vitest";
import type { Event } from "../../src/marathon/types.ts";
import { createMarathonStore } from "../../src/dashboard/stores/marathon-store.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureAt, fixtureState, fixtureT } from "../support/marathon-fixture.ts";

const event = (seq: number): Event => ({ type: "timer-fired", timer: "x", seq, at: fixtureAt, t: fixtureT });

describe("the marathon store", () => {
  const parts = (wall: { at: number }) =>
    createMarathonStore({ monotonic: () => wall.at, fold: (state, one) => ({ ...state, seq: one.seq }) });

  test("folds events in order, forgets those it has, and says when one is missing", () => {
    const store = parts({ at: 0 });
    expect(store.event(event(501))).toBe(false);
    store.welcome(fixtureState(), { at: fixtureAt, t: fixtureT, rate: 1 });
    expect(store.event(event(501))).toBe(true);
    expect(store.getState().state?.seq).toBe(501);
    expect(store.event(event(500))).toBe(true);
    expect(store.event(event(503))).toBe(false);
    expect(store.getState().state?.seq).toBe(501);
  });

  test("carries the clock on at the marathon's rate, and holds it while nothing is heard of the engine", () => {
    const wall = { at: 1_000 };
    const store = parts(wall);
    store.welcome(fixtureState(), { at: 99, t: fixtureT, rate: 60 });
    wall.at += 500;
    expect(store.now()).toBe(fixtureT + 30_000);
    store.connection({ status: "engine-gone", reason: "the engine is gone" });
    expect(store.now()).toBe(fixtureT);
  });

  test("never lets time run back behind the newest event", () => {
    const wall = { at: 1_000 };
    const store = parts(wall);
    store.welcome({ ...fixtureState(), t: 10_000 }, { at: 0, t: 9_000, rate: 0 });
    expect(store.now()).toBe(10_000);
  });
});

describe("toasts", () => {
  test("go after their time, the same text is not stacked, and three are as many as there are", () => {
    const { stores, pass } = dashboardParts();
    for (const text of ["a", "b", "b", "c", "d"]) stores.view.toast(text, "plain", 1000);
    expect(stores.view.getState().toasts.map((toast) => toast.text)).toEqual(["b", "c", "d"]);
    pass(1000);
    expect(stores.view.getState().toasts).toEqual([]);
  });

  test("wait no longer once the store is stopped", () => {
    const { stores, pass } = dashboardParts();
    stores.view.toast("a", "plain", 1000);
    stores.view.stop();
    pass(5000);
    expect(stores.view.getState().toasts).toHaveLength(1);
  });
});

describe("the screen", () => {
  test("is computed once, however many ask, until something changes", () => {
    const { screen, stores } = dashboardParts();
    const before = screen.frame();
    expect(screen.frame()).toBe(before);
    stores.view.setState({ focused: 2 });
    expect(screen.frame()).not.toBe(before);
    expect(screen.frame().facts).toBe(before.facts);
  });

  test("keeps the same layout while nothing has moved", () => {
    const { screen, stores } = dashboardParts();
    const before = screen.frame().layout;
    stores.view.toast("hello");
    expect(screen.frame().layout).toBe(before);
    stores.view.setState({ view: "zoom" });
    expect(screen.frame().layout).not.toBe(before);
  });

  test("shows a key's effect at once and gathers what the engine tells into one frame", () => {
    const { screen, stores, pass } = dashboardParts();
    let told = 0;
    screen.subscribe(() => told++);
    stores.view.setState({ area: "blockers" });
    expect(told).toBe(1);
    for (let seq = 501; seq <= 600; seq++) stores.marathon.event(event(seq));
    expect(told).toBe(1);
    pass(50);
    expect(told).toBe(2);
  });

  test("leaves no listener and no timer behind when it is stopped", () => {
    const { screen, stores, pass } = dashboardParts();
    let told = 0;
    screen.subscribe(() => told++);
    stores.marathon.event(event(501));
    screen.stop();
    pass(1000);
    stores.view.setState({ area: "blockers" });
    expect(told).toBe(0);
  });
});
