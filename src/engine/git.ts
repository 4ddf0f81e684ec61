/**
 * What git says about a project; never changes it. The one place that knows simple-git. Every call bears
 * `--no-optional-locks`: without it a status in the background takes the index lock, and agents' commits fail.
 */
import { existsSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { simpleGit, type SimpleGit } from "simple-git";
import type { Changes, ReviewCommit } from "../report/review-facts.ts";

export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** Wall clock, ms. */
  readonly at: number;
}

export interface Git {
  /** Whether the folder lies in a work tree; false also without git. */
  isRepository(): Promise<boolean>;
  /** Absolute path of what is `.git` as a rule; null without a repository. */
  folder(): Promise<string | null>;
  /** Null when no branch is checked out, or there is no repository. Also a branch without commits has a name. */
  branch(): Promise<string | null>;
  /** Full hash; null without commits or repository. */
  head(): Promise<string | null>;
  /**
   * How many files are changed, staged or untracked; null without a repository. What lies in `except` (absolute paths) does not count:
   * what a marathon itself writes is no change of the person's.
   */
  dirty(except?: readonly string[]): Promise<number | null>;
  /** The person's own address, as git is configured; null without one. */
  email(): Promise<string | null>;
  /**
   * Files that match pathspecs: those that git ignores, and the others, tracked or not. What lies in a folder that is ignored as a whole is
   * not looked for. Null without a repository.
   */
  matching(pathspecs: readonly string[]): Promise<{ readonly ignored: readonly string[]; readonly others: readonly string[] } | null>;
  /** Whether git keeps this file. */
  tracks(file: string): Promise<boolean>;
  /** Address of who committed a file last; null when that cannot be said. Walks through history: ask only for files that git tracks. */
  lastAuthor(file: string): Promise<string | null>;
  /** Commits of HEAD that are not in `base`, newest first, at most `limit`; [] when that cannot be said. */
  commitsSince(base: string, limit?: number): Promise<readonly Commit[]>;
  /** Commits of all local branches since then (wall clock, ms), merges left out, and the files that they created; null without a repository. */
  changesSince(at: number): Promise<Changes | null>;
}

/** A git that is silent for this long, ms, gets SIGINT, on which it takes its lock files away; SIGKILL would leave them. */
const SILENCE_MS = 10_000;
/** Else git writes the letters of other alphabets in paths as octal numbers. */
const WORDS_AS_THEY_ARE = ["-c", "core.quotePath=false"];
const FIELD = "\u001f";
const RECORD = "\u001e";

/** Answers for `folder` from now on; the folder, git and the repository may come and go. */
export function openGit(folder: string): Git {
  const ask = async (...args: string[]): Promise<string | null> => {
    // simple-git throws when it is made for a folder that is gone, so it is made for each question.
    if (!existsSync(folder)) return null;
    try {
      return await client(folder).raw(["--no-optional-locks", ...args]);
    } catch {
      return null;
    }
  };
  const line = async (...args: string[]): Promise<string | null> => (await ask(...args))?.trim() || null;
  return {
    isRepository: async () => (await line("rev-parse", "--is-inside-work-tree")) === "true",
    folder: () => line("rev-parse", "--absolute-git-dir"),
    branch: () => line("symbolic-ref", "--quiet", "--short", "HEAD"),
    head: () => line("rev-parse", "--verify", "--quiet", "HEAD"),
    email: () => line("config", "--get", "user.email"),
    tracks: async (file) => (await line("ls-files", "--", file)) !== null,
    lastAuthor: (file) => line("log", "-1", "--format=%ae", "--", file),
    matching: (pathspecs) => matchingFiles(ask, pathspecs),
    async dirty(except = []) {
      const status = await ask("status", "--porcelain", "-z", "--no-renames", ...without(folder, except));
      return status === null ? null : status.split("\0").filter((entry) => entry !== "").length;
    },
    async changesSince(at) {
      const since = [`--since=${new Date(at).toISOString()}`, "--branches", "--no-merges"];
      const format = `--format=${RECORD}${["%h", "%an", "%s"].join(FIELD)}`;
      const log = await ask(...WORDS_AS_THEY_ARE, "log", ...since, "--numstat", "--no-renames", format);
      if (log === null) return null;
      // What is merged belongs to all branches that have it: only of the rest can be told whose it is.
      const apart = await ask("log", ...since, "--not", "HEAD", "--source", `--format=%h${FIELD}%S`);
      const branches = new Map(
        (apart ?? "")
          .split("\n")
          .map((line) => line.split(FIELD))
          .map(([hash = "", source]): [string, string | undefined] => [hash, source]),
      );
      const fresh = await ask(...WORDS_AS_THEY_ARE, "log", ...since, "--diff-filter=A", "--numstat", "--no-renames", "--format=");
      return { commits: log.split(RECORD).flatMap((entry) => parseChange(entry, branches)), created: createdFiles(fresh ?? "") };
    },
    async commitsSince(base, limit = 1000) {
      // A revision that begins with a dash would be taken for an option.
      if (base.startsWith("-")) return [];
      const format = `--format=${["%H", "%ct", "%an", "%s"].join(FIELD)}`;
      const log = await ask("log", "-z", format, `--max-count=${limit}`, `${base}..HEAD`, "--");
      return (log ?? "").split("\0").flatMap(parseCommit);
    },
  };
}

