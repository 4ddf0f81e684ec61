/** Pieces that all documents share. */
import { planIndex } from "../marathon/plan-index.ts";
import { oneLine } from "../marathon/words.ts";
import type { Blocker, Evidence, State } from "../marathon/types.ts";

/** "2026-11-21 03:14 UTC", of ms since the epoch. */
export function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** "33 constraint_service.py". */
export function taskName(state: State, number: number): string {
  const title = planIndex(state.plan).tasks.get(number)?.title;
  return title ? `${number} ${oneLine(title, 100)}` : `${number}`;
}

/** What was seen, indented as code: no word of it can become a heading, a tick or a field. */
export function evidenceLines(blocker: Blocker, most = 12): readonly string[] {
  return blocker.evidence.slice(0, most).map((item) => `    ${oneLine(item.line, 300)}  (${oneLine(sourceOf(item), 120)})`);
}

/** A bulleted list, or one line that says that there is nothing. */
export function bullets(items: readonly string[], none: string): readonly string[] {
  return items.length === 0 ? [none] : items.map((item) => `- ${item}`);
}

function sourceOf({ source, file }: Evidence): string {
  return file === null ? source : file.slice(file.lastIndexOf("/") + 1);
}
