import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openGit } from "../../src/engine/git.ts";
import { temporaryFolder } from "./folder.ts";

// On a busy machine real repositories take their time.
vi.setConfig({ testTimeout: 30_000 });

const identity = {
  GIT_AUTHOR_NAME: "Ann Author",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "Ann",
  GIT_COMMITTER_EMAIL: "a@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...identity },
  }).trim();
}

function repository(): string {
  const folder = temporaryFolder();
  git(folder, "init", "-q", "-b", "trunk");
  return folder;
}

function commit(folder: string, subject: string): string {
  writeFileSync(join(folder, "file"), subject);
  git(folder, "add", "file");
  git(folder, "commit", "-q", "-m", subject);
  return git(folder, "rev-parse", "HEAD");
}

describe("git", () => {
  test("tells what all branches have since a moment, with lines and new files, and no merge", async () => {
    const folder = repository();
    const before = Date.now() - 60_000;
    writeFileSync(join(folder, "a file.txt"), "one\ntwo\n");
    writeFileSync(join(folder, "grün.md"), "one\n");
    writeFileSync(join(folder, "picture"), Buffer.from([0, 1, 2, 0]));
    git(folder, "add", ".");
    git(folder, "commit", "-q", "-m", "feat: begin");
    git(folder, "switch", "-q", "-c", "session-024");
    writeFileSync(join(folder, "a file.txt"), "one\n");
    git(folder, "commit", "-q", "-am", "fix: less");
    git(folder, "switch", "-q", "trunk");
    git(folder, "switch", "-q", "-c", "session-025");
    commit(folder, "three");
    git(folder, "switch", "-q", "trunk");
    git(folder, "merge", "-q", "--no-ff", "--no-edit", "session-024");
    const changes = await openGit(folder).changesSince(before);
    const bySubject = Object.fromEntries(
      (changes?.commits ?? []).map(({ subject, files, added, deleted }) => [subject, [files, added, deleted]]),
    );
    expect(bySubject).toEqual({ "feat: begin": [3, 3, 0], "fix: less": [1, 0, 1], three: [1, 1, 0] });
    expect(changes?.commits.map(({ subject, branch }) => [subject, branch]).sort()).toEqual([
      ["feat: begin", null],
      ["fix: less", null],
      ["three", "session-025"],
    ]);
    expect(changes?.created).toEqual([
      { path: "a file.txt", lines: 2 },
      { path: "file", lines: 1 },
      { path: "grün.md", lines: 1 },
      { path: "picture", lines: null },
    ]);
    expect((await openGit(folder).changesSince(Date.now() + 60_000))?.commits).toEqual([]);
    expect(await openGit(temporaryFolder()).changesSince(0)).toBe(null);
  });

  test("tells branch, head, changed files and what was committed since", async () => {
    const folder = repository();
    const first = commit(folder, "one");
    const second = commit(folder, "two: ä \u001f field");
    const third = commit(folder, "three");
    writeFileSync(join(folder, "file"), "changed");
    writeFileSync(join(folder, "new\nname"), "untracked");
    const one = openGit(folder);
    expect(await one.isRepository()).toBe(true);
    expect(await one.branch()).toBe("trunk");
    expect(await one.head()).toBe(third);
    expect(await one.dirty()).toBe(2);
    const commits = await one.commitsSince(first);
    expect(commits.map((each) => [each.hash, each.subject, each.author])).toEqual([
      [third, "three", "Ann Author"],
      [second, "two: ä \u001f field", "Ann Author"],
    ]);
    expect(commits.every((each) => Math.abs(each.at - Date.now()) < 3_600_000)).toBe(true);
    expect(await one.commitsSince(first, 1)).toHaveLength(1);
    expect(await one.commitsSince("--output=/tmp/x")).toEqual([]);
    expect(await one.commitsSince("nonsense")).toEqual([]);
  });

  test("does not count what lies in the marathon's own scratchpad, be it the only thing in a folder or beside something else", async () => {
    const folder = repository();
    const scratchpad = join(folder, ".claude", "Scratch[pad]");
    mkdirSync(scratchpad, { recursive: true });
    writeFileSync(join(scratchpad, "HUMAN_TODO.md"), "");
    expect(await openGit(folder).dirty()).toBe(1);
    expect(await openGit(folder).dirty([scratchpad, "/somewhere/else"])).toBe(0);
    writeFileSync(join(folder, ".claude", "settings.json"), "{}");
    writeFileSync(join(folder, "mine"), "");
    expect(await openGit(folder).dirty([scratchpad])).toBe(2);
  });

  test("has a branch before the first commit, and none on a detached head", async () => {
    const folder = repository();
    expect(await openGit(folder).branch()).toBe("trunk");
    expect(await openGit(folder).head()).toBeNull();
    expect(await openGit(folder).dirty()).toBe(0);
    commit(folder, "one");
    git(folder, "checkout", "-q", "--detach");
    expect(await openGit(folder).branch()).toBeNull();
  });

  test("says nothing where there is no repository, no folder, or no git, and speaks when there is", async () => {
    const folder = temporaryFolder();
    const nowhere = join(folder, "later");
    const one = openGit(nowhere);
    const all = async () => [
      await one.isRepository(),
      await one.branch(),
      await one.head(),
      await one.dirty(),
      await one.commitsSince("HEAD~1"),
    ];
    expect(await all()).toEqual([false, null, null, null, []]);
    mkdirSync(nowhere);
    expect(await all()).toEqual([false, null, null, null, []]);
    renameSync(repository(), join(nowhere, "r"));
    const inside = openGit(join(nowhere, "r"));
    const path = process.env.PATH;
    onTestFinished(() => void (process.env.PATH = path));
    process.env.PATH = "/nowhere";
    expect(await inside.isRepository()).toBe(false);
    process.env.PATH = path;
    expect(await inside.isRepository()).toBe(true);
    rmSync(join(nowhere, "r"), { recursive: true });
    expect(await inside.branch()).toBeNull();
  });

  test("never costs an agent its commit", async () => {
    const folder = repository();
    commit(folder, "one");
    for (let index = 0; index < 100; index += 1) writeFileSync(join(folder, `file-${index}`), "x");
    // Every commit touches the index, and each status finds it stale and would like to write it.
    const script = "for i in $(seq 20); do echo $i > file; touch file-*; git add -A && git commit -q -m $i || exit 1; done";
    const agent = spawn("bash", ["-c", script], { cwd: folder, env: { ...process.env, ...identity }, stdio: "ignore" });
    let code: number | null | undefined;
    const ended = new Promise<void>((resolve) => {
      agent.once("exit", (exit) => {
        code = exit;
        resolve();
      });
    });
    const one = openGit(folder);
    let looks = 0;
    const reader = async () => {
      while (code === undefined) {
        expect(await one.dirty()).not.toBeNull();
        looks += 1;
      }
    };
    await Promise.all([reader(), reader(), reader(), ended]);
    expect(code).toBe(0);
    expect(looks).toBeGreaterThan(3);
  });
});
