/** F14: agents end in every way there is. Each way has its own words, and the last screen stays readable. */
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplace, type Json } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";

test("exit codes and signals are told apart, each last screen can still be read, and the others go on", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(4), "--headless"])).code).toBe(0);
  for (const terminal of [1, 2, 3]) await agents.print(terminal, `the last words of ${terminal}\r\n`);
  await agents.tell(1, "exit", { code: 0 });
  await agents.tell(2, "exit", { code: 7 });
  void agents.tell(3, "crash");
  await until(async () => ended((await place.run(["events", "--json"])).stdout).length >= 3, "three agents have ended");
  const ends = ended((await place.run(["events", "--json"])).stdout);
  expect(ends.map(({ terminal, code, signal }) => [terminal, code, signal]).toSorted()).toEqual([
    [1, 0, null],
    [2, 7, null],
    [3, null, "SIGSEGV"],
  ]);
  for (const terminal of [1, 2, 3])
    expect((await place.run(["screen", String(terminal)])).stdout).toContain(`the last words of ${terminal}`);
  const { terminals } = await place.json(["status"]);
  expect((terminals as Json[]).find(({ number }) => number === 4).pid).toBe(agents.started().find(({ terminal }) => terminal === 4)?.pid);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("a program that is missing, not runnable, or whose folder is gone is refused before anything starts", async () => {
  await using place = workplace();
  const plan = place.file("plan.md", "# P\n\n| # | Task |\n|---|---|\n| 1 | One |\n");
  const script = place.file("agent.sh", "#!/bin/sh\n");
  chmodSync(script, 0o600);
  for (const [command, code] of [
    ["no-such-program", 127],
    ["./agent.sh", 126],
  ] as const) {
    const ran = await place.run(["run", plan, "--command", command, "--headless"]);
    expect([ran.code, ran.stderr.includes(command)]).toEqual([code, true]);
  }
  const gone = join(place.home.folder, "gone");
  const ran = await place.run(["run", plan, "--command", "true", "--headless", "--project", gone]);
  expect([ran.code === 0, ran.stderr.includes(gone)]).toEqual([false, true]);
  expect(existsSync(gone), "a folder that was not there is not made").toBe(false);
  expect(place.leftBehind()).toEqual([]);
});

function ended(events: string): readonly Json[] {
  return events
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Json)
    .filter(({ type }) => type === "terminal-exited");
}
