import { join } from "node:path";
import { expect, test } from "vitest";
import { EngineServer, type ServerPorts } from "../../src/engine/server.ts";
import type { Event, State } from "../../src/marathon/types.ts";
import { connectEngine } from "../../src/protocol/client.ts";
import { temporaryFolder } from "./folder.ts";

const event = (seq: number): Event => ({ type: "person-acted", what: "x", terminal: null, seq, at: 0, t: 0 });

/** A server in which something happens as soon as anybody asks anything, before the answer. */
async function busyServer(): Promise<{ readonly server: EngineServer; readonly path: string }> {
  const path = join(temporaryFolder(), "s");
  let seq = 7;
  const ports = {
    program: "test",
    state: () => ({ seq }) as unknown as State,
    clock: () => ({}),
    request: () => {
      server.publish(event(++seq));
      return Promise.resolve(null);
    },
    marks: () => [],
    attached: () => {},
  } as unknown as ServerPorts;
  const server: EngineServer = new EngineServer(ports);
  await server.listen(path);
  return { server, path };
}

test.each([
  ["a command that follows", true, [8]],
  ["one that does not", undefined, []],
] as const)("%s gets what happens between its welcome and its first answer", async (_name, follow, expected) => {
  const { server, path } = await busyServer();
  const seen: number[] = [];
  const { client, welcome } = await connectEngine({
    socketPath: path,
    program: "test",
    role: "command",
    ...(follow ? { follow } : {}),
    handlers: { message: (message) => void (message.type === "event" && seen.push(message.event.seq)), rows: () => {}, closed: () => {} },
  });
  await client.request({ name: "events", since: 0, follow: false });
  expect(welcome.state.seq).toBe(7);
  expect(seen).toEqual(expected);
  client.close();
  await server.close("end");
});
