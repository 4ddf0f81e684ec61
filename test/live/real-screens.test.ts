import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { agentCli } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";
import { terminalOf } from "../support/real-story.ts";

// Claude Code's question for a project's MCP servers comes or not, as its start happens to go: its rule has tests without it.
beforeAll(() => void agentCli("codex"), 180_000);

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
