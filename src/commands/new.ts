import { existsSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import type { NewPlan } from "../plan/new-plan.ts";
import { MOST_STREAMS, MOST_TASKS, NEW_PLAN, newPlan } from "../plan/new-plan.ts";
import { AGENT_NAMES } from "../plan/agent-names.ts";
import { EXIT, UsageError } from "./exit.ts";
import { print } from "./print.ts";

export interface NewOptions {
  readonly title?: string;
  readonly streams?: string;
  readonly tasks?: number;
  readonly terminals?: number;
  readonly agent?: string;
  readonly minutes?: number;
  readonly buffer?: number;
}

/** `marathon new`: writes a plan to begin with. On a terminal it asks for what the options leave open; never over a file. */
export async function newFile(file: string, options: NewOptions): Promise<number> {
  refuseExisting(file);
  const asks = process.stdin.isTTY && process.stdout.isTTY && Object.keys(options).length === 0;
  const plan = asks ? await askFor() : settled(options);
  try {
    writeFileSync(file, newPlan(plan), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") refuseExisting(file);
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`, EXIT.failed);
  }
  print(`wrote ${file}: ${plan.streams.length} streams of ${plan.tasks} tasks. Put your tasks in, then: marathon check ${file}\n`);
  return EXIT.ok;
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new UsageError(`${file} is there already and is not written over; name another file`, EXIT.failed);
}

function settled({ streams, ...rest }: NewOptions): NewPlan {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<NewPlan>;
  const plan = { ...NEW_PLAN, ...given, streams: streams === undefined ? NEW_PLAN.streams : namesIn(streams) };
  const wrong = faultOf(plan);
  if (wrong !== null) throw new UsageError(wrong);
  return plan;
}

async function askFor(): Promise<NewPlan> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ask = async <T>(question: string, given: T, read: (answer: string) => T, wrong: (value: T) => string | null): Promise<T> => {
    for (;;) {
      const answer = (await lines.question(`${question} [${Array.isArray(given) ? given.join(", ") : String(given)}] `)).trim();
      const value = answer === "" ? given : read(answer);
      const fault = wrong(value);
      if (fault === null) return value;
      print(`  ${fault}\n`);
    }
  };
  let plan = NEW_PLAN;
  const set = async <Key extends keyof NewPlan>(key: Key, question: string, read: (answer: string) => NewPlan[Key]) => {
    plan = { ...plan, [key]: await ask(question, plan[key], read, (value) => faultOf({ ...plan, [key]: value })) };
  };
  lines.once("close", () => print("\n"));
  try {
    await set("title", "What is the marathon called?", (answer) => answer);
    await set("streams", "Which streams of work, by comma?", namesIn);
    await set("tasks", "How many tasks in each, to begin with?", Number);
    await set("terminals", "How many terminals, 1 to 10?", Number);
    await set("agent", "Which agent works?", (answer) => answer);
    await set("minutes", "Minutes for one task, roughly?", Number);
  } catch {
    throw new UsageError("nothing was written", EXIT.failed);
  } finally {
    lines.close();
  }
  return plan;
}

function namesIn(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** What is wrong with the answers; null when a plan can be made of them. */
function faultOf({ title, streams, tasks, terminals, agent, minutes, buffer }: NewPlan): string | null {
  const whole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;
  if (title.trim() === "" || /[\r\n]/.test(title)) return "the title must be one line of text";
  if (streams.length === 0 || streams.length > MOST_STREAMS) return `name 1 to ${MOST_STREAMS} streams`;
  if (!whole(tasks, 1, MOST_TASKS)) return `tasks of each stream: a whole number from 1 to ${MOST_TASKS}`;
  if (!whole(terminals, 1, 10)) return "terminals: a whole number from 1 to 10";
  if (!AGENT_NAMES.includes(agent)) return `there is no agent called ${agent}; there are ${AGENT_NAMES.join(", ")}`;
  if (!(minutes > 0 && minutes <= 10_080)) return "minutes: a number above 0, at most a week";
  if (!(buffer >= 0 && buffer <= 100)) return "buffer: 0 to 100 percent";
  return null;
}
