import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceFrom, chiSquared, normal, normalAbove, normalQuantile, normalShare } from "../../../src/marathon/time/chance.ts";

describe("chance", () => {
  it("repeats itself for one seed and differs for another", () => {
    const draw = (seed: string) => Array.from({ length: 5 }, chanceFrom(seed));
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("knows quantiles and shares of the normal as each other's inverse", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (share) => {
        expect(normalShare(normalQuantile(share))).toBeCloseTo(share, 6);
      }),
    );
  });

  it("draws normals of mean 0 and width 1, and chi-squares of their degrees", () => {
    const chance = chanceFrom("seed");
    const drawn = Array.from({ length: 20_000 }, () => normal(chance));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length).toBeCloseTo(1, 1);
    const squares = Array.from({ length: 20_000 }, () => chiSquared(6, chance));
    expect(squares.reduce((sum, value) => sum + value, 0) / squares.length).toBeCloseTo(6, 0);
  });

  it("never falls below where a tail begins, however far out", () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 40, noNaN: true }), fc.string(), (from, seed) => {
        const value = normalAbove(from, chanceFrom(seed));
        expect(value).toBeGreaterThanOrEqual(Math.max(from, -8));
        expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
