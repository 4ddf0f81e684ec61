/** `marathon hierarchy`: the figures of delegation with their formulas, and who owns what; with words, to whom work like that leads. */
import { hierarchyPage, routeWords } from "../marathon/hierarchy-page.ts";
import { statusJson } from "../marathon/status.ts";
import { EXIT } from "./exit.ts";
import { stateOf } from "./state-of.ts";

export interface HierarchyOptions {
  readonly project: string;
  readonly json?: boolean;
}

export async function hierarchy(words: readonly string[], options: HierarchyOptions): Promise<number> {
  const { state, t } = await stateOf(options.project);
  if (words.length > 0) {
    process.stdout.write(`${routeWords(state, words.join(" "))}\n`);
    return EXIT.ok;
  }
  if (options.json) {
    const whole = statusJson(state, t, null, { journal: "" })["hierarchy"] as Record<string, unknown>;
    process.stdout.write(`${JSON.stringify({ schema: 1, ...whole })}\n`);
    return EXIT.ok;
  }
  const text = hierarchyPage(state, t).map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`), ""].join("\n"));
  process.stdout.write(`${text.join("\n").trimEnd()}\n`);
  return EXIT.ok;
}
