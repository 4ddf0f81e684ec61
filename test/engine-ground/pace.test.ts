import { describe, expect, test } from "vitest";
import { Pace } from "../../src/engine/holder/pace.ts";

/** A pace whose moments pass when the test says so, with the flushes that it asks for. */
class Stage {
  flushes = 0;
  moments = 0;
  #over: (() => void) | null = null;
  readonly pace = new Pace(
    (over) => {
      this.moments++;
      this.#over = over;
    },
    () => this.flushes++,
  );

  momentPasses(): void {
    const over = this.#over;
    this.#over = null;
    over?.();
  }
}

function stage(front: number | null): Stage {
  const made = new Stage();
  made.pace.front(front);
  return made;
}

describe("output of terminals that nobody has in front", () => {
  test("goes at once after a silence, and what comes within the moment goes together behind it", () => {
    const it = stage(1);
    expect(it.pace.mayWait(2, 100)).toBe(false);
    expect([3, 4, 2].map((terminal) => it.pace.mayWait(terminal, 100))).toEqual([true, true, true]);
    expect(it.flushes).toBe(0);
    it.momentPasses();
    expect(it.flushes).toBe(1);
    expect(it.pace.mayWait(5, 100)).toBe(true);
    it.momentPasses();
    expect(it.flushes).toBe(2);
  });

  test("wakes nobody once it is silent", () => {
    const it = stage(null);
    it.pace.mayWait(2, 100);
    it.momentPasses();
    expect([it.flushes, it.moments]).toEqual([0, 1]);
    expect(it.pace.mayWait(2, 100)).toBe(false);
  });

  test("does not wait where it is much", () => {
    const it = stage(1);
    it.pace.mayWait(2, 100);
    expect([it.pace.mayWait(3, 511), it.pace.mayWait(3, 512)]).toEqual([true, false]);
  });
});

test("the terminal in front, and the one that was typed for last, never wait", () => {
  const it = stage(1);
  it.pace.typed(7);
  it.pace.mayWait(2, 100);
  expect([1, 7, 1, 7].map((terminal) => it.pace.mayWait(terminal, 100))).toEqual([false, false, false, false]);
  it.pace.front(3);
  expect([1, 3].map((terminal) => it.pace.mayWait(terminal, 100))).toEqual([true, false]);
});

test("an engine of a version that does not tell what is in front gets everything at once", () => {
  const it = new Stage();
  expect([2, 3, 2].map((terminal) => it.pace.mayWait(terminal, 100))).toEqual([false, false, false]);
  expect(it.moments).toBe(0);
});
