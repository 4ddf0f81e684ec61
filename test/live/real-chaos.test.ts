import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { agentCli, INSTALL_MS } from "../support/agent-clis.ts";
import type { Workplace } from "../support/marathon-run.ts";
import { planFor, realAgents } from "../support/real-agents.ts";
import { answers, enters, tasksOf, terminalOf } from "../support/real-story.ts";

beforeAll(() => {
  agentCli("claude");
  agentCli("codex");
}, 2 * INSTALL_MS);

/** The state of terminal 1; unless it is at rest, Escape is pressed: what has just been drawn may have lost it before. */
async function escapes(place: Workplace): Promise<unknown> {
  const { state } = await terminalOf(place);
  if (state !== "idle") await place.run(["send", "1", "\u001b"]);
  return state;
}

describe("a real Claude Code", () => {
  it("on a new machine is shown to ask on each screen of its set-up, and its trust dialog is answered by key", async () => {
    await using real = await realAgents(["claude"], { fresh: true });
    const { place } = real;
    const screen = place.open(["run", place.file("plan.md", planFor("claude", ["Report [[do:scratch]]"], "scratchpad: reports\n"))]);
    await screen.waitFor("T1 asks: Choose the");
    expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "question", source: "screen-rule:setup" });
    await enters(place, screen, "T1 asks: Press Enter");
    await enters(place, screen, "Yes, I trust this folder");
    await screen.waitFor(/\? 1 asking/u);
    expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "permission" });
    await answers(screen, 2, "T1 answered: Yes, I trust this folder");
    await screen.waitFor(/\b1\/1\b/u);
    expect((await place.run(["stop"])).code).toBe(0);
    await screen.close();
    expect(real.inside()).toEqual([]);
  }, 240_000);

  it("without a login is shown to wait for one", async () => {
    // It would try again for minutes.
    await using real = await realAgents(["claude"], { env: { CLAUDE_CODE_MAX_RETRIES: "1" } });
    const { place } = real;
    const screen = place.open(["run", place.file("plan.md", planFor("claude", ["Refused [[do:auth]]"], "scratchpad: reports\n"))]);
    await screen.waitFor(/\bsign-in\b/u);
    expect(await terminalOf(place)).toMatchObject({ kind: "auth", source: "osc-7501" });
  });

  it("that is stopped is unknown, goes on where it was, and asks on a screen of any size", async () => {
    await using real = await realAgents(["claude"]);
    const { place } = real;
    const titles = ["Slow [[do:slow]]", "Ask [[do:permit]]"];
    const screen = place.open(["run", place.file("plan.md", planFor("claude", titles, "scratchpad: reports\n"))]);
    await screen.waitFor("word5");
    const { pid } = await terminalOf(place);
    process.kill(pid, "SIGSTOP");
    await screen.waitFor(/~ unknown/u);
    expect(await terminalOf(place)).toMatchObject({
      state: "unknown",
      source: "stopped",
      evidence: expect.stringContaining(`kill -CONT ${pid}`),
    });
    process.kill(pid, "SIGCONT");
    await screen.waitFor(/T1 asks: approve Bash/u);
    for (const [cols, rows] of [
      [80, 24],
      [120, 36],
      [60, 16],
      [200, 60],
    ] as const) {
      screen.resize(cols, rows);
      await screen.waitFor((terminal) => terminal.size.cols === cols && /\? ?1|asking/u.test(terminal.text()));
      expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "permission" });
    }
    await answers(screen, 1, "T1 answered: Yes");
    await screen.waitFor(/\b2\/2\b/u);
    expect(await tasksOf(place)).toEqual(["done", "done"]);
  }, 240_000);
});

