/** The figures of the after-action review: time, work, agents, changes; each measured, and named with its rule where it has one. Pure. */
import { delegationFigures, type Figure } from "../marathon/delegation-figures.ts";
import { targetsOf } from "../marathon/targets.ts";
import { budgetOf } from "../marathon/time/budgets.ts";
import { forecastError } from "../marathon/time/forecast-error.ts";
import type { State } from "../marathon/types.ts";
import { marathonUsage, totalOf } from "../marathon/usage.ts";
import { hours, type Changes, type ReviewFacts, type ReviewPart } from "./review-facts.ts";
import { said, STATUS, table, TO_FILL_IN } from "./review-words.ts";

export function metrics(state: State, t: number, facts: ReviewFacts, changes: Changes | null): readonly string[] {
  return [
    "### Time allocation",
    "",
    ...timeAllocation(facts),
    "",
    "### Completed and planned",
    "",
    ...classes(facts),
    "",
    "### Work and agents",
    "",
    ...table(["Figure", "Value", "How it is reckoned"], work(state, t, facts)),
    "",
    ...targets(state),
    ...reported(state),
    "### Changes",
    "",
    ...changed(changes),
  ];
}

function timeAllocation({ parts, totals, by }: ReviewFacts): readonly string[] {
  const row = (part: ReviewPart) => [
    said(part.id),
    part.planned,
    `${part.actual}${part.status === "in_progress" ? " (ongoing)" : ""}`,
    percent(part.closeness),
    signed(part.variance),
    part.earnedHours,
    part.costIndex,
    part.blocked,
    part.deviations.map(({ code, words }) => (code === "unknown" ? TO_FILL_IN : words)).join("; "),
  ];
  const timed = parts.filter((part) => part.planned !== null && part.final);
  const sum = [
    "**Total**",
    totals.planned,
    totals.actual,
    percent(totals.closeness),
    signed(totals.variance),
    totals.earnedHours,
    totals.costIndex,
    null,
    null,
  ];
  // "Session" is the word by which reviews are read back.
  const head = [
    by === "session" ? "Session" : by === "stream" ? "Stream" : "Terminal",
    "Planned hours",
    "Actual hours",
    "Closeness",
    "Variance",
    "Earned hours",
    "Cost index",
    "Blocked hours",
    "Why",
  ];
  return [
    ...table(head, [...parts.map(row), ...(timed.length > 1 ? [sum] : [])]),
    "",
    "Closeness: the smaller of planned and actual hours ÷ the larger. Variance: actual − planned, + is an overrun. Earned: planned × completion; cost index: earned ÷ actual. Blocked hours are summed over tasks. What is not over is in no total.",
  ];
}

/** Counted by what was measured, so that no class can disagree with its rows. */
function classes({ parts }: ReviewFacts): readonly string[] {
  const rule: readonly (readonly [string, (part: ReviewPart) => boolean])[] = [
    ["Fully done", ({ status }) => status === "done"],
    ["Mostly done (80 % and more)", ({ status, completion }) => over(status) && completion >= 80],
    ["Partly done (below 80 %)", ({ status, completion }) => over(status) && completion > 0 && completion < 80],
    ["In progress", ({ status }) => status === "in_progress"],
    ["Not started, or nothing done", ({ status, completion }) => status === "not_started" || (over(status) && completion === 0)],
  ];
  return table(
    ["Class", "Count", "Which"],
    rule.map(([name, fits]) => {
      const found = parts.filter((part) => fits(part));
      return [
        name,
        found.length,
        found.length === 0 ? null : found.map((part) => `${said(part.id)} (${STATUS[part.status].toLowerCase()})`).join(", "),
      ];
    }),
  );
}

function over(status: ReviewPart["status"]): boolean {
  return status === "partial" || status === "blocked";
}

type Row = readonly [string, string | number | null, string];

