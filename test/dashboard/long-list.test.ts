import fc from "fast-check";
import { expect, test } from "vitest";
import { span, type Line } from "../../src/dashboard/lines.ts";
import { createTheme } from "../../src/dashboard/theme.ts";
import { listRows, longListRows } from "../../src/dashboard/views/list.ts";

const { glyphs } = createTheme({ ascii: false, colour: false });

test("a long list shows what the whole would show, whatever is selected and however high its items are", () => {
  const lists = fc.record({
    heights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 60 }),
    height: fc.integer({ min: 1, max: 30 }),
    selected: fc.option(fc.nat({ max: 59 })),
  });
  fc.assert(
    fc.property(lists, ({ heights, height, selected }) => {
      const items = heights.map((lines, item) => Array.from({ length: lines }, (_, line): Line => [span(`${item}.${line}`)]));
      const marked = selected === null ? null : Math.min(selected, items.length - 1);
      const made = longListRows(items.length, (item) => items[item] ?? [], marked, height, glyphs);
      expect(made).toEqual(listRows(items, marked, height, glyphs));
    }),
    { numRuns: 500 },
  );
});

test("of ten thousand items only those in sight are made", () => {
  const asked = new Set<number>();
  const rows = longListRows(10_000, (item) => (asked.add(item), [[span(`${item}`)]]), 5000, 40, glyphs);
  expect(rows).toHaveLength(40);
  expect(rows.find((row) => row.selected)?.item).toBe(5000);
  expect(asked.size).toBeLessThan(100);
});
