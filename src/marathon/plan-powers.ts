/** What a plan would do on the machine by itself: the commands it runs, and what it allows to those it starts. Pure. */
import type { Plan, PlanTask } from "../plan/types.ts";

export interface PlanPowers {
  /** Each command once, in the order of the tasks. */
  readonly commands: readonly PlannedCommand[];
  /** Sentences about everything else. */
  readonly rights: readonly string[];
}

export interface PlannedCommand {
  /** Whose it is; [] for the program of every terminal. */
  readonly tasks: readonly number[];
  readonly kind: "run" | "fallback" | "program";
  readonly text: string;
}

export interface PowersOptions {
  readonly agent: string;
  /** The program of the agent `command`, if the plan names it; null when the person did. */
  readonly command: string | null;
  /** As the plan says; the person may have said otherwise. */
  readonly permissions: Plan["settings"]["permissions"];
  /** Agents that run no command of the plan themselves, but are told of its tasks. */
  isCoding(agent: string): boolean;
}

export function planPowers(plan: Plan, options: PowersOptions): PlanPowers {
  const agents = new Set([
    options.agent,
    ...plan.terminals.flatMap(({ agent }) => agent ?? []),
    ...plan.tasks.flatMap(({ agent }) => agent ?? []),
  ]);
  const commands = [
    ...(options.command === null || !agents.has("command") ? [] : [{ tasks: [], kind: "program" as const, text: options.command }]),
    ...(agents.has("shell") ? [...commandsOf(plan.tasks, "run"), ...commandsOf(plan.tasks, "fallback")] : []),
  ];
  return {
    commands,
    rights: rightsOf(
      plan,
      options,
      [...agents].some((agent) => options.isCoding(agent)),
    ),
  };
}

/** One text for all that a person agrees to: the same plan with other titles and estimates has the same. */
export function powersText({ commands, rights }: PlanPowers): string {
  return JSON.stringify([commands.map(({ kind, text }) => [kind, text]).toSorted(), rights.toSorted()]);
}

function commandsOf(tasks: readonly PlanTask[], kind: "run" | "fallback"): PlannedCommand[] {
  const known = new Map<string, number[]>();
  for (const task of tasks) {
    const text = task[kind];
    if (text === null || text.trim() === "") continue;
    const numbers = known.get(text);
    if (numbers) numbers.push(task.number);
    else known.set(text, [task.number]);
  }
  return [...known].map(([text, numbers]) => ({ tasks: numbers, kind, text }));
}

function rightsOf({ settings }: Plan, { permissions }: PowersOptions, coding: boolean): string[] {
  const rights: string[] = [];
  if (coding && permissions === "all") rights.push("coding agents may do anything without asking (permissions: all)");
  if (coding && permissions === "edits") rights.push("coding agents may edit the project without asking (permissions: edits)");
  const allowed = (settings.allow ?? []).map(({ text }) => text);
  if (coding && allowed.length > 0) rights.push(`coding agents are allowed without asking: ${allowed.join(", ")} (allow)`);
  if (settings.clipboard === "write") rights.push("programs may put text on your clipboard (clipboard: write)");
  if (settings.scratchpad !== null && leadsOut(settings.scratchpad)) rights.push(`reports are read and written in ${settings.scratchpad}`);
  return rights;
}

/** Whether a path leads, or may lead, out of the folder that it is relative to. */
function leadsOut(path: string): boolean {
  return /^[/~]/u.test(path) || path.split(/[/\\]/u).includes("..");
}
