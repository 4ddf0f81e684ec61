import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { workplace, type Workplace } from "../support/marathon-run.ts";
import { killAndWait } from "../support/left-behind.ts";

const PLAN = join(import.meta.dirname, "..", "..", "plans", "hundred-tasks.md");
/** Moments are drawn from this seed; CI may give another one, and a failure names it. */
const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));

/** Mulberry32, public domain: enough for choosing moments. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The board is drawn before the engine answers, so a marathon that is seen may not be there to be asked yet. */
async function engineOf(place: Workplace): Promise<{ pid: number; done: number }> {
  for (;;) {
    const { code, stdout } = await place.run(["status", "--json"]);
    const status = code === 0 ? JSON.parse(stdout) : null;
    if (status?.engine) return { pid: status.engine.pid, done: status.progress.done };
    await setTimeout(100);
  }
}

describe(`crashes at random moments (seed ${SEED})`, () => {
  it("of dashboard and engine cost no task and no event", async () => {
    const draw = random(SEED);
    await using place = workplace();
    const run = ["run", PLAN, "--agent", "rehearsal", "--speed", "3000"];
    let screen = place.open([...run, "--seed", "5"]);
    await screen.waitFor("REHEARSAL");
    for (let round = 0; round < 5; round++) {
      // Well before the end: a marathon that is over would not be taken up but run anew.
      const goal = Math.min(70, (await engineOf(place)).done + 5 + Math.floor(draw() * 8));
      await screen.waitFor((terminal) => Number(/(\d+)\/100/.exec(terminal.screen()[0] ?? "")?.[1]) >= goal, 60_000);
      if (draw() < 0.5) {
        // The dashboard's whole process group, guard included, as a closed and killed window would.
        screen.kill("SIGKILL");
        await screen.exit;
      }
      if (draw() < 0.7) await killAndWait((await engineOf(place)).pid);
      const taken = await place.run([...run, "--headless"]);
      expect([0, 1]).toContain(taken.code);
      screen = place.open(["attach"]);
      await screen.waitFor("REHEARSAL");
    }
    await screen.waitFor(/\b100\/100\b/, 120_000);

    expect((await place.json(["status"])).marathon.state).toBe("done");
    const events = (await place.run(["events", "--json"])).stdout.trim().split("\n");
    expect(events.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(events.map((_, index) => index + 1));
    expect((await place.run(["stop"])).code).toBe(0);
    // The dashboards that nobody killed are still open; engines and agents are not.
    expect(place.leftBehind().filter(({ command }) => /__engine|rehearsal\.js/.test(command))).toEqual([]);
  }, 240_000);

  it("of a dashboard give the terminal back and leave the agents alone", async () => {
    await using place = workplace();
    const screen = place.open(["run", PLAN, "--agent", "rehearsal", "--speed", "60", "--seed", "6"]);
    await screen.waitFor("REHEARSAL");
    await screen.waitFor(/● ?10\/10/u);
    const before = await place.json(["status"]);
    const [dashboard] = place
      .leftBehind()
      .filter(({ command }) => / run .*hundred-tasks/.test(command) && !command.startsWith("/bin/sh") && !command.startsWith("sh "));
    expect(dashboard).toBeDefined();
    await killAndWait(dashboard?.pid ?? expect.fail("no dashboard"));
    await screen.exit;
    expect(screen.modes()).toMatchObject({
      alternateScreen: false,
      cursorVisible: true,
      mouse: "none",
      bracketedPaste: false,
      focusEvents: false,
    });
    const after = await place.json(["status"]);
    expect(after.terminals.map((one: { pid: number }) => one.pid)).toEqual(before.terminals.map((one: { pid: number }) => one.pid));

    const again = place.open(["attach"], { cols: 120, rows: 36 });
    await again.waitFor(/● ?10\/10/u);
    again.keys("d");
    expect((await again.exit).code).toBe(0);
    expect(again.text()).toContain("the marathon goes on");
  });

  it("a closed window (SIGHUP) detaches", async () => {
    await using place = workplace();
    const screen = place.open(["run", PLAN, "--agent", "rehearsal", "--speed", "60", "--seed", "7"]);
    await screen.waitFor(/● ?10\/10/u);
    await screen.close();
    expect((await engineOf(place)).pid).toBeGreaterThan(0);
  });
});
