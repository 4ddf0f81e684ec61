/** F7 and F11: five people look, one behind a dead line, one behind a slow one, one who resizes without end. */
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import { Agents } from "../bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { usageOf } from "../bench/usage.ts";

test("five dashboards end with the same words although one stalls, one is slow and one is resized two hundred times", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(10), "--headless"])).code).toBe(0);
  const sizes = [
    { cols: 200, rows: 60 },
    { cols: 160, rows: 45 },
    { cols: 120, rows: 36 },
    { cols: 80, rows: 24 },
    { cols: 200, rows: 60 },
  ];
  const screens = sizes.map((size) => place.open(["attach"], size));
  for (const screen of screens) await screen.waitFor("Bench");
  const [stalled, slow, resized] = screens;
  const { engine } = await place.json(["status"]);
  const before = usageOf(engine.pid);
  stalled?.stall();
  let slowly = true;
  const slowness = (async () => {
    while (slowly) {
      slow?.stall();
      await pause(300);
      slow?.goOn();
      await pause(20);
    }
  })();
  const floods = Array.from({ length: 10 }, (_, index) => agents.tell(index + 1, "flood", { bytes: 10_000_000 }));
  for (let step = 0; step < 200; step++) {
    resized?.resize(20 + ((step * 37) % 200), 5 + ((step * 13) % 60));
    await pause(10);
  }
  resized?.resize(1, 1);
  await pause(100);
  resized?.resize(120, 36);
  await Promise.all(floods);
  for (let terminal = 1; terminal <= 10; terminal++) await agents.print(terminal, `\x1b[2J\x1b[HLAST ${terminal}\r\n`);
  expect(usageOf(engine.pid).rssMb - before.rssMb).toBeLessThan(250);
  stalled?.goOn();
  slowly = false;
  await slowness;
  for (const screen of screens) await screen.waitFor(/LAST 1\b/u);
  // Of all the sizes on the way the programs have seen few, and the last one counts.
  const { size, sizes: told } = await agents.state(1);
  expect(told.length).toBeLessThan(220);
  expect(size.every((cells) => cells > 5)).toBe(true);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  for (const screen of screens) screen.keys("d");
  for (const screen of screens) expect((await screen.exit).code).toBe(0);
  await stopsWithoutStrays(place);
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
