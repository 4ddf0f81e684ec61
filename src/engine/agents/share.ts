/** Which files an agent may be given: a plan's never-share rules, checked on real paths, links included. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { pathParts } from "../../plan/glob.ts";
import { neverShareRule } from "../../plan/never-share.ts";
import type { Plan } from "../../plan/types.ts";
import type { RefusedFile } from "./agent.ts";

export type Verdict =
  /** `path` is absolute and real: links are followed. */
  { readonly kind: "shared"; readonly path: string } | ({ readonly kind: "refused" } & RefusedFile) | { readonly kind: "missing" };

export interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link";
}

/** The file system as far as the check needs it, so that tests can do without. */
export interface ShareFiles {
  /** The path with all links followed, or null when there is nothing. */
  real(path: string): string | null;
  /** What the file is, whatever its name: equal for hard links of one file. Null when there is none, or it has but one name. */
  twin?(path: string): string | null;
  /** What is in a folder; null when the path is no folder or may not be read. */
  list(path: string): readonly FolderEntry[] | null;
}

/** A folder is searched for forbidden files up to this many entries; a bigger one is given only by naming its files. */
const MOST_ENTRIES = 20_000;
/** Folders that hold packages and history: huge, and never context on purpose. */
const NOT_SEARCHED = new Set(["node_modules", ".git"]);

/** A rule that is told in other words than its pattern. */
interface SharingRule {
  readonly pattern: string;
  readonly text: string;
}

/** What a plan keeps from agents, for good or for now. */
export function sharingRules({
  neverShare,
  sanitizeFirst = [],
}: Pick<Plan, "neverShare" | "sanitizeFirst">): readonly (string | SharingRule)[] {
  return [...neverShare, ...sanitizeFirst.map((pattern) => ({ pattern, text: `${pattern} before it is sanitized` }))];
}

/** Checks files against rules (see neverShareRule). Verdicts on folders are kept for the life of the object. */
export class Share {
  readonly #project: string;
  readonly #rules: readonly { readonly text: string; readonly forbids: (path: readonly string[]) => boolean }[];
  readonly #files: ShareFiles;
  readonly #folders = new Map<string, { rule: string; because: string } | null>();
  readonly #secrets: () => ReadonlyMap<string, string>;
  /** Forbidden files that have several names, by what they are; looked for when a file with several names is met. */
  #twins: Map<string, { rule: string; path: string }> | null = null;

  /**
   * `rules`: those of the plan for what is never shared, and for what is not shared before it is sanitized (see sharingRules).
   * `secrets`: files that hold secrets, by real path, and what they hold.
   */
  constructor(
    project: string,
    rules: readonly (string | SharingRule)[],
    files: ShareFiles = diskFiles,
    secrets: () => ReadonlyMap<string, string> = () => NO_SECRETS,
  ) {
    this.#secrets = secrets;
    this.#project = files.real(project) ?? project;
    this.#rules = rules.flatMap((rule) => {
      const { pattern, text } = typeof rule === "string" ? { pattern: rule, text: rule } : rule;
      const forbids = neverShareRule(pattern);
      return forbids === null ? [] : [{ text, forbids }];
    });
    this.#files = files;
  }

  /** Whether `path` (absolute, or relative to the project) may be handed to an agent. */
  check(path: string): Verdict {
    const absolute = isAbsolute(path) ? path : resolve(this.#project, path);
    const written = this.ruleFor(absolute);
    if (written !== null) return { kind: "refused", path, rule: written, because: null };
    const real = this.#files.real(absolute);
    if (real === null) return { kind: "missing" };
    const rule = this.ruleFor(real);
    if (rule !== null) return { kind: "refused", path, rule, because: `it leads to ${this.#relative(real)}` };
    const twin = this.#twinOf(real);
    if (twin !== null) return { kind: "refused", path, ...twin };
    const secret = this.#secrets().get(real);
    if (secret !== undefined) return { kind: "refused", path, rule: "secrets", because: `it holds ${secret}` };
    const inside = this.#insideOf(real);
    if (inside !== null) return { kind: "refused", path, ...inside };
    return { kind: "shared", path: real };
  }

  /** The rule that forbids a path as it is written (links not followed), or null. A trailing `/` means a folder. */
  ruleFor(absolute: string): string | null {
    const parts = pathParts(this.#relative(absolute));
    return this.#rules.find((rule) => rule.forbids(parts))?.text ?? null;
  }

  #relative(absolute: string): string {
    const inside = relative(this.#project, absolute);
    return inside.startsWith("..") || isAbsolute(inside) ? absolute : inside;
  }

  #insideOf(folder: string): { rule: string; because: string } | null {
    if (this.#rules.length === 0) return null;
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const found = this.#search(folder);
    this.#folders.set(folder, found);
    return found;
  }

  #search(root: string): { rule: string; because: string } | null {
    const folders = new Set([root]);
    let entries = 0;
    for (const folder of folders) {
      for (const { name, kind } of this.#files.list(folder) ?? []) {
        if (NOT_SEARCHED.has(name)) continue;
        if (++entries > MOST_ENTRIES) return this.#tooBig();
        const path = join(folder, name);
        const real = kind === "link" ? this.#files.real(path) : path;
        const rule = this.ruleFor(path) ?? (real === null ? null : this.ruleFor(real));
        if (rule !== null) return { rule, because: `it holds ${this.#relative(path)}` };
        const twin = kind === "file" ? this.#twinOf(path) : null;
        if (twin !== null) return { rule: twin.rule, because: `it holds ${this.#relative(path)}: ${twin.because}` };
        // A set keeps the order of insertion and takes each folder once, so links in a circle end.
        if (kind !== "file" && real !== null) folders.add(real);
      }
    }
    return null;
  }

  /** A file that is also a forbidden one, under another name (a hard link). */
  #twinOf(path: string): { rule: string; because: string } | null {
    if (this.#rules.length === 0) return null;
    const key = this.#files.twin?.(path) ?? null;
    if (key === null) return null;
    this.#twins ??= this.#findTwins();
    const twin = this.#twins.get(key);
    return twin ? { rule: twin.rule, because: `it is the same file as ${this.#relative(twin.path)}` } : null;
  }

  #findTwins(): Map<string, { rule: string; path: string }> {
    const found = new Map<string, { rule: string; path: string }>();
    const folders = new Set([this.#project]);
    let entries = 0;
    for (const folder of folders) {
      for (const { name, kind } of this.#files.list(folder) ?? []) {
        if (NOT_SEARCHED.has(name) || ++entries > MOST_ENTRIES) continue;
        const path = join(folder, name);
        if (kind === "folder") folders.add(path);
        const rule = kind === "file" ? this.ruleFor(path) : null;
        const key = rule === null ? null : (this.#files.twin?.(path) ?? null);
        if (rule !== null && key !== null) found.set(key, { rule, path });
      }
    }
    return found;
  }

  #tooBig(): { rule: string; because: string } {
    const rule = this.#rules.map((one) => one.text).join(", ");
    return { rule, because: `it has more than ${MOST_ENTRIES} entries, too many to check: name its files one by one` };
  }
}

const NO_SECRETS: ReadonlyMap<string, string> = new Map();

export const diskFiles: ShareFiles = {
  real(path) {
    try {
      return realpathSync(path);
    } catch {
      return null;
    }
  },
  twin(path) {
    try {
      const { dev, ino, nlink } = statSync(path);
      return nlink > 1 ? `${dev}:${ino}` : null;
    } catch {
      return null;
    }
  },
  list(path) {
    try {
      return readdirSync(path, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "file",
      }));
    } catch {
      return null;
    }
  },
};
