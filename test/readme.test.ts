import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../src/dashboard/commands.ts";
import { keyTableMarkdown } from "../src/dashboard/keymap.ts";
import { readPlan } from "../src/plan/read.ts";
import { between } from "./support/between.ts";

const ROOT = join(import.meta.dirname, "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const CLI = readFileSync(join(ROOT, "src", "cli.ts"), "utf8");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

describe("the README", () => {
  test("begins with the two commands, and package.json has them", () => {
    const first = README.split("## A plan")[0] ?? "";
    expect(first).toMatch(/^npm start\b/m);
    expect(first).toMatch(/^npm test\b/m);
    expect(manifest.scripts).toMatchObject({ start: expect.any(String), test: expect.any(String) });
  });

  test("names only scripts that exist", () => {
    const named = [...README.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? "");
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
  });

  test("names only commands that exist, and every one that does", () => {
    const existing = [...CLI.matchAll(/\.command\("([\w-]+)"\)/g)].map(([, name]) => name ?? "");
    const named = [...README.matchAll(/(?:`|^)marathon ([a-z]+)/gm)].map(([, name]) => name ?? "");
    expect(named.filter((name) => !existing.includes(name))).toEqual([]);
    expect(existing.filter((name) => !named.includes(name) && name !== "version")).toEqual([]);
  });

  test("shows plans that are read without errors and without warnings", () => {
    const plans = [...README.matchAll(/^```markdown\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? "");
    expect(plans.length).toBeGreaterThan(0);
    for (const text of plans) {
      const { plan, problems } = readPlan([{ file: "README.md", text }]);
      expect(problems).toEqual([]);
      expect(plan?.tasks.length).toBeGreaterThan(0);
    }
  });

  test("shows the keys as the command table has them (npm run keys writes them)", () => {
    expect(between(README, "keys").trim()).toBe(keyTableMarkdown(commands).trim());
  });

  test("names every folder of the source", () => {
    for (const folder of ["plan", "marathon", "screen", "protocol", "engine", "dashboard", "report", "rehearsal", "commands"]) {
      expect(README).toContain(`\`src/${folder}\``);
    }
  });
});

test("the change log tells of the present version", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  expect(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")).toContain(`## ${version}`);
});
