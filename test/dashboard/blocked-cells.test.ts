import { expect, it } from "vitest";
import { blockedCells } from "../../src/dashboard/views/blocked-cells.ts";

const MINUTE = 60_000;
const bar = { from: 0, to: 106 * MINUTE };

function cells(spans: readonly (readonly [number, number])[], columns: number, of: typeof bar | null = bar): readonly number[] {
  const scale = { from: 0, to: 212 * MINUTE, columns };
  return [
    ...blockedCells(
      spans.map(([from, to]) => ({ from: from * MINUTE, to: to * MINUTE })),
      of,
      scale,
    ),
  ].toSorted((a, b) => a - b);
}

it("does not draw a stream as blocked all along whose blockers cover twenty of its 106 minutes", () => {
  // Eight cells of 26.5 minutes, four of which the stream has taken; each is touched by a blocker.
  const blockers = [
    [20, 32],
    [50, 55],
    [100, 103],
  ] as const;
  expect(cells(blockers, 8).length).toBeLessThanOrEqual(2);
  expect(cells(blockers, 8)).not.toEqual([]);
});

it("draws a cell as blocked when blocked time covers at least half of it", () => {
  expect(cells([[10, 30]], 212)).toEqual(Array.from({ length: 20 }, (_, index) => 10 + index));
  expect(cells([[10, 42]], 10.6 * 2)).toEqual([1, 2, 3]);
  expect(cells([[0, 13]], 10.6)).toEqual([0]);
});

it("gives a span shorter than half a cell one cell, the one that it covers most", () => {
  expect(cells([[36, 43]], 10.6)).toEqual([1]);
  expect(cells([[39, 46]], 10.6)).toEqual([2]);
});

it("counts a moment once, however many blockers were open in it", () => {
  expect(
    cells(
      [
        [0, 4],
        [1, 4],
        [2, 4],
        [60, 80],
      ],
      10.6,
    ),
  ).toEqual([0, 3]);
});

it("shows a block of what was never begun, and nothing of what is out of sight", () => {
  expect(cells([[0, 1]], 8, null)).toEqual([0]);
  expect(cells([[300, 400]], 8)).toEqual([]);
  expect(cells([], 8)).toEqual([]);
});
