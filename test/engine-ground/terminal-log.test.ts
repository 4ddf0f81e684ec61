import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogLimits } from "../../src/engine/log-parts.ts";
import type { Place } from "../../src/screen/asciicast.ts";
import { TerminalLog } from "../../src/engine/terminal-log.ts";
import { decodeEvent, decodeHeader, decodePlace, MISSING, type CastEvent } from "../../src/screen/asciicast.ts";
import { textToBytes } from "../../src/screen/cast-bytes.ts";
import { FakeLogFolder } from "../support/fake-log-folder.ts";

const NOON = Date.UTC(2026, 10, 21, 12);

/** A recorder whose time and disk the test holds. */
function recorder(given: Partial<LogLimits> & { readonly folder?: FakeLogFolder; readonly snapshot?: () => string | null } = {}) {
  const { folder = new FakeLogFolder(), snapshot = () => null, ...limits } = given;
  const told: string[] = [];
  const through: Place[] = [];
  let timers: { readonly ms: number; readonly callback: () => void }[] = [];
  let now = NOON;
  const log = new TerminalLog(
    3,
    { cols: 80, rows: 24 },
    {
      folder,
      limits: { partBytes: 1e6, parts: 4, reserveBytes: 1000, ...limits },
      now: () => now,
      later: (ms, callback) => {
        const timer = { ms, callback };
        timers.push(timer);
        return () => void (timers = timers.filter((one) => one !== timer));
      },
      snapshot,
      through: (place) => through.push(place),
      failed: (error) => told.push(error.message),
      works: () => told.push("works"),
    },
  );
  return {
    log,
    folder,
    told,
    through,
    waits: () => timers.map(({ ms }) => ms),
    /** Fires what waits. */
    fire: async (): Promise<void> => {
      for (const timer of timers.splice(0)) timer.callback();
      // What was begun has had its turns: the fake disk needs no time.
      await new Promise(setImmediate);
      await log.flush();
    },
    pass: (ms: number) => void (now += ms),
    says: (text: string) => log.output(Buffer.from(text)),
  };
}

function eventsOf(folder: FakeLogFolder, name: string): CastEvent[] {
  return folder.lines(name).flatMap((line) => decodeEvent(line) ?? []);
}

function outputOf(events: readonly CastEvent[]): string {
  return Buffer.concat(events.filter(({ code }) => code === "o").map(({ data }) => textToBytes(data))).toString("latin1");
}

