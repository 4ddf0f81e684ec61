import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeFileAtomic } from "../../src/engine/atomic-file.ts";
import { openLogFile } from "../../src/engine/log-file.ts";
import { TurnTaker } from "../../src/engine/turn-taker.ts";
import { temporaryFolder } from "./folder.ts";

describe("an atomic write", () => {
  test("makes and replaces a file that only its owner can read, and leaves nothing else", () => {
    const folder = temporaryFolder();
    const path = join(folder, "state.json");
    writeFileAtomic(path, "one");
    writeFileAtomic(path, Buffer.from("two"));
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["state.json"]);
  });

  test("replaces a link and not what it leads to", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "other"), "untouched");
    symlinkSync("other", join(folder, "state.json"));
    writeFileAtomic(join(folder, "state.json"), "new");
    expect(readFileSync(join(folder, "other"), "utf8")).toBe("untouched");
    expect(readFileSync(join(folder, "state.json"), "utf8")).toBe("new");
  });

  test("that fails throws and leaves the old content and no temporary file", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "state.json", "below"), { recursive: true });
    expect(() => writeFileAtomic(join(folder, "state.json"), "new")).toThrow();
    expect(readdirSync(folder)).toEqual(["state.json"]);
    expect(() => writeFileAtomic(join(folder, "none", "state.json"), "new")).toThrow("ENOENT");
  });
});

describe("the engine's log", () => {
  const now = () => new Date(Date.UTC(2030, 0, 2, 3, 4, 5));

  test("has the time before each entry, and nothing in it moves a reader's terminal", () => {
    const path = join(temporaryFolder(), "engine.log");
    const log = openLogFile(path, { now });
    log.write("one\u001b[2J\rtwo\nthree");
    log.close();
    expect(readFileSync(path, "utf8")).toBe("2030-01-02T03:04:05.000Z one\ufffd[2J\ufffdtwo\n    three\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("stays below its limit with one older file, over several openings", () => {
    const folder = temporaryFolder();
    const path = join(folder, "engine.log");
    for (let opening = 0; opening < 3; opening += 1) {
      const log = openLogFile(path, { now, maxBytes: 1000 });
      for (let entry = 0; entry < 20; entry += 1) log.write(`entry ${opening}-${entry}`);
      log.close();
    }
    expect(readdirSync(folder).sort()).toEqual(["engine.log", "engine.log.1"]);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000);
    expect(readFileSync(path, "utf8")).toMatch(/entry 2-19\n$/);
  });

  test("cuts an endless entry and never throws", () => {
    const folder = join(temporaryFolder(), "gone");
    const log = openLogFile(join(folder, "engine.log"), { now });
    log.write("into nothing");
    mkdirSync(folder);
    log.write("x".repeat(100_000));
    expect(statSync(join(folder, "engine.log")).size).toBeLessThan(10_000);
    rmSync(folder, { recursive: true });
    log.write("again into nothing");
    log.close();
    log.close();
  });
});

describe("taking turns", () => {
  test("works on a few at a time, never twice on one, and once more on what is added meanwhile", async () => {
    const began: string[] = [];
    const ends = new Map<string, () => void>();
    const turns = new TurnTaker(2, (name) => {
      began.push(name);
      return new Promise((resolve) => ends.set(name, resolve));
    });
    const first = turns.add("a");
    void turns.add("b");
    void turns.add("c");
    const again = turns.add("a");
    void turns.add("a");
    expect(began).toEqual(["a", "b"]);
    ends.get("a")?.();
    await first;
    expect(began).toEqual(["a", "b", "c"]);
    ends.get("c")?.();
    ends.get("b")?.();
    await tick();
    expect(began).toEqual(["a", "b", "c", "a"]);
    let idle = false;
    void turns.idle().then(() => (idle = true));
    await tick();
    expect(idle).toBe(false);
    ends.get("a")?.();
    await again;
    await turns.idle();
    expect(idle).toBe(true);
  });
});

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
