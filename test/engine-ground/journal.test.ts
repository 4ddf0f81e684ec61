import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { JournalError, openJournal, readJournal, type Journal } from "../../src/engine/journal.ts";
import { encodeLine } from "../../src/engine/journal-format.ts";
import { eventually } from "../support/eventually.ts";
import { FakeDisk, segmentsOf } from "../support/fake-disk.ts";
import { noticed, notices } from "./events.ts";
import { temporaryFolder } from "./folder.ts";

// On a busy machine property tests with real fsyncs take their time.
vi.setConfig({ testTimeout: 30_000 });

const refuseFaults = {
  onFault(error: Error): void {
    throw error;
  },
};

async function written(folder: string, count: number, from = 1): Promise<void> {
  const journal = openJournal(folder, refuseFaults);
  for (const event of notices(count, from)) journal.append(event, false);
  expect(await journal.close()).toBe(0);
}

function bytesIn(folder: string): Buffer {
  return Buffer.concat(
    readdirSync(folder)
      .filter((name) => name.endsWith(".jsonl"))
      .map((name) => readFileSync(join(folder, name))),
  );
}

describe("a journal", () => {
  test("gives back what was appended, over several openings", async () => {
    const folder = join(temporaryFolder(), "journal");
    await written(folder, 3);
    await written(folder, 4, 4);
    const journal = openJournal(folder, refuseFaults);
    expect(journal.events).toEqual(notices(7));
    expect(journal.dropped).toBeNull();
    await journal.close();
  });

  test("has its line on disk when append returns", async () => {
    const folder = temporaryFolder();
    const journal = openJournal(folder, refuseFaults);
    journal.append(noticed(1), false);
    expect(readJournal(folder).events).toEqual([noticed(1)]);
    await journal.close();
  });

  test("is closed to group and others, whatever the umask and whatever it was", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const umask = process.umask(0);
    await written(folder, 1).finally(() => process.umask(umask));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  test("refuses a gap in the sequence and work after its close", async () => {
    const journal = openJournal(temporaryFolder(), refuseFaults);
    journal.append(noticed(1), false);
    expect(() => journal.append(noticed(3), false)).toThrow("cannot append event 3: the journal's last is 1");
    await journal.close();
    expect(() => journal.append(noticed(2), false)).toThrow("the journal is closed");
  });

  test("of a newer format is refused and left as it is", async () => {
    const folder = temporaryFolder();
    await written(folder, 2);
    writeFileSync(join(folder, "format"), "2\n");
    appendFileSync(join(folder, "000001.jsonl"), "something new");
    const before = bytesIn(folder);
    expect(() => openJournal(folder, refuseFaults)).toThrow(JournalError);
    expect(() => readJournal(folder)).toThrow("its format is 2");
    expect(bytesIn(folder)).toEqual(before);
  });

  test("that does not exist reads as empty and is not made by reading", () => {
    const folder = join(temporaryFolder(), "none");
    expect(readJournal(folder)).toEqual({ events: [], dropped: null });
    expect(() => readdirSync(folder)).toThrow("ENOENT");
  });
});

describe("a damaged journal", () => {
  test("loses its torn tail to a quarantine file, says so once, and goes on", async () => {
    const folder = temporaryFolder();
    await written(folder, 5);
    const path = join(folder, "000001.jsonl");
    truncateSync(path, statSync(path).size - 10);
    const journal = openJournal(folder, refuseFaults);
    expect(journal.events).toEqual(notices(4));
    const tail = encodeLine(noticed(5)).subarray(0, -10);
    expect(journal.dropped).toMatchObject({
      bytes: tail.length,
      lines: 1,
      reason: expect.stringContaining("000001.jsonl, byte") as string,
    });
    expect(readFileSync(journal.dropped?.keptAside ?? "")).toEqual(tail);
    expect(statSync(journal.dropped?.keptAside ?? "").mode & 0o777).toBe(0o600);
    journal.append(noticed(5, "again"), true);
    await journal.close();
    expect(readJournal(folder)).toEqual({ events: [...notices(4), noticed(5, "again")], dropped: null });
  });

  test("is only looked at by reading", async () => {
    const folder = temporaryFolder();
    await written(folder, 3);
    appendFileSync(join(folder, "000001.jsonl"), "torn");
    const before = readdirSync(folder);
    expect(readJournal(folder)).toEqual({
      events: notices(3),
      dropped: { bytes: 4, lines: 1, reason: expect.stringContaining("the last line is cut off") as string, keptAside: null },
    });
    expect(readdirSync(folder)).toEqual(before);
    expect(bytesIn(folder).toString()).toContain("torn");
  });

  test("keeps what stands before a damaged middle and puts all that follows aside, later segments too", async () => {
    const folder = temporaryFolder();
    await written(folder, 4);
    await written(folder, 3, 5);
    const path = join(folder, "000001.jsonl");
    const bytes = readFileSync(path);
    const middle = encodeLine(noticed(1)).length + encodeLine(noticed(2)).length + 30;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const second = readFileSync(join(folder, "000002.jsonl"));
    const journal = openJournal(folder, refuseFaults);
    expect(journal.events).toEqual(notices(2));
    expect(journal.dropped?.lines).toBe(5);
    expect(readFileSync(journal.dropped?.keptAside ?? "").subarray(-second.length)).toEqual(second);
    journal.append(noticed(3, "new"), true);
    await journal.close();
    expect(readJournal(folder)).toEqual({ events: [...notices(2), noticed(3, "new")], dropped: null });
  });

  test("opens and goes on when the damage cannot be moved, and stays right the next time", async () => {
    const folder = temporaryFolder();
    await written(folder, 4);
    await written(folder, 3, 5);
    truncateSync(join(folder, "000001.jsonl"), encodeLine(noticed(1)).length + 5);
    // A file where the quarantine folder should be.
    writeFileSync(join(folder, "quarantine"), "");
    const faults: string[] = [];
    const journal = openJournal(folder, { onFault: (error) => faults.push(error.message) });
    expect(journal.events).toEqual(notices(1));
    expect(journal.dropped?.keptAside).toBeNull();
    expect(faults).toHaveLength(1);
    for (let seq = 2; seq <= 9; seq += 1) journal.append(noticed(seq, "new"), false);
    await journal.close();
    const read = readJournal(folder);
    expect(read.events).toEqual([noticed(1), ...[2, 3, 4, 5, 6, 7, 8, 9].map((seq) => noticed(seq, "new"))]);
    expect(read.dropped).not.toBeNull();
  });

  test("cut or flipped anywhere in any segment, gives a true beginning and takes new events", async () => {
    const original = temporaryFolder();
    for (let start = 1; start <= 7; start += 3) await written(original, 3, start);
    const segments = segmentsOf(original);
    const damage = fc.record({ segment: fc.constantFrom(...Object.keys(segments)), at: fc.nat(), flip: fc.option(fc.nat({ max: 7 })) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ segment, at, flip }) => {
        const folder = join(original, "copies", String(copies++));
        mkdirSync(folder, { recursive: true });
        for (const [name, text] of Object.entries(segments)) {
          const bytes = Buffer.from(text);
          const where = at % bytes.length;
          if (name === segment && flip !== null) bytes[where] = (bytes[where] ?? 0) ^ (1 << flip);
          writeFileSync(join(folder, name), name === segment && flip === null ? bytes.subarray(0, where) : bytes);
        }
        const journal = openJournal(folder, refuseFaults);
        const kept = journal.events.length;
        expect(journal.events).toEqual(notices(kept));
        journal.append(noticed(kept + 1, "new"), true);
        expect(await journal.close()).toBe(0);
        expect(readJournal(folder)).toEqual({ events: [...notices(kept), noticed(kept + 1, "new")], dropped: null });
      }),
      { numRuns: 60 },
    );
  });
});

