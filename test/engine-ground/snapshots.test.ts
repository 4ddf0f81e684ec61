import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { openJournal, readJournal, readJournalState, type Journal, type JournalOptions } from "../../src/engine/journal.ts";
import { readSnapshot, writeSnapshot } from "../../src/engine/journal-snapshot.ts";
import { Snapshots } from "../../src/engine/snapshots.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { World } from "../marathon/world.ts";
import { eventually } from "../support/eventually.ts";
import { noticed } from "./events.ts";
import { temporaryFolder } from "./folder.ts";

vi.setConfig({ testTimeout: 60_000 });

const strict: JournalOptions = { onFault: (error) => expect.fail(error.message) };

/** A marathon's first event and so many notices. */
function events(count: number): readonly Event[] {
  const { plan } = readPlan([{ file: "plan.md", text: "# P\n\n| # | Task |\n|---|---|\n| 1 | One |\n" }]);
  if (!plan) throw new Error("no plan");
  return [...new World(plan).events, ...Array.from({ length: count - 1 }, (_, index) => noticed(index + 2))];
}

async function written(folder: string, all: readonly Event[], keptAt: readonly number[]): Promise<void> {
  const journal = openJournal(folder, strict);
  let state: State | null = null;
  for (const event of all) {
    journal.append(event, event.seq % 3 === 0);
    state = fold(state, [event]);
    if (keptAt.includes(event.seq)) journal.keep(state);
  }
  expect(await journal.close()).toBe(0);
}

function known({ snapshot, events: after }: ReturnType<typeof readJournalState>): State {
  return fold(snapshot?.state ?? null, after);
}

describe("a journal with a snapshot", () => {
  test("knows the same state from fewer events, and still has all of them", async () => {
    const folder = join(temporaryFolder(), "journal");
    const all = events(50);
    await written(folder, all, [20, 44]);
    const read = readJournalState(folder);
    expect(read.snapshot?.seq).toBe(44);
    expect(read.events.map(({ seq }) => seq)).toEqual([45, 46, 47, 48, 49, 50]);
    expect(known(read)).toEqual(JSON.parse(JSON.stringify(fold(null, all))));
    expect(readJournal(folder)).toEqual({ events: all, dropped: null });
    const journal = openJournal(folder, strict);
    journal.append(noticed(51), true);
    expect(await journal.close()).toBe(0);
    expect(readJournal(folder).events).toHaveLength(51);
  });

  test("whatever is damaged, of snapshot or segments, ends in the state of a true beginning and takes new events", async () => {
    const whole = events(30);
    const kept = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(kept, fc.nat(), fc.nat(), fc.option(fc.nat({ max: 7 })), async (keptAt, which, at, flip) => {
        const folder = join(temporaryFolder(), "journal");
        await written(folder, whole, keptAt);
        const names = readdirSync(folder).filter((name) => name !== "format");
        const path = join(folder, names[which % names.length] ?? "");
        const bytes = readFileSync(path);
        const where = bytes.length === 0 ? 0 : at % bytes.length;
        if (flip !== null && bytes.length > 0) bytes[where] = (bytes[where] ?? 0) ^ (1 << flip);
        writeFileSync(path, flip === null ? bytes.subarray(0, where) : bytes);
        const read = readJournalState(folder);
        if (read.snapshot !== null || read.events.length > 0) {
          const state = known(read);
          expect(state).toEqual(JSON.parse(JSON.stringify(fold(null, whole.slice(0, state.seq)))));
        }
        const journal = openJournal(folder, { onFault: () => {} });
        const next = (journal.events.at(-1)?.seq ?? journal.snapshot?.seq ?? 0) + 1;
        journal.append(next === 1 ? (whole[0] as Event) : noticed(next, "new"), true);
        expect(await journal.close()).toBe(0);
        const again = readJournalState(folder);
        expect(again.dropped).toBeNull();
        expect(known(again).seq).toBe(next);
      }),
      { numRuns: 60 },
    );
  });

  test("takes no snapshot of another program, and does not believe it later either", async () => {
    const folder = join(temporaryFolder(), "journal");
    const all = events(10);
    await written(folder, all, []);
    writeSnapshot(folder, { seq: 9, segment: 2, state: fold(null, all) }, "another code");
    expect(readSnapshot(folder)).toBeNull();
    expect(readSnapshot(folder, "another code")?.seq).toBe(9);
    await openJournal(folder, strict).close();
    expect(readSnapshot(folder, "another code")).toBeNull();
  });

  test("is kept every so many events, and made again from the state when somebody deletes it", async () => {
    const folder = join(temporaryFolder(), "journal");
    const told: string[] = [];
    const all = events(40);
    let state = fold(null, all.slice(0, 1));
    const journal: Journal = openJournal(folder, {
      onFault: () => snapshots.rebuild(),
      onRecovered: () => void told.push("recovered"),
    });
    const snapshots = new Snapshots(journal, {
      state: () => state,
      log: (text) => expect.fail(text),
      lost: () => void told.push("made again"),
      every: 10,
    });
    for (const event of all) {
      journal.append(event, true);
      state = fold(state, event.seq === 1 ? [] : [event]);
      snapshots.saw(event.seq);
      if (event.seq === 25) {
        await new Promise((resolve) => setImmediate(resolve));
        expect(readSnapshot(folder)?.seq).toBe(25);
      }
    }
    await journal.flush();
    rmSync(folder, { recursive: true });
    const last = noticed(41, "after the deletion");
    journal.append(last, true);
    state = fold(state, [last]);
    await eventually(() => expect(told).toEqual(["made again", "recovered"]));
    expect(existsSync(folder)).toBe(true);
    journal.append(noticed(42), true);
    expect(await journal.close()).toBe(0);
    expect(known(readJournalState(folder))).toEqual(JSON.parse(JSON.stringify(fold(state, [noticed(42)]))));
  });
});
