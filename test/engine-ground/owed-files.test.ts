import { expect, test } from "vitest";
import { OwedFiles } from "../../src/engine/owed-files.ts";

test("files that the disk does not take are written as they are last, once it does; the person is told twice", () => {
  const disk = new Map<string, string>();
  const told: unknown[] = [];
  const timers: (() => void)[] = [];
  let full = true;
  const owed = new OwedFiles({
    tell: ({ text, begins, ends }) => told.push([text.slice(0, 17), begins ?? ends]),
    write(path, content) {
      if (full) throw new Error("ENOSPC");
      disk.set(path, content);
    },
    later: (_ms, callback) => (timers.push(callback), () => {}),
  });
  owed.write("a", "old");
  owed.write("b", "one");
  owed.write("a", "new");
  timers.shift()?.();
  expect([disk.size, timers.length]).toEqual([0, 1]);
  full = false;
  owed.write("b", "two");
  timers.shift()?.();
  expect([...disk]).toEqual([
    ["b", "two"],
    ["a", "new"],
  ]);
  expect(timers).toEqual([]);
  expect(told).toEqual([
    ["cannot write a: E", "files"],
    ["all files that wa", "files"],
  ]);
});

test("a last attempt is made at the end", () => {
  const disk = new Map<string, string>();
  let full = true;
  const owed = new OwedFiles({
    tell: () => {},
    write(path, content) {
      if (full) throw new Error("ENOSPC");
      disk.set(path, content);
    },
    later: () => () => {},
  });
  owed.write("a", "x");
  full = false;
  owed.close();
  expect([...disk]).toEqual([["a", "x"]]);
});
