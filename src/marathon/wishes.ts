/** Work that agents ask for in their reports and that the plan does not have yet. */
import { planIndex } from "./plan-index.ts";
import type { State } from "./types.ts";

export interface OpenWish {
  readonly title: string;
  readonly reason: string | null;
  /** The terminal that the report speaks for. */
  readonly terminal: number | null;
  readonly path: string;
}

/** Those that nobody has added, in the order of the files. */
export function openWishes(state: State): readonly OpenWish[] {
  return Object.values(state.files).flatMap(({ wishes = [], name, path }) =>
    wishes
      .filter(({ title }) => !isPlanned(state, title))
      .map(({ title, reason }): OpenWish => ({ title, reason, terminal: name.terminal, path })),
  );
}

/** Whether the plan has a task of this title. */
export function isPlanned({ plan }: State, title: string): boolean {
  const wanted = sameTitle(title);
  return [...planIndex(plan).tasks.values()].some((task) => sameTitle(task.title) === wanted);
}

/** Titles that differ in case and blanks alone are one. */
export function sameTitle(title: string): string {
  return title.trim().replace(/\s+/g, " ").toLowerCase();
}
