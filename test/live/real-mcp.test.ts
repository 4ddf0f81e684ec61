import { beforeAll, describe, expect, it } from "vitest";
import { agentCli, INSTALL_MS } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";

beforeAll(() => void agentCli("claude"), INSTALL_MS);

describe("a real Claude Code with the marathon's MCP server", () => {
  it("reports its task by the tool, without being asked for a permission and without a file", async () => {
    await using real = await realAgents(["claude"]);
    const { place, model } = real;
    const plan = place.file("plan.md", planFor("claude", ["Report it [[do:mcp]]"]));
    const screen = place.open(["run", plan]);
    await screen.waitFor("T1 finished 1", 120_000);
    const { tasks } = await place.json(["status"]);
    expect(tasks[0]).toMatchObject({ state: "done", doneBy: "report of terminal 1" });
    expect(model.complaints).toEqual([]);
    expect((await place.run(["stop"])).code).toBe(0);
  }, 240_000);
});
