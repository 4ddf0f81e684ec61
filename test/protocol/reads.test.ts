import { spawn } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { connectReading, instead } from "../../src/protocol/reads.ts";
import { temporaryFolder } from "../engine-ground/folder.ts";

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** Gathers what a socket reads, and waits for so much of it. */
class Gathered {
  readonly pieces: Buffer[] = [];
  #came = Promise.withResolvers<void>();

  readonly take = (bytes: Buffer): void => {
    this.pieces.push(bytes);
    this.#came.resolve();
  };

  get all(): Buffer {
    return Buffer.concat(this.pieces);
  }

  async until(length: number): Promise<Buffer> {
    while (this.all.length < length) {
      await this.#came.promise;
      this.#came = Promise.withResolvers();
    }
    return this.all;
  }
}

/** Two ends of a line: of a server's socket and of one that connected. */
async function line() {
  const path = join(temporaryFolder(), "s");
  const [near, far] = [new Gathered(), new Gathered()];
  const accepted = Promise.withResolvers<Socket>();
  const server = createServer({ pauseOnConnect: true }, (made) => {
    server.close();
    accepted.resolve(instead(made, far.take));
  }).listen(path);
  const client = connectReading(path, near.take);
  const served = await accepted.promise;
  open.push(client, served);
  return { client, served, near, far };
}

test("what either end writes is read by the other, all of it and in order, and stays as it was", async () => {
  const { client, served, near, far } = await line();
  const much = Buffer.alloc(
    3_000_000,
    Uint8Array.from({ length: 251 }, (_, index) => index),
  );
  client.write(much);
  served.write(much);
  expect((await far.until(much.length)).equals(much)).toBe(true);
  expect((await near.until(much.length)).equals(much)).toBe(true);
});

test("a socket that is paused reads no more, and goes on where it was", async () => {
  const { client, served, far } = await line();
  client.write("one");
  await far.until(3);
  served.pause();
  expect(served.isPaused()).toBe(true);
  client.write("two");
  // Something that can only have come the same way after it.
  await new Promise((resolve) => client.write("", resolve));
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(far.all.toString()).toBe("one");
  served.resume();
  expect((await far.until(6)).toString()).toBe("onetwo");
});

test.each(["ends", "is destroyed"])("where one end %s the other one closes", async (how) => {
  for (const first of ["client", "served"] as const) {
    const ends = await line();
    const other = first === "client" ? ends.served : ends.client;
    const closed = new Promise((resolve) => other.on("close", resolve));
    if (how === "ends") ends[first].end("bye");
    else ends[first].destroy();
    await closed;
    const read = first === "client" ? ends.far : ends.near;
    expect(read.all.toString()).toBe(how === "ends" ? "bye" : "");
  }
});

test("a pipe to a child process goes in both directions and closes with it", async () => {
  const script =
    "const s = new (require('node:net').Socket)({ fd: 3 }); s.on('data', (b) => s.write(b + '!')); s.on('end', () => process.exit());";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const read = new Gathered();
  const pipe = instead(child.stdio[3] as Socket, read.take);
  const closed = new Promise((resolve) => pipe.on("close", resolve));
  pipe.write("hello");
  expect((await read.until(6)).toString()).toBe("hello!");
  child.kill("SIGKILL");
  await closed;
});
