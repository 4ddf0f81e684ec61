/**
 * What git says about a project; never changes it. The one place that knows simple-git. Every call bears
 * `--no-optional-locks`: without it a status in the background takes the index lock, and agents' commits fail.
 */
import { existsSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { simpleGit, type SimpleGit } from "simple-git";

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
  /** Whether git keeps this file. */
  tracks(file: string): Promise<boolean>;
  /** Address of who committed a file last; null when that cannot be said. Walks through history: ask only for files that git tracks. */
  lastAuthor(file: string): Promise<string | null>;
  /** Commits of HEAD that are not in `base`, newest first, at most `limit`; [] when that cannot be said. */
  commitsSince(base: string, limit?: number): Promise<readonly Commit[]>;
}

/** A git that is silent for this long, ms, gets SIGINT, on which it takes its lock files away; SIGKILL would leave them. */
const SILENCE_MS = 10_000;
const FIELD = "\u001f";

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
    async dirty(except = []) {
      const status = await ask("status", "--porcelain", "-z", "--no-renames", ...without(folder, except));
      return status === null ? null : status.split("\0").filter((entry) => entry !== "").length;
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
