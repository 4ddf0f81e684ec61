/** Looks through the context files of an assignment for what should be replaced before they are given to others. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { personalIn, type Personal } from "../plan/personal.ts";

/** More than this is no bundle for an agent, files; and no text for one, bytes. */
const MOST_FILES = 2000;
const MOST_BYTES = 1 << 20;
const NOT_SEARCHED = new Set(["node_modules", ".git"]);

const MANY: Readonly<Record<Personal["what"], string>> = {
  "e-mail address": "e-mail addresses",
  "internal address": "internal addresses",
  date: "dates",
};

/** "docs/a.md:3: 2 e-mail addresses, 1 date", from the project's folder; what stands there is not quoted. */
export function scanned(paths: readonly string[], project: string): readonly string[] {
  return filesIn(paths).flatMap((file) => {
    const text = textOf(file);
    const found = text === null ? [] : personalIn(text);
    const [first] = found;
    if (!first) return [];
    const words = found.map(({ what, count }) => `${count} ${count === 1 ? what : MANY[what]}`);
    return [`${relative(project, file) || file}:${Math.min(...found.map(({ line }) => line))}: ${words.join(", ")}`];
  });
}

function filesIn(paths: readonly string[]): readonly string[] {
  const files: string[] = [];
  const open = new Set(paths);
  for (const path of open) {
    if (files.length >= MOST_FILES) break;
    try {
      if (!statSync(path).isDirectory()) files.push(path);
      else for (const entry of readdirSync(path, { withFileTypes: true })) if (wanted(entry)) open.add(join(path, entry.name));
    } catch {
      // It is gone, or may not be read: then no agent is given it either.
    }
  }
  return files;
}

function wanted(entry: { readonly name: string; isFile(): boolean; isDirectory(): boolean }): boolean {
  return entry.isFile() || (entry.isDirectory() && !NOT_SEARCHED.has(entry.name));
}

/** Null for what is no text, too long, or cannot be read. */
function textOf(file: string): string | null {
  try {
    if (statSync(file).size > MOST_BYTES) return null;
    const text = readFileSync(file, "utf8");
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
