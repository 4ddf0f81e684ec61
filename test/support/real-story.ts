/** What stories about real agents ask again and again. */
import type { Workplace } from "./marathon-run.ts";
import type { StubModel } from "./stub-model/server.ts";

/** A terminal as `marathon status --json` tells it. */
export async function terminalOf(place: Workplace, number = 1): Promise<Record<string, unknown> & { readonly pid: number }> {
  return (await place.json(["status"])).terminals[number - 1];
}

/** The states of all tasks, in their order. */
export async function tasksOf(place: Workplace): Promise<readonly string[]> {
  return (await place.json(["status"])).tasks.map((task: { readonly state: string }) => task.state);
}

/** Whether the model heard, from its `since`-th question on, one that is back in the conversation in which it did task 1. */
export function isBack({ asked }: StubModel, since: number): boolean {
  return asked.slice(since).some(({ turns }) => {
    const words = turns.map(({ text }) => text);
    return words.some((text) => text.startsWith("You were interrupted")) && words.includes("Task 1 is done and reported.");
  });
}
