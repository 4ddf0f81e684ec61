import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { statusScript } from "../../src/engine/agents/claude-meters.ts";
import { openReceiver } from "../../src/engine/hooks/receiver.ts";
import { readStatusLine } from "../../src/engine/hooks/status-line.ts";

/** As Claude Code 2.1.329 sends it, with the limits of an account. */
const SENT = {
  session_id: "205dd85e-c92b-4750-bed0-cf74e252a3f5",
  model: { id: "claude-opus-5-5", display_name: "Opus 5.5" },
  cost: { total_cost_usd: 0.00375, total_duration_ms: 46428 },
  context_window: { context_window_size: 1_000_000, used_percentage: 61.6, remaining_percentage: 38.4 },
  rate_limits: { five_hour: { used_percentage: 80, resets_at: 1795712400 }, seven_day: { used_percentage: 12.4 } },
};

test("has the context and the limits of the account, with the time when they begin anew", () => {
  expect(readStatusLine(SENT)).toEqual({
    model: "claude-opus-5-5",
    contextPercent: 62,
    contextSize: 1_000_000,
    limits: [
      { name: "5 hours", usedPercent: 80, resetsAt: 1795712400000 },
      { name: "7 days", usedPercent: 12, resetsAt: null },
    ],
  });
});

test("what it does not tell is not known, and not nothing", () => {
  const read = readStatusLine({ model: { id: "m" }, context_window: { used_percentage: null, context_window_size: 200_000 } });
  expect(read).toEqual({ model: "m", contextPercent: null, contextSize: 200_000, limits: [] });
  for (const nothing of [null, 7, {}, { context_window: { used_percentage: "61" } }]) expect(readStatusLine(nothing)).toBeNull();
});

test("is passed on by bash alone, whole, whatever letters are in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "status it's "));
  const { promise: got, resolve } = Promise.withResolvers<unknown>();
  const receiver = await openReceiver(0, {
    fault: () => {},
    terminalOf: (token) => (token === "secret" ? 1 : null),
    received: (terminal, route, payload) => {
      resolve([terminal, route, payload]);
      return { body: {} };
    },
  });
  const status = `http://127.0.0.1:${receiver.port}/status`;
  const { path, text } = statusScript({ token: "secret", url: "", otlp: "", status, folder }, 1);
  writeFileSync(path, text);
  const payload = { ...SENT, session_name: 'ünïcode \\ "quotes" %s %d 日本' };
  const child = spawn("bash", [path], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolved) => child.on("close", resolved));
  child.stdin.end(JSON.stringify(payload));
  expect(await got).toEqual([1, "status", payload]);
  expect(await ended).toBe(0);
  await receiver.close();
  // Nobody there: it says nothing and goes.
  const again = spawn("bash", [path], { stdio: ["pipe", "inherit", "pipe"] });
  let complaint = "";
  again.stderr.on("data", (piece: Buffer) => (complaint += piece.toString()));
  again.stdin.end("{}");
  expect([await new Promise((resolved) => again.on("close", resolved)), complaint]).toEqual([0, ""]);
  rmSync(folder, { recursive: true, force: true });
});