describe("a real Claude Code at work and at rest", () => {
  it("floods its terminal and is done, and a picker that somebody has opened is seen to take its keys", async () => {
    await using real = await realAgents(["claude"]);
    const { place } = real;
    const plan = planFor("claude", ["Flood [[do:flood]]"], "scratchpad: reports\npermissions: edits\nallow: Bash\n");
    const screen = place.open(["run", place.file("plan.md", plan)]);
    await screen.waitFor(/\b1\/1\b/u, 120_000);
    await expect.poll(async () => (await terminalOf(place))["state"], { timeout: 60_000 }).toBe("idle");
    const states = (await place.run(["events", "--json"])).stdout.matchAll(/"type":"terminal-state".*?"state":"(\w+)"/gu);
    // On a machine that stands still for a while it may be unknown; it asks nothing and fails at nothing.
    const seen = new Set(Array.from(states, ([, state]) => state));
    expect(seen).toContain("busy");
    expect([...seen].filter((state) => !["busy", "idle", "unknown"].includes(state ?? ""))).toEqual([]);
    for (const [command, title] of [
      ["/model", "Select model"],
      ["/resume", "Resume session"],
      ["/theme", "Theme"],
    ] as const) {
      await place.run(["send", "1", command, "--enter"]);
      await expect.poll(async () => (await place.run(["screen", "1"])).stdout, { timeout: 60_000 }).toContain(title);
      await expect
        .poll(async () => terminalOf(place), { timeout: 60_000 })
        .toMatchObject({ state: "asking", kind: "question", source: "screen-rule:picker" });
      await expect.poll(() => escapes(place), { timeout: 90_000, interval: 3000 }).toBe("idle");
    }
  }, 240_000);
});

describe("a real Codex", () => {
  it("in a folder that it does not know, with news of an update, asks for trust alone, and is answered by key", async () => {
    await using real = await realAgents(["codex"]);
    const { place } = real;
    // It asks for trust in repositories.
    execFileSync("git", ["init", "-q"], { cwd: place.home.project, env: place.home.env });
    const folder = join(place.home.env["HOME"] ?? "", ".codex");
    const config = join(folder, "config.toml");
    writeFileSync(
      config,
      readFileSync(config, "utf8")
        .replace("check_for_update_on_startup = false\n", "")
        .replace(/\[projects[^]*$/u, ""),
    );
    writeFileSync(join(folder, "version.json"), JSON.stringify({ latest_version: "9.9.9", last_checked_at: new Date().toISOString() }));
    const screen = place.open(["run", place.file("plan.md", planFor("codex", ["Report [[do:scratch]]"], "scratchpad: reports\n"))]);
    await screen.waitFor("T1 asks: Trust this folder?");
    expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "permission", source: "screen-rule:trust" });
    await answers(screen, 1, "T1 answered: Trust and continue");
    await screen.waitFor(/\b1\/1\b/u);
    expect((await place.run(["screen", "1"])).stdout).toContain("Update available!");
    const asked = (await place.run(["events", "--json"])).stdout.match(/"type":"terminal-state"[^}]*"state":"asking"/gu);
    expect(asked).toHaveLength(1);
  }, 240_000);

  it("on a new machine is shown to want a login", async () => {
    await using real = await realAgents(["codex"], { fresh: true });
    const { place } = real;
    const screen = place.open(["run", place.file("plan.md", planFor("codex", ["Report [[do:scratch]]"]))]);
    await screen.waitFor(/\bsign-in\b/u);
    expect(await terminalOf(place)).toMatchObject({ state: "asking", kind: "auth" });
  });

  it("floods its terminal and is done, is stopped and goes on", async () => {
    await using real = await realAgents(["codex"]);
    const { place } = real;
    writeFileSync(join(place.home.project, "README"), "a project\n");
    const screen = place.open(["run", place.file("plan.md", planFor("codex", ["Flood [[do:flood]]", "Slow [[do:slow]]"]))]);
    await screen.waitFor("word5");
    const { pid } = await terminalOf(place);
    process.kill(pid, "SIGSTOP");
    await screen.waitFor(/~ unknown/u);
    process.kill(pid, "SIGCONT");
    await screen.waitFor(/\b2\/2\b/u);
    const states = (await place.run(["events", "--json"])).stdout.matchAll(/"type":"terminal-state".*?"state":"(\w+)"/gu);
    expect(new Set(Array.from(states, ([, state]) => state))).toEqual(new Set(["busy", "idle", "unknown"]));
  }, 240_000);
});