let copies = 0;

describe("a journal on a bad disk", () => {
  let folder: string;
  let disk: FakeDisk;
  let told: string[];
  let journal: Journal;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    folder = temporaryFolder();
    disk = new FakeDisk();
    told = [];
    journal = openJournal(folder, { disk, onFault: (error) => told.push(error.message), onRecovered: () => told.push("recovered") });
  });
  afterEach(() => vi.useRealTimers());

  test("writes whole lines however short the writes are", async () => {
    disk.chunk = 7;
    for (const event of notices(5)) journal.append(event, true);
    expect(await journal.flush()).toBe(0);
    expect(readJournal(folder)).toEqual({ events: notices(5), dropped: null });
  });

  test("that is full keeps events in memory, leaves no half line, and catches up in order when there is room", async () => {
    disk.room = encodeLine(noticed(1)).length + 20;
    for (const event of notices(5)) journal.append(event, true);
    expect(told).toEqual(["ENOSPC: injected"]);
    // The first one is safe, the four others are not.
    expect(await journal.flush()).toBe(4);
    expect(readJournal(folder)).toEqual({ events: notices(1), dropped: null });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(["ENOSPC: injected"]);
    disk.room = Number.POSITIVE_INFINITY;
    await vi.advanceTimersByTimeAsync(2000);
    expect(await journal.flush()).toBe(0);
    expect(told).toEqual(["ENOSPC: injected", "recovered"]);
    journal.append(noticed(6), true);
    expect(await journal.close()).toBe(0);
    expect(readJournal(folder)).toEqual({ events: notices(6), dropped: null });
    expect(Object.keys(segmentsOf(folder))).toEqual(["000001.jsonl"]);
  });

  test("a flush tries at once and not only when the timer says so", async () => {
    disk.room = 0;
    journal.append(noticed(1), true);
    disk.room = Number.POSITIVE_INFINITY;
    expect(await journal.flush()).toBe(0);
    expect(told).toEqual(["ENOSPC: injected", "recovered"]);
  });

  test("a failed fsync is final for its file: what was not known to be safe is written again into a new one", async () => {
    journal.append(noticed(1), true);
    expect(await journal.flush()).toBe(0);
    disk.syncErrors = ["EIO"];
    journal.append(noticed(2), true);
    journal.append(noticed(3), true);
    await eventually(() => expect(told).toEqual(["EIO: injected"]));
    expect(await journal.flush()).toBe(0);
    expect(told).toEqual(["EIO: injected", "recovered"]);
    const second = Buffer.concat([noticed(2), noticed(3)].map(encodeLine)).toString();
    expect(segmentsOf(folder)["000002.jsonl"]).toBe(second);
    await journal.close();
    expect(readJournal(folder)).toEqual({ events: notices(3), dropped: null });
    expect(disk.open).toBe(0);
  });

  test("the file after a failed fsync counts, even if the old one was torn by it", async () => {
    disk.syncErrors = ["EIO"];
    for (const event of notices(3)) journal.append(event, true);
    await eventually(() => expect(told).toEqual(["EIO: injected"]));
    await journal.close();
    truncateSync(join(folder, "000001.jsonl"), 5);
    expect(readJournal(folder).events).toEqual(notices(3));
  });

  test("an error on write that is not about room gives the file up too", async () => {
    journal.append(noticed(1), true);
    await journal.flush();
    disk.writeErrors = ["EIO"];
    journal.append(noticed(2), true);
    expect(told).toEqual(["EIO: injected"]);
    expect(await journal.close()).toBe(0);
    expect(Object.keys(segmentsOf(folder))).toEqual(["000001.jsonl", "000002.jsonl"]);
    expect(readJournal(folder)).toEqual({ events: notices(2), dropped: null });
  });

  test("half a line that cannot be cut off costs nothing either", async () => {
    disk.room = 10;
    disk.truncateErrors = ["EIO"];
    journal.append(noticed(1), true);
    disk.room = Number.POSITIVE_INFINITY;
    expect(await journal.close()).toBe(0);
    expect(readJournal(folder).events).toEqual(notices(1));
  });

  test("that is deleted while it is written says so and keeps what was not yet safe", async () => {
    journal.append(noticed(1), true);
    expect(await journal.flush()).toBe(0);
    rmSync(folder, { recursive: true });
    journal.append(noticed(2), true);
    expect(told).toEqual(["the journal's file was removed while it was written"]);
    expect(await journal.flush()).toBe(1);
    mkdirSync(folder);
    expect(await journal.close()).toBe(0);
    expect(Object.values(segmentsOf(folder))).toEqual([encodeLine(noticed(2)).toString()]);
  });

  test("close says how many events could not be saved", async () => {
    disk.room = 0;
    for (const event of notices(3)) journal.append(event, true);
    expect(await journal.close()).toBe(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("one fsync serves all that was appended while the one before ran", async () => {
    disk.holdSync = true;
    for (const event of notices(100)) journal.append(event, true);
    expect(disk.syncs).toBe(1);
    const flushes = [journal.flush(), journal.flush()];
    disk.holdSync = false;
    disk.finishSync();
    expect(await Promise.all(flushes)).toEqual([0, 0]);
    expect(disk.syncs).toBe(2);
  });

  test("events that nobody waits for share an fsync a second later", async () => {
    for (const event of notices(10)) journal.append(event, false);
    expect(disk.syncs).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(disk.syncs).toBe(1);
  });

  test("whatever fails in whatever order, the file holds a true beginning at all times and everything in the end", async () => {
    const errors = fc.array(fc.constantFrom("ENOSPC", "EIO", "EDQUOT", null, null, null), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(errors, errors, fc.integer({ min: 1, max: 200 }), async (writeErrors, syncErrors, chunk) => {
        const place = join(folder, "runs", String(copies++));
        const bad = new FakeDisk();
        Object.assign(bad, { writeErrors, syncErrors, chunk });
        const one = openJournal(place, { disk: bad, onFault: () => {} });
        for (const event of notices(12)) {
          one.append(event, event.seq % 3 === 0);
          if (event.seq % 4 === 0) await one.flush();
          const read = readJournal(place).events;
          expect(read).toEqual(notices(read.length));
        }
        for (let attempts = 0; (await one.flush()) > 0; attempts += 1) expect(attempts).toBeLessThan(50);
        expect(await one.close()).toBe(0);
        expect(readJournal(place).events).toEqual(notices(12));
        expect(bad.open).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
