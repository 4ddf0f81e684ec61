import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { agentCli, INSTALL_MS } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";
import { comesBackAfterAKill, leavesNothing } from "../support/real-endings.ts";
import { answers, tasksOf, terminalOf } from "../support/real-story.ts";

beforeAll(() => void agentCli("codex"), INSTALL_MS);

describe("a real Codex", () => {
  it("works through a plan: reports, asks and is answered by key, waits for a limit, and comes back after a kill", async () => {
    await using real = await realAgents(["codex"]);
    const { place } = real;
    const titles = ["Report [[do:scratch]]", "Ask first [[do:permit]]", "Too much [[do:limit]]"];
    const screen = place.open(["run", place.file("plan.md", planFor("codex", titles))]);

    await screen.waitFor("T1 asks: $ touch");
    expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "permission", source: "osc-7501", version: "0.169.0" });
    expect(await tasksOf(place)).toEqual(["done", "running", "ready"]);
    expect((await place.run(["events", "--json"])).stdout).toContain("handed over as its turn ended (Stop hook)");
    await answers(screen, 1, "T1 answered: Yes, proceed", /asks for a permission[\s\S]*\$ touch approved-2\.txt\s[\s\S]*1\. Yes, proceed/u);

    await screen.waitFor(/● limited/u);
    expect(existsSync(join(place.home.project, "approved-2.txt"))).toBe(true);
    expect(await tasksOf(place)).toEqual(["done", "done", "running"]);
    expect(await terminalOf(place)).toMatchObject({ state: "busy", kind: "rate-limit", evidence: expect.stringContaining("429") });

    await comesBackAfterAKill(real, screen);
    await leavesNothing(real, screen);
  }, 300_000);
});
