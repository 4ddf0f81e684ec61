/** F5 and F42: a part of the whole is stopped for a while and goes on. */
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, inputIsExact, journalIsWhole, outputIsKept, stopsWithoutStrays } from "../bench/invariants.ts";

test.each(["dashboard", "engine", "agent"])("keys typed and lines printed while the %s sleeps are all there when it wakes", async (who) => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  const { engine } = await place.json(["status"]);
  const dashboard = place.leftBehind().find(({ command }) => / run /u.test(command) && !/^(\/bin\/)?sh |__engine/u.test(command));
  const pid =
    who === "engine" ? engine.pid : who === "agent" ? agents.started().find(({ terminal }) => terminal === 1)?.pid : dashboard?.pid;
  process.kill(pid, "SIGSTOP");
  const typed = Buffer.from("typed while it slept ".repeat(200));
  screen.keys(typed);
  await agents.print(2, "printed while it slept\r\n");
  await new Promise((resolve) => setTimeout(resolve, 8000));
  process.kill(pid, "SIGCONT");
  await until(() => agents.received(1).length >= typed.length, "all keys have arrived");
  inputIsExact(agents, 1, typed, [2]);
  await until(async () => (await place.run(["screen", "2"])).stdout.includes("printed while it slept"), "all output has arrived");
  await outputIsKept(place, agents, 2);
  const status = await place.json(["status"]);
  expect(status.engine.pid).toBe(engine.pid);
  expect(status.blockers).toEqual([]);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});
