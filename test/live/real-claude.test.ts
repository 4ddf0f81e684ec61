import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { agentCli, INSTALL_MS } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";
import { comesBackAfterAKill, leavesNothing } from "../support/real-endings.ts";
import { answers, tasksOf, terminalOf } from "../support/real-story.ts";

beforeAll(() => void agentCli("claude"), INSTALL_MS);

describe("a real Claude Code", () => {
  it("works through a plan: reports, asks and is answered by key, delegates, runs into a limit, and comes back after a kill", async () => {
    await using real = await realAgents(["claude"]);
    const { place } = real;
    const titles = ["Report [[do:scratch]]", "Ask first [[do:permit]]", "Delegate [[do:sub]]", "Too much [[do:limit]]"];
    const screen = place.open(["run", place.file("plan.md", planFor("claude", titles))]);

    await screen.waitFor("T1 asks: approve Bash");
    expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "permission", source: "osc-7501", version: "2.1.329" });
    expect(await tasksOf(place)).toEqual(["done", "running", "ready", "ready"]);
    await screen.waitFor(/\? 1 asking/u);
    await answers(screen, 1, "T1 answered: Yes", /asks for a permission[\s\S]*touch approved-2\.txt\s[\s\S]*1\. Yes/u);

    await screen.waitFor(/● (general-purpose|count files)/u);
    expect(existsSync(join(place.home.project, "approved-2.txt"))).toBe(true);
    await screen.waitFor(/✗ limited/u);
    expect(await tasksOf(place)).toEqual(["done", "done", "done", "running"]);
    expect(await terminalOf(place)).toMatchObject({ state: "error", kind: "rate-limit", source: "osc-7501" });

    await comesBackAfterAKill(real, screen);
    await leavesNothing(real, screen);
  }, 300_000);
});
