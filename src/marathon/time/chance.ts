/** Chance that repeats itself: numbers from a seed, and what forecasts need of the normal distribution. Pure. */

/** A source of numbers from 0 up to, not including, 1. */
export type Chance = () => number;

/** The same seed gives the same numbers on every machine. Generator: mulberry32 (Tommy Ettinger, public domain), seeded by FNV-1a. */
export function chanceFrom(seed: string): Chance {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal. */
export function normal(chance: Chance): number {
  return normalQuantile(clampShare(chance()));
}

/** Standard normal, given that it is above `from`. */
export function normalAbove(from: number, chance: Chance): number {
  if (from <= -8) return normal(chance);
  // Far out the tail is an exponential one of rate `from`, and the quantile of a share next to 1 would be all rounding.
  if (from >= 5) return from - Math.log(1 - chance()) / from;
  const below = normalShare(from);
  return Math.max(from, normalQuantile(clampShare(below + chance() * (1 - below))));
}

/** Chi-squared with so many degrees of freedom, by the cube of a normal (Wilson and Hilferty 1931); good from 3 degrees on. */
export function chiSquared(degrees: number, chance: Chance): number {
  const step = 2 / (9 * degrees);
  return degrees * Math.max(0.01, 1 - step + normal(chance) * Math.sqrt(step)) ** 3;
}

/** Density of the standard normal. */
export function normalDensity(at: number): number {
  return Math.exp(-(at * at) / 2) / Math.sqrt(2 * Math.PI);
}

/** Share of the standard normal below `at`; error below 8e-8 (Abramowitz and Stegun 26.2.17). */
export function normalShare(at: number): number {
  const size = Math.abs(at);
  const k = 1 / (1 + 0.2316419 * size);
  const series = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  const above = normalDensity(size) * series;
  return at >= 0 ? 1 - above : above;
}

/** Where a share of the standard normal lies below; relative error below 1.2e-9 (Peter Acklam's rational approximation). */
export function normalQuantile(share: number): number {
  if (share < 0.02425) return tail(Math.sqrt(-2 * Math.log(share)));
  if (share > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - share)));
  const q = share - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1)
  );
}

function tail(q: number): number {
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}

function clampShare(share: number): number {
  return Math.min(1 - 1e-12, Math.max(1e-12, share));
}
