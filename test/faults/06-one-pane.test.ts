/** F16, F17, F18: one terminal hangs, spins, floods, or prints what freezes emulators. The others never notice. */
import { expect, test } from "vitest";
import { workplace } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { agentsAreAccountedFor, inputIsExact, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";
import { usageOf } from "./bench/usage.ts";

const ESC = "\x1b";
/** Each of these took an emulator, or the product of somebody, minutes or gigabytes. */
const FREEZERS: readonly (readonly [what: string, bytes: string])[] = [
  ["a billion lines inserted", `${ESC}[1000000000L`],
  ["a billion lines deleted", `${ESC}[1000000000M`],
  ["a billion lines scrolled", `${ESC}[1000000000S${ESC}[1000000000T`],
  ["a character a billion times", `a${ESC}[999999999b`],
  ["a billion tabs", `${ESC}[1000000000I${ESC}[1000000000Z`],
  ["a million titles pushed", `${ESC}[22t`.repeat(1_000_000)],
  ["a title of 20 MB", `${ESC}]0;${"t".repeat(20_000_000)}${ESC}\\`],
  ["a picture of 10 MB", `${ESC}_G${"A".repeat(10_000_000)}${ESC}\\`],
  ["two million marks on one letter", `e${"\u0301".repeat(2_000_000)}`],
];
const FLOOD = Number(process.env["MARATHON_FAULT_FLOOD"] ?? 30_000_000);

test("while others hang, spin, flood and print what freezes emulators, a terminal echoes every key and theirs recover", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(8), { cols: 200, rows: 60 });
  await screen.waitFor("READY");
  await until(() => agents.started().length === 8, "all agents have begun");
  const { engine } = await place.json(["status"]);
  const before = usageOf(engine.pid);
  const victim = agents.started().find(({ terminal }) => terminal === 8)?.pid ?? expect.fail("terminal 8 has no agent");
  process.kill(victim, "SIGSTOP");
  void agents.tell(7, "spin");
  const floods = [5, 6].map((terminal) => agents.tell(terminal, "flood", { bytes: FLOOD }));
  screen.keys("2\r");
  await screen.waitFor("TAKE-OVER 2");
  let typed = "";
  for (const [what, bytes] of FREEZERS) {
    const printed = agents.print(1, `${ESC}c${bytes}`);
    // Each key is echoed by the agent, through the whole way and back, before the freezer's own pane is asked for anything.
    const word = `<${what}>`;
    typed += word;
    screen.keys(word);
    await until(() => agents.received(2).length === Buffer.byteLength(typed), `keys arrive beside ${what}`);
    await agents.print(2, `echo of ${what}\r\n`);
    await screen.waitFor(`echo of ${what}`);
    await printed;
    await agents.print(1, `${ESC}c${ESC}[Hrecovered from ${what}`);
    await until(
      async () => (await place.run(["screen", "1"])).stdout.startsWith(`recovered from ${what}`),
      `the pane recovers from ${what}`,
    );
  }
  const [flood] = (await Promise.all(floods)) as { lines: number }[];
  await until(
    async () => (await place.run(["screen", "5"])).stdout.includes(`flood of ${flood?.lines} lines over`),
    "the flood ends as it should",
  );
  inputIsExact(agents, 2, Buffer.from(typed), [1, 3, 4]);
  expect(usageOf(engine.pid).rssMb - before.rssMb, "memory that all of this left behind, MB").toBeLessThan(300);
  process.kill(victim, "SIGCONT");
  await agents.print(8, "awake again\r\n");
  await until(async () => (await place.run(["screen", "8"])).stdout.includes("awake again"), "the stopped one goes on");
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
}, 480_000);
