import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { agentCli } from "../support/agent-clis.ts";
import type { Workplace } from "../support/marathon-run.ts";
import { planFor, realAgents } from "../support/real-agents.ts";

beforeAll(() => void agentCli("claude"), 180_000);

const REPORTS = "scratchpad: reports\n";

describe("a real Claude Code", () => {
  it("works through a plan: reports, asks and is answered by key, delegates, runs into a limit, and comes back after a kill", async () => {
    await using real = await realAgents(["claude"]);
    const { place, model } = real;
    const titles = ["Report [[do:scratch]]", "Ask first [[do:permit]]", "Delegate [[do:sub]]", "Too much [[do:limit]]"];
    const plan = place.file("plan.md", planFor("claude", titles, REPORTS));
    const screen = place.open(["run", plan]);

    await screen.waitFor("T1 asks: approve Bash: touch approved-2.txt", 90_000);
    expect((await terminal(place)).version).toBe("2.1.329");
    expect(await tasks(place)).toEqual(["done", "running", "ready", "ready"]);
    await screen.waitFor(/\? 1 asking/u);
    screen.keys("a");
    await screen.waitFor("Terminal 1 asks for a permission");
    expect(screen.text()).toMatch(/touch approved-2\.txt\s[\s\S]*1\. Yes/u);
    screen.keys("1\r");
    await screen.waitFor("T1 answered: Yes");

    await screen.waitFor(/● count files/u, 60_000);
    expect(existsSync(join(place.home.project, "approved-2.txt"))).toBe(true);
    await screen.waitFor(/✗ limited/u, 60_000);
    expect(await tasks(place)).toEqual(["done", "done", "done", "running"]);
    expect(await terminal(place)).toMatchObject({ state: "error", kind: "rate-limit", source: "osc-7501" });

    const { pid } = await terminal(place);
    const before = model.asked.length;
    process.kill(pid, "SIGKILL");
    await screen.waitFor("ended by SIGKILL");
    expect((await place.run(["restart", "--terminal", "1"])).code).toBe(0);
    await screen.waitFor(() => model.asked.slice(before).some(isBack), 90_000);
    expect(model.complaints).toEqual([]);

    expect((await place.run(["stop"])).code).toBe(0);
    await screen.close();
    expect(real.inside()).toEqual([]);
    expect(place.leftBehind()).toEqual([]);
  }, 300_000);
});

/** The words of one that is taken up again, in a conversation that has all that went before. */
function isBack({ turns }: { readonly turns: readonly { readonly by: string; readonly text: string }[] }): boolean {
  const words = turns.map(({ text }) => text);
  return words.some((text) => text.startsWith("You were interrupted")) && words.includes("Task 1 is done and reported.");
}

async function terminal(place: Workplace) {
  return (await place.json(["status"])).terminals[0];
}

async function tasks(place: Workplace): Promise<readonly string[]> {
  return (await place.json(["status"])).tasks.map((task: { readonly state: string }) => task.state);
}
