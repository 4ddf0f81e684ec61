/** F4: the person's terminal is gone, or does not read any more. */
import { expect, test } from "vitest";
import { workplace, type Json } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";
import { usageOf } from "./bench/usage.ts";

test("a terminal that does not read stalls nobody: agents print on, the engine answers, and one right frame comes when it reads again", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(10), { cols: 200, rows: 60 });
  await screen.waitFor(/READY[\s\S]*READY/u);
  const { engine } = await place.json(["status"]);
  const before = usageOf(engine.pid);
  screen.stall();
  const terminals = Array.from({ length: 10 }, (_, index) => index + 1);
  await Promise.all(terminals.map((terminal) => agents.tell(terminal, "flood", { bytes: 8_000_000 })));
  await Promise.all(terminals.map((terminal) => agents.print(terminal, `\x1b[2J\x1b[Hthe last word of ${terminal}\r\n`)));
  // The engine went on in the meantime: it has all of the output, and keeps no frame of it for the one who does not read.
  await until(async () => (await place.run(["screen", "10"])).stdout.startsWith("the last word of 10"), "the engine has shown it all");
  expect((await place.run(["block", "3", "--reason", "said while stalled"])).code).toBe(0);
  expect(usageOf(engine.pid).rssMb - before.rssMb).toBeLessThan(150);
  screen.goOn();
  await screen.waitFor(/the last word of 1\b/u);
  await screen.waitFor("said while stalled");
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("a terminal that is gone ends its dashboard, which does not spin, and nothing else", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  await until(() => agents.started().length === 2, "both agents have begun");
  await screen.close();
  await until(
    () => place.leftBehind().every(({ command }) => !/ (run|attach)\b/u.test(command)),
    "the dashboard and its guard have ended with their terminal",
  );
  const { terminals } = await place.json(["status"]);
  const pids = agents.started().map(({ terminal, pid }) => [terminal, pid] as const);
  expect(new Map((terminals as Json[]).map((one) => [one.number, one.pid]))).toEqual(new Map(pids));
  await agentsAreAccountedFor(place, agents);
  await stopsWithoutStrays(place);
});
