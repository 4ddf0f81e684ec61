import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { agentChecks, nodeCheck } from "../../src/commands/doctor/agents.ts";
import type { Check } from "../../src/commands/doctor/check.ts";
import { lookAtJournal } from "../../src/commands/doctor/journal.ts";
import { repositoryChecks } from "../../src/commands/doctor/repository.ts";
import { engineCheck, orphansCheck } from "../../src/commands/doctor/running.ts";
import { pathsOrCheck, stateChecks } from "../../src/commands/doctor/state.ts";
import { diskCheck, limitsCheck, ptyCheck, realSystem, watchCheck, type SystemPorts } from "../../src/commands/doctor/system.ts";
import { askTerminal, terminalChecks, type AskedTerminal } from "../../src/commands/doctor/terminal.ts";
import { acquireLock } from "../../src/engine/lock.ts";
import { marathonPaths, prepareMarathon, preparePaths, writeCurrent, type MarathonPaths } from "../../src/engine/paths.ts";
import type { ProcessTable } from "../../src/engine/process-table.ts";

const tidy: (() => void)[] = [];
afterEach(() => {
  for (const act of tidy.splice(0).toReversed()) act();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "dr-"));
  tidy.push(() => {
    chmodSync(path, 0o700);
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

function one(checks: readonly Check[], id: string): Check {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`no check ${id} among ${checks.map((check) => check.id).join(", ")}`);
  return found;
}

/** A program that prints a version. */
function program(where: string, name: string, version: string): void {
  const file = join(where, name);
  writeFileSync(file, `#!/bin/sh\necho "${version}"\n`, { mode: 0o755 });
}

function project(): { readonly paths: MarathonPaths; readonly env: Record<string, string> } {
  const home = folder();
  for (const name of ["p", "s", "r"]) mkdirSync(join(home, name), { mode: 0o700 });
  const env = { XDG_STATE_HOME: join(home, "s"), XDG_RUNTIME_DIR: join(home, "r") };
  const paths = marathonPaths(join(home, "p"), env);
  preparePaths(paths);
  return { paths, env };
}

describe("Node.js and the agents", () => {
  test("a Node.js below the one that is needed is an error", () => {
    expect(nodeCheck("22.22.0", "/n")).toMatchObject({ ok: true });
    expect(nodeCheck("24.21.0", "/n")).toMatchObject({ ok: true });
    expect(nodeCheck("22.21.9", "/n")).toMatchObject({ ok: false, severity: "error" });
  });

  test("an agent older than the one that was tried is said to be too old, with the trap of an old npm", async () => {
    const bin = folder();
    program(bin, "claude", "2.1.197 (Claude Code)");
    program(bin, "codex", "codex-cli 0.999.0");
    program(bin, "qwen", "who knows");
    program(bin, "node", "v20.20.1");
    const checks = await agentChecks({ cwd: bin, path: `${bin}:/bin:/usr/bin`, needed: [] });
    expect(one(checks, "agent-claude")).toMatchObject({ ok: false, severity: "warning" });
    expect(one(checks, "agent-claude").message).toContain("2.1.197 is too old");
    expect(one(checks, "agent-claude").advice).toMatch(/npm install -g @anthropic-ai\/claude-code@latest.*20\.20\.1/);
    expect(one(checks, "agent-codex")).toMatchObject({ ok: true });
    expect(one(checks, "agent-qwen").message).toContain("does not tell its version");
  });

  test("an agent that is missing matters only to a marathon that needs it", async () => {
    const checks = await agentChecks({ cwd: "/", path: "/nowhere", needed: ["gemini"] });
    expect(one(checks, "agent-gemini")).toMatchObject({ ok: false, severity: "error" });
    expect(one(checks, "agent-claude")).toMatchObject({ ok: true });
    expect(one(checks, "agent-shell")).toMatchObject({ ok: false, severity: "error" });
  });
});

describe("the terminal", () => {
  const env = { TERM: "xterm-256color", COLORTERM: "truecolor", LANG: "C.UTF-8" };
  const size = { columns: 200, rows: 60 };

  test.each([
    ["no TERM", { ...env, TERM: "" }, size, "terminal", "error"],
    ["a dumb one", { ...env, TERM: "dumb" }, size, "terminal", "error"],
    ["one that is too small", env, { columns: 49, rows: 60 }, "size", "error"],
    ["one with few colours", { TERM: "xterm", LANG: "C.UTF-8" }, size, "colours", "warning"],
    ["a locale without UTF-8", { ...env, LC_ALL: "POSIX" }, size, "locale", "warning"],
    ["no locale", { TERM: "xterm-256color" }, size, "locale", "warning"],
  ])("%s is told", (_name, broken, dimensions, id, severity) => {
    expect(one(terminalChecks({ env: broken, size: dimensions, learned: null }), id)).toMatchObject({ ok: false, severity });
  });

  test("all that is right is right", () => {
    expect(terminalChecks({ env, size, learned: null }).every(({ ok }) => ok)).toBe(true);
    expect(terminalChecks({ env, size: null, learned: null }).every(({ ok }) => ok)).toBe(true);
  });

  test("it is asked as the dashboard asks, and given back", async () => {
    const modes: boolean[] = [];
    const input = Object.assign(new PassThrough(), {
      setRawMode: (raw: boolean) => void modes.push(raw),
    }) as unknown as AskedTerminal["input"];
    const output = {
      write(text: string) {
        expect(text).toContain("\x1b]11;?");
        (input as unknown as PassThrough).write("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?0u\x1b[>41;390;0c\x1b[?64;1c");
        return true;
      },
    } as AskedTerminal["output"];
    const learned = await askTerminal({ input, output });
    expect(one(terminalChecks({ env, size, learned }), "answers").message).toBe(
      "asked, it told its colours, kitty's keyboard protocol, which one it is (41;390;0)",
    );
    expect(modes).toEqual([true, false]);
  });
});

describe("the repository", () => {
  const git = (cwd: string, ...args: string[]) =>
    spawnSync("git", ["-c", "user.name=n", "-c", "user.email=e@example.org", ...args], { cwd, encoding: "utf8" });
  const PATH = process.env["PATH"] ?? "";
  const look = (where: string, now = Date.now()) => repositoryChecks(where, PATH, now);

  test("without git, without a repository: said, and no error", async () => {
    const where = folder();
    expect(one(await repositoryChecks(where, "/nowhere", 0), "git")).toMatchObject({ ok: false, severity: "warning" });
    expect(one(await look(where), "repository")).toMatchObject({ ok: true });
  });

  test("a git that cannot look without locking is an error", async () => {
    const where = folder();
    program(where, "git", "git version 2.14.3");
    expect(one(await repositoryChecks(where, `${where}:/bin`, 0), "git")).toMatchObject({ ok: false, severity: "error" });
  });

  test("what agents write into the scratchpad is no uncommitted change of the person's", async () => {
    const where = folder();
    git(where, "init", "-q", "-b", "work");
    git(where, "commit", "-q", "--allow-empty", "-m", "one");
    const scratchpad = join(where, "notes");
    mkdirSync(scratchpad);
    writeFileSync(join(scratchpad, "SESSION_001_HANDOFF.md"), "");
    expect(one(await repositoryChecks(where, PATH, 0, [scratchpad]), "repository").message).toBe("work, clean");
    writeFileSync(join(where, "mine.ts"), "");
    expect(one(await repositoryChecks(where, PATH, 0, [scratchpad]), "repository").message).toBe("work, 1 uncommitted change");
  });

  test("files of names that secrets have are listed, and pass when all of them are ignored", async () => {
    const where = folder();
    git(where, "init", "-q", "-b", "work");
    expect(one(await look(where), "secret-files")).toMatchObject({
      ok: true,
      message: "no file has a name that secrets usually have (ignored folders and repositories inside of this one are not looked into)",
    });
    for (const name of [".env", ".env.example", "sub/.env.local", "node_modules/a/.env"]) {
      mkdirSync(join(where, name, ".."), { recursive: true });
      writeFileSync(join(where, name), "");
    }
    writeFileSync(join(where, ".gitignore"), ".env\n.env.local\nnode_modules/\n");
    expect(one(await look(where), "secret-files")).toMatchObject({
      ok: true,
      message:
        "2 files of a name that secrets have, all ignored by git: .env, sub/.env.local (ignored folders and repositories inside of this one are not looked into)",
    });
    writeFileSync(join(where, "sub", "id_rsa"), "");
    writeFileSync(join(where, "key.pem"), "");
    git(where, "add", "key.pem");
    expect(one(await look(where), "secret-files")).toMatchObject({
      ok: false,
      severity: "warning",
      message: "2 files of a name that secrets have are not ignored by git: key.pem, sub/id_rsa",
    });
  });

  test("a detached head, a merge under way and an old lock are told, a young lock is none of our business", async () => {
    const where = folder();
    git(where, "init", "-q", "-b", "work");
    git(where, "commit", "-q", "--allow-empty", "-m", "one");
    expect(one(await look(where), "repository").message).toBe("work, clean");
    const lock = join(where, ".git", "index.lock");
    writeFileSync(lock, "");
    expect(one(await look(where), "index-lock")).toMatchObject({ ok: true });
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(lock, hourAgo, hourAgo);
    const old = one(await look(where), "index-lock");
    expect(old).toMatchObject({ ok: false, severity: "warning" });
    expect(old.fix).toBeUndefined();
    expect(statSync(lock).isFile()).toBe(true);
    rmSync(lock);
    git(where, "checkout", "-q", "--detach");
    expect(one(await look(where), "repository").message).toContain("no branch is checked out");
    writeFileSync(join(where, ".git", "MERGE_HEAD"), "");
    expect(one(await look(where), "repository").message).toContain("a merge is under way");
  });
});

describe("the system", () => {
  const proc = (files: Readonly<Record<string, string>>): SystemPorts => {
    const root = folder();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(root, name, ".."), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return { proc: root, watchFor: () => {}, tryPty: () => Promise.resolve() };
  };

  test("the real one can watch, and run a program on a pty", async () => {
    expect(watchCheck(realSystem, tmpdir()).severity).not.toBe("error");
    expect(await ptyCheck(realSystem)).toMatchObject({ severity: "note" });
  });

  test.each([
    ["ENOSPC", "all watches"],
    ["EMFILE", "instances"],
  ])("watches that are used up (%s) mean polling, and how to raise the limit", (code, words) => {
    const ports = {
      ...proc({}),
      watchFor: () => {
        throw Object.assign(new Error(code), { code });
      },
    };
    const check = watchCheck(ports, "/");
    expect(check).toMatchObject({ ok: false, severity: "warning" });
    expect(check.message).toContain(words);
    expect(check.advice).toContain("sysctl");
  });

  test("few watches are told before they are used up", () => {
    expect(watchCheck(proc({ "sys/fs/inotify/max_user_watches": "50\n" }), "/")).toMatchObject({ ok: false });
  });

  test("ptys that run out are told with how many there are; none left is an error", async () => {
    const few = proc({ "sys/kernel/pty/max": "24", "sys/kernel/pty/nr": "20" });
    expect(await ptyCheck(few)).toMatchObject({ ok: false, severity: "warning", message: "only 4 of the system's 24 ptys are free" });
    const none = {
      ...proc({ "sys/kernel/pty/max": "6", "sys/kernel/pty/nr": "6" }),
      tryPty: () => Promise.reject(new Error("forkpty(3) failed.")),
    };
    const check = await ptyCheck(none);
    expect(check).toMatchObject({ ok: false, severity: "error" });
    expect(check.advice).toContain("kernel.pty.max");
  });

  test.each([
    ["100", "error"],
    ["512", "warning"],
    ["1024", "note"],
  ])("%s open files: %s", (soft, severity) => {
    const limits = `Limit   Soft Limit   Hard Limit   Units\nMax open files            ${soft}   4096   files\n`;
    expect(limitsCheck(proc({ "self/limits": limits }))).toMatchObject([{ id: "open-files", severity }]);
  });

  test("a disk that is full, nearly full, on another machine, or gone", () => {
    const disk =
      (megabytes: number, type = 0) =>
      () => ({ type, bavail: megabytes, bsize: 1024 ** 2 });
    expect(diskCheck("disk-state", "/s", disk(63))).toMatchObject({ severity: "error" });
    expect(diskCheck("disk-state", "/s", disk(500))).toMatchObject({ severity: "warning" });
    expect(diskCheck("disk-state", "/s", disk(5000))).toMatchObject({ ok: true, message: "4 GB free in /s" });
    expect(diskCheck("disk-state", "/s", disk(5000, 0x6969)).message).toContain("NFS");
    expect(diskCheck("disk-state", "/nowhere/at/all")).toMatchObject({ severity: "warning" });
  });
});

describe("our own folders", () => {
  test("no home is an error, and everything else is still looked at", () => {
    expect(pathsOrCheck(folder(), {})).toMatchObject({ id: "state-folder", ok: false, severity: "error" });
  });

  test("files that others can read are closed by --fix, and links are not followed", async () => {
    const { paths } = project();
    const outside = join(folder(), "theirs");
    writeFileSync(outside, "", { mode: 0o644 });
    symlinkSync(outside, join(paths.folder, "link"));
    const open = join(paths.folder, "open.cast");
    writeFileSync(open, "", { mode: 0o644 });
    chmodSync(open, 0o644);
    const check = one(await stateChecks(paths), "state-modes");
    expect(check).toMatchObject({ ok: false, severity: "warning" });
    expect(await check.fix?.()).toContain("closed 1 file or folder");
    expect(statSync(open).mode & 0o777).toBe(0o600);
    expect(statSync(outside).mode & 0o777).toBe(0o644);
    expect(one(await stateChecks(paths), "state-modes").ok).toBe(true);
  });

  test("a socket folder that stands open is closed only if all in it is ours", async () => {
    const { paths } = project();
    chmodSync(paths.socketFolder, 0o777);
    const check = one(await stateChecks(paths), "socket-folder");
    expect(check).toMatchObject({ ok: false, severity: "error" });
    expect(() => preparePaths(paths)).toThrow("open to others");
    await check.fix?.();
    expect(statSync(paths.socketFolder).mode & 0o777).toBe(0o700);
    preparePaths(paths);
  });

  test("a folder above ours that others may write to is told", async () => {
    const { paths } = project();
    const above = join(paths.folder, "..", "..");
    chmodSync(above, 0o777);
    expect(one(await stateChecks(paths), "parents").message).toContain("others may write");
    chmodSync(above, 0o700);
  });

  test("the socket and the lock of a dead engine are told, and taken away under the lock", async () => {
    const { paths } = project();
    deadSocket(paths.socket);
    writeFileSync(`${paths.lock}.json`, JSON.stringify({ pid: 2 ** 22 + 3, pidStart: 1, startedAt: 0, socket: paths.socket }));
    const checks = await stateChecks(paths);
    expect(one(checks, "sockets").ok).toBe(false);
    expect(one(checks, "locks").ok).toBe(false);
    expect(await one(checks, "sockets").fix?.()).toBe("removed 1 stale socket");
    expect(await one(checks, "locks").fix?.()).toBe("cleared 1 lock of dead engines");
    const after = await stateChecks(paths);
    expect([one(after, "sockets").ok, one(after, "locks").ok]).toEqual([true, true]);
  });

  test("a socket is left alone while somebody holds the project's lock", async () => {
    const { paths } = project();
    deadSocket(paths.socket);
    const fix = one(await stateChecks(paths), "sockets").fix;
    const lock = acquireLock(paths.lock, { startedAt: 0, socket: paths.socket });
    tidy.push(() => lock.held && lock.release());
    expect(await fix?.()).toContain("removed 0 stale sockets");
    expect(statSync(paths.socket).isSocket()).toBe(true);
  });
});

describe("what runs", () => {
  test("no engine, and one that holds the project and says nothing", async () => {
    const { paths } = project();
    expect(await engineCheck(paths)).toMatchObject({ ok: true });
    const lock = acquireLock(paths.lock, { startedAt: 0, socket: paths.socket });
    tidy.push(() => lock.held && lock.release());
    const check = await engineCheck(paths);
    expect(check).toMatchObject({ ok: false, severity: "error" });
    expect(check.message).toContain(String(process.pid));
  });

  test("programs of a marathon without an engine are named, and never ended; those above us are not meant", () => {
    const { paths } = project();
    prepareMarathon(paths.marathon("m1"));
    const info = (pid: number, parent: number) => ({ pid, parent, group: pid, session: pid, start: 1, zombie: false });
    const all = [info(50, 1), info(51, 1), info(60, 50), info(70, 1)];
    const table: ProcessTable = {
      list: () => all,
      get: (pid) => all.find((one) => one.pid === pid) ?? null,
      withEnvironment: () => new Set(),
      withVariable: () =>
        new Map([
          [50, "m1"],
          [51, "m1"],
          [60, "m1"],
          [70, "another"],
        ]),
      command: (pid) => `agent ${pid}`,
    };
    const check = orphansCheck(paths, table, 60);
    expect(check.message).toBe("1 program of earlier engines still run: 51 agent 51");
    expect(check.fix).toBeUndefined();
  });

  test("a damaged journal is told, and stays as it is", () => {
    const { paths } = project();
    const marathon = paths.marathon("m1");
    prepareMarathon(marathon);
    writeCurrent(paths, "m1");
    writeFileSync(join(marathon.journal, "000001.jsonl"), "rubbish\n");
    expect(lookAtJournal(paths).checks).toMatchObject([{ id: "journal", ok: false, severity: "warning" }]);
  });
});

/** A socket file on which nobody listens any more, as a killed engine leaves it. */
function deadSocket(path: string): void {
  const script = `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
  spawnSync(process.execPath, ["-e", script]);
  expect(statSync(path).isSocket()).toBe(true);
}
