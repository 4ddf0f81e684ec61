/** When Ink is loaded: after the first frame, and not while programs that start beside it would rather have the processor. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Drawing } from "../../src/dashboard/drawing.ts";

type Parts = ConstructorParameters<typeof Drawing>[0];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A drawing of which only it is looked at when Ink begins. */
function drawing(starting: () => boolean): { readonly drawing: Drawing; readonly inkBegan: () => boolean } {
  const render = vi.fn(() => Promise.resolve(() => {}));
  const parts = { screen: {}, chrome: { sketch: () => {} }, painter: { paintNow: () => {}, paint: () => {} }, render, starting };
  return { drawing: new Drawing(parts as unknown as Parts), inkBegan: () => render.mock.calls.length > 0 };
}

test("Ink is loaded a moment after the first frame, where every program that is shown has said something", () => {
  const { drawing: one, inkBegan } = drawing(() => false);
  one.start();
  vi.advanceTimersByTime(399);
  expect(inkBegan()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(inkBegan()).toBe(true);
});

test("it waits for programs that have not said anything yet, and begins soon after the last of them", () => {
  let starting = true;
  const { drawing: one, inkBegan } = drawing(() => starting);
  one.start();
  vi.advanceTimersByTime(2000);
  expect(inkBegan()).toBe(false);
  starting = false;
  vi.advanceTimersByTime(200);
  expect(inkBegan()).toBe(true);
});

test("a program that never says anything is not waited for, and a person not either", () => {
  const silent = drawing(() => true);
  silent.drawing.start();
  vi.advanceTimersByTime(5000);
  expect(silent.inkBegan()).toBe(true);
  const hurried = drawing(() => true);
  hurried.drawing.start();
  hurried.drawing.hurry();
  expect(hurried.inkBegan()).toBe(true);
});

test("nothing is loaded for a dashboard that was left meanwhile", () => {
  const { drawing: one, inkBegan } = drawing(() => true);
  one.start();
  vi.advanceTimersByTime(600);
  one.stop();
  vi.advanceTimersByTime(10_000);
  expect(inkBegan()).toBe(false);
});
