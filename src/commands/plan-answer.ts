/** `marathon plan accept` and `marathon plan refuse`: the answer to edited plan files. */
import type { PlanRequest } from "../protocol/plan-requests.ts";
import { actor } from "./actor.ts";
import { EXIT } from "./exit.ts";
import { withEngine } from "./project.ts";
import { print, printJson } from "./print.ts";

export interface PlanAnswerOptions {
  readonly json?: boolean;
  readonly project: string;
}

export async function planAnswer(take: boolean, options: PlanAnswerOptions): Promise<number> {
  const request: PlanRequest = { name: "answer-plan-edit", offer: null, take, by: actor() };
  const answer = (await withEngine(options.project, (client) => client.request(request))) as { readonly said: string };
  if (options.json) printJson({ schema: 1, ...answer });
  else print(`${answer.said}\n`);
  return EXIT.ok;
}
