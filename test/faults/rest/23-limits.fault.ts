/** F23: the system's limits are reached: what cannot be started says which limit it was, and starts when there is room again. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { needsTool } from "../bench/tools.ts";

test("without a free file handle a restart fails with the limit's name, the others live on, and it succeeds once there is one", async () => {
  needsTool("prlimit");
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(3), "--headless"])).code).toBe(0);
  await agents.print(2, "still here\r\n");
  const holder = place.leftBehind().find(({ command }) => /holder\.js /u.test(command))?.pid ?? 0;
  expect((await place.run(["stop", "--terminal", "1"])).code).toBe(0);
  await until(async () => (await place.json(["status"])).terminals[0].state === "exited", "terminal 1 has ended");
  await atRest(holder);
  const events = async () => (await place.run(["events"])).stdout;
  const namesTheLimit = /cannot open a terminal.*a limit is reached: .*open files/u;
  // A terminal has two sides: one handle is not enough.
  limit(holder, oneFree(holder));
  await place.run(["restart", "--terminal", "1"]);
  await until(async () => namesTheLimit.test(await events()), "the limit is named").catch(async (error: Error) =>
    expect.fail(`${error.message}:\n${await events()}\n${handlesOf(holder).join(" ")}`),
  );
  limit(holder, 4096);
  agents.forget(1);
  const before = agents.started().length;
  expect((await place.run(["restart", "--terminal", "1"])).code).toBe(0);
  await until(() => agents.started().length > before, "the agent has begun again");
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

/** What it closes after the end of a terminal is closed: handles that become free later would be enough. */
async function atRest(pid: number): Promise<void> {
  let before = "";
  let same = 0;
  await until(() => {
    const now = handlesOf(pid).join();
    same = now === before ? same + 1 : 0;
    before = now;
    return same >= 80;
  }, "the holder closes nothing any more");
}

function handlesOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/fd`)
    .map(Number)
    .toSorted((left, right) => left - right);
}

/** The limit below which one number of a handle is not in use. */
function oneFree(pid: number): number {
  const used = new Set(handlesOf(pid));
  let free = 0;
  for (let number = 0; ; number++) if (!used.has(number) && ++free === 2) return number;
}

function limit(pid: number, handles: number): void {
  const { status, stderr } = spawnSync("prlimit", ["--pid", String(pid), `--nofile=${handles}:4096`], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
}
