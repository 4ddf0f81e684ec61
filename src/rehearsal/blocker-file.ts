/** Blocker files of the stand-in: raised with everything a person needs, later marked as resolved by the stand-in people. */
import { join } from "node:path";
import type { Assignment } from "../engine/agents/agent.ts";
import { readIfThere, writeWhole } from "./files.ts";
import type { Random } from "./random.ts";
import type { Subject } from "./subject.ts";

export interface Trouble {
  readonly reason: string;
  readonly priority: "P0" | "P1" | "P2" | "P3";
  readonly error: string;
  readonly cause: string;
  readonly tried: readonly string[];
  readonly notTried: readonly string[];
}

type Facts = Pick<Assignment, "marathon" | "scratchpad" | "terminal">;

export function blockerFile(scratchpad: string, task: number): string {
  return join(scratchpad, `TASK_${String(task).padStart(3, "0")}_BLOCKER.md`);
}

/** Where the blocker of a task stands, as far as this marathon's stand-ins wrote it. */
export function blockerState(facts: Facts, task: number): "none" | "open" | "resolved" {
  const text = readIfThere(blockerFile(facts.scratchpad, task));
  if (text === null || !text.includes(markOf(facts))) return "none";
  return text.includes("**Status:** resolved") ? "resolved" : "open";
}

export function raiseBlocker(facts: Facts, task: number, title: string, trouble: Trouble): void {
  writeWhole(
    blockerFile(facts.scratchpad, task),
    [
      `# Task ${task} is stopped: ${title}`,
      "",
      markOf(facts),
      "",
      `**Priority:** ${trouble.priority}`,
      "**Status:** open",
      `**Tasks:** ${task}`,
      `**Terminal:** ${facts.terminal}`,
      `**Reason:** ${trouble.reason}`,
      "",
      "## Error",
      "",
      "```",
      trouble.error,
      "```",
      "",
      "## Cause",
      "",
      trouble.cause,
      "",
      "## Tried",
      "",
      ...trouble.tried.map((line) => `- ${line}`),
      "",
      "## Not tried",
      "",
      ...trouble.notTried.map((line) => `- ${line}`),
      "",
    ].join("\n"),
  );
}

/** Marks our own blocker as over. A file that somebody else wrote or changed beyond recognition is left alone. */
export function resolveBlocker(facts: Facts, task: number, note: string): boolean {
  if (blockerState(facts, task) !== "open") return false;
  const file = blockerFile(facts.scratchpad, task);
  const text = readIfThere(file) ?? "";
  writeWhole(file, `${text.replace("**Status:** open", "**Status:** resolved")}\n## Resolution\n\n${note}\n`);
  return true;
}

function markOf(facts: Facts): string {
  return `Raised in a rehearsal (marathon ${facts.marathon}).`;
}

export function troubleFor(subject: Subject, random: Random): Trouble {
  return random.pick(TROUBLES)(subject, random);
}

type Maker = (subject: Subject, random: Random) => Trouble;

const TROUBLES: readonly Maker[] = [
  ({ symbol }, random) => ({
    reason: "two packages cannot be installed together",
    priority: "P0",
    error: `ERROR: cannot resolve ${symbol.split("_")[0]}-core>=${random.whole(2, 5)}.0 together with ${symbol.split("_")[0]}-client==1.${random.whole(1, 9)}`,
    cause: "The client pins an old core; the tests need a newer one.",
    tried: ["a fresh virtual environment", "the newest client"],
    notTried: ["replacing the client", "running the tests in the container"],
  }),
  ({ test }, random) => {
    const port = 5400 + random.whole(0, 99);
    return {
      reason: `nothing listens on port ${port}`,
      priority: "P1",
      error: `ConnectionRefusedError: [Errno 111] 127.0.0.1:${port} refused while ${test} was collected`,
      cause: "The database container is not running, and this terminal may not start it.",
      tried: ["waiting for a minute", "the address of the other environment"],
      notTried: ["starting the container by hand", "an in-memory database for these tests"],
    };
  },
  ({ file }) => ({
    reason: "the plan and the code disagree",
    priority: "P1",
    error: `AssertionError: ${file} has no entry point of the name that the task gives`,
    cause: "The module was renamed after the plan was written; two candidates are left.",
    tried: ["searching the history for the old name"],
    notTried: ["asking who renamed it", "doing the work for both candidates"],
  }),
  ({ symbol }) => ({
    reason: "a credential is missing",
    priority: "P2",
    error: `PermissionError: ${symbol.toUpperCase()}_TOKEN is not set and there is no default`,
    cause: "The check talks to a service that wants a token; agents have none, and should not.",
    tried: ["the recorded answers from last month: too old"],
    notTried: ["new recordings made by a person", "skipping the three checks that need it"],
  }),
  ({ test }, random) => ({
    reason: "a test fails every third time",
    priority: "P2",
    error: `FAILED ${test} (run ${random.whole(3, 9)} of 10): timed out after 5.0 s`,
    cause: "Two tests share a temporary folder; whichever is second sometimes finds it gone.",
    tried: ["running it alone: always passes", "a longer time-out: fails later"],
    notTried: ["a folder for each test"],
  }),
  ({ file }) => ({
    reason: "the disk is full",
    priority: "P0",
    error: `OSError: [Errno 28] No space left on device: '${file}.tmp'`,
    cause: "Build results of all terminals are kept.",
    tried: ["deleting this terminal's own results: not enough"],
    notTried: ["deleting those of finished terminals", "a bigger disk"],
  }),
];