describe("a recording", () => {
  it("is an asciicast with real times, sizes and marks", async () => {
    const { log, folder, says, pass } = recorder();
    says("hello ");
    pass(4);
    says("world\r\n");
    pass(2500);
    log.resized(100, 30);
    log.mark("task 7 begins: Say hello");
    says("\x1b[1mmore");
    await log.close();
    const [first = "", ...lines] = folder.lines("3-1");
    expect(decodeHeader(first)).toMatchObject({ width: 80, height: 24, timestamp: NOON / 1000, title: "marathon terminal 3" });
    expect(lines).toEqual([
      '[0.000,"o","hello world\\r\\n"]',
      '[2.504,"r","100x30"]',
      '[2.504,"m","task 7 begins: Say hello"]',
      '[2.504,"o","\\u001b[1mmore"]',
      "",
    ]);
    expect(folder.opened).toBe(0);
  });

  it("keeps every byte, however output comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 20 }), async (chunks) => {
        const { log, folder, pass } = recorder({ partBytes: 300, parts: 100 });
        for (const chunk of chunks) {
          log.output(chunk);
          pass(10);
        }
        await log.close();
        const parts = await folder.parts(3);
        expect(outputOf(parts.flatMap((part) => eventsOf(folder, `3-${part}`)))).toBe(Buffer.concat(chunks).toString("latin1"));
      }),
    );
  });

  it("tells where output stands wherever it can be read from, also if no more should come", async () => {
    const places = (events: readonly CastEvent[]) => events.filter(({ code }) => code === "p").map(({ data }) => decodePlace(data));
    const { log, folder, fire, pass } = recorder({ snapshot: () => "how it looks", partBytes: 400_000 });
    const portion = Buffer.alloc(60_000, "é");
    let at = 0;
    const says = (bytes: Buffer) => {
      log.output(bytes, { id: "one", at });
      at += bytes.length;
    };
    while (at < 300_000) says(portion);
    await fire();
    // Its screen was told after 256 KB: whoever begins to read there must not ask for all of it again.
    const events = eventsOf(folder, "3-1");
    expect(events.slice(-4).map(({ code }) => code)).toEqual(["o", "r", "s", "p"]);
    expect(places(events).at(-1)).toEqual({ id: "one", at });
    // In the middle of a character.
    while (at < 420_000) says(portion);
    for (const half of [0, 1]) {
      pass(20);
      says(Buffer.from("é").subarray(half, half + 1));
    }
    await fire();
    const next = eventsOf(folder, "3-2");
    expect(places(next)[0]).toEqual({ id: "one", at: 420_000 });
    expect(next.filter(({ code }) => code === "o").map(({ data }) => data)).toEqual(["é"]);
  });

  it("waits a moment before it writes, and not at all while nothing is shown", async () => {
    const { says, waits, fire, folder } = recorder();
    expect(waits()).toEqual([]);
    says("a");
    says("b");
    expect(waits()).toEqual([300]);
    expect(folder.files.size).toBe(0);
    await fire();
    expect(outputOf(eventsOf(folder, "3-1"))).toBe("ab");
    expect(waits()).toEqual([]);
  });

  it("writes the last of a flood as well, although it writes already what came before", () => {
    const folder = new FakeLogFolder();
    folder.stuck = new Promise(() => {});
    const { log, pass, waits, says } = recorder({ folder });
    for (let count = 0; count < 12; count++) {
      log.output(Buffer.alloc(60_000, 97));
      pass(20);
    }
    says("the last word");
    expect(waits()).toEqual([300]);
  });

  it("times never go back, whatever the wall clock does", async () => {
    const { log, folder, says, pass } = recorder();
    pass(5000);
    says("a");
    pass(-3_600_000);
    says("b");
    pass(100);
    says("c");
    await log.close();
    const times = eventsOf(folder, "3-1").map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe("the parts of a recording", () => {
  it("are so many and so large; the oldest go", async () => {
    const { log, folder, pass } = recorder({ partBytes: 2000, parts: 3 });
    for (let index = 0; index < 100; index++) {
      log.output(Buffer.alloc(200, 97));
      pass(20);
      await log.flush();
    }
    await log.close();
    const parts = await folder.parts(3);
    expect(parts).toHaveLength(3);
    expect(parts.at(-1)).toBeGreaterThan(5);
    for (const part of parts) {
      expect(decodeHeader(folder.lines(`3-${part}`)[0] ?? "")).not.toBeNull();
      expect(folder.files.get(`3-${part}`)?.length).toBeLessThan(3000);
    }
  });

  it("begin with the screen as it is then, if it can be known", async () => {
    const { log, folder, pass } = recorder({ partBytes: 100, snapshot: () => "\x1b[Hthe screen" });
    log.output(Buffer.alloc(200, 97));
    pass(20);
    log.output(Buffer.from("next"));
    await log.close();
    expect(decodeHeader(folder.lines("3-2")[0] ?? "")).toMatchObject({ begins: "\x1b[Hthe screen" });
    expect(outputOf(eventsOf(folder, "3-2"))).toBe("next");
  });

  it("go on where an engine before left off, without its cut last line", async () => {
    for (const cut of ["", "[", '[7.5,"o","ha', '[7.5,"o","half"]']) {
      const folder = new FakeLogFolder();
      const before = recorder({ folder });
      before.says("first\r\n");
      before.pass(7000);
      before.says("last\r\n");
      await before.log.flush();
      folder.files.set("3-1", Buffer.concat([folder.files.get("3-1") ?? Buffer.alloc(0), Buffer.from(cut)]));

      const after = recorder({ folder });
      after.pass(9000);
      after.log.resized(70, 20);
      after.says("again");
      await after.log.close();
      expect(eventsOf(folder, "3-1").map(({ time, data }) => [time, data])).toEqual([
        [0, "first\r\n"],
        [7, "last\r\n"],
        [9, "70x20"],
        [9, "again"],
      ]);
      expect(await folder.parts(3)).toEqual([1]);
    }
  });

  it("begin anew beside a file that is no recording, and in place of one that broke off in its first line", async () => {
    for (const [text, left] of [
      ['{"version":2,"wid', false],
      ["", false],
      ["somebody's notes\n", true],
    ] as const) {
      const folder = new FakeLogFolder();
      folder.files.set("3-1", Buffer.from(text));
      const { log, says } = recorder({ folder });
      says("hello");
      await log.close();
      expect(outputOf(eventsOf(folder, "3-2"))).toBe("hello");
      expect(folder.files.has("3-1")).toBe(left);
      expect(folder.opened).toBe(0);
    }
  });

  it("stay while a disk takes no new one, however often it is tried", async () => {
    const { log, folder, says, fire } = recorder({ partBytes: 50, parts: 2 });
    for (let part = 0; part < 4; part++) {
      says("long enough to fill a part of fifty bytes, and more than that");
      await log.flush();
    }
    const kept = [...folder.files.keys()].filter((name) => (folder.files.get(name)?.length ?? 0) > 0);
    folder.capacity = 0;
    says("more");
    await log.flush();
    for (let round = 0; round < 5; round++) await fire();
    await log.close();
    expect([...folder.files.keys()]).toEqual(expect.arrayContaining(kept.slice(-2)));
    expect(folder.files.size).toBeLessThan(5);
  });
});

describe("a disk that does not take a recording", () => {
  it("costs it a stretch, which it tells; whole lines are left, and it goes on when there is room", async () => {
    const { log, folder, says, told, waits, fire, pass } = recorder({ snapshot: () => "<the screen>" });
    says("kept\r\n");
    await log.flush();
    folder.capacity = 9;
    says("this does not fit");
    await log.flush();
    expect(told).toEqual(["ENOSPC: no space left on device, write"]);
    says("lost, too");
    await log.flush();
    expect(waits()).toEqual([10_000]);

    folder.free = 1500;
    await fire();
    expect(told).toHaveLength(1);
    expect(waits()).toEqual([20_000]);

    folder.free = 1e9;
    folder.capacity = Number.POSITIVE_INFINITY;
    await fire();
    expect(told).toEqual(["ENOSPC: no space left on device, write", "works"]);
    pass(50);
    says("back");
    await log.close();
    const events = eventsOf(folder, "3-1").filter(({ code }) => code === "o" || code === "m");
    expect(events.map(({ data }) => data)).toEqual(["kept\r\n", expect.stringContaining(MISSING), "<the screen>", "back"]);
    expect(Number(/\d+/u.exec(events[1]?.data ?? "")?.[0])).toBeGreaterThanOrEqual("this does not fitlost, too".length);
    for (const line of folder.lines("3-1").filter((one) => one !== "")) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it("has the last of its room left to others", async () => {
    const folder = new FakeLogFolder();
    folder.free = 999;
    const { log, says, told } = recorder({ folder });
    says("hello");
    await log.flush();
    expect(told).toEqual([expect.stringContaining("MB are free")]);
    await log.close();
  });

  it("is asked less and less often while it stays full", async () => {
    const folder = new FakeLogFolder();
    folder.capacity = 0;
    const { log, says, waits, fire, told } = recorder({ folder });
    says("hello");
    await log.flush();
    const asked: number[] = [];
    for (let round = 0; round < 7; round++) {
      asked.push(...waits());
      await fire();
    }
    expect(asked).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
    expect(told.every((words) => words.startsWith("ENOSPC"))).toBe(true);
    await log.close();
    expect(waits()).toEqual([]);
  });

  it("that is stuck holds nobody up, and what waits for it is bounded", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const folder = new FakeLogFolder();
    folder.stuck = promise;
    const { log, pass } = recorder({ folder, partBytes: 1e9 });
    for (let index = 0; index < 200; index++) {
      log.output(Buffer.alloc(64 * 1024, 97));
      pass(20);
    }
    resolve();
    await log.flush();
    log.output(Buffer.from("and on"));
    await log.close();
    const events = eventsOf(folder, "3-1");
    const recorded = outputOf(events).length;
    expect(recorded).toBeLessThan(4 * 1024 * 1024);
    const missing = events.filter(({ code }) => code === "m").map(({ data }) => Number(/\d+/u.exec(data)?.[0]));
    expect(recorded + missing.reduce((sum, bytes) => sum + bytes, 0)).toBe(200 * 64 * 1024 + "and on".length);
  });

  it("that was slow at the end of a flood has what was left out told, and the screen, although nothing more is shown", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const folder = new FakeLogFolder();
    folder.stuck = promise;
    let shown: string | null = null;
    const { log, pass, fire } = recorder({ folder, partBytes: 1e9, snapshot: () => shown });
    const bytes = 60_000;
    for (let index = 0; index < 80; index++) {
      log.output(Buffer.alloc(bytes, 97), { id: "one", at: index * bytes });
      pass(20);
    }
    resolve();
    await log.flush();
    // Not before the screen has parsed it.
    shown = "the last word";
    await fire();
    const events = eventsOf(folder, "3-1");
    expect(events.slice(-3).map(({ code, data }) => [code, code === "p" ? decodePlace(data) : data])).toEqual([
      ["p", null],
      ["o", "the last word"],
      ["p", { id: "one", at: 80 * bytes }],
    ]);
    expect(events.filter(({ code }) => code === "m").at(-1)?.data).toMatch(new RegExp(`^${MISSING}\\d+ bytes`, "u"));
  });
});
