import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { adapterProblems, fileProblems } from "./support/architecture.ts";
import { FOLDERS } from "./support/architecture-rules.ts";

const ROOT = join(import.meta.dirname, "..");
const SOURCES = sources(["src", "components"]);

describe("the sources", () => {
  test("are there to be checked", () => {
    expect(Object.keys(SOURCES).length).toBeGreaterThan(100);
  });

  test("import only what their folder may", () => {
    expect(Object.entries(SOURCES).flatMap(([path, source]) => fileProblems(path, source))).toEqual([]);
  });

  test("wrap each outside library in one place", () => {
    expect(adapterProblems(SOURCES)).toEqual([]);
  });

  test("lie in known folders, and every folder of the table exists", () => {
    const found = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...found.map((entry) => entry.name), "components", "."].sort()).toEqual(Object.keys(FOLDERS).sort());
  });

  test("keep to 300 lines a file, tests to 500", () => {
    const long = (limit: number, files: Readonly<Record<string, string>>) =>
      Object.entries(files)
        .map(([path, source]) => ({ path, lines: source.trimEnd().split("\n").length }))
        .filter(({ lines }) => lines > limit);
    expect(long(300, SOURCES)).toEqual([]);
    expect(long(500, sources(["test"]))).toEqual([]);
  });
});

test("the repository's top holds nothing unexpected", () => {
  const visible = readdirSync(ROOT).filter((name) => !name.startsWith("."));
  const generated = ["node_modules", "dist"];
  expect(visible.filter((name) => !generated.includes(name)).sort()).toEqual(
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "components",
      "package-lock.json",
      "package.json",
      "plans",
      "src",
      "test",
      "tsconfig.json",
    ].sort(),
  );
});

test("package.json, the program and the lock file tell the same version", () => {
  const manifest = JSON.parse(read("package.json")) as { version: string };
  const lock = JSON.parse(read("package-lock.json")) as { version: string };
  expect(read("src/version.ts")).toContain(`VERSION = "${manifest.version}"`);
  expect(lock.version).toBe(manifest.version);
});

test("the lock file names no place to download from", () => {
  expect(read("package-lock.json")).not.toContain('"resolved"');
});

test("the lock file names every optional package, as npm ci asks (npm run lock completes it)", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  expect(wanted.length).toBeGreaterThan(50);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

describe("the checker can fail", () => {
  const bad: readonly (readonly [what: string, path: string, source: string, problem: RegExp])[] = [
    ["a value from a forbidden folder", "src/plan/a.ts", 'import { step } from "../marathon/step.ts";', /may not know marathon/],
    ["a type from a forbidden folder", "src/plan/a.ts", 'import type { State } from "../marathon/types.ts";', /may not know marathon/],
    ["a value where only types are allowed", "src/protocol/a.ts", 'import { step } from "../marathon/step.ts";', /only types/],
    ["one value among types", "src/protocol/a.ts", 'import { type State, step } from "../marathon/step.ts";', /only types/],
    ["an import type expression", "src/plan/a.ts", 'let a: import("../engine/pty.ts").Pty;', /may not know engine/],
    ["a lazy import", "src/plan/a.ts", 'const a = await import("../engine/pty.ts");', /may not know engine/],
    ["a re-export", "src/marathon/a.ts", 'export { a } from "../engine/a.ts";', /may not know engine/],
    ["a re-export of everything", "src/marathon/a.ts", 'export * from "../engine/a.ts";', /may not know engine/],
    ["a side-effect import", "src/rehearsal/a.ts", 'import "../engine/a.ts";', /only types/],
    ["a component reaching past the dashboard", "components/A.tsx", 'import { a } from "../src/engine/a.ts";', /may not know engine/],
    ["Ink outside of the components", "src/dashboard/a.ts", 'import { Box } from "ink";', /package ink/],
    ["a library of nobody", "src/engine/a.ts", 'import _ from "lodash";', /package lodash/],
    ["a Node module in the core", "src/marathon/a.ts", 'import { readFileSync } from "node:fs";', /nothing of Node/],
    ["a Node module in a component", "components/A.tsx", 'import { join } from "node:path";', /nothing of Node/],
    ["a Node module without its prefix", "src/engine/a.ts", 'import { readFileSync } from "fs";', /package fs/],
    ["the clock in the core", "src/marathon/a.ts", "export const at = Date.now();", /Date\.now/],
    ["the clock by construction", "src/marathon/a.ts", "export const at = new Date().toISOString();", /present time/],
    ["chance in the core", "src/marathon/a.ts", "export const id = Math.random();", /Math\.random/],
    ["the process in the core", "src/plan/a.ts", "export const cwd = process.cwd();", /process/],
    ["a timer in the core", "src/marathon/a.ts", "setTimeout(() => {}, 1);", /setTimeout/],
    ["a shorthand of a global", "src/marathon/a.ts", "export const a = { process };", /process/],
    ["a default export", "src/engine/a.ts", "export default function a() {}", /default/],
    ["a renamed default export", "src/engine/a.ts", "const a = 1; export { a as default };", /default/],
    ["a folder of its own", "src/utils/a.ts", "export const a = 1;", /not in the table/],
    ["drawing loaded at once", "src/commands/run.ts", 'import { showDashboard } from "./show-dashboard.ts";', /load it with import/],
    ["drawing from another command", "src/commands/run.ts", 'const { App } = await import("../../components/App.tsx");', /only .* draws/],
    ["what is no program at all", "src/engine/a.ts", "export const = ;", /cannot be parsed/],
  ];

  test.each(bad)("on %s", (_what, path, source, problem) => {
    expect(fileProblems(path, source).join("\n")).toMatch(problem);
  });

  test("on a library used outside of its adapter, or by two files", () => {
    expect(adapterProblems({ "src/engine/other.ts": 'import { spawn } from "node-pty";' })).toEqual([
      expect.stringContaining("only src/engine/pty"),
    ]);
    const watch = 'import { watch } from "chokidar";';
    expect(adapterProblems({ "src/engine/a.ts": watch, "src/engine/b.ts": watch })).toEqual([expect.stringContaining("2 files")]);
  });

  test("and lets through what is right", () => {
    const good: readonly (readonly [string, string])[] = [
      ["src/marathon/a.ts", 'import { readPlan } from "../plan/read.ts"; export const at = (ms: number) => new Date(ms).toISOString();'],
      ["src/marathon/b.ts", "export const a = (state: { process: number }) => state.process + ({ setTimeout: 1 }).setTimeout;"],
      ["src/engine/a.ts", 'import { spawn } from "node:child_process"; import type { Plan } from "../plan/types.ts"; spawn("a");'],
      ["src/protocol/a.ts", 'import type { State } from "../marathon/types.ts"; export type A = State;'],
      ["src/commands/attach.ts", 'const { showDashboard } = await import("./show-dashboard.ts");'],
      ["components/A.tsx", 'import { Box } from "ink"; export const A = () => <Box />;'],
    ];
    expect(good.flatMap(([path, source]) => fileProblems(path, source))).toEqual([]);
  });
});

function sources(folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    folders
      .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(ROOT, path), readFileSync(path, "utf8")]),
  );
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
