/** F17 and issue 7's load: ten terminals print without end. MARATHON_FAULT_FLOOD is how many bytes each prints. */
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, inputIsExact, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { usageOf } from "../bench/usage.ts";

const EACH = Number(process.env["MARATHON_FAULT_FLOOD"] ?? 100_000_000);

test(`ten terminals that print ${EACH / 1e6} MB each cost no key, no last line and no memory that grows with them`, async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(10), { cols: 200, rows: 60 });
  await screen.waitFor("READY");
  const { engine } = await place.json(["status"]);
  const began = performance.now();
  const floods = Array.from({ length: 10 }, (_, index) => agents.tell(index + 1, "flood", { bytes: EACH }) as Promise<{ lines: number }>);
  screen.keys("3\r");
  await screen.waitFor("TAKE-OVER 3");
  let typed = "";
  let most = 0;
  let over = false;
  void Promise.all(floods).then(() => (over = true));
  while (!over) {
    typed += "k";
    screen.keys("k");
    await until(() => agents.received(3).length === typed.length, "each key arrives", 60_000);
    most = Math.max(most, usageOf(engine.pid).rssMb);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const seconds = (performance.now() - began) / 1000;
  for (const [index, { lines }] of (await Promise.all(floods)).entries())
    await until(
      async () => (await place.run(["screen", String(index + 1)])).stdout.includes(`flood of ${lines} lines over`),
      `the last line of terminal ${index + 1}`,
    );
  inputIsExact(agents, 3, Buffer.from(typed), [1, 2, 4, 5, 6, 7, 8, 9, 10]);
  expect(most, "MB of the engine at its most").toBeLessThan(700);
  console.log(`ten times ${EACH / 1e6} MB in ${seconds.toFixed(0)} s; the engine had ${most.toFixed(0)} MB at most; ${typed.length} keys`);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
}, 1_800_000);
