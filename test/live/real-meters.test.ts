import { beforeAll, expect, it } from "vitest";
import { agentCli, INSTALL_MS } from "../support/agent-clis.ts";
import { planFor, realAgents } from "../support/real-agents.ts";

beforeAll(() => void agentCli("claude"), INSTALL_MS);

it("a real Claude Code gets its second task as its turn ends, and tells what it uses", async () => {
  await using real = await realAgents(["claude"]);
  const { place, model } = real;
  const plan = place.file(
    "plan.md",
    planFor("claude", ["Report [[do:scratch]]", "Report again [[do:scratch]]"], "scratchpad: reports\npermissions: edits\nallow: Bash\n"),
  );
  const screen = place.open(["run", plan]);
  await screen.waitFor("marathon done");
  // Figures come every 15 seconds, whether or not there is anything to do.
  await expect.poll(async () => (await status(place)).usage.total, { timeout: 60_000, interval: 1000 }).not.toBeNull();
  const { usage, terminals } = await status(place);
  expect(usage.total.tokens.output).toBeGreaterThan(0);
  expect(usage.total.costUsd).toBeGreaterThan(0);
  expect(usage.total.activeMinutes).toBeGreaterThan(0);
  // Against the stub model Claude Code does not always tell how much of its context is used; what it does not tell stays unknown.
  const { size, usedPercent } = terminals[0].context;
  expect(size).toBeGreaterThan(0);
  expect(usedPercent === null || (usedPercent >= 0 && usedPercent <= 100)).toBe(true);
  const why = (await place.run(["why", "1"])).stdout;
  expect(why).toMatch(/uses {5}\$\d/);
  const events = (await place.run(["events", "--json"])).stdout;
  expect(events).toContain("handed over as its turn ended (Stop hook)");
  expect(model.complaints).toEqual([]);
  expect((await place.run(["stop"])).code).toBe(0);
  await screen.close();
  expect(place.leftBehind()).toEqual([]);
}, 240_000);

it("a real Codex tells its tokens, its context and its account's limits, and no cost", async () => {
  await using real = await realAgents(["codex"]);
  const { place, model } = real;
  const plan = planFor("codex", ["Report [[do:scratch]]", "Report again [[do:scratch]]"], "scratchpad: reports\n");
  const screen = place.open(["run", place.file("plan.md", plan)]);
  await screen.waitFor("marathon done", 120_000);
  await expect.poll(async () => (await status(place)).usage.total, { timeout: 60_000, interval: 1000 }).not.toBeNull();
  const { usage, terminals } = await status(place);
  expect(usage.total.tokens.input).toBeGreaterThan(usage.total.tokens.output);
  expect(usage.total.tokens.output).toBeGreaterThan(0);
  expect(usage.total).toMatchObject({ costUsd: null, activeMinutes: null });
  expect(Object.keys(usage.total.models)).toEqual(["stub-model"]);
  const [{ context, limits }] = terminals;
  expect(context).toMatchObject({ model: "stub-model", usedPercent: expect.any(Number), size: expect.any(Number) });
  expect(limits).toMatchObject([
    { name: "5 hours", usedPercent: 42 },
    { name: "7 days", usedPercent: 8 },
  ]);
  // In two hours, as the model's server said; a slow machine may have taken minutes since.
  const ahead = Date.parse(limits[0].resetsAt) - Date.now();
  expect(ahead).toBeGreaterThan(1.5 * 3_600_000);
  expect(ahead).toBeLessThanOrEqual(2 * 3_600_000);
  const why = (await place.run(["why", "1"])).stdout;
  expect(why).toMatch(/uses {5}\d+ tokens|uses {5}\d+k tokens/u);
  expect(why).toMatch(/limit {4}5 hours: 42 % used, begins anew at/u);
  expect(model.complaints).toEqual([]);
  expect((await place.run(["stop"])).code).toBe(0);
  await screen.close();
  expect(real.inside()).toEqual([]);
}, 240_000);

async function status(place: Awaited<ReturnType<typeof realAgents>>["place"]) {
  return place.json(["status"]);
}
