/**
 * What control sequences cost the emulator beyond reading them, measured with @xterm/headless 6.0.0 at 200×60 (µs). A few
 * bytes of these can take longer than kilobytes of text, so output is cut where they add up: see clamp.ts.
 */

/** Larger counts are cut to `limit`: screens have no more lines, so they have no further effect. */
interface Loop {
  /** µs for each count. */
  readonly each: number;
  readonly limit: number;
}

/** More lines than any screen, and than any tab stops in a line. */
const MAX_LINES = 500;
/** No screen has more cells in a row, no mode a higher number. */
export const MAX_NUMBER = 9999;

const LINES: Loop = { each: 2.5, limit: MAX_LINES };
const TABS: Loop = { each: 0.4, limit: MAX_LINES };

const LOOPS: Readonly<Record<string, Loop>> = {
  L: LINES,
  M: LINES,
  S: LINES,
  T: LINES,
  I: TABS,
  Z: TABS,
  b: { each: 0.03, limit: MAX_NUMBER },
};

/** Screens are built anew: alternate screen and 132 columns. */
const COSTLY_MODES = new Set([3, 47, 1047, 1049]);

export const RESET_COST = 130;
export const FILL_COST = 30;

const byFinal: readonly (Loop | undefined)[] = Array.from({ length: 0x80 }, (_, code) => LOOPS[String.fromCharCode(code)]);

/** The largest number that sequences with this final byte need. */
export function largestNumber(final: number): number {
  return byFinal[final]?.limit ?? MAX_NUMBER;
}

/** µs that a control sequence takes; `first` is its first number. */
export function sequenceCost(final: number, first: number): number {
  const loop = byFinal[final];
  if (loop) return loop.each * Math.min(first, loop.limit);
  if (final === 0x4a) return FILL_COST;
  return (final === 0x68 || final === 0x6c) && COSTLY_MODES.has(first) ? RESET_COST / 2 : 0;
}
