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
/** Rounds until shift and spreads agree; the change after the fifth is below a percent. */
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

/**
 * What the run teaches. Normal distributions with conjugate priors; of tasks in hand it is known that they take longer than so far
 * (censored data): the most likely shift by Newton's steps, how sure it is by the curvature there.
 */
export function learnSpread(observations: readonly Observation[]): Belief {
  let [shift, scale, doubt, degrees] = [0, 1, PLAN_SPREAD, SPREAD_BELIEF];
  for (let round = 0; round < ROUNDS; round += 1) {
    const factor = Math.sqrt(scale);
    let slope = -shift / PLAN_SPREAD ** 2;
    let curvature = 1 / PLAN_SPREAD ** 2;
    degrees = SPREAD_BELIEF;
    let squares = SPREAD_BELIEF;
    for (const one of observations) {
      const seen = told(one, shift, factor);
      slope += seen.slope;
      curvature += seen.curvature;
      degrees += seen.weight;
      squares += seen.weight * seen.square * scale;
    }
    shift += slope / curvature;
    doubt = Math.sqrt(1 / curvature);
    scale = squares / degrees;
  }
  return { shift, doubt, scale, degrees, measured: observations.filter((one) => one.over).length };
}

interface Told {
  /** Of the logarithm of the likelihood, by the shift: first derivative, and second one with its sign turned. */
  readonly slope: number;
  readonly curvature: number;
  /** Expected square of the distance from the shift in sigmas, and how much it tells about the run's factor on spreads. */
  readonly square: number;
  readonly weight: number;
}

/** A task in hand tells of the spreads as much as it has got through: nothing when it has just begun, all when it is long overdue. */
function told({ ratio, spread, over }: Observation, shift: number, factor: number): Told {
  const sigma = spread * factor;
  const from = (Math.log(ratio) - shift) / sigma;
  if (over) return { slope: from / sigma, curvature: 1 / sigma ** 2, square: from * from, weight: 1 };
  const above = Math.max(1e-9, 1 - normalShare(from));
  // Far out the hazard is the distance itself, and density by share would be all rounding.
  const hazard = from > 5 ? from + 1 / from : normalDensity(from) / above;
  return {
    slope: hazard / sigma,
    curvature: (hazard * (hazard - from)) / sigma ** 2,
    square: 1 + from * hazard,
    weight: 1 - above,
  };
}

/** One run that may be, drawn from the belief: what to multiply the spreads with, and the shift of all. */
export function drawRun(belief: Belief, chance: Chance): { readonly shift: number; readonly factor: number } {
  const scale = (belief.scale * belief.degrees) / chiSquared(belief.degrees, chance);
  return { shift: belief.shift + belief.doubt * normal(chance), factor: Math.sqrt(scale) };
}