function work(state: State, t: number, facts: ReviewFacts): readonly Row[] {
  const { workedMs, idleMs, askedMs, terminals, spawned } = budgetOf(state, t);
  const error = forecastError(state);
  const crashes = Object.values(state.terminals).reduce((sum, { starts }) => sum + Math.max(0, starts - 1), 0);
  const again = Object.values(state.tasks).filter(({ attempts }) => attempts > 1).length;
  return [
    ["Tasks done", `${facts.done} of ${facts.total}`, `${facts.dropped} dropped, in neither figure`],
    ["Tasks that took more than one attempt", again, "started again after a blocker, a crash or a restart"],
    ["Terminals", terminals, "those that the plan used"],
    ["Worked", `${hours(workedMs)} h`, "time of tasks, summed over the terminals"],
    ["Waited for answers", `${hours(askedMs)} h`, "agents that asked, summed"],
    ["Idle", `${hours(idleMs)} h`, "the rest of the terminals' time"],
    ["Blockers", facts.blockers.length, `${facts.blockers.filter(({ blocker }) => blocker.state === "resolved").length} resolved`],
    ["Starts beyond the first", crashes, "of terminals' programs: after crashes, restarts and lost engines"],
    ["Sub-agents", spawned, "spawned by the terminals' agents, as they report it"],
    ...(error === null || error.forecasts === 0
      ? []
      : [
          [
            "Forecasts that held",
            `${Math.round(error.withinP50 * 100)} % by P50, ${Math.round(error.withinP90 * 100)} % by P90`,
            `of ${error.forecasts} forecasts of ${error.ended} streams and sessions that are over; off by ${hours(error.offMs)} h in the middle`,
          ] as const,
        ]),
    ...used(state),
    ...delegationFigures(state, t).map(
      (figure): Row => [figure.title, shown(figure), figure.note === null ? figure.formula : `${figure.formula} (${figure.note})`],
    ),
  ];
}

function used(state: State): readonly Row[] {
  const all = marathonUsage(state);
  if (all === null) return [["Tokens and cost", null, "no agent told any"]];
  const { input, output, cacheRead, cacheWrite, costUsd } = totalOf(all.usage);
  const rule = `told by the agents of ${all.terminals} terminals`;
  return [
    ["Tokens", `${input} in, ${output} out, ${cacheRead} read and ${cacheWrite} written in caches`, rule],
    costUsd === null
      ? ["Cost", null, "no agent told any"]
      : ["Cost", `${costUsd.toFixed(2)} USD`, `told by the agents of ${all.costs} terminals`],
  ];
}

function shown({ value, unit }: Figure): string | number | null {
  if (value === null) return null;
  return unit === "share" ? `${Math.round(value * 100)} %` : Math.round(value * 100) / 100;
}

/** The plan's own targets: where nobody has measured how they stand now, somebody has to look. */
function targets(state: State): readonly string[] {
  const all = targetsOf(state);
  if (all.length === 0) return [];
  const rows = all.map(({ name, from, to, now }) => [said(name), said(from), said(to), now === null ? TO_FILL_IN : said(now.value)]);
  return ["### Targets of the plan", "", ...table(["Metric", "Before", "Target", "Now"], rows), ""];
}

function reported({ metrics: all = [] }: State): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ name, value, unit, terminal, task }) => [
    said(name),
    `${value}${unit === null ? "" : ` ${said(unit)}`}`,
    terminal === null ? null : `T${terminal}`,
    task,
  ]);
  return ["### Reported by agents", "", ...table(["Metric", "Value", "Terminal", "Task"], rows), ""];
}

function changed(changes: Changes | null): readonly string[] {
  if (changes === null) return ["Not measured: the project is no git repository."];
  const { commits, created } = changes;
  const sum = (of: (commit: Changes["commits"][number]) => number) => commits.reduce((total, commit) => total + of(commit), 0);
  const [added, deleted] = [sum((one) => one.added), sum((one) => one.deleted)];
  const authors = new Set(commits.map(({ author }) => author)).size;
  return [
    ...table(
      ["Commits", "Authors", "Lines added", "Lines deleted", "Net", "Files created"],
      [[commits.length, authors, added, deleted, signed(added - deleted), created.length]],
    ),
    "",
    "Of all local branches since the marathon began; merges are left out.",
  ];
}

function percent(value: number | null): string | null {
  return value === null ? null : `${value}%`;
}

function signed(value: number | null): string | null {
  return value === null ? null : value > 0 ? `+${value}` : String(value);
}
