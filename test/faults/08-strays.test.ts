/** F21: whatever an agent leaves running, a stop ends it; and after the death of everything, the next start finds it. */
import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, startTime } from "../../src/engine/processes.ts";
import { workplace } from "../support/marathon-run.ts";
import { Agents, FORKS } from "./bench/agents.ts";
import { agentsAreAccountedFor, stopsWithoutStrays } from "./bench/invariants.ts";
import { HOLDER, processLike } from "./bench/processes.ts";
import { killAndWait } from "../support/left-behind.ts";

test("children that ignore, left, hid or became daemons are ended by a stop; a stranger of the same name is not", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const stranger = spawn("sleep", ["1000"], { stdio: "ignore" });
  onTestFinished(() => void stranger.kill("SIGKILL"));
  expect((await place.run([...agents.run(2), "--headless"])).code).toBe(0);
  for (const kind of FORKS) for (const terminal of [1, 2]) await agents.tell(terminal, "fork", { kind });
  expect(place.leftBehind().filter(({ command }) => /sleep 1000/u.test(command)).length).toBeGreaterThanOrEqual(FORKS.length * 2);
  await agentsAreAccountedFor(place, agents);
  await stopsWithoutStrays(place);
  expect(isAlive({ pid: stranger.pid ?? 0, start: startTime(stranger.pid ?? 0) })).toBe(true);
});

test("children that outlive a killed engine are named by the next one and ended on request; no agent exists twice", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(2), "--headless"])).code).toBe(0);
  for (const kind of ["deafSession", "daemon"]) await agents.tell(1, "fork", { kind });
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
  const again = await place.run(["run", "plan.md", ...agents.flags(), "--headless"]);
  expect(again.code).toBe(0);
  await agentsAreAccountedFor(place, agents);
  await stopsWithoutStrays(place);
});

test("a stop ends everything also while the holder stands still (SIGSTOP), and its terminals with it", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(2), "--headless"])).code).toBe(0);
  process.kill(processLike(place, HOLDER), "SIGSTOP");
  await stopsWithoutStrays(place);
});
