/** F45, F22 and the rule that nothing is ended that we did not start: everything is killed ten times. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, startTime } from "../../../src/engine/processes.ts";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, stopsWithoutStrays } from "../bench/invariants.ts";
import { killAndWait } from "../../support/left-behind.ts";

test("after ten rounds of kill -9, each taken up again, there is one of each agent, and after the stop no process more than before", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const stranger = spawn("sleep", ["1000"], {
    stdio: "ignore",
    env: { ...process.env, MARATHON_ID: "somebody-else", MARATHON_TERMINAL: "1" },
  });
  onTestFinished(() => void stranger.kill("SIGKILL"));
  const known = { pid: stranger.pid ?? 0, start: startTime(stranger.pid ?? 0) };
  const zombies = zombiesOf(process.pid);
  expect((await place.run([...agents.run(2), "--headless"])).code).toBe(0);
  for (let round = 0; round < 10; round++) {
    agents.forget(1);
    await agents.tell(1, "fork", { kind: round % 2 === 0 ? "deafSession" : "daemon" });
    const { engine } = await place.json(["status"]);
    await killAndWait(engine.pid);
    // Every second time all dies with it, as at a reboot.
    if (round % 2 === 1) {
      for (const { pid, command } of place.leftBehind()) if (/holder\.js /u.test(command)) await killAndWait(pid);
      for (const { pid, start } of agents.started()) if (isAlive({ pid, start })) process.kill(pid, "SIGKILL");
    }
    expect((await place.run(["run", "plan.md", ...agents.flags(), "--headless"])).code).toBe(0);
    await agentsAreAccountedFor(place, agents);
  }
  // A thousand children that end at once leave none that waits to be buried, be it by us.
  agents.forget(1);
  await agents.tell(1, "swarm", { count: 1000 });
  const ours = place.leftBehind().filter(({ command }) => /__engine|holder\.js /u.test(command));
  expect(ours).toHaveLength(2);
  await until(() => ours.every(({ pid }) => zombiesOf(pid) === 0), "nothing that ended waits for the engine or the holder");
  await stopsWithoutStrays(place);
  expect(place.leftBehind()).toEqual([]);
  expect(isAlive(known), "a stranger with a mark of another marathon lives on").toBe(true);
  expect(zombiesOf(process.pid)).toBe(zombies);
});

/** Zombies whose parent is this process. */
function zombiesOf(parent: number): number {
  return readdirSync("/proc").filter((name) => {
    try {
      const [state, of] = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /su, "")
        .split(" ");
      return state === "Z" && Number(of) === parent;
    } catch {
      return false;
    }
  }).length;
}
