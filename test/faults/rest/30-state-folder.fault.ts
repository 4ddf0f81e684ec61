/** F30: the folder with the state is deleted while the marathon runs, or has a strange name, or cannot be written. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { isAlive, startTime } from "../../../src/engine/processes.ts";
import { type Json, workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, isTold, stopsWithoutStrays } from "../bench/invariants.ts";

test("a state folder that is deleted while the marathon runs is made again from what the engine knows, and outlives it", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  place.file(".claude/Scratchpad/terminal-01.md", "- [x] 1 done\n");
  await screen.waitFor("1/2");
  const { journal, engine } = await place.json(["status"]);
  rmSync(place.home.env["XDG_STATE_HOME"] ?? "", { recursive: true });
  await screen.waitFor(/journal was deleted|file was removed|journal is whole again/u);
  await until(() => existsSync(join(journal as string, "snapshot")), "the journal has been made again");
  await isTold(place, /journal was deleted|file was removed/u);
  const known = { pid: engine.pid as number, start: startTime(engine.pid as number) };
  process.kill(known.pid, "SIGKILL");
  await until(() => !isAlive(known), "the engine is dead");
  const again = await place.run(["run", "plan.md", ...agents.flags(), "--headless"]);
  expect(again.stderr).toContain("taking up");
  expect((await place.json(["status"])).progress.done).toBe(1);
  // What came before the deletion is known, and the agents are the same ones.
  const shown = (await place.json(["status"])).terminals.map((one: Json) => [one.number, one.pid]);
  expect(new Map(shown)).toEqual(new Map(agents.started().map(({ terminal, pid }) => [terminal, pid])));
  await agentsAreAccountedFor(place, agents);
  await stopsWithoutStrays(place);
});

test("a project whose folder has blanks, quotes, a line end and other scripts in its name runs like any other", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const project = join(place.home.folder, `a "b" 'c'\n漢 $HOME;x`);
  mkdirSync(project);
  writeFileSync(
    join(project, "plan.md"),
    "# P\n\n## Stream A: A\n\n**Terminal 1**\n\n| # | Task | Terminal |\n|---|---|---|\n| 1 | One | 1 |\n",
  );
  const ran = await place.run(["run", join(project, "plan.md"), ...agents.flags(), "--headless", "--project", project]);
  expect(ran.stderr).toBe("");
  await agents.print(1, "here\r\n");
  expect((await place.json(["status", "--project", project])).project).toBe(project);
  expect((await place.run(["stop", "--project", project])).code).toBe(0);
  expect(place.leftBehind()).toEqual([]);
});

test("a state folder that is a file, or that nobody may make, is refused with what to do", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const state = join(place.home.folder, "no-folder");
  writeFileSync(state, "");
  const ran = await place.run([...agents.run(1), "--headless"], { env: { XDG_STATE_HOME: join(state, "below") } });
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toMatch(/cannot make the folder .*XDG_STATE_HOME/u);
  expect(dirname(state)).toBe(place.home.folder);
  expect(place.leftBehind()).toEqual([]);
});
