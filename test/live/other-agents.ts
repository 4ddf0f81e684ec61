/**
 * `npm run test:agents [NAME …]`: the agents whose programs are too large and too slow for CI, each in a real pane with an empty home
 * and the stub model: it works through a plan, asks and is answered by key, runs into a limit, is killed and taken up again. Writes
 * what came of it to other-agents.md, and exits with 1 when a step failed that is not known to.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { agentCli, type CliName } from "../support/agent-clis.ts";
import type { OuterTerminal } from "../support/outer-terminal.ts";
import { planFor, realAgents, type RealPlace } from "../support/real-agents.ts";
import { tasksOf, terminalOf } from "../support/real-story.ts";
import { agentsTable, KNOWN, type Seen } from "./other-agents-table.ts";

const OTHERS: readonly CliName[] = ["gemini", "qwen", "opencode", "copilot"];
/** For all of an agent's work, on a machine that is busy with other things, ms. */
const PATIENCE_MS = 240_000;
const LOOK_MS = 1000;
/** For the limit to be seen once the other tasks are done, ms. */
const LIMIT_MS = 60_000;
const TITLES = ["Report [[do:scratch]]", "Ask first [[do:permit]]", "Too much [[do:limit]]"];

/** What `status --json` tells of a terminal, as far as it is read here. */
type Words = Readonly<Record<string, string | null>>;

async function tried(name: CliName): Promise<Seen> {
  await using real = await realAgents([name]);
  const { place, model } = real;
  const plan = place.file("plan.md", planFor(name, TITLES, "scratchpad: reports\n"));
  const screen = place.open(["run", plan]);
  const states = new Set<string>();
  const asked = await works(real, screen, states);
  const one = await terminalOf(place);
  const { version, conversation } = one as Words;
  const tasks = await tasksOf(place);
  const events = (await place.run(["events", "--json"])).stdout;
  const limited = [...states].some((state) => state.includes("rate-limit"));
  const back = conversation === undefined || conversation === null ? null : await comesBack(real, one.pid, conversation);
  const stopped = (await place.run(["stop"])).code === 0;
  await screen.close();
  const left = real.inside().length + place.leftBehind().length;
  return {
    name,
    version: version ?? "unknown",
    steps: {
      "starts with its work": model.asked.length > 0,
      "reports a task": tasks[0] === "done",
      "its question is shown and answered by key": asked.length === 0 ? null : /"answered T1: /u.test(events),
      "is given a second task, and does it": tasks[1] === "done",
      "a limit is known as one": limited,
      "is taken up in its conversation after a kill": back,
      "leaves nothing behind": stopped && left === 0,
    },
    next: events.includes("(Stop hook)") ? "as its turn ends" : "typed",
    asked,
    states: [...states],
    complaints: model.complaints,
  };
}

/** Until its third task has run into the limit, or it comes no further: what it asked, in its words. */
async function works({ place }: RealPlace, screen: OuterTerminal, states: Set<string>): Promise<readonly string[]> {
  const asked: string[] = [];
  let end = performance.now() + PATIENCE_MS;
  let last = false;
  while (performance.now() < end) {
    await sleep(LOOK_MS);
    const seen = await terminalOf(place).catch(() => null);
    if (seen === null) continue;
    const { state, kind, source, evidence } = seen as Words;
    states.add(`${state}${kind === null ? "" : `/${kind}`} (${source})`);
    if (kind === "rate-limit") return asked;
    if (!last && (await tasksOf(place)).slice(0, 2).every((task) => task === "done")) {
      last = true;
      end = Math.min(end, performance.now() + LIMIT_MS);
    }
    if (state !== "asking") continue;
    asked.push(evidence ?? "");
    await answered(screen);
  }
  return asked;
}

/** By the keys of the dashboard: the first answer, which every agent words as a yes for this once. */
async function answered(screen: OuterTerminal): Promise<void> {
  screen.keys("a");
  try {
    await screen.waitFor(/Terminal 1 asks[\s\S]*number marks an answer/u, 5000);
    screen.keys("1\r");
    await screen.waitFor(/T1 answered/u, 5000);
  } catch {
    // It was answered or withdrawn meanwhile; else it is seen to ask again.
    screen.keys("\x1b");
  }
  await sleep(1500);
}

async function comesBack({ place, model }: RealPlace, pid: number, conversation: string): Promise<boolean> {
  const before = model.asked.length;
  process.kill(pid, "SIGKILL");
  await sleep(1500);
  if ((await place.run(["restart", "--terminal", "1"])).code !== 0) return false;
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    await sleep(LOOK_MS);
    // Some put what they said one after the other into one turn.
    const heard = model.asked.slice(before).some(({ turns }) => turns.some(({ text }) => text.startsWith("Task 1 is done and reported.")));
    if (heard) return (await terminalOf(place)).conversation === conversation;
  }
  return false;
}

const wanted = process.argv.slice(2);
const names = OTHERS.filter((name) => wanted.length === 0 || wanted.includes(name));
const all: Seen[] = [];
for (const name of names) {
  agentCli(name);
  const seen = await tried(name);
  all.push(seen);
  console.log(JSON.stringify(seen, null, 1));
}
if (names.length === OTHERS.length) writeFileSync(join(import.meta.dirname, "other-agents.md"), agentsTable(all));
const failed = all.flatMap(({ name, steps }) =>
  Object.entries(steps).flatMap(([step, went]) => (went === false && KNOWN[name]?.[step] === undefined ? [`${name}: ${step}`] : [])),
);
for (const one of failed) console.error(`failed: ${one}`);
process.exitCode = failed.length > 0 ? 1 : 0;
