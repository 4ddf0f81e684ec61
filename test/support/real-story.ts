/** What stories about real agents ask again and again. */
import { expect } from "vitest";
import type { Workplace } from "./marathon-run.ts";
import type { OuterTerminal } from "./outer-terminal.ts";
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

/**
 * Answers what terminal 1 asks by the keys of the dashboard, and again when the dashboard says that the program did not take the
 * answer: what has just drawn a dialog may lose a key. `asked` must stand in the question, `said` is what the dashboard tells then.
 */
export async function answers(screen: OuterTerminal, option: number, said: string, asked = /number marks an answer/u): Promise<void> {
  const refused = "but it still asks: look at it";
  for (let tries = 0; ; tries++) {
    await opensQuestion(screen);
    expect(screen.text()).toMatch(asked);
    screen.keys(`${option}\r`);
    await screen.waitFor((terminal) => terminal.text().includes(said) || terminal.text().includes(refused));
    if (screen.text().includes(said)) return;
    expect(tries, "how often the answer was not taken").toBeLessThan(3);
    await screen.waitFor((terminal) => !terminal.text().includes(refused));
  }
}

/** Presses the key again while nothing opens: between two screens of its set-up a program asks nothing for a moment. */
async function opensQuestion(screen: OuterTerminal): Promise<void> {
  const opened = /Terminal 1 asks[\s\S]*number marks an answer/u;
  for (let tries = 0; tries < 6; tries++) {
    screen.keys("a");
    const there = await screen.waitFor(opened, 10_000).then(
      () => true,
      () => false,
    );
    if (there) return;
  }
  await screen.waitFor(opened);
}

/** Presses Enter on what terminal 1 shows until the next thing is there: what has just been drawn may not listen yet. */
export async function enters(place: Workplace, screen: OuterTerminal, next: string): Promise<void> {
  for (let tries = 0; tries < 4; tries++) {
    await place.run(["send", "1", "", "--enter"]);
    const there = await screen.waitFor(next, 20_000).then(
      () => true,
      () => false,
    );
    if (there) return;
  }
  await screen.waitFor(next);
}
