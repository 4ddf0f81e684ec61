/** What commands and dashboards ask of blockers: the same act by key or by command, judged once, with one answer in words. */
import { findBlocker, judgeWish, unknownBlocker } from "../marathon/blocker-judge.ts";
import { describe } from "../marathon/describe.ts";
import { isOver } from "../marathon/terminals.ts";
import type { Blocker, Fact } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import type { Request } from "../protocol/messages.ts";
import { document } from "./blocker-papers.ts";
import type { Engine } from "./engine.ts";
import { RefusedError } from "./server.ts";

export interface BlockerAnswer {
  readonly blocker: string;
  /** What was done, in words. */
  readonly said: string;
}

type Of<N extends Request["name"]> = Extract<Request, { readonly name: N }>;

/** A reason is a sentence; whatever is longer belongs into a file, bytes aside. */
const MOST_REASON = 4000;

/** Raises a blocker by hand, or adds the reason to the one that stops the task already. Throws RefusedError with what to do. */
export function block(engine: Engine, { task: number, reason, priority, by }: Of<"block">): BlockerAnswer {
  const task = engine.state.tasks[number];
  if (!task) throw new RefusedError(`task ${number} is not in the plan, so it cannot be blocked`, "unknown-task");
  if (isOver(task)) throw new RefusedError(`task ${number} is ${task.state} already: a finished task cannot be blocked`);
  const words = oneLine(reason, MOST_REASON);
  if (words === "") throw new RefusedError(`say what stops task ${number}: --reason "TEXT"`);
  const before = task.blocker;
  const terminal = task.terminal;
  engine.submit({ type: "task-blocked", task: number, terminal, reason: words, source: by, priority, evidence: [] });
  const id = engine.state.tasks[number]?.blocker ?? before;
  if (id === null) throw new RefusedError(`task ${number} could not be blocked: it is ${engine.state.tasks[number]?.state ?? "gone"}`);
  return { blocker: id, said: id === before ? `added to ${id}, which stops task ${number} already` : `${id} stops task ${number}` };
}

export function act(engine: Engine, request: Of<"blocker">): BlockerAnswer {
  const blocker = find(engine, request.blocker);
  const judged = judgeWish(engine.state, blocker, request.wish, { by: request.by, note: request.note });
  if ("refused" in judged) throw new RefusedError(judged.refused);
  return done(engine, blocker, judged.fact);
}

/** Writes its file, or adds to the one that is there, and says which. */
export function documented(engine: Engine, request: Of<"document-blocker">): BlockerAnswer & { readonly file: string } {
  const blocker = find(engine, request.blocker);
  const file = document(engine.ports.papers, engine.state, engine.ports.clock.now().t, blocker);
  return { ...done(engine, blocker, { type: "blocker-documented", blocker: blocker.id, file, by: request.by, note: null }), file };
}

export function issued(engine: Engine, { blocker: id, url, file, by }: Of<"blocker-issue">): BlockerAnswer {
  const blocker = find(engine, id);
  return done(engine, blocker, { type: "blocker-issued", blocker: blocker.id, url, file, by, note: null });
}

function find(engine: Engine, id: string): Blocker {
  const blocker = findBlocker(engine.state, id);
  if (!blocker) throw new RefusedError(unknownBlocker(engine.state, id), "unknown-blocker");
  return blocker;
}

function done(engine: Engine, blocker: Blocker, fact: Fact): BlockerAnswer {
  engine.submit(fact);
  const { seq, at, t } = engine.state;
  return { blocker: blocker.id, said: describe({ ...fact, seq, at, t }, engine.state)?.text ?? blocker.id };
}
