import { beforeAll, expect, it } from "vitest";
import { agentCli } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";
import { terminalOf } from "../support/real-story.ts";

beforeAll(() => {
  agentCli("claude");
  agentCli("codex");
}, 300_000);

it("a real Claude Code in a project with MCP servers asks for each whether it may be used, and is answered by key", async () => {
  await using real = await realAgents(["claude"]);
  const { place } = real;
  place.file(".mcp.json", JSON.stringify({ mcpServers: { extra: { command: "sleep", args: ["600"] } } }));
  const screen = place.open(["run", place.file("plan.md", planFor("claude", ["Report [[do:scratch]]"], "scratchpad: reports\n"))]);
  await screen.waitFor("T1 asks: New MCP server found in this project: extra", 60_000);
  expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "permission", source: "screen-rule:mcp-trust" });
  screen.keys("a");
  await screen.waitFor(/Continue without using this MCP server[\s\S]*number marks an answer/u);
  screen.keys("3\r");
  await screen.waitFor("T1 answered: Continue without using this MCP server");
  // Its task asks for a permission to write; that it goes to work is what counts here.
  await expect.poll(async () => (await terminalOf(place))["source"], { timeout: 60_000 }).toMatch(/^(?:osc-7501|hook)/u);
  expect((await place.run(["stop", "--now"])).code).toBe(0);
  await screen.close();
  expect(real.inside()).toEqual([]);
}, 180_000);

it("a real Codex at rest is seen to have a picker open, and to rest again without it", async () => {
  await using real = await realAgents(["codex"]);
  const { place } = real;
  const screen = place.open(["run", place.file("plan.md", planFor("codex", ["Report [[do:scratch]]"], "scratchpad: reports\n"))]);
  await screen.waitFor(/\b1\/1\b/u, 90_000);
  const state = async () => terminalOf(place);
  await expect.poll(async () => (await state())["state"], { timeout: 60_000 }).toBe("idle");
  for (const command of ["/model", "/permissions", "/resume"]) {
    await presses(async () => void (await place.run(["send", "1", command, "--enter"])), { state: "asking", source: "screen-rule:picker" });
    await presses(async () => void (await place.run(["send", "1", "\u001b"])), { state: "idle", source: "osc-7501" });
  }

  /** A program may lose a key that comes too early: a person would press it again. */
  async function presses(press: () => Promise<void>, wanted: object): Promise<void> {
    for (let tries = 0; ; tries++) {
      await press();
      try {
        return await expect.poll(state, { timeout: 15_000 }).toMatchObject(wanted);
      } catch (error) {
        if (tries === 3) throw error;
      }
    }
  }
}, 300_000);
