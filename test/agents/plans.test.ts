/** The plans that come with the program: what `npm start` runs must be a good example of everything. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { promptRules } from "../../src/engine/agents/prompt-rules.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan } from "../../src/plan/types.ts";

const FOLDER = join(import.meta.dirname, "../../plans");
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".md"));

function planOf(file: string): Plan {
  const { plan, problems } = readPlan([{ file, text: readFileSync(join(FOLDER, file), "utf8") }]);
  expect(problems.filter(({ severity }) => severity !== "note")).toEqual([]);
  if (!plan) throw new Error(`${file} is no plan`);
  return plan;
}

describe.each(FILES)("plans/%s", (file) => {
  test("is read without a problem", () => {
    expect(planOf(file).tasks.length).toBeGreaterThan(0);
  });

  test("has a command and an estimate for each task, if its agent is the shell", () => {
    const { settings, tasks } = planOf(file);
    const lacking = tasks.filter((task) => task.run === null || task.estimate === null);
    expect(settings.agent === "shell" ? lacking : []).toEqual([]);
  });

  test("has only commands that sh and bash can parse", () => {
    const commands = planOf(file).tasks.flatMap(({ number, run }) => (run === null ? [] : [{ number, run }]));
    const broken = commands.flatMap(({ number, run }) =>
      ["sh", "bash"].filter((shell) => spawnSync(shell, ["-n", "-c", run]).status !== 0).map((shell) => `${number} in ${shell}`),
    );
    expect(broken).toEqual([]);
  });
});

test("the plan of a hundred tasks has six streams, ten terminals and two phases, the last for whoever is free", () => {
  const plan = planOf("hundred-tasks.md");
  expect(plan).toMatchObject({ tasks: { length: 100 }, streams: { length: 6 }, terminals: { length: 10 }, phases: { length: 2 } });
  expect(plan.phases[1]?.tasks).toEqual(plan.tasks.filter((task) => task.terminal === null).map((task) => task.number));
});

describe("the first marathon", () => {
  const plan = planOf("first-marathon.md");

  test("keeps ten terminals busy from the start, and has work for whoever is free", () => {
    expect(plan.terminals.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { number } of plan.terminals)
      expect(plan.tasks.some((task) => task.terminal === number && task.dependsOn.length === 0)).toBe(true);
    expect(plan.tasks.filter((task) => task.terminal === null).length).toBeGreaterThanOrEqual(5);
  });

  test("asks, with a prompt that is recognised, and has an answer for when nobody is there", () => {
    const asking = plan.tasks.filter((task) => /\bread -r\b/.test(task.run ?? "") && !/while read/.test(task.run ?? ""));
    expect(asking.length).toBeGreaterThanOrEqual(1);
    for (const task of asking) {
      expect(task.answer).not.toBeNull();
      const prompt = /printf '([^']*)'(?:;| &&) read -r/.exec(task.run ?? "")?.[1] ?? "";
      expect(promptRules.some((rule) => rule.lastLine.test(prompt))).toBe(true);
    }
  });

  test("names a fallback somewhere", () => {
    expect(plan.tasks.some((task) => task.fallback !== null)).toBe(true);
  });

  test("takes no node of the system, which may be too old", () => {
    const bare = plan.tasks.filter(({ run }) => /(?<![\w/.-])node\s+[\w.-]|node_modules\/\.bin\/(?!node\b)/.test(run ?? ""));
    expect(bare.map(({ number }) => number)).toEqual([]);
  });

  test("runs only folders that hold tests", () => {
    const named = plan.tasks.flatMap(({ run }) => /test:unit -- .* test\/([\w-]+)/.exec(run ?? "")?.[1] ?? []);
    expect(named.length).toBeGreaterThan(5);
    const empty = named.filter((folder) => !testFiles(folder).some((file) => /\.test\.tsx?$/.test(file)));
    expect(empty).toEqual([]);
  });
});

function testFiles(folder: string): readonly string[] {
  const path = join(FOLDER, "../test", folder);
  return existsSync(path) ? readdirSync(path, { recursive: true, encoding: "utf8" }) : [];
}
