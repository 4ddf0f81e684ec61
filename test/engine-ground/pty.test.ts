import { createHash } from "node:crypto";
import { existsSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { AgentError, type Exit, type Program } from "../../src/engine/agents/agent.ts";
import { spawnPty, type Pty } from "../../src/engine/pty.ts";
import { temporaryFolder } from "./folder.ts";

// On a busy machine real programs take their time.
vi.setConfig({ testTimeout: 30_000 });

const size = { cols: 80, rows: 24 };

function program(file: string, args: readonly string[] = [], cwd = "/", env: Record<string, string> = {}): Program {
  return { file, args, cwd, env: { PATH: process.env.PATH ?? "", TERM: "xterm-256color", LC_ALL: "C.UTF-8", ...env }, title: file };
}

const bash = (script: string) => program("bash", ["--norc", "-c", script]);

interface Watched {
  readonly pty: Pty;
  readonly output: () => Buffer;
  /** Resolves at the exit, with the order of what happened: data must not follow it. */
  readonly exited: Promise<Exit>;
  /** Resolves when the output contains the text. */
  shows(text: string): Promise<void>;
}

function start(what: Program): Watched {
  const pty = spawnPty(what, size);
  const chunks: Buffer[] = [];
  const waiting: { text: string; resolve: () => void }[] = [];
  let over = false;
  const look = () => {
    const text = Buffer.concat(chunks).toString();
    for (const wait of waiting) if (text.includes(wait.text)) wait.resolve();
  };
  pty.onData((bytes) => {
    expect(over, "output after the exit was told").toBe(false);
    chunks.push(Buffer.from(bytes));
    if (waiting.length > 0) look();
  });
  const exited = new Promise<Exit>((resolve) => {
    pty.onExit((exit) => {
      over = true;
      resolve(exit);
    });
  });
  onTestFinished(() => {
    pty.kill("SIGKILL");
    pty.dispose();
  });
  const shows = (text: string) =>
    new Promise<void>((resolve) => {
      waiting.push({ text, resolve });
      look();
    });
  return { pty, output: () => Buffer.concat(chunks), exited, shows };
}

describe("a program on a pty", () => {
  test("that closes its terminal is not hung up: it ends when and as it wants to", async () => {
    const quiet = start(bash("echo last words; exec 0<&- 1>&- 2>&-; sleep 0.5; exit 7"));
    expect(await quiet.exited).toEqual({ code: 7, signal: null });
    expect(quiet.output().toString()).toBe("last words\r\n");
  });

  test("tells exit codes and signals apart", async () => {
    expect(await start(bash("exit 0")).exited).toEqual({ code: 0, signal: null });
    expect(await start(bash("exit 7")).exited).toEqual({ code: 7, signal: null });
    expect(await start(bash("kill -SEGV $$")).exited).toEqual({ code: null, signal: "SIGSEGV" });
    const sleeper = start(bash("echo up; exec sleep 1000"));
    await sleeper.shows("up");
    sleeper.pty.kill("SIGKILL");
    expect(await sleeper.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("has its folder, its size, its environment and UTF-8 line editing", async () => {
    const one = start(program("bash", ["-c", "pwd; stty size; echo $MINE $PWD; stty -a | grep -o '.\\?iutf8'"], "/usr", { MINE: "yes" }));
    await one.exited;
    expect(one.output().toString()).toBe("/usr\r\n24 80\r\nyes /usr\r\n iutf8\r\n");
  });

  test("shows its last output before its end, however much", async () => {
    const one = start(bash("seq 200000"));
    await one.exited;
    expect(one.output().toString()).toBe(Array.from({ length: 200_000 }, (_, index) => `${index + 1}\r\n`).join(""));
  });

  test("that ends while its output is paused loses nothing and is not told as ended before", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const one = start(bash("head -c 3000 /dev/zero | tr '\\0' x; echo end"));
    one.pty.pause();
    let told = false;
    void one.exited.then(() => (told = true));
    await poll(() => !existsSync(`/proc/${one.pty.pid}`));
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    // node-pty alone would have thrown the output away 200 ms after the end.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toBe(false);
    expect(one.output().length).toBeLessThan(3000);
    one.pty.resume();
    await one.exited;
    expect(one.output().toString()).toBe(`${"x".repeat(3000)}end\r\n`);
  });

  test("that leaves a child behind on its terminal is told as ended all the same", async () => {
    const one = start(bash("trap '' HUP; sleep 1000 & echo left $!; exit 3"));
    expect(await one.exited).toEqual({ code: 3, signal: null });
    endLeft(one);
  });

  test("that leaves a talkative child behind is told as ended all the same", async () => {
    const one = start(bash("trap '' HUP; (while :; do echo on; sleep 0.05; done) & echo left $!; exit 4"));
    expect(await one.exited).toEqual({ code: 4, signal: null });
    endLeft(one);
  });

  test("gets a new size as long as it lives, and nothing breaks afterwards", async () => {
    const one = start(bash("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.02; done"));
    await one.shows("ready");
    one.pty.resize(120.7, 0);
    await one.exited;
    expect(one.output().toString()).toContain("1 120");
    one.pty.resize(10, 10);
    one.pty.write(Buffer.from("x"));
    one.pty.kill("SIGTERM");
    one.pty.pause();
    one.pty.resume();
    one.pty.dispose();
    one.pty.dispose();
  });

  test("takes ten megabytes byte by byte as they were written, in many pieces", async () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
    const one = start(bash(`stty raw -echo; echo ready; head -c ${bytes.length} | sha256sum`));
    await one.shows("ready");
    for (let at = 0; at < bytes.length; at += 99_991) one.pty.write(bytes.subarray(at, at + 99_991));
    await one.exited;
    expect(one.output().toString()).toContain(createHash("sha256").update(bytes).digest("hex"));
    expect(one.pty.pendingBytes).toBe(0);
  });

  test("that does not read makes the bytes wait, in order, and gets them when it does", async () => {
    const bytes = Buffer.alloc(300_000, "0123456789abcdef");
    const folder = temporaryFolder();
    const held = start(program("bash", ["-c", "mkfifo go; stty raw -echo; echo ready; read < go; head -c 300000 | sha256sum"], folder));
    await held.shows("ready");
    held.pty.write(bytes.subarray(0, 200_000));
    held.pty.write(bytes.subarray(200_000));
    expect(held.pty.pendingBytes).toBeGreaterThan(100_000);
    writeFileSync(join(folder, "go"), "\n");
    await held.exited;
    expect(held.output().toString()).toContain(createHash("sha256").update(bytes).digest("hex"));
  });

  test("does not hold the terminals of the others", async () => {
    const first = start(bash("echo up; exec sleep 1000"));
    await first.shows("up");
    const second = start(bash("echo up; exec sleep 1000"));
    await second.shows("up");
    const open = openOf(second.pty.pid);
    expect(open.filter((path) => path.includes("ptmx"))).toEqual([]);
    expect(new Set(open.filter((path) => path.startsWith("/dev/pts/"))).size).toBe(1);
  });

  test("gives its descriptors back", async () => {
    const count = () => readdirSync("/proc/self/fd").length;
    await start(bash("true")).exited;
    const before = count();
    for (let round = 0; round < 20; round += 1) await start(bash("true")).exited;
    await poll(() => count() <= before);
  });

  test("leaves the caller's environment object as it was", async () => {
    const what = bash("true");
    const before = { ...what.env };
    await start(what).exited;
    expect(what.env).toEqual(before);
  });
});

describe("a program that cannot be run", () => {
  function refusal(what: Program): { code: number; message: string } {
    try {
      spawnPty(what, size).dispose();
    } catch (error) {
      if (error instanceof AgentError) return { code: error.code, message: error.message };
      throw error;
    }
    throw new Error("it was started");
  }

  test("is refused before anything starts, with 127 or 126 and the reason", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "plain"), "echo");
    writeFileSync(join(folder, "script"), "#!/no/such/interpreter -x\n", { mode: 0o755 });
    const path = { PATH: `/nowhere:${folder}` };
    expect(refusal(program("no-such-program"))).toEqual({
      code: 127,
      message: expect.stringContaining("no such program in PATH") as string,
    });
    expect(refusal(program("./none", [], folder))).toMatchObject({ code: 127 });
    expect(refusal(program("plain", [], "/", path))).toEqual({ code: 126, message: expect.stringContaining("chmod +x") as string });
    expect(refusal(program("script", [], "/", path))).toEqual({
      code: 126,
      message: expect.stringContaining("/no/such/interpreter") as string,
    });
    expect(refusal(program(folder))).toEqual({ code: 126, message: expect.stringContaining("is a folder") as string });
    expect(refusal(program("bash", [], join(folder, "gone")))).toEqual({
      code: 126,
      message: expect.stringContaining("does not exist") as string,
    });
    expect(refusal(program(""))).toMatchObject({ code: 127 });
  });

  test("does not hide a runnable one later in PATH", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "bash"), "not me");
    const one = start({ ...bash("echo me"), env: { PATH: `${folder}:${process.env.PATH ?? ""}` } });
    await one.exited;
    expect(one.output().toString()).toBe("me\r\n");
  });
});

/** Ends the child whose pid the program has printed; it must still be there. */
function endLeft(one: Watched): void {
  const pid = Number(/left (\d+)/.exec(one.output().toString())?.[1]);
  expect(process.kill(pid, "SIGKILL")).toBe(true);
}

/** What a process has open. A descriptor that is closed meanwhile, as those of a loader are, is none that it holds. */
function openOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [realpathSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

async function poll(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
