import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workplace } from "../support/marathon-run.ts";

const root = join(import.meta.dirname, "..", "..");
const PLAN = join(root, "plans", "hundred-tasks.md");

/** Nothing happens by chance; three tasks stop when they are begun for the first time, and nobody but us does anything about it. */
const REHEARSAL = JSON.stringify({
  blockers: 0,
  crashes: 0,
  questions: 0,
  permissions: 0,
  subAgents: 0,
  fullScreens: 0,
  block: [1, 31, 56],
});

interface Blocker {
  readonly id: string;
  readonly state: string;
  readonly tasks: readonly number[];
  readonly history: readonly { readonly act: string; readonly by: string }[];
}

describe("ten rehearsal agents, three of which block", () => {
  it("are helped by the keys e, r, f and x, and end with all hundred tasks done", async () => {
    await using place = workplace({ MARATHON_REHEARSAL: REHEARSAL });
    const args = ["run", PLAN, "--agent", "rehearsal", "--speed", "1500", "--seed", "5", "--people", "none"];
    const screen = place.open(args, { cols: 200, rows: 60 });
    await screen.waitFor("REHEARSAL");
    await screen.waitFor("3 blockers open", 120_000);
    const blockers = async (): Promise<readonly Blocker[]> => (await place.json<{ blockers: Blocker[] }>(["blockers", "--all"])).blockers;
    const of = async (task: number): Promise<Blocker> => {
      const found = (await blockers()).find((one) => one.tasks.includes(task));
      if (!found) throw new Error(`no blocker stops task ${task}`);
      return found;
    };

    // The first of the list up the chain to a person, then another agent.
    screen.keys("b");
    for (let level = 0; level < 4; level++) {
      screen.keys("e");
      await screen.waitFor(/escalated to (?:COORD_\w+|ARCHITECT|SYNTHESIZER|ORCHESTRATOR|a person)/u);
      if (/waits for you/u.test(screen.text())) break;
    }
    await screen.waitFor("waits for you");
    expect(readFileSync(join(place.home.project, "HUMAN_TODO.md"), "utf8")).toMatch(/- \[ \] B\d+ /u);
    screen.keys("r");
    await screen.waitFor("who takes over?");
    screen.keys("\r");
    await screen.waitFor("2 blockers open");

    // The next is parked for other work, brought back; the last is resolved with a note.
    screen.keys("f");
    await screen.waitFor("what instead?");
    screen.keys("\r");
    await screen.waitFor("1 blocker open");
    // What was parked is still the selected one; the open one comes first.
    screen.keys("g");
    screen.keys("x");
    await screen.waitFor("what helped?");
    screen.keys("made room on the disk\r");
    await screen.waitFor(/Blockers, 1 parked/u);
    screen.keys("f");
    await screen.waitFor(/\b100\/100\b/u, 180_000);

    const acts = (await blockers()).flatMap((one) => one.history.map((act) => act.act));
    expect(acts).toEqual(expect.arrayContaining(["raised", "escalated", "reassigned", "fell-back", "resumed", "resolved"]));
    expect((await Promise.all([1, 31, 56].map(of))).map((one) => one.state)).toEqual(["resolved", "resolved", "resolved"]);
    const pad = join(place.home.project, ".claude", "Scratchpad");
    const files = readdirSync(pad);
    expect(files.some((name) => name.startsWith("ESCALATION_B"))).toBe(true);
    expect(files.some((name) => /^TASK_\d+_HANDOFF\.md$/u.test(name))).toBe(true);
    expect(readFileSync(join(place.home.project, "HUMAN_TODO.md"), "utf8")).toMatch(/- \[x\] B\d+ /u);
    expect((await place.run(["events"])).stdout).toMatch(/took the message .*You take over/u);
    screen.keys("q");
    await screen.waitFor("Leave the marathon?");
    screen.keys("\r");
    await screen.exit;
    expect((await place.run(["stop"])).code).toBe(0);
    expect(place.leftBehind()).toEqual([]);
  }, 400_000);
});
