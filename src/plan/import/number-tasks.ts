/** Gives every foreign task the number that it has in the plan, and turns the names it waits for into numbers. */
import type { Problems } from "../problems.ts";
import { clean, unbold } from "../text.ts";
import type { Foreign, ForeignTask, ImportedTask } from "./types.ts";

/** Highest number that is kept as it is; a task table takes six digits. */
const HIGHEST = 99_999;

/**
 * "T012", "#12" and "12" are 12; every other name ("3.1", "bd-a1b2"), and one that is there twice, gets the next free
 * number. What was cancelled is left out and said; so is waiting for what is not in the file.
 */
export function numberTasks(foreign: Foreign, file: string, problems: Problems): ImportedTask[] {
  const cancelled = foreign.tasks.filter((task) => /^(?:cancell?ed|wontfix|duplicate)$/i.test(task.status));
  const kept = foreign.tasks.filter((task) => !cancelled.includes(task));
  for (const task of cancelled) {
    problems.note({
      at: { file, line: task.line, column: 1 },
      code: "cancelled",
      message: `${task.id} "${task.title}" is ${task.status} and left out`,
      advice: "nothing to do",
    });
  }
  const numbers = numbersOf(kept);
  reportTwice(kept, numbers.byTask, file, problems);
  const gone = new Set(cancelled.map((task) => task.id));
  return kept
    .map((task, index): ImportedTask => {
      const own = numbers.byTask[index] ?? 0;
      const needs = task.dependsOn.flatMap((name) => {
        const number = numbers.byName.get(key(name));
        if (number === undefined && !gone.has(name)) reportUnknown(task, name, file, problems);
        if (number === own) reportSelf(task, file, problems);
        return number === undefined || number === own ? [] : [number];
      });
      return {
        ...task,
        file,
        title: unbold(clean(task.title)) || `Task ${own}`,
        number: own,
        dependsOn: [...new Set(needs)].sort((a, b) => a - b),
      };
    })
    .sort((a, b) => a.number - b.number);
}

function numbersOf(tasks: readonly ForeignTask[]): { byTask: readonly number[]; byName: ReadonlyMap<string, number> } {
  const taken = new Set<number>();
  const fixed = tasks.map((task) => {
    const number = Number(/^(?:T|#)?0*(\d{1,5})$/i.exec(task.id)?.[1] ?? Number.NaN);
    if (!(number >= 1 && number <= HIGHEST) || taken.has(number)) return null;
    taken.add(number);
    return number;
  });
  let next = fixed.reduce<number>((most, number) => Math.max(most, number ?? 0), 0);
  const byTask = fixed.map((number) => number ?? ++next);
  const byName = new Map<string, number>();
  tasks.forEach((task, index) => {
    if (!byName.has(key(task.id))) byName.set(key(task.id), byTask[index] ?? 0);
  });
  return { byTask, byName };
}

/** "T012", "t12" and "12" name the same task. */
function key(name: string): string {
  return name.toLowerCase().replace(/^(?:t|#)?0*(?=\d+[a-z]?$)/, "");
}

/** Both are work, so both are kept; only the first can be waited for. */
function reportTwice(tasks: readonly ForeignTask[], numbers: readonly number[], file: string, problems: Problems): void {
  const first = new Map<string, ForeignTask>();
  tasks.forEach((task, index) => {
    const name = key(task.id);
    const before = first.get(name);
    if (before === undefined) return void first.set(name, task);
    problems.warning({
      at: { file, line: task.line, column: 1 },
      code: "duplicate-task",
      message: `${task.id} is there already ("${before.title}", line ${before.line}); this one becomes task ${numbers[index]}`,
      advice: `give it a name of its own, or take one of them out: what waits for ${task.id} waits for the first`,
      stated: task.id,
    });
  });
}

function reportSelf(task: ForeignTask, file: string, problems: Problems): void {
  problems.warning({
    at: { file, line: task.line, column: 1 },
    code: "self-dependency",
    message: `${task.id} waits for itself; it no longer does`,
    advice: "take the dependency out",
    stated: task.id,
  });
}

function reportUnknown(task: ForeignTask, name: string, file: string, problems: Problems): void {
  problems.warning({
    at: { file, line: task.line, column: 1 },
    code: "unknown-dependency",
    message: `${task.id} waits for ${name}, which is not in the file; it no longer does`,
    advice: "add the task, or take the dependency out",
    stated: name,
  });
}
