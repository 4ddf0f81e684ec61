/**
 * `run` without a terminal: one line an event, a summary now and then and at the end, no escape sequences.
 * Nothing waits for a person here; the engine was started unattended.
 */
import { planTime } from "../dashboard/format.ts";
import { marathonClock } from "../marathon/clock.ts";
import { owedWords } from "../marathon/handoffs.ts";
import { describe } from "../marathon/describe.ts";
import { fold } from "../marathon/step.ts";
import type { Event, State } from "../marathon/types.ts";
import { connectEngine } from "../protocol/client.ts";
import { VERSION } from "../version.ts";
import { engineEnd } from "./engine-end.ts";
import { EXIT } from "./exit.ts";

/** A standstill counts once it has lasted this long, ms: one fact may settle the marathon and the next one, right behind it, go on. */
const QUIET_MS = 300;
/** Between two summaries, real ms. */
const SUMMARY_MS = 60_000;

/** Follows the marathon until nothing can go on, stops its engine, and answers 0 when all is done, else 1. */
export async function followPlainly(socketPath: string, out: (line: string) => void): Promise<number> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const { promise: gone, resolve: disconnected } = Promise.withResolvers<void>();
  let state: State | null = null;
  const early: Event[] = [];
  let judging: NodeJS.Timeout | undefined;
  const judge = (now: State) => {
    clearTimeout(judging);
    if (isOver(now)) judging = setTimeout(resolve, now.status === "settled" ? QUIET_MS : 0);
  };
  const take = (event: Event) => {
    if (state === null) return void early.push(event);
    if (event.seq <= state.seq) return;
    state = fold(state, [event]);
    const line = describe(event, state);
    if (line) out(`${timeOfDay(event.at)} ${line.text}`);
    judge(state);
  };
  const { client, welcome } = await connectEngine({
    socketPath,
    program: VERSION,
    role: "command",
    follow: true,
    handlers: {
      message: (message) => {
        if (message.type === "event") take(message.event);
      },
      rows: () => {},
      closed: () => {
        resolve();
        disconnected();
      },
    },
  });
  state = welcome.state;
  for (const line of state.log) out(`${timeOfDay(line.at)} ${line.text}`);
  for (const event of early) take(event);
  judge(state);
  const summaries = setInterval(() => state && out(summary(state)), SUMMARY_MS);
  await ended;
  clearInterval(summaries);
  const end = state;
  await client.request({ name: "stop", terminal: null, now: false, by: "its run without a terminal" }).catch(() => {});
  await gone;
  await engineEnd(welcome.pid);
  out(summary(end));
  for (const line of leftOver(end)) out(line);
  const owed = owedWords(end);
  if (owed !== null) out(`   ${owed}`);
  return end.status === "done" ? EXIT.ok : EXIT.failed;
}

/** Nothing more will happen. A question settles the marathon too, but here the engine answers it or blocks its task. */
function isOver(state: State): boolean {
  if (state.status === "settled")
    return !Object.values(state.terminals).some(({ state: name, task }) => name === "asking" && task !== null);
  return state.status !== "running";
}

function summary(state: State): string {
  const clock = marathonClock(state, state.t);
  const blocked = Object.values(state.tasks).filter((task) => task.state === "blocked").length;
  return `-- ${state.title}: ${clock.done} of ${clock.total} tasks done, ${blocked} blocked, ${planTime(clock.elapsedMs)} of marathon time, ${state.status}`;
}

function leftOver(state: State): string[] {
  const lines: string[] = [];
  for (const task of Object.values(state.tasks)) {
    if (task.state === "done" || task.state === "dropped") continue;
    const title = state.plan.tasks.find((one) => one.number === task.number)?.title ?? "";
    const blocker = task.blocker === null ? null : state.blockers[task.blocker];
    lines.push(`   ${task.state} ${task.number} ${title}${blocker ? ` — ${blocker.title}` : task.waitsFor ? ` — ${task.waitsFor}` : ""}`);
  }
  return lines;
}

function timeOfDay(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
