import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { logFolder } from "../../src/engine/log-folder.ts";
import { readPast } from "../../src/engine/log-reader.ts";
import { replay, type Replayed } from "../../src/engine/log-replay.ts";
import { TerminalLog } from "../../src/engine/terminal-log.ts";
import { decodeSize } from "../../src/screen/asciicast.ts";
import { textToBytes } from "../../src/screen/cast-bytes.ts";
import { Scheduler } from "../../src/screen/schedule.ts";
import { Screen } from "../../src/screen/screen.ts";
import { snapshotOf } from "../../src/screen/snapshot.ts";
import { chunksOf, vtStream } from "../screen/vt-stream.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "marathon-logs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A screen that parses what it is given at once. */
function screenOf(cols: number, rows: number): { readonly screen: Screen; write(bytes: Uint8Array): void } {
  const screen = new Screen({ cols, rows, scrollback: 200, scheduler: new Scheduler({ now: () => 0, later: () => {} }) });
  return {
    screen,
    write(bytes) {
      screen.write(bytes);
      while (screen.pending > 0) screen.parse(4096);
    },
  };
}

function recorder(terminal: number, partBytes: number, snapshot: () => string | null, parts = 1000): TerminalLog {
  return new TerminalLog(
    terminal,
    { cols: 20, rows: 6 },
    {
      folder: logFolder(folder),
      limits: { partBytes, parts, reserveBytes: 0 },
      now: () => Date.UTC(2026, 10, 21),
      later: () => () => {},
      snapshot,
      through: () => {},
      failed: (error) => {
        throw error;
      },
      works: () => {},
    },
  );
}

async function played(terminal: number): Promise<Screen> {
  let shown = screenOf(20, 6);
  for await (const entry of replay(folder, terminal)) {
    if (entry.kind === "header") shown = screenOf(entry.header.width, entry.header.height);
    else if (entry.event.code === "o") shown.write(textToBytes(entry.event.data));
    const size = entry.kind === "event" && entry.event.code === "r" ? decodeSize(entry.event.data) : null;
    if (size) shown.screen.resize(size.cols, size.rows);
  }
  return shown.screen;
}

async function all(recording: AsyncIterable<Replayed>): Promise<Replayed[]> {
  const found: Replayed[] = [];
  for await (const entry of recording) found.push(entry);
  return found;
}

type Act = { readonly bytes: Buffer } | { readonly cols: number; readonly rows: number };
const act: fc.Arbitrary<Act> = fc.oneof(
  // Where lines do not wrap, xterm.js shows a cluster at the right edge otherwise when its bytes come in other pieces, as they do here.
  {
    weight: 4,
    arbitrary: vtStream(20)
      .filter((bytes) => !bytes.includes("\x1b[?7l"))
      .map((bytes) => ({ bytes })),
  },
  { weight: 1, arbitrary: fc.record({ cols: fc.integer({ min: 5, max: 30 }), rows: fc.integer({ min: 2, max: 10 }) }) },
);

