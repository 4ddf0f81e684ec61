import { mkdirSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OwnRules, rulesFolder } from "../../src/engine/agents/own-rules.ts";
import { matchingRule, type AgentRules } from "../../src/screen/agent-rules.ts";
import { knownRules } from "../../src/screen/known-rules.ts";

let folder = "";
let now = 0;
let told: string[] = [];
let rules: OwnRules;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "own-rules-"));
  now = 0;
  told = [];
  rules = new OwnRules(folder, () => now);
  rules.tell = (text) => void told.push(text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Written at a time of its own: two writings within a tick of the file system are told apart. */
function write(agent: string, text: string, at: number): void {
  const file = join(folder, `${agent}.json`);
  writeFileSync(file, text);
  utimesSync(file, at, at);
}

function file(state: string, words: string, agent = "gemini"): string {
  return JSON.stringify({ agent, rules: [{ id: "mine", state, any: [words] }] });
}

function seen(line: string, agent = "gemini"): string | null {
  const own = rules.of(agent);
  return own && (matchingRule(own, "screen", [line])?.rule.state ?? "none");
}

describe("rules of one's own", () => {
  test("take the place of ours, are read again when they change, and give way when they are gone", () => {
    expect(rules.of("gemini")).toBe(knownRules("gemini"));
    write("gemini", file("busy", "kneading"), 1);
    expect(rules.of("gemini")).toBe(knownRules("gemini"));
    now = 2000;
    expect(seen("it is kneading")).toBe("busy");
    write("gemini", file("idle", "kneading"), 2);
    now = 4000;
    expect(seen("it is kneading")).toBe("idle");
    unlinkSync(join(folder, "gemini.json"));
    now = 6000;
    expect(rules.of("gemini")).toBe(knownRules("gemini"));
    expect(told).toEqual([]);
  });

  test("may be for a program that we know nothing of", () => {
    expect(rules.of("command")).toBeNull();
    write("command", file("asking", "go on?", "command"), 1);
    now = 2000;
    expect(seen("go on?", "command")).toBe("asking");
  });

  test.each([
    ["{", "JSON"],
    ['{"agent":"gemini","rules":[{"id":"x","state":"busy","any":["("]}]}', '"(" is no regular expression'],
    ['{"agent":"qwen","rules":[]}', "it is for the agent qwen"],
  ])("that cannot be used (%s) are told once, and those from before hold", (text, why) => {
    write("gemini", file("busy", "kneading"), 1);
    expect(seen("kneading")).toBe("busy");
    write("gemini", text, 2);
    for (now = 2000; now < 10_000; now += 2000) expect(seen("kneading")).toBe("busy");
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(why);
    expect(told[0]).toContain(join(folder, "gemini.json"));
    write("gemini", file("idle", "kneading"), 3);
    now = 12_000;
    expect(seen("kneading")).toBe("idle");
  });

  test.each(["any", "all", "none", "input"])(
    "with a pattern that would run for years (in %s) hold nobody up, are told once, and ours hold",
    (where) => {
      const hostile = "^(\\w+\\s?)+$";
      const rule = { id: "mine", state: "asking", any: ["kneading"], [where]: [hostile] };
      const text =
        where === "input"
          ? { agent: "gemini", input: [hostile], rules: [{ ...rule, input: undefined }] }
          : { agent: "gemini", rules: [rule] };
      write("gemini", JSON.stringify(text), 1);
      expect(seen("kneading")).not.toBeNull();
      // Of these a thousand would not end in this world.
      const line = `kneading ${"a".repeat(60)}!`;
      const match = () => matchingRule(rules.of("gemini") as AgentRules, "screen", [line, line]);
      // A machine that has no time for it at all tells nothing of a pattern.
      for (let looks = 0; looks < 100 && told.length === 0; looks++) expect(match()).toBeNull();
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/are not used any more: a pattern takes too long/u);
      for (now = 2000; now < 10_000; now += 2000) expect(rules.of("gemini")).toBe(knownRules("gemini"));
      expect(told).toHaveLength(1);
      // Mended, they are read again.
      write("gemini", file("busy", "kneading"), 2);
      now = 12_000;
      expect(seen("kneading")).toBe("busy");
    },
  );

  test("never come from a file outside of their folder, nor from a folder of that name", () => {
    mkdirSync(join(folder, "gemini.json"));
    expect(rules.of("gemini")).toBe(knownRules("gemini"));
    expect(rules.of("../gemini")).toBeNull();
    expect(told).toEqual([]);
  });
});

test("they lie where configuration lies", () => {
  expect(rulesFolder({ XDG_CONFIG_HOME: "/c", HOME: "/h" })).toBe("/c/marathon/rules");
  expect(rulesFolder({ XDG_CONFIG_HOME: "relative", HOME: "/h" })).toBe("/h/.config/marathon/rules");
  expect(rulesFolder({})).toBeNull();
});
