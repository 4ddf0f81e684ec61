import { expect, test, vi } from "vitest";
import { keptAwake } from "../../src/engine/kept-awake.ts";

test("a holder is woken before the work, again and again while it lasts, and not after it, whatever comes of it", async () => {
  vi.useFakeTimers();
  let woken = 0;
  const holder = { goOn: () => void woken++ };
  const work = Promise.withResolvers<string>();
  const all = keptAwake(holder, () => work.promise);
  expect(woken).toBe(1);
  vi.advanceTimersByTime(1500);
  expect(woken).toBe(4);
  work.resolve("ended");
  expect(await all).toBe("ended");
  await expect(keptAwake(holder, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  vi.advanceTimersByTime(5000);
  expect(woken).toBe(5);
  vi.useRealTimers();
});
