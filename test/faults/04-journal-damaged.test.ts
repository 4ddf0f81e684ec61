/** F27: the journal is cut, or a bit of it flipped, at any byte. What is read is true, and never more than was written. */
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeSegment } from "../../src/engine/journal-format.ts";
import { openJournal, readJournal } from "../../src/engine/journal.ts";
import type { Event } from "../../src/marathon/types.ts";
import { temporaryFolder } from "../engine-ground/folder.ts";
import { workplace, type Workplace } from "../support/marathon-run.ts";
import { Agents } from "./bench/agents.ts";
import { agentsAreAccountedFor, isTold, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";
import { killAndWait } from "../support/left-behind.ts";

/** The journal of a real marathon with a real end: two engines, so two segments. */
async function realJournal(place: Workplace, agents: Agents): Promise<string> {
  for (const round of [1, 2]) {
    const ran = await place.run([...(round === 1 ? agents.run(2) : ["run", "plan.md", ...agents.flags()]), "--headless"]);
    expect(ran.code).toBe(0);
    await place.run(["block", String(round), "--reason", `blocked in round ${round}`]);
    if (round === 1) await place.run(["stop", "--now"]);
  }
  return (await place.json(["status"])).journal as string;
}

test("cut or flipped at every single byte, a real journal reads as a true beginning of itself", async () => {
  await using place = workplace();
  const folder = await realJournal(place, new Agents(place));
  await place.run(["stop", "--now"]);
  const names = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  const texts = readJournal(folder).events.map((event) => JSON.stringify(event));
  expect(names.length).toBeGreaterThan(1);
  expect(texts.length).toBeGreaterThan(20);
  let before = 0;
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    const whole = decodeSegment(bytes).events.length;
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
    for (let at = 0; at < bytes.length; at++) {
      const cut = decodeSegment(bytes.subarray(0, at));
      expectBeginning(cut.events, texts.slice(before), `${name} cut at ${at}`);
      // A last line that lacks only its end is whole; anything else that is cut is damage, and said so.
      const clean = at === 0 || ends.some((end) => at === end || at === end + 1);
      if (cut.events.length !== ends.filter((end) => end <= at).length || (cut.damage === null) !== clean)
        expect.fail(`${name} cut at ${at}: ${cut.events.length} events, ${cut.damage}`);
      const flip = decodeSegment(flipped(bytes, at));
      expectBeginning(flip.events, texts.slice(before), `${name} flipped at ${at}`);
      if (flip.damage === null) expect.fail(`${name} flipped at ${at}: nobody has noticed`);
    }
    before += whole;
  }
  expect(before).toBe(texts.length);
});

test("after the damage new events are taken, and the damaged bytes are kept", async () => {
  await using place = workplace();
  const folder = await realJournal(place, new Agents(place));
  await place.run(["stop", "--now"]);
  const name = readdirSync(folder).findLast((one) => one.endsWith(".jsonl")) ?? "";
  const bytes = readFileSync(join(folder, name));
  for (let at = 3; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
    const copy = temporaryFolder();
    for (const other of readdirSync(folder).filter((one) => one.endsWith(".jsonl"))) copyFileSync(join(folder, other), join(copy, other));
    writeFileSync(join(copy, name), flipped(bytes, at));
    const journal = openJournal(copy, { onFault: (error) => expect.fail(error.message) });
    const kept = journal.events.length;
    expect(readFileSync(journal.dropped?.keptAside ?? "").length).toBe(journal.dropped?.bytes);
    journal.append({ type: "noticed", severity: "info", text: "new", seq: kept + 1, at: 1, t: 1 }, true);
    expect(await journal.close()).toBe(0);
    expect(readJournal(copy)).toMatchObject({ dropped: null, events: { length: kept + 1 } });
  }
});

test("an engine killed in the middle of a line is followed by one that says what it put aside, and goes on", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const folder = await realJournal(place, agents);
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
  const last = join(folder, readdirSync(folder).findLast((name) => name.endsWith(".jsonl")) ?? "");
  truncateSync(last, readFileSync(last).length - 9);
  const screen = place.open(["run", "plan.md", ...agents.flags()], { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  await isTold(place, /bytes of the journal were damaged and put aside/u);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
  return copy;
}

function expectBeginning(events: readonly Event[], texts: readonly string[], where: string): void {
  for (const [index, event] of events.entries()) {
    if (JSON.stringify(event) !== texts[index])
      expect.fail(`${where}: event ${index + 1} is ${JSON.stringify(event)} and was ${texts[index]}`);
  }
  expect(events.length, where).toBeLessThanOrEqual(texts.length);
}
