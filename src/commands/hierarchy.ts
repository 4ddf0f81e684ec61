/** `marathon hierarchy`: the figures of delegation with their formulas, and who owns what; with words, to whom work like that leads. */
import { hierarchyPage, routeWords } from "../marathon/hierarchy-page.ts";
import { statusJson } from "../marathon/status.ts";
import { EXIT } from "./exit.ts";
import { stateOf } from "./state-of.ts";
import { print, printJson } from "./print.ts";

export interface HierarchyOptions {
  readonly project: string;
  readonly json?: boolean;
}

export async function hierarchy(words: readonly string[], options: HierarchyOptions): Promise<number> {
  const { state, t } = await stateOf(options.project);
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
