import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { claudeStatus } from "../../src/engine/agents/claude-status.ts";

const folder = mkdtempSync(join(tmpdir(), "status-"));
const sessions = join(folder, ".claude/sessions");
const file = join(sessions, `${process.pid}.json`);

/** As Claude Code 2.1.329 wrote it, of this very process. */
const WRITTEN = { pid: process.pid, sessionId: "f42fe1e5", version: "2.1.329", kind: "interactive", status: "idle", statusUpdatedAt: 1000 };

beforeEach(() => {
  rmSync(sessions, { recursive: true, force: true });
  mkdirSync(sessions, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(value: unknown): void {
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
}

const status = (env: Record<string, string> = { HOME: folder }) => claudeStatus(process.pid, env);

describe("what Claude Code keeps of its state", () => {
  test.each([
    [{ status: "busy" }, "busy", null, "claude agents: busy"],
    [{ status: "idle" }, "idle", null, "claude agents: idle"],
    [{ status: "waiting", waitingFor: "permission prompt" }, "asking", "permission", "claude agents: waiting, permission prompt"],
    [{ status: "waiting", waitingFor: "input needed" }, "asking", "question", "claude agents: waiting, input needed"],
    [{ status: "waiting", waitingFor: "dialog open" }, "asking", "question", "claude agents: waiting, dialog open"],
    [{ status: "waiting", waitingFor: "the\u001b[2Jmoon" }, "asking", null, "claude agents: waiting, the[2Jmoon"],
    [{ status: "waiting" }, "asking", null, "claude agents: waiting"],
  ])("%j is %s of kind %s", (given, state, kind, evidence) => {
    written({ ...WRITTEN, ...given });
    expect(status()).toEqual({ state, kind, source: `claude-agents:${given.status}`, evidence, at: 1000 });
  });

  test("is found where its settings are kept elsewhere", () => {
    written(WRITTEN);
    expect(status({ HOME: "/nowhere", CLAUDE_CONFIG_DIR: join(folder, ".claude") })).toMatchObject({ state: "idle" });
  });

  test("says since when, if it does", () => {
    written({ ...WRITTEN, statusUpdatedAt: "yesterday" });
    expect(status()).toMatchObject({ at: null });
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    "7",
    { ...WRITTEN, status: "dreaming" },
    { ...WRITTEN, status: "toString" },
    { ...WRITTEN, status: 1 },
  ])("is nothing where %j stands", (value) => {
    written(value);
    expect(status()).toBeNull();
  });

  test("is nothing without a file, or where a file is of another process that had its number before", () => {
    expect(status()).toBeNull();
    written({ ...WRITTEN, pid: process.pid + 1 });
    expect(status()).toBeNull();
    written({ ...WRITTEN, procStart: "1" });
    expect(status()).toSatisfy((found) => process.platform !== "linux" || found === null);
    if (process.platform !== "linux") return;
    const stat = readFileSync("/proc/self/stat", "utf8");
    written({ ...WRITTEN, procStart: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] });
    expect(status()).toMatchObject({ state: "idle" });
  });
});
