/** What no well-behaved client sends, byte for byte. */
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openReceiver, type Receiver } from "../../src/engine/hooks/receiver.ts";

let heard: unknown[] = [];
let receiver: Receiver;

beforeEach(async () => {
  heard = [];
  receiver = await openReceiver(0, {
    terminalOf: (token) => (token === "secret" ? 4 : null),
    received: (_terminal, _route, payload) => {
      heard.push(payload);
      return { body: {} };
    },
    fault: () => {},
  });
});
afterEach(() => receiver.close());

/** Sends bytes and resolves with the first line of the answer, "" when the connection was closed without one. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(receiver.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
      if (answer.includes("\r\n\r\n")) socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
    socket.write(text, "latin1");
  });
}

const post = (path: string, headers: string, body = "{}") =>
  `POST ${path} HTTP/1.1\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
const host = (secret = "secret") => `Host: 127.0.0.1:${receiver.port}\r\nAuthorization: Bearer ${secret}\r\n`;

test.each<[string, () => string, RegExp]>([
  ["no host at all", () => "POST /hook HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", / 403 /],
  ["another name of this machine", () => post("/hook", `Host: localhost:${receiver.port}\r\n`), / 403 /],
  ["the origin of a sandboxed page", () => post("/hook", `${host()}Origin: null\r\n`), / 403 /],
  ["our own origin", () => post("/hook", `${host()}Origin: http://127.0.0.1:${receiver.port}\r\n`), / 403 /],
  ["a browser's question before a post", () => `OPTIONS /hook HTTP/1.1\r\n${host()}Origin: http://evil.example\r\n\r\n`, / 403 /],
  ["a whole address for a path", () => post("http://evil.example/hook", host()), / 404 /],
  ["a path with dots", () => post("/other/../hook", host()), / 404 /],
  ["a secret that is every object's", () => post("/hook", host("__proto__")), / 404 /],
  ["a route that is every object's", () => post("/constructor", host()), / 404 /],
  ["an upgrade", () => `GET /hook HTTP/1.1\r\n${host()}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, / 405 /],
  [
    "two lengths at once",
    () => `POST /hook HTTP/1.1\r\n${host()}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    /^$| 400 /,
  ],
  ["a header without end", () => `POST /hook HTTP/1.1\r\n${host()}X: ${"a".repeat(100_000)}\r\n\r\n`, /^$| 431 /],
  ["no HTTP", () => "\x16\x03\x01\x00\xffgarbage\r\n\r\n", /^$| 400 /],
])("%s is refused, nobody hears of it, and the next is served", async (_name, text, answer) => {
  expect(await raw(text())).toMatch(answer);
  expect(heard).toEqual([]);
  expect(await raw(post("/hook", host()))).toMatch(/ 200 /);
  expect(heard).toEqual([{}]);
});

test("JSON that is deeper than any stack is no end of the engine", async () => {
  expect(await raw(post("/hook", host(), "[".repeat(100_000) + "]".repeat(100_000)))).toMatch(/ 200 /);
});
