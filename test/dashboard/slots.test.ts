import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignSlots, type SlotWishes } from "../../src/dashboard/layout/slots.ts";

const wishes = (more: Partial<SlotWishes>): SlotWishes => ({
  slots: [],
  terminals: [1, 2, 3, 4, 5],
  focused: 1,
  attention: [],
  needy: new Set(),
  ...more,
});

describe("the board's panes show", () => {
  test("all terminals in the plan's order when there is room", () => {
    expect(assignSlots(5, wishes({ attention: [5, 4], slots: [3] }))).toEqual([1, 2, 3, 4, 5]);
  });

  test("the focused terminal and those that need a look first", () => {
    expect([...assignSlots(3, wishes({ focused: 2, attention: [5, 3], needy: new Set([5]) }))].sort((a, b) => a - b)).toEqual([2, 3, 5]);
  });

  test("what they showed before, at the same place, while nothing needs a person", () => {
    expect(assignSlots(3, wishes({ slots: [4, 1, 2], attention: [3, 5, 4, 2, 1] }))).toEqual([4, 1, 2]);
  });

  test("a terminal that begins to need a person, in the place of the one that needs a look least", () => {
    expect(assignSlots(3, wishes({ slots: [4, 1, 2], attention: [5, 4, 2, 1, 3], needy: new Set([5]) }))).toEqual([4, 1, 5]);
  });

  test("no longer a terminal that the plan does not have", () => {
    expect(assignSlots(2, wishes({ slots: [9, 2], terminals: [1, 2, 3] }))).toContain(1);
  });

  test("always as many different terminals as there is room for, the focused one among them", () => {
    const terminal = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.uniqueArray(terminal),
        fc.uniqueArray(terminal),
        fc.uniqueArray(terminal),
        terminal,
        (capacity, slots, attention, needy, focused) => {
          const terminals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
          const shown = assignSlots(capacity, { slots, attention, needy: new Set(needy), focused, terminals });
          expect(new Set(shown).size).toBe(capacity);
          expect(shown).toHaveLength(capacity);
          expect(shown).toContain(focused);
        },
      ),
    );
  });
});
