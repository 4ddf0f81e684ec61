import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hookCommand, hookScript } from "../../src/engine/agents/hook-script.ts";
import { openReceiver, type Receiver } from "../../src/engine/hooks/receiver.ts";

const run = promisify(execFile);
let folder = "";
let got: unknown[] = [];
let body: object = {};
let receiver: Receiver;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "hook script-"));
  got = [];
  body = {};
  receiver = await openReceiver(0, {
    terminalOf: (token) => (token === "a_secret-token" ? 3 : null),
    fault: (error) => {
      throw error;
    },
    received: (terminal, route, payload) => {
      got.push([terminal, route, payload]);
      return { body };
    },
  });
});
afterEach(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the hook prints that is told this, run as agents run it: by a shell. */
async function told(payload: string, token = "a_secret-token"): Promise<string> {
  const base = `http://127.0.0.1:${receiver.port}`;
  const script = hookScript({ url: `${base}/hook`, otlp: base, status: base, token, folder }, "codex", 3);
  writeFileSync(script.path, script.text);
  const child = run("/bin/sh", ["-c", hookCommand(script)], { maxBuffer: 1 << 24 });
  child.child.stdin?.end(payload);
  return (await child).stdout;
}

test("an event is handed on to its terminal as it came, and the answer printed as it came", async () => {
  const event = { hook_event_name: "Stop", last_assistant_message: "Grüße, 100 % of \\n it: $(touch x) `y` 日本" };
  body = { decision: "block", reason: "weiter – “so” \\ %s" };
  expect(JSON.parse(await told(JSON.stringify(event)))).toEqual(body);
  expect(got).toEqual([[3, "hook", event]]);
});

test("a tool's whole file comes through", async () => {
  const event = { hook_event_name: "PostToolUse", tool_response: "x".repeat(900_000) };
  expect(await told(JSON.stringify(event))).toBe("{}");
  expect(got).toEqual([[3, "hook", event]]);
});

test("where nobody listens, and where the secret is not known, nothing is printed and the agent goes on", async () => {
  expect(await told("{}", "another")).toBe("");
  await receiver.close();
  expect(await told("{}")).toBe("");
  expect(got).toEqual([]);
});
