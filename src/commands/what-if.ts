import { adviceOf } from "../marathon/time/advice.ts";
import { whatIf, type Figures, type WhatIf } from "../marathon/time/what-if.ts";
import type { Schedule } from "../plan/types.ts";
import { EXIT, UsageError } from "./exit.ts";
import { hasErrors, readPlanFiles } from "../engine/plan-files.ts";
import { connectIfRunning, journaled, locate } from "./project.ts";
import { print, printJson } from "./print.ts";

export interface WhatIfOptions {
  readonly drop?: string;
  readonly overlap?: readonly string[];
  readonly terminals?: number;
  readonly schedule?: string;
  readonly json?: boolean;
  readonly project: string;
}

/** `marathon plan what-if`: figures before and after; exit 1 when something of it was refused. */
export async function planWhatIf(files: readonly string[], options: WhatIfOptions): Promise<number> {
  const plan = await planOf(files, options.project);
  const ids = (text: string) =>
    text
      .split(/[,+]/)
      .map((id) => id.trim())
      .filter((id) => id !== "");
  const overlap = (options.overlap ?? []).map(ids);
  const alone = overlap.find((one) => one.length < 2);
  if (alone) throw new UsageError(`--overlap ${alone.join(",")}: name two sessions or more, such as 028,031`);
  const answer = whatIf(plan, {
    drop: ids(options.drop ?? ""),
    overlap,
    terminals: options.terminals ?? null,
    schedule: options.schedule === undefined ? null : scheduleOf(options.schedule),
  });
  const advice = adviceOf(plan);
  if (options.json) printJson({ schema: 1, ...answer, advice });
  else print(textOf(answer, advice));
  return answer.refused.length > 0 ? EXIT.failed : EXIT.ok;
}

async function planOf(files: readonly string[], project: string) {
  if (files.length > 0) {
    const { reading } = readPlanFiles(files);
    if (reading.plan === null || hasErrors(reading))
      throw new UsageError(`${files.join(", ")}: the plan has errors; \`marathon check\` shows them`, EXIT.planErrors);
    return reading.plan;
  }
  const located = await locate(project);
  const connection = await connectIfRunning(located).catch(() => null);
  connection?.client.close();
  const state = connection?.welcome.state ?? (located.current === null ? undefined : journaled(located.paths, located.current)?.state);
  if (!state) throw new UsageError(`there is no marathon in ${located.project}: name a plan`, EXIT.failed);
  return state.plan;
}

function scheduleOf(text: string): Schedule {
  if (text === "streams") return { by: "streams" };
  if (text === "sessions") return { by: "sessions", atOnce: 1 };
  const atOnce = Number(/^([1-9])(?:\s+sessions?)?$/.exec(text)?.[1]);
  if (!(atOnce >= 1)) throw new UsageError(`--schedule ${text}: sessions, streams, "2 sessions" or "3 sessions" is needed`);
  return { by: "sessions", atOnce };
}

const ROWS: readonly (readonly [string, (figures: Figures) => string])[] = [
  ["tasks", (figures) => String(figures.tasks)],
  ["terminals", (figures) => String(figures.terminals)],
  ["hours by sessions", (figures) => hours(figures.sessionHours)],
  ["hours by estimates", (figures) => hours(figures.workHours)],
  ["terminals idle", (figures) => hours(figures.idleHours)],
  [
    "critical path",
    (figures) => (figures.criticalPath.length > 8 ? `${figures.criticalPath.length} tasks` : figures.criticalPath.join(" > ") || "-"),
  ],
];

function textOf({ before, after, overlaps, refused, warnings }: WhatIf, advice: readonly string[]): string {
  const table = ROWS.map(([name, of]) => {
    const [was, is] = [of(before), of(after)];
    return `${name.padEnd(20)}${was.padStart(12)}  ${was === is ? "unchanged" : `-> ${is}`}`;
  });
  const allowed = overlaps
    .filter((overlap) => overlap.allowed)
    .map((overlap) => `${overlap.sessions.join(" + ")} may overlap: ${overlap.reason}`);
  const lines = [
    ...table,
    ...allowed,
    ...refused.map((text) => `refused: ${text}`),
    ...warnings.map((text) => `mind: ${text}`),
    ...advice.map((text) => `advice: ${text}`),
  ];
  return `${lines.join("\n")}\n`;
}

function hours(value: number | null): string {
  return value === null ? "-" : `${Math.round(value * 100) / 100} h`;
}
