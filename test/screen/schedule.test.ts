import { describe, expect, it } from "vitest";
import { Scheduler, SLICE_BYTES, type Work } from "../../src/screen/schedule.ts";

/** A thread whose turns are called by hand and whose clock only parsing moves. */
function thread() {
  let now = 0;
  const turns: (() => void)[] = [];
  const parsed: string[] = [];
  const scheduler = new Scheduler({ now: () => now, later: (turn) => void turns.push(turn) });
  return {
    scheduler,
    parsed,
    turn: () => turns.shift()?.(),
    turnsLeft: () => turns.length,
    /** Work of so many bytes, of which a kilobyte takes `cost` ms. */
    work: (name: string, bytes: number, cost = 0.02): Work => {
      let pending = bytes;
      return {
        get pending() {
          return pending;
        },
        parse(limit) {
          const taken = Math.min(limit, pending);
          pending -= taken;
          now += (taken / 1024) * cost;
          parsed.push(name);
        },
      };
    },
  };
}

describe("the scheduler", () => {
  it("parses a little output of the focused screen at once", () => {
    const { scheduler, parsed, work, turnsLeft } = thread();
    const front = work("front", 200);
    scheduler.focus(front);
    scheduler.add(front);
    expect(parsed).toEqual(["front"]);
    expect(turnsLeft()).toBe(0);
  });

  it("lets the others' output wait for the next turn", () => {
    const { scheduler, parsed, work, turn } = thread();
    scheduler.add(work("a", 200));
    expect(parsed).toEqual([]);
    turn();
    expect(parsed).toEqual(["a"]);
  });

  it("gives each a slice in turn, the focused one first", () => {
    const { scheduler, parsed, work, turn } = thread();
    const front = work("front", 3 * SLICE_BYTES);
    for (const name of ["a", "b"]) scheduler.add(work(name, 2 * SLICE_BYTES));
    scheduler.focus(front);
    scheduler.add(front);
    turn();
    expect(parsed).toEqual(["front", "a", "b", "front", "a", "b", "front"]);
  });

  it("hands the thread back sooner while somebody types", () => {
    const { scheduler, parsed, work, turn } = thread();
    scheduler.add(work("flood", 5000 * SLICE_BYTES));
    turn();
    const calm = parsed.length;
    scheduler.hurry();
    turn();
    expect(parsed.length - calm).toBeLessThan(calm / 2);
    for (let later = 0; later < 200; later++) turn();
    const before = parsed.length;
    turn();
    expect(parsed.length - before).toBe(calm);
  });

  it("hands the thread back when its time is over, and goes on in the next turn", () => {
    const { scheduler, parsed, work, turn, turnsLeft } = thread();
    scheduler.add(work("flood", 100 * SLICE_BYTES));
    turn();
    const first = parsed.length;
    expect(first).toBeGreaterThan(10);
    expect(first).toBeLessThan(100);
    expect(turnsLeft()).toBe(1);
    while (turnsLeft() > 0) turn();
    expect(parsed.length).toBe(100);
  });

  it("cuts slow output into smaller slices, so that it does not take the others' time", () => {
    const { scheduler, parsed, work, turn } = thread();
    scheduler.add(work("slow", 40 * SLICE_BYTES, 5));
    turn();
    expect(parsed.length).toBe(1);
    scheduler.add(work("quick", SLICE_BYTES));
    turn();
    expect(parsed).toContain("quick");
    expect(parsed.filter((name) => name === "slow").length).toBeGreaterThan(2);
  });

  it("forgets work that was removed", () => {
    const { scheduler, parsed, work, turn } = thread();
    const gone = work("gone", 100);
    scheduler.add(gone);
    scheduler.remove(gone);
    turn();
    expect(parsed).toEqual([]);
  });
});
