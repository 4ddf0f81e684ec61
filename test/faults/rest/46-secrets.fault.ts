/** F46 and F39: what is secret in the environment or the scratchpad is in nothing that we write, and in no process list. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";

const CANARY = "canary-4f8a1c-never-written";

test("a secret of the environment reaches the agents, and no file, socket or command line of ours", async () => {
  await using place = workplace({ MY_API_TOKEN: CANARY, MARATHON_DEBUG: "1" });
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  place.file(".claude/Scratchpad/notes.md", `# Notes\n\ntoken: ${CANARY}-in-a-note\n`);
  await until(async () => (await place.run(["events"])).stdout.includes("notes.md written"), "the note was read");
  await place.run(["restart", "--terminal", "9"]);
  const { engine } = await place.json(["status"]);
  const environment = (pid: number) => readFileSync(`/proc/${pid}/environ`, "utf8");
  expect(environment(agents.started()[0]?.pid ?? expect.fail("no agent has begun"))).toContain(CANARY);
  process.kill(engine.pid, "SIGTERM");
  await screen.waitFor(/gone|stopped/iu);
  // Whole, where the list of commands is cut.
  for (const { pid } of place.leftBehind()) expect(commandLine(pid)).not.toContain(CANARY);
  const written = filesBelow(place.home.folder).filter((path) => !path.endsWith("notes.md"));
  expect(written.length).toBeGreaterThan(5);
  // Files that are gone by now have been looked for, too: nobody can read them any more.
  for (const path of written) if (existsSync(path)) expect(readFileSync(path).includes(CANARY), path).toBe(false);
  screen.keys("d");
  await screen.exit;
  // It takes its leave of the dashboard before it is gone itself.
  const still = () => place.leftBehind().filter(({ command }) => /__engine|agent\.cjs/u.test(command));
  await expect.poll(still, { timeout: 60_000 }).toEqual([]);
});

/** Of a process that may end at this moment. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
