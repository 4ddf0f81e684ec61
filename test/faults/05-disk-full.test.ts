/** F28: the disk with the state is full while everything works. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { readJournal } from "../../src/engine/journal.ts";
import { fold } from "../../src/marathon/step.ts";
import { workplace, type Json } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { agentsAreAccountedFor, isTold, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";
import { smallDisk } from "./bench/small-disk.ts";

/** A page of a file that has begun still takes what fits into it: more than that has to happen. */
const MORE_THAN_A_PAGE = 60;

test("with a full disk nothing is lost, the agents work on, and the person is told, also when there is room again", async () => {
  await using place = workplace();
  using disk = smallDisk(join(place.home.folder, "state"), 8);
  const agents = new Agents(place);
  const screen = place.open(agents.run(3), { cols: 200, rows: 60 });
  await screen.waitFor(/READY[\s\S]*READY[\s\S]*READY/u);
  const before = agents.started();
  const { journal } = await place.json(["status"]);

  disk.fill();
  for (let file = 0; file < MORE_THAN_A_PAGE; file++) place.file(`.claude/Scratchpad/note-${file}.md`, `# Note ${file}\n`);
  await isTold(place, /the disk does not take the journal \(it is full\)/u, screen);
  place.file(".claude/Scratchpad/terminal-01.md", "- [x] 1 done\n");
  await until(async () => taskState(await place.json(["status"]), 1) === "done", "task 1 is done, in memory");
  // What stands on the disk is a true state of before, without half a line.
  const onDisk = readJournal(journal as string);
  expect(onDisk.dropped).toBeNull();
  expect(fold(null, onDisk.events).tasks[1]?.state).toBe("running");
  await agents.print(2, "still here\r\n");
  await screen.waitFor("still here");
  screen.keys("2\r");
  await screen.waitFor("TAKE-OVER 2");
  screen.keys("keys work");
  await until(() => agents.received(2).toString() === "keys work", "keys reach an agent");
  screen.keys("\x11");

  disk.free();
  await isTold(place, /the journal is whole again/u, screen);
  await until(() => fold(null, readJournal(journal as string).events).tasks[1]?.state === "done", "task 1 is done on the disk, too");
  expect(agents.started()).toEqual(before);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("on a disk without room nothing begins, and the person is told why in a sentence", async () => {
  await using place = workplace();
  using disk = smallDisk(join(place.home.folder, "state"), 1);
  disk.fill();
  const ran = await place.run([...new Agents(place).run(1), "--headless"]);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/ENOSPC|no space|full/u);
  expect(ran.stderr.trim().split("\n").length).toBeLessThan(4);
  expect(place.leftBehind()).toEqual([]);
});

function taskState(status: Json, task: number): unknown {
  return (status.tasks as Json[]).find(({ number }) => number === task)?.state;
}
