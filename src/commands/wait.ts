import { fold } from "../marathon/step.ts";
import type { Event, State } from "../marathon/types.ts";
import type { ClientHandlers } from "../protocol/client.ts";
import { EXIT, UsageError } from "./exit.ts";
import { connectIfRunning, journaled, locate } from "./project.ts";
import { printError } from "./print.ts";

export type Until = "done" | "blocked" | "asking" | "idle" | "settled";

interface WaitOptions {
  readonly until: Until;
  readonly terminal?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly project: string;
}

type Verdict = "reached" | "not-yet" | "never";

/** `marathon wait`: 0 reached, 124 timed out, 1 cannot be reached any more. */
export async function wait(options: WaitOptions): Promise<number> {
  const located = await locate(options.project);
  const { promise, resolve } = Promise.withResolvers<number>();
  let state: State | null = null;
  const early: Event[] = [];
  const judge = (alive: boolean) => {
    if (state === null) return;
    const verdict = verdictOf(state, options);
    if (verdict === "reached") resolve(EXIT.ok);
    else if (verdict === "never" || !alive) resolve(EXIT.failed);
  };
  const handlers: ClientHandlers = {
    message: (message) => {
      if (message.type !== "event") return;
      if (state === null) return void early.push(message.event);
      if (message.event.seq > state.seq) state = fold(state, [message.event]);
      judge(true);
    },
    rows: () => {},
    closed: () => judge(false),
  };
  const connection = await connectIfRunning(located, "command", handlers, { follow: true });
  if (connection) {
    state = fold(
      connection.welcome.state,
      early.filter((event) => event.seq > connection.welcome.state.seq),
    );
    judge(true);
  } else {
    const read = located.current === null ? null : journaled(located.paths, located.current);
    if (!read) throw new UsageError(`there is no marathon in ${located.project} to wait for`, EXIT.failed);
    state = read.state;
    judge(false);
  }
  const timer = options.timeout === undefined ? null : setTimeout(() => resolve(EXIT.timeout), options.timeout * 1000);
  const code = await promise;
  if (timer) clearTimeout(timer);
  connection?.client.close();
  if (code === EXIT.failed) printError(`marathon: \`${options.until}\` cannot be reached any more: the marathon is ${state.status}\n`);
  return code;
}

/** Whether the condition holds, may still come to hold, or never will. */
export function verdictOf(state: State, { until, terminal }: Pick<WaitOptions, "until" | "terminal">): Verdict {
  const over = state.status === "done" || state.status === "stopped";
  const terminals = Object.values(state.terminals).filter((one) => terminal === undefined || one.number === terminal);
  if (until === "settled") return state.status === "settled" || state.status === "done" ? "reached" : over ? "never" : "not-yet";
  if (until === "done") {
    const tasks = Object.values(state.tasks).filter((task) => terminal === undefined || task.terminal === terminal);
    if (tasks.length > 0 && tasks.every((task) => task.state === "done" || task.state === "dropped")) return "reached";
    return over ? "never" : "not-yet";
  }
  if (until === "blocked") {
    const blocked = Object.values(state.tasks).some(
      (task) => task.state === "blocked" && (terminal === undefined || task.terminal === terminal),
    );
    return blocked ? "reached" : over ? "never" : "not-yet";
  }
  const holds =
    until === "asking"
      ? terminals.some((one) => one.state === "asking")
      : terminals.every((one) => one.state === "idle" || one.state === "exited");
  return holds && terminals.length > 0 ? "reached" : over ? "never" : "not-yet";
}
