/** Goals, baselines and metrics against the tasks that are to reach them. */
import type { Draft } from "./draft.ts";
import { parseFigure, showFigure } from "./figures.ts";
import type { Marked } from "./marks.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import type { Plan, PlanStream } from "./types.ts";

export function verifyGoals(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  for (const draft of drafts) {
    reportShares(draft, problems);
    reportExactness(draft, problems);
    for (const stream of plan.streams) {
      reportGoal(draft, stream, problems);
      reportPromised(draft, stream, problems);
      reportUntested(draft, stream, problems);
    }
  }
  reportTargets(drafts, plan, problems);
}

/** "10/47 services tested (21%)": the percentage is that of the fraction, to the next whole one (T-43). */
function reportShares(draft: Draft, problems: Problems): void {
  const lines: Marked[] = [
    ...draft.metrics.flatMap((metric) => [metric.current, metric.target].map((text) => ({ ...placeOf(metric), text }))),
    ...draft.marks.baseline,
    ...draft.marks.objectives,
  ];
  for (const line of lines) {
    const match = /(\d[\d,]*)\/(\d[\d,]*)[^()/]*\(~?(\d+(?:\.\d+)?)\s*%/.exec(line.text);
    const [part, whole, share] = [match?.[1], match?.[2], match?.[3]].map((text) => Number(text?.replaceAll(",", "")));
    if (part === undefined || whole === undefined || share === undefined || !(whole > 0)) continue;
    const computed = Math.round((part / whole) * 1000) / 10;
    if (Math.abs(computed - share) < 1 && part <= whole) continue;
    problems.warning({
      at: placeOf(line),
      code: "share-differs",
      trap: "T-43",
      message: part > whole ? `${part} of ${whole} is more than all` : `${part} of ${whole} is ${computed} %, not ${share} %`,
      advice: "correct the fraction or the percentage",
      stated: share,
      computed,
    });
  }
}

/** Units of a goal that count no work. */
const UNITS =
  /^(?:hours?|minutes?|mins|seconds?|secs|days?|weeks?|months?|years?|users?|requests?|lines?|points?|times|tasks?|terminals?|agents?)$/i;

/** A goal of 37 services that 18 tasks are about is not met when all tasks are done (T-45). */
function reportGoal(draft: Draft, stream: PlanStream, problems: Problems): void {
  const goal = draft.marks.goals.find((mark) => mark.stream === stream.id);
  const match = /\b(\d[\d,]*)\+?\s+((?:[\w-]+\s+){0,2}?)([a-z]{3,}s)\b/i.exec(goal?.text ?? "");
  const noun = match?.[3]?.toLowerCase() ?? "";
  const wanted = Number(match?.[1]?.replaceAll(",", ""));
  if (goal === undefined || match === null || UNITS.test(noun)) return;
  const singular = noun.replace(/(?:es|s)$/, "");
  const kinds = draft.marks.kinds.filter((kind) => kind.stream === stream.id);
  const about = kinds.filter((kind) => kind.header.toLowerCase().includes(singular));
  const inBaseline = draft.marks.baseline.some((mark) => mark.stream === stream.id && mark.text.toLowerCase().includes(noun));
  if (about.length === 0 && !inBaseline) return;
  const counted = about.length === 0 ? stream.tasks.length : about.reduce((sum, kind) => sum + kind.tasks, 0);
  if (counted >= wanted || stream.tasks.length === 0) return;
  const of = about.length === 0 || counted === stream.tasks.length ? "" : ` of its ${stream.tasks.length}`;
  problems.warning({
    at: placeOf(goal),
    code: "goal-beyond-tasks",
    ...(of === "" ? {} : { trap: "T-45" }),
    message: `the goal of stream ${stream.id} is ${wanted} ${noun}; ${counted}${of} tasks are about them`,
    advice: "add tasks for the rest, or lower the goal: with all tasks done it is not yet met",
    stated: wanted,
    computed: counted,
  });
}

/** "(25 files)" and more below one stream than it has tasks to make them (T-45). */
function reportPromised(draft: Draft, stream: PlanStream, problems: Problems): void {
  const lines = draft.marks.promised.filter((mark) => mark.stream === stream.id);
  const files = lines.reduce((sum, mark) => sum + mark.files, 0);
  const first = lines[0];
  if (first === undefined || stream.tasks.length === 0 || files <= stream.tasks.length) return;
  problems.warning({
    at: placeOf(first),
    code: "files-beyond-tasks",
    trap: "T-45",
    message: `stream ${stream.id} is to make ${lines.map((mark) => mark.files).join(" + ")}${lines.length === 1 ? "" : ` = ${files}`} files with ${stream.tasks.length} tasks`,
    advice: "add the missing tasks, or correct the counts of files",
    stated: files,
    computed: stream.tasks.length,
  });
}

/** How far a count of what is left may be off the total and the share done, as a share of the total. */
const LEFT_SLACK = 0.05;

/** "80 components total", "~60% tested" and "40 untested" cannot all be right (T-46). */
function reportUntested(draft: Draft, stream: PlanStream, problems: Problems): void {
  const baseline = draft.marks.baseline.filter((mark) => mark.stream === stream.id);
  const goals = draft.marks.goals.filter((mark) => mark.stream === stream.id);
  const first = (lines: readonly Marked[], pattern: RegExp) => {
    const line = lines.find(({ text }) => pattern.test(text));
    return line === undefined
      ? null
      : {
          line,
          figures: (pattern.exec(line.text) ?? [])
            .slice(1)
            .filter((text) => text !== undefined)
            .map(Number),
        };
  };
  const fraction = first(baseline, /(\d+)\/(\d+)\s+[\w ]*?(?:tested|covered|done|complete)/i);
  const total = fraction?.figures[1] ?? first(baseline, /(\d+)\+?\s+[\w ]+?\btotal\b/i)?.figures[0];
  const share = first(baseline, /(\d+(?:\.\d+)?)\s*%\s+(?:tested|covered|done|complete)/i)?.figures[0];
  const left = first(
    [...goals, ...baseline],
    /(\d+)\s+(?:untested|uncovered|unfinished|missing|remaining|open)\b|(\d+)\s+\w+\s+without\b/i,
  );
  const stated = left?.figures[0];
  if (total === undefined || left === null || stated === undefined) return;
  const done = fraction?.figures[0] ?? (share === undefined ? undefined : (total * share) / 100);
  if (done === undefined || Math.abs(total - done - stated) <= total * LEFT_SLACK) return;
  const computed = Math.round((total - done) * 10) / 10;
  problems.warning({
    at: placeOf(left.line),
    code: "left-differs",
    trap: "T-46",
    message: `stream ${stream.id}: ${stated} are said to be left; ${total} in all, ${share === undefined ? done : `${share} %`} done, leave ${computed}`,
    advice: "correct one of the three",
    stated,
    computed,
  });
}

/** "50+" in the baseline is "50" in the metrics: the plus is kept, the exact figure is not believed (T-70). */
function reportExactness(draft: Draft, problems: Problems): void {
  for (const metric of draft.metrics) {
    const current = parseFigure(metric.current);
    if (current === null || current.of === null || current.qualifier !== "exactly") continue;
    const words = metric.name.toLowerCase().split(/\W+/);
    const same = draft.marks.baseline.find(({ text }) => {
      const figure = parseFigure(text);
      const named = text.toLowerCase().split(/\W+/);
      return (
        figure?.qualifier === "at-least" && figure.value === current.value && words.some((word) => word.length > 3 && named.includes(word))
      );
    });
    if (same === undefined) continue;
    problems.note({
      at: placeOf(metric),
      code: "exact-of-at-least",
      trap: "T-70",
      message: `${metric.name}: ${showFigure(current)} here, ${current.value}+ in line ${same.line}`,
      advice: "nothing to do: the plus sign is kept where it stands",
      stated: showFigure(current),
      computed: `${current.value}+`,
    });
  }
}

/** An objective and a metric that begin at the same share and end at different ones measure different things (T-44). */
function reportTargets(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  for (const objective of drafts.flatMap((draft) => draft.marks.objectives)) {
    const match = /(\d+)\s*%\s*(?:→|->|to)\s*(\d+)\s*%(\+?)/.exec(objective.text);
    if (match === null || Number(match[1]) === 0) continue;
    const words = objective.text.toLowerCase().split(/\W+/);
    const metric = plan.metrics.find((candidate) => {
      const share = parseFigure(candidate.current)?.share;
      return (
        share === Number(match[1]) &&
        candidate.name
          .toLowerCase()
          .split(/\W+/)
          .some((word) => word.length > 4 && words.includes(word))
      );
    });
    const target = parseFigure(metric?.target ?? "")?.share ?? null;
    if (metric === undefined || target === null || target === Number(match[2])) continue;
    problems.note({
      at: placeOf(objective),
      code: "targets-differ",
      trap: "T-44",
      message: `session ${objective.session} goes from ${match[1]} % to ${match[2]}${match[3]} %, the metric "${metric.name}" to ${target} %`,
      advice: "nothing to do if they have different units; they are not merged",
      stated: `${match[2]}${match[3]} %`,
      computed: `${target} %`,
    });
  }
}
