import { writeSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { laterThanInput } from "../../src/dashboard/later.ts";
import { temporaryFolder } from "../engine-ground/folder.ts";

/** Two ends of a line. */
async function line(): Promise<{ readonly near: Socket; readonly far: Socket }> {
  const path = join(temporaryFolder(), "s");
  return new Promise((resolve) => {
    const server = createServer((far) => {
      server.close();
      resolve({ near, far });
    }).listen(path);
    const near = connect(path);
  });
}

/** The process has no turn for so long, ms. */
function busy(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("bytes that came while the machine was busy are read before time says that none came", async () => {
  const { near, far } = await line();
  const told: string[] = [];
  near.on("data", (bytes) => told.push(bytes.toString()));
  const over = new Promise<void>((resolve) => {
    laterThanInput(5, () => {
      told.push("nothing more came");
      resolve();
    });
  });
  const { fd } = (far as Socket & { readonly _handle: { readonly fd: number } })._handle;
  writeSync(fd, "[200~");
  busy(30);
  await over;
  expect(told).toEqual(["[200~", "nothing more came"]);
  near.destroy();
  far.destroy();
});

test("who needs to wait no more is not called, also when the time is over", async () => {
  let called = false;
  const cancel = laterThanInput(1, () => {
    called = true;
  });
  // Before the immediate that the time's end asks for.
  setTimeout(cancel, 1);
  busy(5);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(called).toBe(false);
});
