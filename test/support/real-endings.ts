/** How the stories of real agents end: what the last agent of them must live through, and what must be left of it. */
import { expect } from "vitest";
import type { OuterTerminal } from "./outer-terminal.ts";
import type { RealPlace } from "./real-agents.ts";
import { isBack, terminalOf } from "./real-story.ts";

/** Kills the agent of terminal 1, and restarts it: it goes on with the conversation that it had. */
export async function comesBackAfterAKill({ place, model }: RealPlace, screen: OuterTerminal): Promise<void> {
  const { pid, conversation } = await terminalOf(place);
  const before = model.asked.length;
  process.kill(pid, "SIGKILL");
  await screen.waitFor("ended by SIGKILL");
  expect((await place.run(["restart", "--terminal", "1"])).code).toBe(0);
  await screen.waitFor(() => isBack(model, before), 90_000);
  expect((await terminalOf(place))["conversation"]).toBe(conversation);
  expect(model.complaints).toEqual([]);
}

/** Stops the marathon: no process is left of it or of its agents. */
export async function leavesNothing(real: RealPlace, screen: OuterTerminal): Promise<void> {
  expect((await real.place.run(["stop"])).code).toBe(0);
  await screen.close();
  expect(real.inside()).toEqual([]);
  expect(real.place.leftBehind()).toEqual([]);
}
