/** What a person looks for and selects in the terminals: a part of what view-store.ts holds. */
import type { Shape } from "../../protocol/reading.ts";
import type { Found } from "../reading/found.ts";
import type { Area, View } from "./view-store.ts";

/** A line of a terminal by its number, which output does not change; of another era it means nothing. */
export interface LineRef {
  readonly era: number;
  readonly line: number;
}

/** Where a person was looking. */
export interface Lookout {
  readonly view: View;
  readonly area: Area;
  readonly focused: number;
  readonly scroll: Readonly<Record<number, number>>;
  readonly tops: Readonly<Record<number, LineRef>>;
}

/** The hit that a person is at. */
export interface CurrentHit extends LineRef {
  readonly terminal: number;
  readonly x: number;
  /** Its place among the terminal's hits, the newest is 0. */
  readonly index: number;
  /** How many hits are further back. */
  readonly older: number;
}

export interface SearchView {
  /** The terminal in front. */
  readonly terminal: number;
  readonly query: string;
  /** The query is a regular expression. */
  readonly regex: boolean;
  /** In all terminals, or in the one in front. */
  readonly everywhere: boolean;
  /** The query has the keys. */
  readonly typing: boolean;
  /** What is wrong with the query. */
  readonly error: string | null;
  /** By terminal; of the query that was answered last. */
  readonly found: Readonly<Record<number, Found>>;
  readonly current: CurrentHit | null;
  /** To be given back when the search is left. */
  readonly back: Lookout;
}

export interface CopyView extends LineRef {
  readonly terminal: number;
  /** Where the cursor is: in `line`, at this column. */
  readonly x: number;
  /** The column that going up and down keeps. */
  readonly want: number;
  /** The other end of what is selected. */
  readonly anchor: { readonly line: number; readonly x: number } | null;
  readonly shape: Shape;
  /** The mouse has begun it: what is selected is copied when its button is let go. */
  readonly dragging: boolean;
  readonly back: Lookout;
}
