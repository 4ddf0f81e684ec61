/** `marathon hierarchy`: the figures of delegation with their formulas, and who owns what; with words, to whom work like that leads. */
import { hierarchyPage, routeWords } from "../marathon/hierarchy-page.ts";
import { statusJson } from "../marathon/status.ts";
import { adviceWords, adviseDelegation } from "../marathon/delegation-advice.ts";
import type { State } from "../marathon/types.ts";
import { listed } from "../marathon/words.ts";
import { parseRange } from "../plan/ranges.ts";
import { EXIT, UsageError } from "./exit.ts";
import { stateOf } from "./state-of.ts";
import { print, printJson } from "./print.ts";

export interface HierarchyOptions {
  readonly project: string;
  readonly json?: boolean;
}

export async function hierarchy(words: readonly string[], options: HierarchyOptions): Promise<number> {
  const { state, t } = await stateOf(options.project);
  const tasks =
    words.length > 0 && words.every((word) => /^#?\d/u.test(word)) ? parseRange(words.join(" ").replaceAll(/\s+/gu, ",")) : null;
  if (tasks !== null && tasks.length > 0) return advise(state, tasks, options);
  if (words.length > 0) {
    print(`${routeWords(state, words.join(" "))}\n`);
    return EXIT.ok;
  }
  if (options.json) {
    const whole = statusJson(state, t, null, { journal: "" })["hierarchy"] as Record<string, unknown>;
    printJson({ schema: 1, ...whole });
    return EXIT.ok;
  }
  const text = hierarchyPage(state, t).map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`), ""].join("\n"));
  print(`${text.join("\n").trimEnd()}\n`);
  return EXIT.ok;
}

function advise(state: State, tasks: readonly number[], options: HierarchyOptions): number {
  const unknown = tasks.filter((number) => !(number in state.tasks));
  if (unknown.length > 0) throw new UsageError(`the plan has no task ${listed(unknown)}`, EXIT.failed);
  const advice = adviseDelegation(state, tasks);
  if (options.json) printJson({ schema: 1, tasks, ...advice });
  else print(`${adviceWords(advice)}\n`);
  return EXIT.ok;
}
