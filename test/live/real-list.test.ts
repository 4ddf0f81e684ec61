import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { claudeStatus } from "../../src/engine/agents/claude-status.ts";
import { agentCli } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";
import { terminalOf } from "../support/real-story.ts";

beforeAll(() => void agentCli("claude"), 180_000);

it("what a real Claude Code keeps of its state is what `claude agents --json` lists, and it asks and rests there as on its screen", async () => {
  await using real = await realAgents(["claude"]);
  const { place } = real;
  const screen = place.open(["run", place.file("plan.md", planFor("claude", ["Ask [[do:permit]]"], "scratchpad: reports\n"))]);
  await screen.waitFor(/T1 asks: approve Bash/u, 90_000);
  const { pid } = await terminalOf(place);
  const kept = () => claudeStatus(pid, place.home.env);
  await expect.poll(kept, { timeout: 30_000 }).toMatchObject({ state: "asking", kind: "permission", source: "claude-agents:waiting" });
  const listed = await promisify(execFile)("claude", ["agents", "--json"], { env: place.home.env, cwd: place.home.project });
  const sessions = JSON.parse(listed.stdout) as readonly { readonly pid: number }[];
  expect(sessions.find((session) => session.pid === pid)).toMatchObject({ status: "waiting", waitingFor: "permission prompt" });
  screen.keys("a");
  await screen.waitFor(/Terminal 1 asks[\s\S]*number marks an answer/u);
  screen.keys("1\r");
  await screen.waitFor(/\b1\/1\b/u, 90_000);
  await expect.poll(kept, { timeout: 60_000 }).toMatchObject({ state: "idle", source: "claude-agents:idle" });
  // It speaks for itself (OSC 7501), so nobody needs what it keeps for others.
  await expect.poll(async () => (await terminalOf(place))["source"], { timeout: 30_000 }).toBe("osc-7501");
  expect((await place.run(["why", "1"])).stdout).not.toContain("claude-agents");
  expect((await place.run(["stop"])).code).toBe(0);
  await screen.close();
  expect(kept()).toBeNull();
}, 240_000);
