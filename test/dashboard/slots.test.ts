import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignSlots, calmSlots, orderedSlots, type SlotWishes } from "../../src/dashboard/layout/slots.ts";

const wishes = (more: Partial<SlotWishes>): SlotWishes => ({
  arrangement: "grid",
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

  test("the terminal in front, in the place of the one that needs a look least", () => {
    expect(assignSlots(3, wishes({ slots: [4, 1, 2], attention: [4, 2, 1], focused: 5 }))).toEqual([4, 5, 2]);
  });

  test("no longer a terminal that the plan does not have", () => {
    expect(assignSlots(2, wishes({ slots: [9, 2], terminals: [1, 2, 3] }))).toContain(1);
  });

  test("all of them by need to begin with, where a person wants that, and then where they are", () => {
    const wanted = wishes({ arrangement: "attention", attention: [4, 2] });
    expect(assignSlots(5, wanted)).toEqual([4, 2, 1, 3, 5]);
    expect(assignSlots(5, { ...wanted, slots: [4, 2, 1, 3, 5], attention: [5] })).toEqual([4, 2, 1, 3, 5]);
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
        fc.constantFrom("grid" as const, "attention" as const),
        (capacity, slots, attention, needy, focused, arrangement) => {
          const terminals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
          const shown = assignSlots(capacity, { arrangement, slots, attention, needy: new Set(needy), focused, terminals });
          expect(new Set(shown).size).toBe(capacity);
          expect(shown).toHaveLength(capacity);
          expect(shown).toContain(focused);
        },
      ),
    );
  });
});

describe("a calm moment", () => {
  test("shows a terminal that needs a person in the place of the one that needs a look least", () => {
    expect(calmSlots(wishes({ slots: [4, 1, 2], attention: [5, 4, 2, 1, 3], needy: new Set([5]) }), new Set())).toEqual([4, 5, 2]);
  });

  test("moves nothing that is held: what is in front or is being read stays", () => {
    const wanted = wishes({ slots: [4, 1, 2], attention: [5, 4, 2, 1, 3], needy: new Set([5]) });
    expect(calmSlots(wanted, new Set([1]))).toEqual([4, 1, 5]);
    expect(calmSlots(wanted, new Set([1, 2, 4]))).toEqual([4, 1, 2]);
  });

  const front = (more: Partial<SlotWishes>) => wishes({ arrangement: "attention", slots: [1, 2, 3, 4, 5], ...more });

  test("brings those that need a person to the front, and leaves the others where they are", () => {
    expect(calmSlots(front({ attention: [4], needy: new Set([4]) }), new Set())).toEqual([4, 2, 3, 1, 5]);
    expect(calmSlots(front({ attention: [4], needy: new Set([4]) }), new Set([1]))).toEqual([1, 4, 3, 2, 5]);
  });

  test("does not sort those that are in front already", () => {
    expect(calmSlots(front({ attention: [3, 2, 1], needy: new Set([1, 2, 3]) }), new Set())).toEqual([1, 2, 3, 4, 5]);
  });

  test("leaves everything where it is once nobody needs a person any more", () => {
    expect(calmSlots(front({ slots: [4, 2, 3, 1, 5] }), new Set())).toEqual([4, 2, 3, 1, 5]);
  });

  test("by key everything goes where it should be, whatever is in front", () => {
    expect(orderedSlots(front({ attention: [4, 2], focused: 1 }))).toEqual([4, 2, 1, 3, 5]);
  });

  const any = fc.record({
    arrangement: fc.constantFrom("grid" as const, "attention" as const),
    slots: fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { minLength: 1 }),
    attention: fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    needy: fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).map((numbers) => new Set(numbers)),
    held: fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).map((numbers) => new Set(numbers)),
  });

  test("moves no held terminal, shows none twice, hides none that needs a person, and leaves nothing for the next one to do", () => {
    fc.assert(
      fc.property(any, ({ held, ...some }) => {
        const wanted: SlotWishes = { ...some, terminals: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], focused: 1 };
        const after = calmSlots(wanted, held);
        expect(after).toHaveLength(some.slots.length);
        expect(new Set(after).size).toBe(after.length);
        for (const [place, terminal] of some.slots.entries()) {
          if (held.has(terminal)) expect(after[place]).toBe(terminal);
          if (some.needy.has(terminal)) expect(after).toContain(terminal);
        }
        expect(calmSlots({ ...wanted, slots: after }, held)).toEqual(after);
      }),
    );
  });

  test("in front of a terminal that needs a person are only others that do, and those that are held", () => {
    fc.assert(
      fc.property(any, ({ held, ...some }) => {
        const wanted: SlotWishes = { ...some, arrangement: "attention", terminals: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], focused: 1 };
        const after = calmSlots(wanted, held);
        const last = after.findLastIndex((terminal) => some.needy.has(terminal) && !held.has(terminal));
        for (const terminal of after.slice(0, Math.max(0, last))) expect(some.needy.has(terminal) || held.has(terminal)).toBe(true);
      }),
    );
  });
});
