import { setTimeout as sleep } from "node:timers/promises";
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
  const shows = async () => (await place.run(["screen", "1"])).stdout;
  const is = async (wanted: string) => {
    const { state, source } = (await terminalOf(place)) as Record<string, unknown>;
    return `${String(state)} ${String(source)}` === wanted;
  };
  const rests = async () => is("idle osc-7501");
  const picks = async () => is("asking screen-rule:picker");
  await again(rests, async () => {});
  for (const command of ["/model", "/permissions", "/resume"]) {
    await again(picks, async () => {
      // Typed and sent apart, as by a person: keys that come in one go are a paste to Codex.
      if (!(await shows()).includes(`› ${command}`)) await place.run(["send", "1", command]);
      else await place.run(["send", "1", "", "--enter"]);
    });
    await again(rests, async () => void (await place.run(["send", "1", "\u001b"])));
  }
}, 300_000);

/** A program may lose a key that comes too early: a person would look, and press it again. */
async function again(done: () => Promise<boolean>, press: () => Promise<void>): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await done()) return true;
        await press();
        await sleep(1500);
        return done();
      },
      { timeout: 90_000, interval: 500 },
    )
    .toBe(true);
}
