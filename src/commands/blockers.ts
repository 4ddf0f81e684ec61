/** `marathon block`, `blockers` and `blocker ID …`: the same acts as the keys, for people, scripts and agents. */
import { blockerDetailJson, blockersJson } from "../marathon/blocker-json.ts";
import { findBlocker, unknownBlocker, type BlockerWish } from "../marathon/blocker-judge.ts";
import type { Priority } from "../plan/types.ts";
import { actor } from "./actor.ts";
import { blockerText, blockersText } from "./blocker-text.ts";
import { EXIT, UsageError } from "./exit.ts";
import { withEngine } from "./project.ts";
import { stateOf } from "./state-of.ts";
import { print, printJson } from "./print.ts";

export interface BlockerOptions {
  readonly project: string;
  readonly json?: boolean;
  readonly to?: number;
  readonly task?: number;
  readonly note?: string;
  readonly issue?: boolean;
  readonly create?: boolean;
}

export async function block(
  task: number,
  options: { readonly project: string; readonly reason: string; readonly priority?: Priority },
): Promise<number> {
  const { reason, priority = null } = options;
  if (reason.trim() === "") throw new UsageError(`say what stops task ${task}: --reason "TEXT"`);
  const answer = await withEngine(options.project, (client) => client.request({ name: "block", task, reason, priority, by: actor() }));
  print(`${(answer as { readonly blocker: string }).blocker}\n`);
  return EXIT.ok;
}

export async function blockers(options: { readonly project: string; readonly json?: boolean; readonly all?: boolean }): Promise<number> {
  const { state, t } = await stateOf(options.project);
  const all = options.all ?? false;
  if (options.json) printJson(blockersJson(state, t, all));
  else print(blockersText(state, t, all));
  return EXIT.ok;
}

/** Without an act it tells everything about the blocker; with one it does it. */
export async function blocker(id: string, act: string | undefined, options: BlockerOptions): Promise<number> {
  if (options.issue) return (await import("./blocker-issue.ts")).openIssue(id, actor(), options);
  if (act === undefined) return tell(id, options);
  const request =
    act === "document"
      ? ({ name: "document-blocker", blocker: id, by: actor() } as const)
      : ({ name: "blocker", blocker: id, wish: wishOf(act, id, options), note: options.note ?? null, by: actor() } as const);
  const answer = (await withEngine(options.project, (client) => client.request(request))) as { readonly said: string };
  if (options.json) printJson({ schema: 1, ...answer });
  else print(`${answer.said}\n`);
  return EXIT.ok;
}

async function tell(id: string, options: BlockerOptions): Promise<number> {
  const { state, t } = await stateOf(options.project);
  const found = findBlocker(state, id);
  if (!found) throw new UsageError(unknownBlocker(state, id), EXIT.failed);
  if (options.json) printJson(blockerDetailJson(state, t, found));
  else print(blockerText(state, t, found));
  return EXIT.ok;
}

const ACTS = ["escalate", "reassign", "fallback", "resume", "resolve", "known", "learn", "undo"] as const;

function wishOf(act: string, id: string, { to, task }: BlockerOptions): BlockerWish {
  const known = ACTS.find((one) => one === act);
  if (known === undefined)
    throw new UsageError(`"${act}" is nothing that can be done about a blocker: ${[...ACTS, "document"].join(", ")}`);
  if (known === "fallback") return { act: known, ...(task === undefined ? {} : { task }) };
  if (known !== "reassign") return { act: known };
  if (to === undefined) throw new UsageError(`reassign to which terminal? Give --to N; marathon blocker ${id} ranks the candidates`);
  return { act: known, to };
}
