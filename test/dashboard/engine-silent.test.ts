import { describe, expect, test } from "vitest";
import { EngineSilence } from "../../src/dashboard/engine-silence.ts";
import { textOf } from "../../src/dashboard/lines.ts";
import { createMarathonStore } from "../../src/dashboard/stores/marathon-store.ts";
import { eventLines } from "../../src/dashboard/views/events.ts";
import { headerLine } from "../../src/dashboard/views/header.ts";
import { statusLine } from "../../src/dashboard/views/status.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureAt, fixtureState, fixtureT } from "../support/marathon-fixture.ts";

describe("the silence of an engine", () => {
  const beats = (silence: EngineSilence, count: number) => Array.from({ length: count }, () => silence.beat());

  test("means nothing for some beats, is counted from then on, and ends with the first word", () => {
    const silence = new EngineSilence();
    silence.heard();
    expect(beats(silence, 14)).toEqual([...Array.from({ length: 12 }, () => null), 13, 14]);
    silence.heard();
    expect(silence.beat()).toBeNull();
  });

  test("means nothing before anybody is listened to", () => {
    expect(beats(new EngineSilence(), 100).every((beat) => beat === null)).toBe(true);
  });

  test("of a machine that slept is no silence: the dashboard had no beats either", () => {
    const silence = new EngineSilence();
    silence.heard();
    beats(silence, 1);
    // Eight hours later.
    expect(silence.beat()).toBeNull();
  });
});

describe("a connection whose engine is silent", () => {
  test("is one again with the first word; one that is gone or ended stays so", () => {
    const store = createMarathonStore({ monotonic: () => 0, fold: (state) => state });
    const status = () => store.getState().connection.status;
    store.welcome(fixtureState(), { at: fixtureAt, t: fixtureT, rate: 1 });
    store.silent(7);
    expect(store.getState().connection).toEqual({ status: "silent", seconds: 7 });
    store.silent(null);
    expect(status()).toBe("attached");
    for (const connection of [
      { status: "engine-gone", reason: "killed" },
      { status: "ended", reason: "stopped" },
    ] as const) {
      store.connection(connection);
      store.silent(9);
      store.silent(null);
      expect(status()).toBe(connection.status);
    }
  });

  test("lets marathon time go on, as the engine's clock does", () => {
    const wall = { at: 0 };
    const store = createMarathonStore({ monotonic: () => wall.at, fold: (state) => state });
    store.welcome(fixtureState(), { at: fixtureAt, t: fixtureT, rate: 1 });
    store.silent(7);
    wall.at += 60_000;
    expect(store.now()).toBe(fixtureT + 60_000);
  });

  const silent = () => {
    const parts = dashboardParts();
    parts.press("1", "enter");
    parts.stores.marathon.silent(12);
    parts.screen.tick();
    return parts;
  };

  test("is told at the top, in the event line with what to do, and at the bottom; nobody is said to be busy", () => {
    const frame = silent().screen.frame();
    expect(textOf(headerLine(frame, 200))).toMatch(/ENGINE SILENT.*0\/10 busy/u);
    expect(eventLines(frame, 200, 1).map(textOf).join("")).toMatch(/the engine \(pid \d+\) has not answered for 12 s.*`marathon doctor`/u);
    expect(textOf(statusLine(frame, 200))).toContain("engine silent for 12 s");
  });

  test("keeps the terminal that a person types into: what is typed waits for the engine and is not lost", () => {
    const { stores, calls } = silent();
    expect(stores.view.getState().context).toBe("take-over");
    expect(calls).toEqual(["take-over 1"]);
  });

  test("refuses what only an engine can do, so that nothing happens late and by surprise, and can be left at once", () => {
    const parts = dashboardParts();
    parts.stores.marathon.silent(12);
    parts.press("1", "enter", "R");
    expect(parts.sent).toEqual([]);
    expect(
      parts.stores.view
        .getState()
        .toasts.map(({ text }) => text)
        .join(" "),
    ).toContain("has not answered for 12 s");
    parts.press("q");
    expect(parts.calls).toEqual(["detach"]);
  });
});
