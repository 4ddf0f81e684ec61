/** Handoff notes in five parts: completion, completed work, blocked work, next steps, effort. Several terminals may share a session's note. */
import { dirname, join } from "node:path";
import type { Assignment } from "../engine/agents/agent.ts";
import { readIfThere, withLock, writeWhole } from "./files.ts";

export interface HandoffEntry {
  readonly task: number;
  readonly title: string;
  readonly state: "done" | "blocked" | "open";
  /** For a blocked task. */
  readonly reason: string | null;
  readonly minutes: number;
}

/** The five parts as Markdown. Lines that begin with a task number can be read back by {@link entriesOf}. */
export function handoffParts(entries: readonly HandoffEntry[]): readonly string[] {
  const sorted = entries.toSorted((a, b) => a.task - b.task);
  const done = sorted.filter((entry) => entry.state === "done");
  const blocked = sorted.filter((entry) => entry.state === "blocked");
  const open = sorted.filter((entry) => entry.state === "open");
  const left = [...blocked, ...open].reduce((sum, entry) => sum + entry.minutes, 0) / 60;
  const percent = entries.length === 0 ? 0 : Math.round((100 * done.length) / entries.length);
  return [
    `**Completion:** ${percent}%`,
    "",
    "## Completed work",
    "",
    ...listed(done.map((entry) => `- ${entry.task} ${entry.title} (${minutesText(entry)})`)),
    "",
    "## Blocked work",
    "",
    ...listed(blocked.map((entry) => `- ${entry.task} ${entry.title} (${minutesText(entry)}): ${entry.reason ?? "no reason given"}`)),
    "",
    "## Next steps",
    "",
    ...listed(
      [...blocked, ...open].map(
        (entry, index) =>
          `${index + 1}. ${entry.state === "blocked" ? "unblock" : "begin"} ${entry.task} ${entry.title} (${minutesText(entry)})`,
      ),
    ),
    "",
    "## Effort to complete",
    "",
    left === 0 ? "0 hours" : `${round(left * 0.8)}-${round(left * 1.4)} hours`,
    "",
  ];
}

const DONE_OR_BLOCKED = /^- (\d+) (.*) \((\d+) min\)(?:: (.*))?$/;
const NEXT = /^\d+\. begin (\d+) (.*) \((\d+) min\)$/;

/** What a note of ours says about each task. */
export function entriesOf(text: string): readonly HandoffEntry[] {
  const entries: HandoffEntry[] = [];
  let part = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("## ")) part = line;
    const [, task, title = "", minutes, reason] = (part.startsWith("## Next") ? NEXT : DONE_OR_BLOCKED).exec(line) ?? [];
    if (task === undefined) continue;
    const state = part.startsWith("## Next") ? "open" : reason === undefined ? "done" : "blocked";
    entries.push({ task: Number(task), title, state, reason: reason ?? null, minutes: Number(minutes) });
  }
  return entries;
}

type Facts = Pick<Assignment, "marathon" | "scratchpad" | "title">;

/** Puts this terminal's entries into the session's note; what other terminals wrote there stays. `assignmentFile` names a folder for the lock. */
export async function writeHandoff(facts: Facts, session: string, own: readonly HandoffEntry[], assignmentFile: string): Promise<void> {
  const file = join(facts.scratchpad, `SESSION_${session}_HANDOFF.md`);
  const mark = `(marathon ${facts.marathon})`;
  await withLock(join(dirname(assignmentFile), `.handoff-${session}.lock`), () => {
    const text = readIfThere(file) ?? "";
    const before = text.includes(mark) ? entriesOf(text) : [];
    const mine = new Set(own.map((entry) => entry.task));
    const merged = [...before.filter((entry) => !mine.has(entry.task)), ...own];
    const whole = [
      `# Session ${session} handoff`,
      "",
      `Written in a rehearsal of "${facts.title}". ${mark}`,
      "",
      ...handoffParts(merged),
    ].join("\n");
    if (whole !== text) writeWhole(file, whole);
  });
}

function listed(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? lines : ["None."];
}

function minutesText(entry: HandoffEntry): string {
  return `${Math.round(entry.minutes)} min`;
}

function round(hours: number): number {
  return Math.max(0.5, Math.round(hours * 2) / 2);
}
