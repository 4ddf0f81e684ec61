/** F33: the plan's file is deleted, cut, replaced by something else, or in conflict, while the marathon made of it runs. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace, type Json, type Workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, isTold, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { killAndWait } from "../../support/left-behind.ts";

/** What becomes of the file. Each is told by words about it, and none of it changes a task. */
const SPOILT: readonly (readonly [what: string, spoil: (path: string, text: string) => void])[] = [
  ["deleted", () => {}],
  ["emptied", (path) => writeFileSync(path, "")],
  ["a folder", (path) => mkdirSync(path)],
  ["bytes that are no text", (path) => writeFileSync(path, Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7) % 256)))],
  ["cut in the middle of its table", (path, text) => writeFileSync(path, text.slice(0, text.lastIndexOf("| 3 ")))],
];

test("whatever becomes of the plan's file, the tasks stay as they are, agents work on, and a person is told", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(4), { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  const path = `${place.home.project}/plan.md`;
  const text = readFileSync(path, "utf8");
  const before = await tasks(place);
  for (const [what, spoil] of SPOILT) {
    const known = await words(place);
    rmSync(path, { recursive: true, force: true });
    spoil(path, text);
    await until(async () => (await words(place)).length > known.length, `${what}: somebody is told`);
    expect((await words(place)).slice(known.length).join("\n"), what).toMatch(/plan/u);
    expect(await tasks(place), what).toEqual(before);
    await agents.print(1, `still here when it was ${what}\r\n`);
    await screen.waitFor(`still here when it was ${what}`);
  }
  place.file(".claude/Scratchpad/terminal-02.md", "- [x] 2 done\n");
  await until(async () => (await place.json(["status"])).progress.done === 1, "a report counts although the plan's file is spoilt");
  // The next engine needs no file: the plan is in the journal.
  rmSync(path);
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
  await screen.waitFor(/engine is gone/u);
  screen.keys("d");
  await screen.exit;
  const again = place.open(["attach"], { cols: 160, rows: 45 });
  await again.waitFor(/\b1\/4\b/u);
  writeFileSync(path, text);
  await agents.print(1, "all is as it was\r\n");
  await again.waitFor("all is as it was");
  expect((await tasks(place)).map(([number]) => number)).toEqual(before.map(([number]) => number));
  await isTold(place, /plan/u);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

async function tasks(place: Workplace): Promise<readonly (readonly [number, string])[]> {
  return ((await place.json(["status"])).tasks as Json[]).map(({ number, state }) => [number, state] as const);
}

async function words(place: Workplace): Promise<readonly string[]> {
  return (await place.run(["events"])).stdout.split("\n").filter((line) => /plan/u.test(line));
}
