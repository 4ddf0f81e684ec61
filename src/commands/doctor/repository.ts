/** git: the program, and the state in which the project's repository is. Nothing of it is ever changed, not by --fix either. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isOlder, versionOf } from "../../engine/agents/cli-version.ts";
import { findFirst } from "../../engine/agents/find-program.ts";
import { openGit } from "../../engine/git.ts";
import { secretFiles, type SecretFiles } from "../../engine/secret-files.ts";
import { bad, type Check, count, good, warning } from "./check.ts";

/** The first with `--no-optional-locks`, without which looking at a repository makes agents' commits fail. */
const NEEDED_GIT = "2.15.0";
/** A git that works holds the lock for seconds; one that was killed leaves it for ever, ms. */
const STALE_LOCK_MS = 10 * 60 * 1000;

/** Files of the git folder that say what somebody is in the middle of. */
const UNDER_WAY: readonly (readonly [string, string])[] = [
  ["rebase-merge", "a rebase"],
  ["rebase-apply", "a rebase or `git am`"],
  ["MERGE_HEAD", "a merge"],
  ["CHERRY_PICK_HEAD", "a cherry-pick"],
  ["REVERT_HEAD", "a revert"],
  ["BISECT_LOG", "a bisect"],
];

/** @param written the scratchpads of the project, absolute: what agents write there is no uncommitted work of the person's */
export async function repositoryChecks(
  project: string,
  path: string,
  now: number,
  written: readonly string[] = [],
): Promise<readonly Check[]> {
  const program = findFirst(["git"], project, path);
  if (program === null) return [warning("git", "git is not on the PATH: branches and commits are not shown", "install git")];
  const version = await versionOf(program);
  const git = openGit(project);
  const folder = await git.folder();
  const checks = [versionCheck(program, version)];
  if (folder === null) return [...checks, good("repository", "the project is no git repository: commits are not shown")];
  const [branch, dirty, secrets] = await Promise.all([git.branch(), git.dirty(written), secretFiles(git)]);
  return [...checks, stateCheck(folder, branch, dirty), ...lockCheck(folder, now), ...(secrets ? [secretsCheck(secrets)] : [])];
}

function versionCheck(program: string, version: string | null): Check {
  if (version === null) return bad("git", `${program} does not tell its version`, "try `git --version`");
  if (isOlder(version, NEEDED_GIT)) {
    return bad(
      "git",
      `git ${version} is too old: looking at the repository would make agents' commits fail`,
      `install git ${NEEDED_GIT} or newer`,
    );
  }
  return good("git", `git ${version}`);
}

function stateCheck(folder: string, branch: string | null, dirty: number | null): Check {
  const underWay = UNDER_WAY.find(([name]) => existsSync(join(folder, name)))?.[1];
  const changes = dirty === null ? "" : dirty === 0 ? ", clean" : `, ${count(dirty, "uncommitted change")}`;
  if (underWay !== undefined) {
    return warning(
      "repository",
      `${underWay} is under way: agents' commits would go into it${changes}`,
      "finish or abort it first; `git status` tells how",
    );
  }
  if (branch === null)
    return warning("repository", `no branch is checked out${changes}: commits of agents are easily lost`, "git switch -c NAME");
  return good(
    "repository",
    `${branch}${changes}`,
    dirty === 0 || dirty === null ? null : "commit first: what agents change is then told apart",
  );
}

function secretsCheck({ clean, said }: SecretFiles): Check {
  if (clean) return good("secret-files", said);
  return warning(
    "secret-files",
    said,
    "agents commit what they find: name them in .gitignore, and take those that git keeps out of it with `git rm --cached`",
  );
}

function lockCheck(folder: string, now: number): readonly Check[] {
  const lock = join(folder, "index.lock");
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return [];
  const age = Math.max(0, now - made);
  if (age < STALE_LOCK_MS) return [good("index-lock", "a git command holds the index just now")];
  return [
    warning(
      "index-lock",
      `${lock} is ${count(Math.round(age / 60_000), "minute")} old: no commit can be made`,
      `if no git runs here any more (\`pgrep -a git\`): rm '${lock}'`,
    ),
  ];
}
