/** F13: the dashboard is suspended and continued by a shell, and other programs write to the person's terminal. */
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import type { OuterTerminal } from "../../support/outer-terminal.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, stopsWithoutStrays } from "../bench/invariants.ts";
import { DASHBOARD, processLike } from "../bench/processes.ts";

/** What a broadcast of another user, a background job or a crashing program leaves on a screen. */
const JUNK = `\x1b[2J\x1b[5;5Hjunk of somebody else ${"=".repeat(600)}`;

test("what other programs write over the dashboard is gone after Ctrl-l, and after a stop and a continue by itself", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  const dashboard = processLike(place, DASHBOARD);
  // Ages move on, once a second: whatever has digits is left out.
  const picture = () => screen.screen().map((row) => row.replaceAll(/\d/gu, "#").trimEnd());
  await settled(screen);
  const before = picture();

  writeFileSync(`/proc/${dashboard}/fd/1`, JUNK);
  await screen.waitFor("junk of somebody else");
  screen.keys("\x0c");
  await until(() => !screen.text().includes("junk"), "Ctrl-l has painted it over");
  await until(() => JSON.stringify(picture()) === JSON.stringify(before), "the picture is as it was");

  process.kill(dashboard, "SIGSTOP");
  // As a shell does to its terminal when it takes over: other modes, another screen.
  writeFileSync(`/proc/${dashboard}/fd/1`, `\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[?1000l${JUNK}`);
  await screen.waitFor("junk of somebody else");
  process.kill(dashboard, "SIGCONT");
  await until(() => !screen.text().includes("junk"), "the dashboard has painted again by itself");
  await until(() => JSON.stringify(picture()) === JSON.stringify(before), "the picture is as it was");
  expect(screen.modes()).toMatchObject({ alternateScreen: true, bracketedPaste: true });
  screen.keys("2\r");
  await screen.waitFor("TAKE-OVER 2");
  screen.keys("still typed");
  await until(() => agents.received(2).toString() === "still typed", "keys arrive");
  await agentsAreAccountedFor(place, agents);
  await stopsWithoutStrays(place);
});

/** Resolves once the picture has not changed for a while, digits aside. */
async function settled(screen: OuterTerminal): Promise<void> {
  let last = "";
  await until(async () => {
    const now = screen.text().replaceAll(/\d/gu, "#");
    const same = now === last;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return same;
  }, "the picture stands still");
}
