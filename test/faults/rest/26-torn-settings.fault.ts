/** F26: agents that start at once write one file of settings, and now and then one of them finds it torn. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { agentCli, INSTALL_MS } from "../../support/agent-clis.ts";
import { planFor, realAgents } from "../../support/real-agents.ts";
import { tasksOf, terminalOf } from "../../support/real-story.ts";

const TORN = '{"hasCompletedOnboarding": true, "theme": "da';

beforeAll(() => void agentCli("claude"), INSTALL_MS);

test("a real agent that starts into a dialog about its torn settings is shown to ask, and neither answered nor mended unasked", async () => {
  await using real = await realAgents(["claude"]);
  const { place } = real;
  const settings = join(place.home.env["HOME"] ?? "", ".claude.json");
  writeFileSync(settings, TORN);
  const screen = place.open(["run", place.file("plan.md", planFor("claude", ["Never begun [[do:scratch]]"]))]);
  await screen.waitFor(/T1 asks/u, 120_000);
  expect(await terminalOf(place)).toMatchObject({ state: "asking", source: expect.stringMatching(/^screen-rule|^quiet/u) });
  expect((await place.run(["screen", "1"])).stdout).toMatch(/Configuration error/u);
  screen.keys("a");
  await screen.waitFor(/Terminal 1 asks[\s\S]*Exit and fix manually/u);
  expect(await tasksOf(place)).toEqual(["running"]);
  expect(readFileSync(settings, "utf8")).toBe(TORN);
  await screen.close();
  expect((await place.run(["stop"])).code).toBe(0);
  expect(real.inside()).toEqual([]);
}, 240_000);
