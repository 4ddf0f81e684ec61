import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectEngine, SilentEngineError } from "../../src/protocol/client.ts";
import { temporaryFolder } from "../engine-ground/folder.ts";

const HANDLERS = { message: () => {}, rows: () => {}, closed: () => {} };

test("who listens and never answers is given up in time, and the connection with it, so that no command hangs on it", async () => {
  const socketPath = join(temporaryFolder(), "s");
  const there = Promise.withResolvers<Socket>();
  const server = createServer((socket) => there.resolve(socket));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(socketPath, resolve));
  await expect(connectEngine({ socketPath, program: "x", role: "command", handlers: HANDLERS, patienceMs: 30 })).rejects.toThrow(
    SilentEngineError,
  );
  const socket = await there.promise;
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
});

test("nobody listens: that is another thing, and said at once", async () => {
  const socketPath = join(temporaryFolder(), "nobody");
  const failed = await connectEngine({ socketPath, program: "x", role: "command", handlers: HANDLERS, patienceMs: 60_000 }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ code: "ENOENT" });
});
