/** F41: the wall clock jumps while the marathon runs (libfaketime; the monotonic clock goes on as it does). */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplace, type Json } from "../../support/marathon-run.ts";
import { Agents } from "../bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { needsTool } from "../bench/tools.ts";

function library(): string {
  needsTool("faketime");
  const places = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "faketime", "libfaketime.so.1"));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`libfaketime is in none of ${places.length} folders of /usr/lib`);
  return found;
}

test.each(["+1h", "-1d", "+10y"])("a wall clock that jumps by %s moves no duration, fires no timer and loses no order", async (jump) => {
  await using place = workplace();
  const stamp = place.file("faketime", "+0");
  const agents = new Agents(place);
  const env = {
    LD_PRELOAD: library(),
    FAKETIME_TIMESTAMP_FILE: stamp,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    FAKETIME_NO_CACHE: "1",
  };
  expect((await place.run([...agents.run(2), "--headless"], { env })).code).toBe(0);
  await agents.print(1, "before the jump\r\n");
  const before = await place.json(["status"]);
  writeFileSync(stamp, `${jump}\n`);
  await agents.print(1, "after the jump\r\n");
  await new Promise((resolve) => setTimeout(resolve, 6000));
  expect((await place.run(["block", "2", "--reason", "said after the jump"])).code).toBe(0);
  const after = await place.json(["status"]);
  expect(after.clock.elapsed - before.clock.elapsed).toBeLessThan(10);
  expect(after.clock.elapsed).toBeGreaterThanOrEqual(before.clock.elapsed);
  expect((after.blockers as Json[]).map(({ title }) => title as string)).toEqual([expect.stringContaining("said after the jump")]);
  expect(after.engine.pid).toBe(before.engine.pid);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});