type Ask = (...args: string[]) => Promise<string | null>;

async function matchingFiles(ask: Ask, pathspecs: readonly string[]): ReturnType<Git["matching"]> {
  const list = async (...flags: string[]): Promise<readonly string[] | null> => {
    const found = await ask("ls-files", "-z", "--others", "--exclude-standard", ...flags, "--", ...pathspecs);
    // A folder that is ignored as a whole is named with a stroke at its end.
    const files = found?.split("\0").filter((path) => path !== "" && !path.endsWith("/"));
    return files?.toSorted() ?? null;
  };
  const [ignored, others] = await Promise.all([list("--ignored", "--directory"), list("--cached")]);
  return ignored === null || others === null ? null : { ignored, others };
}

/** Pathspecs of all but these; git refuses those of paths outside of the work tree, where nothing counts anyway. */
function without(folder: string, except: readonly string[]): readonly string[] {
  const inside = except.map((path) => relative(folder, path)).filter((path) => path !== "" && !path.startsWith("..") && !isAbsolute(path));
  return inside.length === 0 ? [] : ["--", ":/", ...inside.map((path) => `:(exclude,literal)${path}`)];
}

function client(folder: string): SimpleGit {
  return simpleGit({ baseDir: folder, timeout: { block: SILENCE_MS }, maxConcurrentProcesses: 1 });
}

function parseCommit(entry: string): Commit[] {
  const [hash, seconds, author, ...subject] = entry.split(FIELD);
  if (!hash || seconds === undefined || author === undefined) return [];
  return [{ hash: hash.trim(), subject: subject.join(FIELD), author, at: Number(seconds) * 1000 }];
}

/** A head, and a line for each of its files: lines added, deleted (`-` where a file is none of lines), path. */
function parseChange(entry: string, branches: ReadonlyMap<string, string | undefined>): ReviewCommit[] {
  const [head = "", ...lines] = entry.split("\n");
  const [hash, author, ...subject] = head.split(FIELD);
  if (!hash || author === undefined) return [];
  const files = lines.filter((line) => line !== "").map((line) => line.split("\t"));
  const sum = (column: 0 | 1) => files.reduce((total, file) => total + (Number(file[column]) || 0), 0);
  const source = branches.get(hash)?.replace(/^refs\/heads\//u, "");
  // A git that does not know the field prints it as it is.
  const branch = source === undefined || source === "%S" ? null : source;
  return [{ hash, subject: subject.join(FIELD), author, branch, files: files.length, added: sum(0), deleted: sum(1) }];
}

/** The newest creation of each path counts. */
function createdFiles(log: string): Changes["created"] {
  const files = new Map<string, number | null>();
  for (const line of log.split("\n")) {
    const [added, , path] = line.split("\t");
    if (path !== undefined && !files.has(path)) files.set(path, added === "-" ? null : Number(added));
  }
  return [...files].map(([path, lines]) => ({ path, lines })).sort((a, b) => a.path.localeCompare(b.path, "en"));
}
