/**
 * How far work strays from its estimates. The logarithm of (time taken ÷ estimate) of a task is taken to be normal around the
 * run's own ratio, as wide as the estimate's own spread times a factor of the run. Both are learned from the tasks done so far and,
 * so that slow tasks are not forgotten while they still run, from how long those in hand have taken already. Before anything is
 * done the plan is believed, within the usual error of plans.
 */
import type { Estimate } from "../../plan/types.ts";
import { chiSquared, normal, normalDensity, normalShare, type Chance } from "./chance.ts";

/** Spread of single tasks (sigma of the logarithm) where the estimate states none: nine of ten within a factor of 1.8, of 2.7 for derived ones. */
const STATED_SPREAD = 0.35;
const DERIVED_SPREAD = 0.6;
const GUESSED_SPREAD = 0.8;
const LEAST_SPREAD = 0.1;
/** A range is taken to hold eight tasks of ten: it is so many sigmas wide. */
const RANGE_SIGMAS = 2 * 1.2816;
/** How far whole plans are off before anything is known of the run, sigma of the logarithm; and how many tasks the belief in the spreads is worth. */
const PLAN_SPREAD = 0.35;
const SPREAD_BELIEF = 6;
/** Rounds until the tasks in hand agree with the rest; the change after the fifth is below a percent. */
const ROUNDS = 6;

/** Sigma of the logarithm of a task's time, from its estimate; null: its estimate is a guess from other tasks. */
export function spreadOf(estimate: Estimate | null): number {
  if (estimate === null) return GUESSED_SPREAD;
  if (estimate.low > 0 && estimate.high > estimate.low)
    return Math.max(LEAST_SPREAD, Math.log(estimate.high / estimate.low) / RANGE_SIGMAS);
  return estimate.source === "plan" ? STATED_SPREAD : DERIVED_SPREAD;
}

/** A task that has been worked on. `ratio`: working time ÷ estimate, above 0. */
export interface Observation {
  readonly ratio: number;
  readonly spread: number;
  /** False while it runs: it will have taken longer than this. */
  readonly over: boolean;
}

export interface Belief {
  /** Logarithm of the run's ratio: 0 as planned, 0.69 twice as long; and how sure that is (sigma). */
  readonly shift: number;
  readonly doubt: number;
  /** The run's factor on the spreads, squared, and its degrees of freedom. */
  readonly scale: number;
  readonly degrees: number;
  /** Tasks done that it rests on. */
  readonly measured: number;
}

/** What the run teaches. Normal distributions with conjugate priors; tasks in hand by expectation (EM for censored data). */
export function learnSpread(observations: readonly Observation[]): Belief {
  let [shift, scale, doubt, degrees] = [0, 1, PLAN_SPREAD, SPREAD_BELIEF];
  for (let round = 0; round < ROUNDS; round += 1) {
    let precision = 1 / PLAN_SPREAD ** 2;
    let weighted = 0;
    const seen = observations.map((one) => expected(one, shift, Math.sqrt(scale)));
    for (const { value, weight, spread } of seen) {
      const each = weight / (spread * spread * scale);
      precision += each;
      weighted += each * value;
    }
    shift = weighted / precision;
    doubt = Math.sqrt(1 / precision);
    degrees = SPREAD_BELIEF;
    let squares = SPREAD_BELIEF;
    for (const { value, variance, weight, spread } of seen) {
      degrees += weight;
      squares += (weight * ((value - shift) ** 2 + variance)) / (spread * spread);
    }
    scale = squares / degrees;
  }
  return { shift, doubt, scale, degrees, measured: observations.filter((one) => one.over).length };
}

/** A task in hand counts as much as it has told: not at all when it has just begun, whole when it is long overdue. */
function expected(
  { ratio, spread, over }: Observation,
  shift: number,
  factor: number,
): { value: number; variance: number; weight: number; spread: number } {
  const value = Math.log(ratio);
  if (over) return { value, variance: 0, weight: 1, spread };
  const sigma = spread * factor;
  const from = (value - shift) / sigma;
  const above = Math.max(1e-9, 1 - normalShare(from));
  const hazard = from > 5 ? from : normalDensity(from) / above;
  const variance = sigma * sigma * Math.max(0, 1 + from * hazard - hazard * hazard);
  return { value: shift + sigma * hazard, variance, weight: 1 - above, spread };
}

/** One run that may be, drawn from the belief: what to multiply the spreads with, and the shift of all. */
export function drawRun(belief: Belief, chance: Chance): { readonly shift: number; readonly factor: number } {
  const scale = (belief.scale * belief.degrees) / chiSquared(belief.degrees, chance);
  return { shift: belief.shift + belief.doubt * normal(chance), factor: Math.sqrt(scale) };
}
