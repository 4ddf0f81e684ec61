/** F5 and F42: a part of the whole is stopped for a while (SIGSTOP), and goes on. */
import { expect } from "vitest";
import { connectEngine } from "../../../src/protocol/client.ts";
import { workplace, type Workplace } from "../../support/marathon-run.ts";
import type { OuterTerminal } from "../../support/outer-terminal.ts";
import { Agents, until } from "./agents.ts";
import { agentsAreAccountedFor, inputIsExact, isTold, journalIsWhole, outputIsKept, stopsWithoutStrays } from "./invariants.ts";
import { DASHBOARD, HOLDER, processLike } from "./processes.ts";

export const SLEEPERS = ["dashboard", "engine", "holder", "agent"] as const;
export type Sleeper = (typeof SLEEPERS)[number];

/**
 * Somebody types into terminal 1 and terminal 2 prints while `who` is stopped for `ms`. All of it must be there afterwards, once;
 * marathon time must have passed as the clock on the wall says; and while it lasts, who looks is told what stands still.
 */
export async function sleepsAndWakes(who: Sleeper, ms: number): Promise<void> {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  const { engine } = await place.json(["status"]);
  const pid = processOf(who, place, agents, engine.pid);
  const before = await timeOf(engine.socket);

  process.kill(pid, "SIGSTOP");
  const began = performance.now();
  const typed = Buffer.from("typed while it slept ".repeat(200));
  screen.keys(typed);
  await agents.print(2, "printed while it slept\r\n");
  await TOLD[who](place, screen, pid);
  await pause(Math.max(0, began + ms - performance.now()));
  process.kill(pid, "SIGCONT");

  await until(() => agents.received(1).length >= typed.length, "all keys have arrived");
  inputIsExact(agents, 1, typed, [2]);
  await until(async () => (await place.run(["screen", "2"])).stdout.includes("printed while it slept"), "all output has arrived");
  await screen.waitFor((terminal) => !/SILENT|is stopped/u.test(terminal.text()));
  await outputIsKept(place, agents, 2);
  const after = await timeOf(engine.socket);
  expect(after.t - before.t).toBeGreaterThanOrEqual(after.from - before.to - ROUNDED_MS);
  expect(after.t - before.t).toBeLessThanOrEqual(after.to - before.from + ROUNDED_MS);
  const status = await place.json(["status"]);
  expect(status.engine.pid).toBe(engine.pid);
  expect(status.blockers).toEqual([]);
  expect(status.degraded).toEqual([]);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
}

/** Marathon time is told in whole ms. */
const ROUNDED_MS = 2;

/** What is said while it stands still. */
const TOLD: Readonly<Record<Sleeper, (place: Workplace, screen: OuterTerminal, pid: number) => Promise<void>>> = {
  // The person sees their own screen stand still; everybody else goes on.
  dashboard: async (place) => expect((await place.run(["status"])).code).toBe(0),
  async engine(place, screen, pid) {
    await screen.waitFor("ENGINE SILENT");
    await screen.waitFor(/has not answered for \d+ s/u);
    // Nobody waits for ever: what is on disk is told, and what to do; what needs the engine says so.
    const [status, block] = await Promise.all([place.run(["status"]), place.run(["block", "1", "--reason", "not now"])]);
    expect([status.code, status.stderr]).toEqual([0, expect.stringContaining(`kill -CONT ${pid}`)]);
    expect(status.stdout).not.toContain("no engine runs");
    expect([block.code, block.stderr]).toEqual([1, expect.stringContaining(`kill -CONT ${pid}`)]);
  },
  holder: (place, screen, pid) => isTold(place, new RegExp(`holds the terminals is stopped: \`kill -CONT ${pid}\``, "u"), screen),
  async agent(place, screen, pid) {
    await screen.waitFor(/unknown/u);
    const { terminals } = await place.json(["status"]);
    expect(terminals[0]).toMatchObject({ state: "unknown", source: "stopped", evidence: expect.stringContaining(`kill -CONT ${pid}`) });
  },
};

function processOf(who: Sleeper, place: Workplace, agents: Agents, engine: number): number {
  if (who === "engine") return engine;
  if (who === "agent") return agents.started().find(({ terminal }) => terminal === 1)?.pid ?? 0;
  return processLike(place, who === "holder" ? HOLDER : DASHBOARD);
}

interface Told {
  /** Marathon time, ms, and between which two moments it was asked for. */
  readonly t: number;
  readonly from: number;
  readonly to: number;
}

async function timeOf(socketPath: string): Promise<Told> {
  const from = performance.now();
  const handlers = { message: () => {}, rows: () => {}, closed: () => {} };
  const { client, welcome } = await connectEngine({ socketPath, program: "bench", role: "command", handlers });
  client.close();
  return { t: welcome.clock.t, from, to: performance.now() };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