describe("a recording that is played", () => {
  it("ends on the screen that was recorded, whatever was shown, cut and resized, and over however many parts", async () => {
    let terminal = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        async (acts, cuts) => {
          const number = (terminal++ % 10) + 1;
          for (const name of readdirSync(folder).filter((one) => one.startsWith(`terminal-${String(number).padStart(2, "0")}`)))
            rmSync(join(folder, name));
          const shown = screenOf(20, 6);
          const log = recorder(number, 150, () => snapshotOf(shown.screen));
          for (const one of acts) {
            if ("cols" in one) {
              log.resized(one.cols, one.rows);
              shown.screen.resize(one.cols, one.rows);
              continue;
            }
            for (const chunk of chunksOf(one.bytes, cuts)) {
              log.output(chunk);
              shown.write(chunk);
            }
            await log.flush();
          }
          await log.close();
          expect((await played(number)).ansi()).toBe(shown.screen.ansi());
        },
      ),
      { numRuns: 60 },
    );
  });

  it("shows the right screen although its oldest parts are gone", async () => {
    const shown = screenOf(20, 6);
    const log = recorder(1, 200, () => snapshotOf(shown.screen), 2);
    for (let frame = 0; frame < 40; frame++) {
      const bytes = Buffer.from(frame === 0 ? "\x1b[?1049h\x1b[31mthe title\x1b[m" : `\x1b[${(frame % 4) + 2};1H\x1b[Kframe ${frame} 世界`);
      log.output(bytes);
      shown.write(bytes);
      await log.flush();
    }
    await log.close();
    expect(readdirSync(folder)).toHaveLength(2);
    const screen = await played(1);
    expect(screen.text()[0]).toBe("the title");
    expect(screen.ansi()).toBe(shown.screen.ansi());
    expect(screen.modes().alternateScreen).toBe(true);
  });

  it("is one cast with one header and times that go on, and passes over lines that are cut", async () => {
    const log = recorder(2, 1e6, () => null);
    log.output(Buffer.from("hello"));
    await log.close();
    const [name = ""] = readdirSync(folder);
    writeFileSync(join(folder, name), '[9.0,"o","half', { flag: "a" });
    writeFileSync(
      join(folder, "terminal-02-000002.cast"),
      '{"version":2,"width":20,"height":6,"timestamp":1795219230}\n[1.5,"o","again"]\n',
      {
        mode: 0o600,
      },
    );
    const entries = await all(replay(folder, 2));
    expect(entries.map((entry) => entry.kind)).toEqual(["header", "event", "event"]);
    expect(entries.slice(1)).toMatchObject([{ event: { time: 0, data: "hello" } }, { event: { time: 31.5, data: "again" } }]);
  });

  it("is nothing where nothing was recorded", async () => {
    expect(await all(replay(folder, 5))).toEqual([]);
    expect(await all(replay(join(folder, "nowhere"), 5))).toEqual([]);
    expect(await readPast(folder, 5, 1000)).toBeNull();
    writeFileSync(join(folder, "terminal-05-000001.cast"), "");
    expect(await readPast(folder, 5, 1000)).toBeNull();
  });
});

describe("the end of a recording", () => {
  it.each([
    ["begins where the screen was told, when it is cut out of the middle", "<the screen>"],
    ["is the whole of it where the screen was never known", null],
  ])("%s", async (_what, screen) => {
    const log = recorder(3, 1e9, () => screen);
    log.resized(33, 9);
    for (let line = 0; line < 40_000; line++) {
      log.output(Buffer.from(`line ${line} of many\r\n`));
      if (line % 1000 === 0) await log.flush();
    }
    await log.close();
    const [name = ""] = readdirSync(folder);
    expect(statSync(join(folder, name)).size).toBeGreaterThan(800_000);
    const past = await readPast(folder, 3, 600_000);
    expect(past).toMatchObject(screen === null ? { cols: 20, rows: 6, begins: "" } : { cols: 33, rows: 9, begins: screen });
    const text = (past?.events ?? [])
      .filter(({ code }) => code === "o")
      .map(({ data }) => data)
      .join("");
    expect(text.endsWith("line 39999 of many\r\n")).toBe(true);
    const [least, most] = screen === null ? [700_000, 900_000] : [200_000, 600_000];
    expect(text.length).toBeGreaterThan(least);
    expect(text.length).toBeLessThan(most);
  });

  it("is taken from as many parts as it needs", async () => {
    const log = recorder(4, 1000, () => null);
    for (let line = 0; line < 300; line++) {
      log.output(Buffer.from(`line ${line}\r\n`));
      await log.flush();
    }
    await log.close();
    const whole = await readPast(folder, 4, 1e9);
    expect(
      (whole?.events ?? [])
        .filter(({ code }) => code === "o")
        .map(({ data }) => data)
        .join(""),
    ).toBe(Array.from({ length: 300 }, (_, line) => `line ${line}\r\n`).join(""));
  });
});
