import { execPath, platform } from "node:process";
import { describe, expect, test } from "vitest";
import { spawn } from "node-pty";
import { readsTty } from "../../src/engine/agents/tty-wait.ts";

/** Runs a program in a real pty until its output holds `ready`, and asks about it until the answer is the expected one. */
async function answerOf(file: string, args: string[], ready: string, expected: boolean | null): Promise<boolean | null> {
  const pty = spawn(file, args, { cols: 80, rows: 24 });
  try {
    await new Promise<void>((resolve) => {
      let output = "";
      pty.onData((data) => {
        output += data;
        if (output.includes(ready)) resolve();
      });
    });
    // The program has printed, but may need a moment until it is in its system call: the test's time limit is the only clock.
    for (;;) {
      const answer = readsTty(pty.pid);
      if (answer === expected) return answer;
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    pty.kill("SIGKILL");
  }
}

describe.runIf(platform === "linux")("whether a program waits for its terminal", () => {
  test("a shell at read does", async () => {
    expect(await answerOf("bash", ["-c", 'read -p "name? " name'], "name?", true)).toBe(true);
  });

  test("a program behind a shell does", async () => {
    expect(await answerOf("sh", ["-c", "echo ready; head -1; true"], "ready", true)).toBe(true);
  });

  test("a shell that waits for a sleeping program does not", async () => {
    expect(await answerOf("bash", ["-c", "printf 'Compiling: '; sleep 30; true"], "Compiling", false)).toBe(false);
  });

  test("a program that reads a pipe does not", async () => {
    expect(await answerOf("bash", ["-c", "printf 'ready: '; sleep 30 | cat; true"], "ready", false)).toBe(false);
  });

  test("of a program that polls it cannot be known", async () => {
    expect(await answerOf(execPath, ["-e", "process.stdout.write('name: '); process.stdin.on('data', () => {})"], "name", null)).toBeNull();
  });
});

test("of a process that is not there it cannot be known", () => {
  expect(readsTty(2 ** 22 + 1)).toBeNull();
});
