import { spawn, type ChildProcess } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { acquireLock, readLockOwner } from "../../src/engine/lock.ts";
import { temporaryFolder } from "./folder.ts";

// On a busy machine real processes take their time.
vi.setConfig({ testTimeout: 30_000 });

const self = { socket: "/run/here.sock", startedAt: 1_700_000_000_000 };
const lockModule = new URL("../../src/engine/lock.ts", import.meta.url).href;

/** Another process that takes the lock and says "held" or "refused PID", then stays. */
function contender(path: string): { child: ChildProcess; said: Promise<string> } {
  const script = `
    import { acquireLock } from ${JSON.stringify(lockModule)};
    const take = () => acquireLock(${JSON.stringify(path)}, { socket: "/their.sock", startedAt: 5 });
    const { held, heldBy } = take();
    // Nobody refers to the result any more; the lock must stay all the same.
    globalThis.gc();
    console.log(held ? "held" : "refused " + heldBy?.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--expose-gc", "--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = new Promise<string>((resolve) => child.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString().trim())));
  return { child, said };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

describe("the engine's lock", () => {
  test("is taken once; the second is told who has it, also within one process", () => {
    const path = join(temporaryFolder(), "engine.lock");
    const first = acquireLock(path, self);
    expect(first.held).toBe(true);
    expect(acquireLock(path, self)).toEqual({ held: false, heldBy: { pid: process.pid, pidStart: expect.any(Number) as number, ...self } });
    // The refusal must not have cost the holder its lock.
    expect(acquireLock(path, self).held).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    if (!first.held) return;
    first.release();
    first.release();
    expect(readLockOwner(path)).toBeNull();
    const again = acquireLock(path, self);
    expect(again.held).toBe(true);
    if (again.held) again.release();
  });

  test("is free at once when its holder is killed, and its word about itself counts no more", async () => {
    const path = join(temporaryFolder(), "engine.lock");
    const { child, said } = contender(path);
    expect(await said).toBe("held");
    expect(readLockOwner(path)).toMatchObject({ pid: child.pid, socket: "/their.sock" });
    expect(acquireLock(path, self)).toMatchObject({ held: false, heldBy: { pid: child.pid } });
    child.kill("SIGKILL");
    await ended(child);
    expect(readLockOwner(path)).toBeNull();
    const lock = acquireLock(path, self);
    expect(lock.held).toBe(true);
    if (lock.held) lock.release();
  });

  test("stays with a holder that sleeps", async () => {
    const path = join(temporaryFolder(), "engine.lock");
    const { child, said } = contender(path);
    await said;
    child.kill("SIGSTOP");
    expect(acquireLock(path, self)).toMatchObject({ held: false, heldBy: { pid: child.pid } });
    child.kill("SIGCONT");
  });

  test("goes to exactly one of several that start together", async () => {
    const path = join(temporaryFolder(), "engine.lock");
    const answers = await Promise.all(Array.from({ length: 8 }, () => contender(path).said));
    expect(answers.filter((answer) => answer === "held")).toHaveLength(1);
  });

  test("says what to do about a file that is no lock, and about a folder that is not there", () => {
    const folder = temporaryFolder();
    const path = join(folder, "engine.lock");
    writeFileSync(path, "this is not a database, and long enough to be sure about that".repeat(20));
    expect(() => acquireLock(path, self)).toThrow(/cannot lock .*engine\.lock/);
    expect(() => acquireLock(join(folder, "none", "engine.lock"), self)).toThrow("Make its folder writable");
  });
});
