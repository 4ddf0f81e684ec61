import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openReceiver, type Receiver, type ReceiverPorts } from "../../src/engine/hooks/receiver.ts";

type Got = readonly [terminal: number, route: string, payload: unknown];
let got: Got[] = [];
let faults: string[] = [];
let answer: ReceiverPorts["received"] = () => ({ body: { fine: true } });
let receiver: Receiver;

beforeEach(async () => {
  got = [];
  faults = [];
  answer = () => ({ body: { fine: true } });
  receiver = await openReceiver(0, {
    terminalOf: (token) => (token === "secret" ? 4 : null),
    fault: (error) => void faults.push((error as Error).message),
    received: (terminal, route, payload, gone) => {
      got.push([terminal, route, payload]);
      return answer(terminal, route, payload, gone);
    },
  });
});
afterEach(() => receiver.close());

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** The status and the body of the answer. */
function send({ method = "POST", path = "/hook", headers = {}, body = "{}" }: Sent): Promise<readonly [number, string]> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: "127.0.0.1", port: receiver.port, method, path, headers: { authorization: "Bearer secret", ...headers } },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => resolve([response.statusCode ?? 0, Buffer.concat(pieces).toString()]));
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

test("an event comes to the terminal of its secret, and is answered", async () => {
  expect(await send({ body: '{"hook_event_name":"Stop"}' })).toEqual([200, '{"fine":true}']);
  expect(await send({ path: "/otlp/v1/metrics", body: '{"resourceMetrics":[]}' })).toEqual([200, '{"fine":true}']);
  expect(got).toEqual([
    [4, "hook", { hook_event_name: "Stop" }],
    [4, "otlp", { resourceMetrics: [] }],
  ]);
});

test.each<[string, Sent, number]>([
  ["a wrong secret", { headers: { authorization: "Bearer other" } }, 404],
  ["no secret", { headers: { authorization: "" } }, 404],
  ["another route", { path: "/files" }, 404],
  ["a page of a browser", { headers: { origin: "http://127.0.0.1:8000" } }, 403],
  ["a name that was made to lead here", { headers: { host: "evil.example:80" } }, 403],
  ["a GET", { method: "GET", body: "" }, 405],
])("%s is refused, and nobody hears of it", async (_what, sent, code) => {
  expect((await send(sent))[0]).toBe(code);
  expect(got).toEqual([]);
});

test("what is no JSON, or too long, is answered so that the agent goes on, and nobody hears of it", async () => {
  expect(await send({ body: "{not json" })).toEqual([200, "{}"]);
  expect(await send({ body: Buffer.alloc(5 * 1024 * 1024, " ") })).toEqual([200, "{}"]);
  expect(got).toEqual([]);
});

test("a fault of ours is told, and an empty answer", async () => {
  answer = () => {
    throw new Error("a fault");
  };
  expect(await send({})).toEqual([200, "{}"]);
  answer = () => Promise.reject(new Error("another"));
  expect(await send({})).toEqual([200, "{}"]);
  expect(faults).toEqual(["a fault", "another"]);
});

test("what has left is told, and only then", async () => {
  const { promise: left, resolve } = Promise.withResolvers<string>();
  answer = () => ({ body: { go: "on" }, sent: () => resolve("sent") });
  expect(await send({})).toEqual([200, '{"go":"on"}']);
  expect(await left).toBe("sent");
});

test("an agent that does not wait any more is noticed", async () => {
  const { promise: left, resolve } = Promise.withResolvers<boolean>();
  const { promise: asked, resolve: here } = Promise.withResolvers<void>();
  answer = (_terminal, _route, _payload, gone) => {
    gone.addEventListener("abort", () => resolve(true));
    here();
    return new Promise(() => {});
  };
  const call = request({
    host: "127.0.0.1",
    port: receiver.port,
    method: "POST",
    path: "/hook",
    headers: { authorization: "Bearer secret" },
  });
  call.on("error", () => {});
  call.end("{}");
  await asked;
  call.destroy();
  expect(await left).toBe(true);
});

test("a port that is taken by somebody else is left to them", async () => {
  const other = await openReceiver(receiver.port, { terminalOf: () => null, received: () => ({ body: {} }), fault: () => {} });
  expect(other.port).not.toBe(receiver.port);
  await other.close();
});
