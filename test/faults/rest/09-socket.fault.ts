/** F9: the socket's file is deleted, is another's, or gets garbage. */
import { existsSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeMessage } from "../../../src/protocol/frames.ts";
import { PROTOCOL_VERSION } from "../../../src/protocol/messages.ts";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, isTold, journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { killAndWait } from "../../support/left-behind.ts";

test("a socket that a clean-up program deleted is there again within seconds, its folder too, and dashboards that were attached stay so", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(1), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  const { engine } = await place.json(["status"]);
  for (const gone of [engine.socket, join(engine.socket, "..")]) {
    rmSync(gone as string, { recursive: true });
    await until(() => existsSync(engine.socket as string), "the socket is there again");
    expect((await place.json(["status"])).engine.pid).toBe(engine.pid);
    await agents.print(1, `after ${gone.length}\r\n`);
    await screen.waitFor(`after ${gone.length}`);
  }
  await isTold(place, /socket was removed, and is there again/u, screen);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("garbage, half messages and other versions cost their sender the connection and nobody else anything", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(1), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  const { engine } = await place.json(["status"]);
  const hello = encodeMessage({ type: "hello", version: PROTOCOL_VERSION, program: "x", role: "dashboard", pid: 1 });
  const strange = encodeMessage({ type: "panes", panes: "none", focus: {} } as never);
  const attempts: readonly (readonly [string, Buffer])[] = [
    ["random bytes", Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 251))],
    ["a frame of 4 GB", Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3])],
    ["no hello", encodeMessage({ type: "redraw" })],
    ["panes that are none", Buffer.concat([hello, strange])],
    ["JSON that is none", Buffer.concat([hello, Buffer.from([5, 0, 0, 0, 0, 0x7b, 0x7b, 0x7b, 0x7b])])],
  ];
  for (const [what, bytes] of attempts) {
    const closed = await sent(engine.socket as string, bytes);
    expect(closed, what).toBe(true);
  }
  const old = await said(engine.socket as string, encodeMessage({ type: "hello", version: 99, program: "9.9", role: "dashboard", pid: 1 }));
  expect(old).toMatch(/speaks protocol \d+, you \(marathon 9\.9\) speak 99/u);
  // Half a message, and then nothing for ever: the others go on.
  const half = connect(engine.socket as string);
  half.write(hello.subarray(0, 9));
  await agents.print(1, "still served\r\n");
  await screen.waitFor("still served");
  half.destroy();
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("the file of a dead engine's socket, or anything else of that name, does not keep the next one from starting", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  expect((await place.run([...agents.run(1), "--headless"])).code).toBe(0);
  const { engine } = await place.json(["status"]);
  await killAndWait(engine.pid);
  unlinkSync(engine.socket as string);
  writeFileSync(engine.socket as string, "not a socket");
  expect((await place.run(["run", "plan.md", ...agents.flags(), "--headless"])).code).toBe(0);
  expect((await place.json(["status"])).engine.pid).not.toBe(engine.pid);
  const names = readdirSync(join(engine.socket as string, ".."));
  // Beside it lies the socket of the process that holds the terminals.
  expect(names.filter((name) => !name.endsWith(".hold"))).toHaveLength(1);
  await stopsWithoutStrays(place);
});

function sent(address: string, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on("error", () => {});
    socket.on("close", () => resolve(true));
    socket.resume();
    socket.write(bytes);
  });
}

function said(address: string, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(address);
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("close", () => resolve(text));
    socket.write(bytes);
  });
}
