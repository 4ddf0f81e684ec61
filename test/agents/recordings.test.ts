/**
 * Real agent CLIs as they were recorded: the board must show the right states, from the right sources. What is right stands
 * beside each recording (`.states`); `marathon log` and any asciicast v2 can be added with its own, made by
 * `STATES=write vitest …` and then read line by line.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { play, sequence, type Played } from "./play.ts";

const FOLDER = join(import.meta.dirname, "recordings");
const recordings = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".cast"))
  .map((name) => ({ name, cast: join(FOLDER, name), states: join(FOLDER, name.replace(/\.cast$/u, ".states")), agent: agentOf(name) }));

describe.each(recordings)("the recording $name", ({ cast, states, agent }) => {
  test("shows the states that it should, each when it begins and by whom it is known", async () => {
    const text = written(await play(cast, agent));
    if (process.env["STATES"] === "write") writeFileSync(states, text);
    expect(text).toBe(readFileSync(states, "utf8"));
  });

  test("shows them in whatever portions its bytes come", async () => {
    const whole = sequence(await play(cast, agent));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }), async (sizes) => {
        expect(sequence(await play(cast, agent, (bytes) => portions(bytes, sizes)))).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test("never tells one state twice in a row for the same reason", async () => {
    const told = sequence(await play(cast, agent));
    expect(told.filter((line, index) => line === told[index - 1])).toEqual([]);
  });
});

test("every recording has an agent whose rules are known", () => {
  for (const { name, agent } of recordings) expect(["claude", "codex", "gemini", "qwen", "opencode", "copilot"], name).toContain(agent);
  expect(recordings.length).toBeGreaterThanOrEqual(8);
});

/** "claude-session.100x30.respond.cast" is one of claude. */
function agentOf(name: string): string {
  return basename(name).split("-")[0] ?? "";
}

function portions(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    found.push(bytes.subarray(at, at + size));
    at += size;
  }
  return found;
}

function written(played: Played): string {
  const lines = sequence(played).map((line, index) => `${((played.shown[index]?.at ?? 0) / 1000).toFixed(1).padStart(6)} ${line}`);
  return [...lines, ...played.parts.map((part) => `   sub ${part}`)].map((line) => `${line}\n`).join("");
}
