import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../src/commands/exit.ts";
import { commands } from "../src/dashboard/commands.ts";
import { keyTableMarkdown } from "../src/dashboard/keymap.ts";
import { agentNames } from "../src/engine/agents/registry.ts";
import { NO_SETTINGS } from "../src/plan/front-matter.ts";
import { readPlan } from "../src/plan/read.ts";
import { between } from "./support/between.ts";

const ROOT = join(import.meta.dirname, "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const CLI = ["cli-commands.ts", "cli-start.ts", "cli-running.ts", "cli-options.ts", "cli-plan.ts", "cli-report.ts"]
  .map((file) => readFileSync(join(ROOT, "src", file), "utf8"))
  .join("\n");
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
    const named = [...README.matchAll(/(?:`|^)marathon ([a-z]+)(?: (what-if|diff))?/gm)].flatMap(([, name, below]) => [
      name ?? "",
      ...(below ? [below] : []),
    ]);
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

  test("names every package that the program is made of, and no other", () => {
    const files = ["src", "components"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(ROOT, folder, name)),
    );
    const texts = files.filter((file) => /\.tsx?$/u.test(file)).map((file) => readFileSync(file, "utf8"));
    const imported = texts.flatMap((text) =>
      [...text.matchAll(/^(?:import (?!type)|\} from |.*\bimport\()[^"\n]*"((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^"]*)?"/gmu)].map(
        ([, name]) => name ?? "",
      ),
    );
    const used = [...new Set(imported)].filter((name) => name !== "node");
    const named = [...between(README, "dependencies").matchAll(/`([@a-z][\w/.*-]+)`/gu)].map(([, name]) => name ?? "");
    const covers = (pattern: string, name: string) => (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name);
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((name) => !named.some((pattern) => covers(pattern, name)))).toEqual([]);
    const rows = between(README, "dependencies")
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/gu)]);
    expect(rows.map(([, pattern]) => pattern ?? "").filter((pattern) => !used.some((name) => covers(pattern, name)))).toEqual([]);
  });

  test("names every folder of the source", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !README.includes(`\`src/${name}\``))).toEqual([]);
  });

  test("names every key of the front matter, every agent and every exit code", () => {
    const row = (first: string) => README.split("\n").some((line) => line.startsWith("| ") && line.split("|")[1]?.includes(first));
    expect(Object.keys(NO_SETTINGS).filter((key) => !row(`\`${key}\``))).toEqual([]);
    expect(agentNames.filter((name) => !row(`\`${name}\``))).toEqual([]);
    expect(Object.values(EXIT).filter((code) => !row(String(code)))).toEqual([]);
  });

  test("names only columns that are read", () => {
    const columns = between(README, "columns").match(/`([A-Z][a-z ]+)`/g) ?? [];
    const table = (column: string) => `# P\n\n## Stream A: A (1 Task)\n\n| # | Task | ${column} |\n|---|---|---|\n| 1 | Thing | A |\n`;
    const plain = planWithout(table("Remarks"));
    const ignored = columns.map((column) => column.slice(1, -1)).filter((column) => planWithout(table(column)) === plain);
    expect(columns.length).toBeGreaterThan(8);
    expect(ignored.filter((column) => column !== "Task")).toEqual([]);
  });

  test("shows files that are there", () => {
    const named = [...README.matchAll(/\]\(([^)#: ]+)\)|`((?:src|test)\/[\w./-]+)`/g)].map(([, link, code]) => link ?? code ?? "");
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test("names the variables that the program reads from a person, and no others", () => {
    const named = [...README.matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map(([, name]) => name ?? "");
    const read = sources().flatMap((text) =>
      [...text.matchAll(/\b(?:MARATHON_(?!GUARD|BUILD)[A-Z]+|NO_COLOR|XDG_[A-Z_]+)\b/g)].map(([name]) => name),
    );
    const toAgents = README.slice(README.indexOf("## Agents"));
    expect(named.filter((name) => !read.includes(name))).toEqual([]);
    expect([...new Set(read)].filter((name) => !named.includes(name) && !toAgents.includes(name))).toEqual([]);
  });
});

test("the change log tells of the present version", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  expect(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")).toContain(`## ${version}`);
});

/** What a plan means, without the places in the text. */
function planWithout(text: string): string {
  return JSON.stringify(readPlan([{ file: "plan.md", text }]).plan?.tasks ?? null).replaceAll(/"column":\d+/g, "");
}

/** Everything that a person's own environment reaches: not what the engine and the rehearsal tell each other. */
function sources(): readonly string[] {
  return [
    "launcher.ts",
    "guard.sh",
    "cli-commands.ts",
    "commands/look.ts",
    "commands/show-dashboard.ts",
    "dashboard/theme.ts",
    "engine/paths.ts",
  ].map((file) => readFileSync(join(ROOT, "src", file), "utf8"));
}
