import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workplace } from "../support/marathon-run.ts";

const PLAN = join(import.meta.dirname, "..", "..", "plans", "hundred-tasks.md");
/** Nothing happens by chance; task 31, the first of terminal 4, asks a permission on its way. */
const CALM = JSON.stringify({ permit: [31], questions: 0, permissions: 0, blockers: 0, crashes: 0, fullScreens: 0, subAgents: 0 });

interface Outcome {
  readonly terminal: number;
  readonly state: string;
  readonly why: string | null;
}

describe("messages to ten stand-in agents", () => {
  it("reach every one of them, wait behind a question, and follow once it is answered by key", async () => {
    await using place = workplace({ MARATHON_REHEARSAL: CALM });
    const screen = place.open(["run", PLAN, "--agent", "rehearsal", "--speed", "60", "--seed", "3", "--people", "none"]);
    await screen.waitFor(/● ?10\/10/u);

    const all = await place.json<{ messages: readonly Outcome[] }>(["message", "all", "Commit before\nyou go on", "--timeout", "30"]);
    expect(all.messages.map(({ terminal, state }) => `${terminal} ${state}`)).toEqual(
      Array.from({ length: 10 }, (_, index) => `${index + 1} delivered`),
    );
    for (const terminal of ["1", "10"]) {
      const { stdout } = await place.run(["log", terminal, "--plain"]);
      expect(stdout).toMatch(/> Commit before\n +you go on\n.*Heard/u);
    }

    expect((await place.run(["wait", "--until", "asking", "--terminal", "4", "--timeout", "90"])).code).toBe(0);
    const late = await place.run(["message", "4", "And run the linter", "--timeout", "1"]);
    expect(late.code).toBe(124);
    expect(late.stdout).toContain("it asks for a permission: answer that first (a)");
    expect((await place.json(["why", "4"])).considered[0]).toMatchObject({ source: "osc-7501", state: "asking" });

    await screen.waitFor(/\? 1 asking/u);
    screen.keys("a");
    await screen.waitFor("Terminal 4 asks for a permission");
    screen.keys("1\r");
    await screen.waitFor("T4 answered: Yes");
    await screen.waitFor("T4 took the message “And run the linter”");
    expect((await place.run(["stop"])).code).toBe(0);
  });
});
