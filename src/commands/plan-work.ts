/** `marathon add`, `carry`, `risks` and `preflight`: the plan while it runs, for people, scripts and agents. */
import { riskOffers, riskUndoRefusal } from "../marathon/risk-rules.ts";
import type { State } from "../marathon/types.ts";
import { repositoryJson, repositoryLine } from "../marathon/repository-check.ts";
import { dayAndTime } from "../dashboard/format.ts";
import { listed, oneLine } from "../marathon/words.ts";
import type { PlanRequest } from "../protocol/plan-requests.ts";
import { actor } from "./actor.ts";
import { EXIT, UsageError } from "./exit.ts";
import { withEngine } from "./project.ts";
import { stateOf } from "./state-of.ts";
import { print, printJson } from "./print.ts";

export interface PlanWorkOptions {
  readonly project: string;
  readonly json?: boolean;
  readonly reason?: string;
  readonly session?: string;
  readonly stream?: string;
  readonly terminal?: number;
  readonly estimate?: string;
  readonly run?: string;
  readonly to?: string;
  readonly undo?: boolean;
  readonly note?: string;
  /** Of `preflight`: the repository is looked through. */
  readonly repository?: boolean;
}

/** Refused without a reason, with what it would change. */
export function add(title: string, options: PlanWorkOptions): Promise<number> {
  const { reason = null, session = null, stream = null, terminal = null, estimate = null, run = null } = options;
  return ask(options, { name: "add-task", title, reason, session, stream, terminal, estimate, run, by: actor() });
}

export function carry(task: number, options: PlanWorkOptions): Promise<number> {
  const { to, reason = "" } = options;
  if (to === undefined) throw new UsageError(`carry task ${task} over to which session? Give --to ID`);
  return ask(options, { name: "carry-task", task, to, reason, by: actor() });
}

/** Without an id: what is offered now and what was done. With one it is done, or taken back. */
export async function risks(id: string | undefined, options: PlanWorkOptions): Promise<number> {
  if (id !== undefined)
    return ask(options, options.undo ? { name: "undo-risk", risk: id, by: actor() } : { name: "take-risk", offer: id, by: actor() });
  if (options.undo) throw new UsageError("take which back? Give its id: marathon risks lists them");
  const { state, t } = await stateOf(options.project);
  const offers = riskOffers(state, t);
  if (options.json) {
    const taken = (state.risks ?? []).map((one) => ({
      ...one,
      at: new Date(one.at).toISOString(),
      canUndo: riskUndoRefusal(state, one) === null,
    }));
    printJson({ schema: 1, offers, taken });
  } else print(`${risksText(state, t).join("\n")}\n`);
  return EXIT.ok;
}

export async function preflight(item: number | undefined, outcome: string | undefined, options: PlanWorkOptions): Promise<number> {
  if (options.repository) {
    if (item !== undefined) throw new UsageError("--repository looks through the repository: it takes no item");
    return ask(options, { name: "check-repository", by: actor() });
  }
  if (item === undefined) {
    const { state } = await stateOf(options.project);
    if (options.json) printJson(preflightJson(state));
    else print(`${preflightText(state).join("\n")}\n`);
    return EXIT.ok;
  }
  if (outcome !== "ok" && outcome !== "failed") throw new UsageError(`how did item ${item} come out? Say ok or failed`);
  return ask(options, { name: "check-preflight", item, ok: outcome === "ok", note: options.note ?? null, by: actor() });
}

function preflightText(state: State): readonly string[] {
  const lines = state.plan.preflight.map((text, index) => `${index + 1}  ${outcomeOf(state, index + 1).padEnd(10)} ${oneLine(text, 160)}`);
  const bare = withoutFallback(state);
  return [
    ...(lines.length === 0 ? ["the plan has no preflight list"] : lines),
    ...(bare.length === 0
      ? []
      : [`   what to do instead is not planned for ${bare.length === 1 ? "session" : "sessions"} ${listed(bare, 12)}`]),
    `   ${repositoryLine(state.repository, dayAndTime)}`,
  ];
}

/** `ok` is null for an item that nobody has looked at. */
function preflightJson(state: State): object {
  const items = state.plan.preflight.map((text, index) => {
    const { ok = null, at = null, note = null, by = null, blocker = null } = state.preflight?.[index + 1] ?? {};
    return { item: index + 1, text, ok, at: at === null ? null : new Date(at).toISOString(), note, by, blocker };
  });
  return { schema: 1, items, sessionsWithoutFallback: withoutFallback(state), repository: repositoryJson(state.repository) };
}

function withoutFallback(state: State): readonly string[] {
  return state.plan.sessions.filter(({ fallback }) => fallback === null).map(({ id }) => id);
}

function outcomeOf(state: State, item: number): string {
  const check = state.preflight?.[item];
  if (!check) return "not looked";
  return check.ok ? "in order" : `failed ${check.blocker ?? ""}`.trim();
}

function risksText(state: State, t: number): string[] {
  const offers = riskOffers(state, t).map(
    ({ id, trigger, why, text, change, refused }) => `${id}  ${trigger} (${why}): ${oneLine(text, 160)}\n     ${refused ?? change}`,
  );
  const taken = (state.risks ?? []).map(
    ({ id, text, change, undone }) => `${id}  ${undone ? "taken back: " : ""}${oneLine(text, 160)}\n     ${change}`,
  );
  if (offers.length + taken.length > 0) return [...offers, ...taken];
  const rules = state.plan.risks.length;
  return [rules === 0 ? "the plan has no risk rules" : `none of the plan's ${rules} risk rules holds now`];
}

async function ask(options: PlanWorkOptions, request: PlanRequest): Promise<number> {
  const answer = (await withEngine(options.project, (client) => client.request(request))) as { readonly said: string };
  if (options.json) printJson({ schema: 1, ...answer });
  else print(`${answer.said}\n`);
  return EXIT.ok;
}
