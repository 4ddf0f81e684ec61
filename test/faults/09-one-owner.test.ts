/** F8 and F42: a project has one engine, also when many start together, and also when it was asleep. */
import { expect, test } from "vitest";
import { workplace, type Json } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { sleepsAndWakes } from "./bench/asleep.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";
import { killAndWait } from "../support/left-behind.ts";

const STARTERS = 8;
/** More than a dashboard waits for a word of its engine; by command it is a minute (05-asleep). */
const SLEEP_MS = 9000;

test("of many that start together one becomes the engine; the others are told its pid and how to attach", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const run = [...agents.run(1), "--headless"];
  const all = await Promise.all(Array.from({ length: STARTERS }, () => place.run(run, { timeoutMs: 120_000 })));
  const { engine } = await place.json(["status"]);
  expect(all.filter(({ code }) => code === 0)).toHaveLength(1);
  for (const { code, stderr } of all) {
    if (code === 0) continue;
    expect(stderr).toMatch(/attach/u);
    expect(code).toBe(1);
  }
  expect(place.leftBehind().filter(({ command }) => command.includes("__engine"))).toHaveLength(1);
  await agents.print(1, "one for all\r\n");
  expect(agents.started()).toHaveLength(1);
  expect(all.filter(({ stderr }) => stderr.includes(String(engine.pid))).length).toBeGreaterThan(0);
  await stopsWithoutStrays(place);
});

test("an engine that slept (SIGSTOP, as a suspended laptop) has lost neither lock nor agents, and raises no alarm", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(2), "--headless"])).code).toBe(0);
  await agents.print(1, "before the sleep\r\n");
  const screen = place.open(["attach"], { cols: 160, rows: 45 });
  await screen.waitFor("before the sleep");
  const before = await place.json(["status"]);
  const asleep = place.leftBehind().map(({ pid }) => pid);
  for (const pid of asleep) process.kill(pid, "SIGSTOP");
  const refused = await place.run(["run", "plan.md", ...agents.flags(), "--headless"], { timeoutMs: 90_000 });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(String(before.engine.pid));
  await new Promise((resolve) => setTimeout(resolve, SLEEP_MS));
  for (const pid of asleep) process.kill(pid, "SIGCONT");
  await agents.print(1, "after the sleep\r\n");
  const programs = ({ terminals }: Json) => JSON.stringify(terminals.map((one: Json) => [one.pid, one.state]));
  // Whoever wakes first sees the others still asleep, for a moment.
  await until(async () => programs(await place.json(["status"])) === programs(before), "all agents are what they were");
  const after = await place.json(["status"]);
  expect(after.engine.pid).toBe(before.engine.pid);
  expect(after.blockers).toEqual([]);
  // Engine and dashboard have slept together: neither was silent for the other.
  await screen.waitFor("after the sleep");
  expect(screen.raw().toString()).not.toContain("SILENT");
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("the lock of a killed engine is taken at once", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(1), "--headless"])).code).toBe(0);
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
  expect((await place.run(["run", "plan.md", ...agents.flags(), "--headless"])).code).toBe(0);
  expect((await place.json(["status"])).engine.pid).not.toBe(engine.pid);
  await stopsWithoutStrays(place);
});

test.each(["engine", "holder"] as const)(
  "while the %s alone stands still that is told, nothing typed or printed is lost, and it goes on as if nothing had been",
  (who) => sleepsAndWakes(who, SLEEP_MS),
  480_000,
);
