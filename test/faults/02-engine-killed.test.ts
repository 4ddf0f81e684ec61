/** F2: the engine is killed at any moment. No task, no event and no key is lost; each agent lives on or is known to have ended. */
import { expect, test } from "vitest";
import { random } from "../conformance/random.ts";
import { workplace, type Json } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";
import { killAndWait } from "../support/left-behind.ts";

const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));
const ROUNDS = Number(process.env["MARATHON_FAULT_ROUNDS"] ?? 4);

test(`an engine killed while agents start, report and print is followed by one that knows all of it (seed ${SEED})`, async () => {
  const next = random(SEED);
  await using place = workplace();
  const agents = new Agents(place);
  const run = ["run", "plan.md", ...agents.flags(), "--headless"];
  expect((await place.run([...agents.run(8), "--headless"])).code).toBe(0);
  const done = new Set<number>();
  for (let round = 1; round <= ROUNDS; round++) {
    const { engine } = await place.json(["status"]);
    const task = round;
    place.file(`.claude/Scratchpad/terminal-0${task}.md`, `- [x] ${task} done\n`);
    const acknowledged = next(2) === 0;
    if (acknowledged) {
      await until(async () => isDone(await place.json(["status"]), task), `task ${task} is done`);
      done.add(task);
    } else await new Promise((resolve) => setTimeout(resolve, next(400)));
    await killAndWait(engine.pid);
    const from = await place.json(["status"]);
    for (const known of done) expect(isDone(from, known), `task ${known} was known to be done before the engine was killed`).toBe(true);
    expect((await place.run(run)).code).toBe(0);
    // What was reported and not yet read is read now: the file is still there.
    await until(async () => isDone(await place.json(["status"]), task), `task ${task} is done after all`);
    done.add(task);
    await agentsAreAccountedFor(place, agents);
    await journalIsWhole(place);
  }
  await stopsWithoutStrays(place);
}, 480_000);

test("people who look are told what happened, and see the marathon again by the same command", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  await agents.print(1, "words that must not be lost\r\n");
  await screen.waitFor("words that must not be lost");
  await place.run(["log", "1"]);
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
  await screen.waitFor("engine is gone");
  screen.keys("d");
  await screen.exit;
  const again = place.open(["run", "plan.md", ...agents.flags()], { cols: 160, rows: 45 });
  await again.waitFor("words that must not be lost");
  await agentsAreAccountedFor(place, agents);
  await stopsWithoutStrays(place);
});

function isDone(status: Json, task: number): boolean {
  return (status.tasks as Json[]).some(({ number, state }) => number === task && state === "done");
}
