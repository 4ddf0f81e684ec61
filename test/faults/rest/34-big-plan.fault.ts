/** Issue 7's load: a plan of ten thousand tasks. */
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { usageOf } from "../bench/usage.ts";
import { killAndWait } from "../../support/left-behind.ts";

const TASKS = 10_000;

test("a marathon of ten thousand tasks is shown, reported on, killed and taken up like any other", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const stream = (terminal: number) => {
    const rows = Array.from({ length: TASKS / 10 }, (_, index) => {
      const number = (terminal - 1) * (TASKS / 10) + index + 1;
      return `| ${number} | Task ${number} of many | 5m | ${index > 0 && index % 7 === 0 ? number - 1 : ""} |`;
    });
    return `## Stream ${"ABCDEFGHIJ"[terminal - 1]}: Lane (${TASKS / 10} Tasks)\n\n**Terminal ${terminal}: lane (${TASKS / 10} tasks)**\n\n| # | Task | Estimate | Depends on |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  };
  const plan = place.file("plan.md", `# Many\n\n${Array.from({ length: 10 }, (_, index) => stream(index + 1)).join("\n")}`);
  const screen = place.open(["run", plan, ...agents.flags()], { cols: 200, rows: 60 });
  await screen.waitFor("READY", 120_000);
  const ticks = Array.from({ length: 500 }, (_, index) => `- [x] ${index + 1} done`).join("\n");
  place.file(".claude/Scratchpad/terminal-01.md", `${ticks}\n`);
  await until(async () => (await place.json(["status"])).progress.done === 500, "five hundred reports count", 180_000);
  const { engine } = await place.json(["status"]);
  expect(usageOf(engine.pid).rssMb).toBeLessThan(800);
  await killAndWait(engine.pid);
  expect((await place.run(["run", plan, ...agents.flags(), "--headless"], { timeoutMs: 120_000 })).code).toBe(0);
  expect((await place.json(["status"])).progress.done).toBe(500);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
}, 600_000);
