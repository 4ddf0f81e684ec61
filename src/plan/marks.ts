/** What the readers notice on their way for the reviewer: places and wordings that mean nothing to the plan itself. */
import type { Place } from "./types.ts";

export interface Marked extends Place {
  readonly text: string;
}

export interface Marks {
  /** The "key: value" lines below the title. */
  readonly header: (Marked & { readonly key: string })[];
  /** Field lines of sessions, such as `agents` and `branch`. */
  readonly fields: (Marked & { readonly session: string; readonly key: string })[];
  /** Goals and "where things stand" bullets of streams. */
  readonly goals: (Marked & { readonly stream: string; readonly pipe: boolean })[];
  readonly baseline: (Marked & { readonly stream: string })[];
  /** Objectives of sessions. */
  readonly objectives: (Marked & { readonly session: string })[];
  /** Tasks by stream and by what the header of their title column calls them, such as "Service". */
  readonly kinds: { readonly stream: string | null; readonly header: string; readonly tasks: number }[];
  /** Rows of task tables with an empty number, by where it belongs and the number of the row above. */
  readonly unnumbered: (Place & { readonly above: number })[];
  /** Cells of tasks in which stars stand outside of code spans. */
  readonly stars: (Place & { readonly task: number })[];
  /** Priorities by the scale that their words are of. */
  readonly priorities: (Marked & { readonly scale: "P0-P3" | "words" })[];
  /** Ranges of terminals and tasks as they are written. */
  readonly ranges: Marked[];
  /** Tables that were read as prose, by their header. */
  readonly proseTables: (Place & { readonly heading: string; readonly head: readonly string[]; readonly rows: number })[];
  /** Fences in which a plan seems to stand. */
  readonly fences: Marked[];
  /** Context bundles, line by line. */
  readonly bundles: (Marked & { readonly stream: string; readonly entries: readonly string[] })[];
  /** "(25 files)" in the lists of files that a stream is to change. */
  readonly promised: (Marked & { readonly stream: string; readonly files: number })[];
  /** "4. Terminals in parallel": list items about who works at once. */
  readonly tiers: Marked[];
  /** Lines whose broken encoding was repaired, and lines that call several things parallel. */
  readonly repaired: Place[];
  readonly parallel: (Place & { readonly of: string })[];
  /** List items that look like a box to tick and are none; `task`: a number follows, as in a task list. */
  readonly boxes: (Marked & { readonly task: boolean })[];
}

export function emptyMarks(): Marks {
  return {
    header: [],
    fields: [],
    goals: [],
    baseline: [],
    objectives: [],
    kinds: [],
    unnumbered: [],
    stars: [],
    priorities: [],
    ranges: [],
    proseTables: [],
    fences: [],
    bundles: [],
    promised: [],
    tiers: [],
    repaired: [],
    parallel: [],
    boxes: [],
  };
}

/** The bare place of something that says more. */
export function placeOf({ file, line, column }: Place): Place {
  return { file, line, column };
}
