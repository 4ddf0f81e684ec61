import { expect, test } from "vitest";
import { DEFAULT_LOGS, TerminalLogs } from "../../src/engine/terminal-logs.ts";
import { FakeLogFolder } from "../support/fake-log-folder.ts";

function logsOn(disk: FakeLogFolder, parts = DEFAULT_LOGS.parts) {
  const told: string[] = [];
  const timers: (() => void)[] = [];
  const logs = new TerminalLogs({
    folder: "/logs",
    settings: { ...DEFAULT_LOGS, parts },
    now: () => 0,
    disk,
    later: (_ms, callback) => {
      timers.push(callback);
      return () => {};
    },
  });
  logs.tell = (severity, text) => told.push(`${severity}: ${text}`);
  const fire = async (): Promise<void> => {
    for (const callback of timers.splice(0)) callback();
    await new Promise(setImmediate);
    await logs.flush();
  };
  return { logs, told, fire };
}

test("a full disk is one notice for all terminals, and one when the last of them is recorded again", async () => {
  const disk = new FakeLogFolder();
  disk.capacity = 0;
  const { logs, told, fire } = logsOn(disk);
  const recorders = [1, 2, 3].map((terminal) =>
    logs.open(
      terminal,
      { cols: 80, rows: 24 },
      () => null,
      () => {},
    ),
  );
  for (const recorder of recorders) recorder.output(Buffer.from("hello"));
  await logs.flush();
  expect(told).toEqual([
    "warning: the terminals' logs have stopped: the disk is full; the marathon goes on, and so do they when there is room again (/logs)",
  ]);
  disk.capacity = Number.POSITIVE_INFINITY;
  await fire();
  expect(told.slice(1)).toEqual(["info: the terminals' logs go on; each says what it is missing"]);
  expect([...disk.files.keys()].sort()).toEqual(["1-2", "2-2", "3-2"]);
  await logs.close();
});

test("nothing is recorded and no file is made when no files are to be kept", async () => {
  const disk = new FakeLogFolder();
  const { logs } = logsOn(disk, 0);
  const through: unknown[] = [];
  const recorder = logs.open(
    1,
    { cols: 80, rows: 24 },
    () => null,
    (place) => through.push(place),
  );
  recorder.output(Buffer.from("secret"), { id: "a", at: 10 });
  // The holder need not keep it either.
  expect(through).toEqual([{ id: "a", at: 16 }]);
  await logs.close();
  expect(disk.files.size).toBe(0);
});
