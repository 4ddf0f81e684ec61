import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PtyWriter } from "../../src/engine/pty-writer.ts";

/** A descriptor that takes as many bytes as it is told, one number a call; 0 stands for EAGAIN. */
function descriptor(
  takes: number[],
  then: number,
): { write: (fd: number, bytes: Uint8Array) => number; taken: () => Buffer; calls: () => number } {
  const taken: Uint8Array[] = [];
  let calls = 0;
  return {
    write(_fd, bytes) {
      calls += 1;
      const room = takes.shift() ?? then;
      if (room === 0) throw Object.assign(new Error("EAGAIN"), { code: "EAGAIN" });
      taken.push(Uint8Array.from(bytes.subarray(0, room)));
      return Math.min(room, bytes.length);
    },
    taken: () => Buffer.concat(taken),
    calls: () => calls,
  };
}

describe("the pty's writer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("writes at once when the program reads", () => {
    const fd = descriptor([], 1000);
    const writer = new PtyWriter(3, fd.write);
    writer.write(Buffer.from("hello"));
    expect(fd.taken().toString()).toBe("hello");
    expect(writer.pendingBytes).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not spin while the program does not read", async () => {
    const fd = descriptor([], 0);
    const writer = new PtyWriter(3, fd.write);
    writer.write(Buffer.from("hello"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fd.calls()).toBeLessThan(10_000 / 50 + 10);
    expect(writer.pendingBytes).toBe(5);
    writer.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(writer.pendingBytes).toBe(0);
  });

  test("keeps its own copy of what waits", async () => {
    const fd = descriptor([2, 0, 0], 100);
    const writer = new PtyWriter(3, fd.write);
    const first = Buffer.from("abcd");
    const second = Buffer.from("efgh");
    writer.write(first);
    writer.write(second);
    first.fill("x");
    second.fill("x");
    await vi.advanceTimersByTimeAsync(1000);
    expect(fd.taken().toString()).toBe("abcdefgh");
  });

  test("lets other work have its turn in a large paste", async () => {
    const fd = descriptor([], 4096);
    const writer = new PtyWriter(3, fd.write);
    writer.write(Buffer.alloc(1024 * 1024));
    expect(writer.pendingBytes).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(writer.pendingBytes).toBe(0);
  });

  test("drops everything when nobody is at the other side", () => {
    const writer = new PtyWriter(3, () => {
      throw Object.assign(new Error("EIO"), { code: "EIO" });
    });
    writer.write(Buffer.from("hello"));
    writer.write(Buffer.from("hello"));
    expect(writer.pendingBytes).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("delivers every byte once and in order, whatever is taken when", async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.array(fc.nat({ max: 30 }), { maxLength: 60 }),
        fc.array(fc.nat({ max: 20 }), { minLength: 20 }),
        async (writes, takes, waits) => {
          const fd = descriptor([...takes], 1000);
          const writer = new PtyWriter(3, fd.write);
          for (const [index, bytes] of writes.entries()) {
            writer.write(bytes);
            await vi.advanceTimersByTimeAsync(waits[index] ?? 0);
          }
          await vi.advanceTimersByTimeAsync(60 * 60);
          expect(fd.taken()).toEqual(Buffer.concat(writes));
          expect(writer.pendingBytes).toBe(0);
        },
      ),
    );
  });
});
