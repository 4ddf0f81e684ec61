/** What will happen during a task: a pure function of seed, terminal, task and settings, so a run can be repeated. */
import type { AssignedTask } from "../engine/agents/agent.ts";
import { Random } from "./random.ts";
import type { Settings } from "./settings.ts";

/** Something that happens on the way, at a share (0 to 1) of the task's working time. */
export type Incident =
  | {
      readonly kind: "question" | "permission";
      readonly at: number /** Until stand-in people answer, marathon minutes. */;
      readonly waitMinutes: number;
    }
  | {
      readonly kind: "blocker";
      readonly at: number /** Until stand-in people resolve it, marathon minutes. */;
      readonly resolveMinutes: number;
    }
  | { readonly kind: "crash"; readonly at: number }
  | { readonly kind: "sub-agents"; readonly at: number; readonly count: number }
  | { readonly kind: "full-screen"; readonly at: number };

export interface Decisions {
  /** Working time, marathon minutes, waiting not counted. */
  readonly minutes: number;
  /** In order of time. A crash or a blocker is the last one. */
  readonly incidents: readonly Incident[];
}

/** For a task without an estimate. */
const DEFAULT_MINUTES = 20;
/** Sigma of the spread around the estimate: two of three tasks take between 0.67 and 1.5 times as long. */
const SPREAD = 0.4;

/**
 * `again`: the task was begun before (by a stand-in that crashed, or until a blocker): whatever stopped it does not come twice,
 * so every rehearsal ends. A forced incident replaces chance.
 */
export function decide(
  settings: Pick<Settings, "seed" | "rates" | "forced">,
  terminal: number,
  task: Pick<AssignedTask, "number" | "estimateMinutes">,
  again: boolean,
): Decisions {
  const { seed, rates, forced } = settings;
  const random = new Random(seed, terminal, task.number, "decisions");
  const estimate = task.estimateMinutes !== null && task.estimateMinutes > 0 ? task.estimateMinutes : DEFAULT_MINUTES;
  const minutes = estimate * Math.min(3, Math.max(0.3, random.logNormal(SPREAD)));
  // Every number is drawn whether it is used or not: a changed rate then changes nothing else of the run.
  const drawn = {
    question: {
      happens: random.chance(rates.questions) || forced.ask.includes(task.number),
      at: random.between(0.2, 0.8),
      wait: 3 * random.logNormal(0.6),
    },
    permission: {
      happens: random.chance(rates.permissions) || forced.permit.includes(task.number),
      at: random.between(0.1, 0.7),
      wait: 2 * random.logNormal(0.6),
    },
    subAgents: { happens: random.chance(rates.subAgents), at: random.between(0.1, 0.5), count: random.whole(2, 4) },
    fullScreen: { happens: random.chance(rates.fullScreens), at: random.between(0.3, 0.9) },
    blocker: {
      happens: random.chance(rates.blockers) || forced.block.includes(task.number),
      at: random.between(0.3, 0.8),
      resolve: 12 * random.logNormal(0.5),
    },
    crash: { happens: random.chance(rates.crashes) || forced.crash.includes(task.number), at: random.between(0.2, 0.8) },
  };
  const incidents: Incident[] = [];
  if (drawn.question.happens) incidents.push({ kind: "question", at: drawn.question.at, waitMinutes: drawn.question.wait });
  if (drawn.permission.happens) incidents.push({ kind: "permission", at: drawn.permission.at, waitMinutes: drawn.permission.wait });
  if (drawn.subAgents.happens) incidents.push({ kind: "sub-agents", at: drawn.subAgents.at, count: drawn.subAgents.count });
  if (drawn.fullScreen.happens) incidents.push({ kind: "full-screen", at: drawn.fullScreen.at });
  const end = again ? null : endOf(drawn);
  const before = incidents.filter((one) => end === null || one.at < end.at).toSorted((a, b) => a.at - b.at);
  return { minutes, incidents: end === null ? before : [...before, end] };
}

function endOf(drawn: {
  readonly blocker: { readonly happens: boolean; readonly at: number; readonly resolve: number };
  readonly crash: { readonly happens: boolean; readonly at: number };
}): Incident | null {
  if (drawn.crash.happens) return { kind: "crash", at: drawn.crash.at };
  return drawn.blocker.happens ? { kind: "blocker", at: drawn.blocker.at, resolveMinutes: drawn.blocker.resolve } : null;
}
