/** Requests about what stands in terminals, and their answers: search, and the cursor and selections of a person who copies. */

/** A cell by the number of its line (see `PaneRequest.top`) and its column. */
export interface Place {
  readonly line: number;
  readonly x: number;
}

export interface SearchRequest {
  readonly name: "search";
  readonly query: string;
  /** The query is a regular expression of JavaScript. */
  readonly regex: boolean;
  /** So many hits of a terminal are enough; the newest are told. */
  readonly limit: number;
  /** Where to look; `from` is the `settled` of the answer before, in its era, to be told only what may have changed since. */
  readonly terminals: readonly { readonly terminal: number; readonly era: number; readonly from: number }[];
}

/** Refused with the code `bad-expression` when the expression is none, or takes too long. */
export interface SearchAnswer {
  readonly terminals: readonly TerminalHits[];
}

export interface TerminalHits {
  readonly terminal: number;
  readonly era: number;
  /** The oldest line that is kept. */
  readonly first: number;
  /** The hits from this line on; those before it are as they were told. */
  readonly from: number;
  /** Hits from this line on may change with the next output. */
  readonly settled: number;
  /** There are more, further back. */
  readonly more: boolean;
  /** Four numbers each, newest first: line, column, rows down to its last row, column after its end there. */
  readonly hits: readonly number[];
}

export interface TextRequest {
  readonly name: "text";
  readonly terminal: number;
  readonly era: number;
  /** Both cells are included, in either order. */
  readonly from: Place;
  readonly to: Place;
  readonly shape: Shape;
}

/** `text` runs from cell to cell, `lines` takes whole rows, `block` the same columns of each. */
export type Shape = "text" | "lines" | "block";

export interface TextAnswer {
  readonly text: string;
}

export type Motion =
  | "rows"
  | "left"
  | "right"
  | "next-word"
  | "word-back"
  | "word-end"
  | "line-start"
  | "line-text"
  | "line-end"
  | "oldest"
  | "newest";

/** Where a cursor goes from a place. */
export interface MoveRequest {
  readonly name: "move";
  readonly terminal: number;
  readonly era: number;
  readonly from: Place;
  readonly motion: Motion;
  /** How often; rows down, negative for up. */
  readonly count: number;
  /** The column that going up and down tries to keep. */
  readonly want: number;
  /** The cursor may stand behind a line's text, as for a block. */
  readonly free: boolean;
}

export interface MoveAnswer extends Place {
  /** Lines that are kept: from the oldest to before `end`. */
  readonly first: number;
  readonly end: number;
  /** The top line of the screen. */
  readonly screenTop: number;
}
