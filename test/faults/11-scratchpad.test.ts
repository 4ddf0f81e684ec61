/** F36: whatever is done to the scratchpad, the marathon ends with what its files say. */
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { watchScratchpad } from "../../src/engine/scratchpad.ts";
import { random } from "../conformance/random.ts";
import { temporaryFolder } from "../engine-ground/folder.ts";
import { workplace, type Json } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { agentsAreAccountedFor, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";

const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));

/** One act on the folder, the way editors, agents and careless scripts do it. */
const ACTS: Readonly<Record<string, (path: string, text: string) => void>> = {
  write: (path, text) => writeFileSync(path, text),
  append: (path, text) => appendFileSync(path, text),
  "save by rename": (path, text) => {
    writeFileSync(`${path}.swp~`, text);
    renameSync(`${path}.swp~`, path);
  },
  "delete and make again": (path, text) => {
    rmSync(path, { force: true, recursive: true });
    writeFileSync(path, text);
  },
  truncate: (path) => {
    appendFileSync(path, "");
    truncateSync(path, 0);
  },
  "in many pieces": (path, text) => {
    writeFileSync(path, "");
    for (const letter of text) appendFileSync(path, letter);
  },
  "two hundred writes": (path, text) => {
    for (let count = 0; count < 200; count++) writeFileSync(path, `${text} ${count}`);
  },
};

test(`files written, renamed, truncated, swapped and replaced in any order are known as they are in the end (seed ${SEED})`, async () => {
  const next = random(SEED);
  const folder = join(temporaryFolder(), "pad");
  mkdirSync(folder);
  const texts = new Map<string, string>();
  const pad = watchScratchpad([folder], {
    project: folder,
    read: (_path, text) => ({ ...NOTHING, name: { ...NOTHING.name, kind: text } }),
    reading: (path, _bytes, reading) => void texts.set(path, reading.name.kind),
    removed: (path) => void texts.delete(path),
    fault: (text) => expect.fail(text),
  });
  const truth = new Map<string, string>();
  for (let step = 0; step < 400; step++) {
    const path = join(folder, `file-${next(5)}.md`);
    const kinds = Object.keys(ACTS);
    const kind = kinds[next(kinds.length)] ?? "write";
    const text = `step ${step}`;
    ACTS[kind]?.(path, text);
    const before = truth.get(path) ?? "";
    truth.set(path, kind === "truncate" ? "" : kind === "append" ? before + text : kind === "two hundred writes" ? `${text} 199` : text);
    if (next(40) === 0) {
      // The folder itself is replaced by another of the same name.
      renameSync(folder, `${folder}-${step}`);
      mkdirSync(folder);
      truth.clear();
    }
    if (next(25) === 0) await new Promise((resolve) => setTimeout(resolve, 50 + next(150)));
  }
  // Two seconds after the last change by the watcher, or by the rescan that backs it up.
  await vi.waitFor(() => expect(texts).toEqual(truth), { timeout: 90_000, interval: 100 });
  await pad.close();
});

const NOTHING = {
  name: { kind: "", session: null, task: null, terminal: null, placeholder: false },
  ticks: [],
  handoff: null,
  blocker: null,
  lines: 0,
};

test("reports that were saved in every such way are counted once, and files that were removed and swapped end nothing", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(6), "--headless"])).code).toBe(0);
  const folder = join(place.home.project, ".claude", "Scratchpad");
  await until(() => agents.started().length === 6 && existsSync(folder), "six agents have begun, and there is a scratchpad");
  for (const [index, act] of Object.values(ACTS).slice(0, 6).entries()) {
    const terminal = index + 1;
    const path = join(folder, `terminal-0${terminal}.md`);
    if (act === ACTS["truncate"]) writeFileSync(path, `- [x] ${terminal} done\n`);
    else act(path, `- [x] ${terminal} done\n`);
  }
  await until(async () => ((await place.json(["status"])).progress.done as number) === 6, "all six reports have counted");
  renameSync(folder, `${folder}-old`);
  mkdirSync(folder);
  writeFileSync(join(folder, "terminal-01.md"), "# Nothing to say\n");
  await until(async () => (await place.run(["events"])).stdout.includes("terminal-06.md removed"), "the swap has been seen");
  const { tasks } = await place.json(["status"]);
  expect((tasks as Json[]).map(({ state }) => state)).toEqual(Array(6).fill("done"));
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});
