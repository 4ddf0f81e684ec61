/** F32: a journal of a million events. A new engine, and `status`, know the state from the snapshot; the history stays whole. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeLine } from "../../../src/engine/journal-format.ts";
import { openJournal, readJournal, readJournalState } from "../../../src/engine/journal.ts";
import { fold } from "../../../src/marathon/step.ts";
import type { Event, State } from "../../../src/marathon/types.ts";
import { temporaryFolder } from "../../engine-ground/folder.ts";
import { workplace } from "../../support/marathon-run.ts";

const MILLION = 1_000_000;
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** The events of a real rehearsal, and then those of them that come often, over and over. */
async function realEvents(): Promise<readonly Event[]> {
  await using place = workplace();
  const plan = join(import.meta.dirname, "..", "..", "..", "plans", "hundred-tasks.md");
  await place.run(["run", plan, "--headless", "--agent", "rehearsal", "--speed", "6000", "--seed", "3"]);
  await place.run(["wait", "--until", "settled", "--timeout", "90"]);
  const { journal } = await place.json(["status"]);
  return readJournal(journal as string).events;
}

test("of a million events is known from its snapshot within three seconds of work, and can still be read whole", async () => {
  const real = await realEvents();
  const often = real.filter(({ type }) => ["terminal-state", "file-changed", "forecast-made", "checked-in", "timer-fired"].includes(type));
  const folder = join(temporaryFolder(), "journal");
  mkdirSync(folder, { mode: 0o700 });
  let state: State = fold(null, real);
  let lines: Buffer[] = [];
  let bytes = 0;
  let segment = 0;
  const put = (event: Event) => {
    const line = encodeLine(event);
    lines.push(line);
    bytes += line.length;
    if (bytes < SEGMENT_BYTES) return;
    writeFileSync(join(folder, `${String(++segment).padStart(6, "0")}.jsonl`), Buffer.concat(lines));
    lines = [];
    bytes = 0;
  };
  for (const event of real) put(event);
  const last = real.at(-1) as Event;
  const more = Array.from({ length: 10_000 }, (_, index) => often[index % often.length] as Event);
  for (let seq = real.length + 1; seq <= MILLION; seq++) {
    const event: Event = { ...(more[seq % more.length] as Event), seq, at: last.at + seq, t: last.t + seq };
    put(event);
    if (seq > MILLION - 20_000) state = fold(state, [event]);
  }
  writeFileSync(join(folder, `${String(++segment).padStart(6, "0")}.jsonl`), Buffer.concat(lines));
  // Folded whole once, as an engine of another program version would: it says what the snapshot must say.
  const began = performance.now();
  const journal = openJournal(folder, { onFault: (error) => expect.fail(error.message) });
  expect(journal.events).toHaveLength(MILLION);
  const whole = fold(null, journal.events);
  const foldedMs = performance.now() - began;
  journal.keep(whole);
  for (let seq = MILLION + 1; seq <= MILLION + 5000; seq++)
    journal.append({ ...(more[seq % more.length] as Event), seq, at: last.at + seq, t: last.t + seq }, false);
  expect(await journal.close()).toBe(0);
  const cpu = process.cpuUsage();
  const read = readJournalState(folder);
  const known = fold(read.snapshot?.state ?? null, read.events);
  const { user, system } = process.cpuUsage(cpu);
  expect(read.events).toHaveLength(5000);
  expect(known.seq).toBe(MILLION + 5000);
  // Of processor time, so that a busy machine makes no difference.
  expect((user + system) / 1000).toBeLessThan(3000);
  console.log(
    `a million events: folded whole in ${foldedMs.toFixed(0)} ms; known from the snapshot and 5,000 events in ${((user + system) / 1000).toFixed(0)} ms of processor time; ${readdirSync(folder).length} files`,
  );
  expect(state.seq).toBe(MILLION);
});
