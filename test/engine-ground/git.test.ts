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
