/** A new plan in the recommended form: what is needed before, streams with a goal and tables, what to do at the end. Pure. */
import { showRange, splitEvenly } from "./ranges.ts";
import { MOST_TERMINALS } from "./terminals.ts";

export interface NewPlan {
  readonly title: string;
  /** Names of streams, in order. */
  readonly streams: readonly string[];
  /** Tasks of each stream to begin with. */
  readonly tasks: number;
  /** Terminals in all, shared by the streams. */
  readonly terminals: number;
  readonly agent: string;
  /** Minutes that a task is thought to take. */
  readonly minutes: number;
  /** On top of the estimates, percent. */
  readonly buffer: number;
}

export const NEW_PLAN: NewPlan = {
  title: "New marathon",
  streams: ["Build", "Test"],
  tasks: 3,
  terminals: 4,
  agent: "shell",
  minutes: 30,
  buffer: 25,
};

/** Most streams and tasks that a template is made with; more are better written by hand or imported. */
export const MOST_STREAMS = MOST_TERMINALS;
export const MOST_TASKS = 100;

/** The text of the plan; `check` finds nothing wrong with it. Ends in a line break. */
export function newPlan(given: NewPlan): string {
  const terminals = Array.from({ length: given.terminals }, (_, index) => index + 1);
  const shares = splitEvenly(terminals, Math.max(1, given.streams.length));
  const parts = [
    `---\ntitle: ${JSON.stringify(given.title)}\nagent: ${given.agent}\nterminals: ${given.terminals}\nbuffer: ${given.buffer}%\n---`,
    `# ${given.title}`,
    "> **Purpose:** Say in one sentence what is true when all of this is done",
    "## Before the start: preflight\n\n- [ ] `git status` is clean\n- [ ] The tests can be started\n- [ ] Every task that others wait for has a fallback",
    ...given.streams.map((name, index) => streamText(name, index, shares[index] ?? [], given)),
    "## Files to NEVER Share\n\n```\n.env                    # keys and passwords\n```",
    "## Synthesis\n\nAfter all terminals have finished:\n\n1. Run the whole test suite\n2. Read the reports in the scratchpad\n3. Write down what took longer than planned",
  ];
  return `${parts.join("\n\n")}\n`;
}

function streamText(name: string, index: number, terminals: readonly number[], { tasks, minutes, agent }: NewPlan): string {
  const id = String.fromCharCode(65 + index);
  const first = index * tasks + 1;
  const where =
    terminals.length === 0
      ? "Distributed across any available terminal"
      : `Terminal${terminals.length === 1 ? "" : "s"} ${showRange(terminals).replace("–", "-")}`;
  const shell = agent === "shell";
  const head = ["#", "Task", ...(shell ? ["Run"] : []), "Estimate", "Depends on", "Priority", "Fallback"];
  const rows = Array.from({ length: tasks }, (_, row) => {
    const number = first + row;
    const run = shell ? [`\`echo "task ${number}: put a command here"\``] : [];
    return [String(number), `Name what task ${number} is to reach`, ...run, `${minutes}m`, row === 0 ? "" : String(number - 1), "P1", ""];
  });
  const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const count = `${tasks} ${tasks === 1 ? "Task" : "Tasks"}`;
  return `## Stream ${id}: ${name} (${count})\n\n**${where} | Goal: Say when this stream has reached its end**\n\n${table}`;
}
