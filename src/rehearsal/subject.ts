/** What a task is about, in names that a made-up piece of work can use: files, tests, functions. */
import type { AssignedTask } from "../engine/agents/agent.ts";

export type Language = "python" | "typescript" | "sql" | "markdown";

export interface Subject {
  /** The task's own words, without Markdown marks. */
  readonly title: string;
  readonly file: string;
  readonly test: string;
  /** A function name in the style of the language. */
  readonly symbol: string;
  readonly language: Language;
  /** The command that would check it. */
  readonly check: string;
}

/** A path, or a file name with an extension, anywhere in a target cell such as "server.py:generate_schedule_tool". */
const PATH = /[\w@.*-]*(?:\/[\w@.*-]+)*\/?[\w@*-]+\.(?:py|tsx?|jsx?|sql|md|ya?ml|json|toml|rs|go|sh)\b/i;
const SMALL_WORDS = new Set([
  "the",
  "a",
  "an",
  "of",
  "for",
  "to",
  "and",
  "in",
  "on",
  "with",
  "tool",
  "tools",
  "test",
  "tests",
  "all",
  "add",
  "create",
  "implement",
  "write",
]);

export function subjectOf(task: Pick<AssignedTask, "title" | "target" | "number">): Subject {
  const title = task.title.replaceAll(/[`*]+/g, "").trim() || `task ${task.number}`;
  const paths = [task.target ?? "", title].flatMap((text) => PATH.exec(text)?.[0] ?? []);
  const words = wordsOf(title.replace(PATH, (path) => path.replace(/\.\w+$/, "").replaceAll(/[/_.*-]/g, " ")));
  const language = languageOf(paths[0] ?? null, `${title} ${task.target ?? ""}`);
  // A star stands for many files; the made-up work is about one of them.
  const one = (path: string): string => path.replaceAll("*", words[0] ?? "core");
  const file = one(paths.find((path) => !isTest(path)) ?? fileFor(words, language));
  const test = one(paths.find(isTest) ?? testFor(file, language));
  return { title, file, test, symbol: symbolFor(words, language), language, check: checkFor(language) };
}

function isTest(path: string): boolean {
  return /(^|\/)test_|\.test\.|_test\./.test(path);
}

function wordsOf(title: string): readonly string[] {
  const words = (
    title
      .toLowerCase()
      .replaceAll("_", " ")
      .match(/[a-z][a-z0-9]*/g) ?? []
  ).filter((word) => word.length > 1 && !SMALL_WORDS.has(word));
  return words.length > 0 ? words.slice(0, 3) : ["work"];
}

function languageOf(named: string | null, about: string): Language {
  const extension = named?.split(".").at(-1)?.toLowerCase();
  if (extension === "py") return "python";
  if (extension !== undefined && /^[jt]sx?$/.test(extension)) return "typescript";
  if (extension === "sql" || /\b(index|migration|query|database|table)\b/i.test(about)) return "sql";
  if (extension === "md" || /\b(document|guide|changelog|readme|handbook|notes?)\b/i.test(about)) return "markdown";
  return /\b(component|page|hook|front|css|ui|typescript|node)\b/i.test(about) ? "typescript" : "python";
}

function fileFor(words: readonly string[], language: Language): string {
  const snake = words.join("_");
  const kebab = words.join("-");
  if (language === "typescript") return `src/${kebab}.ts`;
  if (language === "sql") return `migrations/${snake}.sql`;
  return language === "markdown" ? `docs/${kebab}.md` : `app/${snake}.py`;
}

function testFor(file: string, language: Language): string {
  const base =
    file
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ?? "work";
  if (language === "typescript") return `test/${base}.test.ts`;
  return `tests/test_${base.replaceAll("-", "_")}.py`;
}

function symbolFor(words: readonly string[], language: Language): string {
  if (language !== "typescript") return words.join("_");
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}

function checkFor(language: Language): string {
  if (language === "typescript") return "npx vitest run";
  if (language === "markdown") return "npx markdownlint-cli2";
  return language === "sql" ? "psql -v ON_ERROR_STOP=1 -f" : "pytest -q";
}
