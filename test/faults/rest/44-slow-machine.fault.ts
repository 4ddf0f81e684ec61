/** F44: a processor that is hardly there, and a disk that takes long over every fsync. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { workplace, type Workplace } from "../../support/marathon-run.ts";
import type { OuterTerminal } from "../../support/outer-terminal.ts";
import { Agents, until } from "../bench/agents.ts";
import { agentsAreAccountedFor, inputIsExact, journalIsWhole, outputIsKept, stopsWithoutStrays } from "../bench/invariants.ts";
import { needsTool } from "../bench/tools.ts";

test("an engine that gets a tenth of a processor is slower and never wrong", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(4), { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  const { engine } = await place.json(["status"]);
  const release = throttle(engine.pid, 10, 90);
  onTestFinished(release);
  await worksAsEver(place, agents, screen);
  release();
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("an engine whose every fsync takes 200 ms is slower and never wrong, and keys do not wait for the disk", async () => {
  needsTool("strace");
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(4), { cols: 160, rows: 45 });
  await screen.waitFor("READY");
  const { engine } = await place.json(["status"]);
  const args = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:delay_enter=200000"];
  const tracer = spawn("strace", [...args, "-p", String(engine.pid)], { stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(() => void tracer.kill("SIGTERM"));
  await until(() => isTraced(engine.pid), "strace holds the engine");
  await worksAsEver(place, agents, screen);
  tracer.kill("SIGTERM");
  await once(tracer, "exit");
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

/** Keys, output, a report, a blocker and a flood, all at once. */
async function worksAsEver(place: Workplace, agents: Agents, screen: OuterTerminal): Promise<void> {
  const flood = agents.tell(4, "flood", { bytes: 2_000_000 }) as Promise<{ lines: number }>;
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1", 120_000);
  const typed = "typed on a slow machine ".repeat(20);
  for (let at = 0; at < typed.length; at += 3) {
    screen.keys(typed.slice(at, at + 3));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (let line = 0; line < 20; line++) await agents.print(2, `line ${line}\r\n`);
  place.file(".claude/Scratchpad/terminal-03.md", "- [x] 3 done\n");
  expect((await place.run(["block", "2", "--reason", "said on a slow machine"], { timeoutMs: 120_000 })).code).toBe(0);
  await until(() => agents.received(1).length >= typed.length, "all keys have arrived", 120_000);
  inputIsExact(agents, 1, Buffer.from(typed), [2, 3, 4]);
  await until(async () => (await place.json(["status"], { timeoutMs: 120_000 })).progress.done === 1, "the report counts", 120_000);
  const { lines } = await flood;
  for (const [terminal, words] of [
    [2, "line 19"],
    [4, `flood of ${lines} lines over`],
  ] as const)
    await until(
      async () => (await place.run(["screen", String(terminal)], { timeoutMs: 120_000 })).stdout.includes(words),
      `terminal ${terminal} shows ${words}`,
      120_000,
    );
  await outputIsKept(place, agents, 2);
}

/** Lets a process run for so many ms in turn with so many in which it stands. Answers how to let it go. */
function throttle(pid: number, runMs: number, standMs: number): () => void {
  let over = false;
  const turn = (): void => {
    if (over) return;
    process.kill(pid, "SIGSTOP");
    setTimeout(() => {
      if (over) return;
      process.kill(pid, "SIGCONT");
      setTimeout(turn, runMs);
    }, standMs);
  };
  turn();
  return () => {
    if (over) return;
    over = true;
    process.kill(pid, "SIGCONT");
  };
}

function isTraced(pid: number): boolean {
  return !/^TracerPid:\t0$/mu.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}
