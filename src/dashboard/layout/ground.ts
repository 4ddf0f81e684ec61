/** The lines that every layout has at the top and the bottom, and the region between them. */
import { rect, type Rect, type Size } from "../geometry.ts";
import type { FoldedLine, Layout } from "../layout.ts";
import { region, type Region } from "./boxes.ts";

export interface Lines {
  /** Lists that are told in one line each, from the top. */
  readonly folded: readonly FoldedLine["name"][];
  /** The line of tabs, below the folded lines. */
  readonly tabs: boolean;
  /** Lines of events at the bottom. */
  readonly events: number;
}

export interface Ground extends Pick<Layout, "size" | "header" | "folded" | "tabs" | "events" | "status"> {
  readonly region: Region;
}

export function ground(size: Size, lines: Lines, frames: boolean): Ground {
  const { columns, rows } = size;
  const line = (y: number): Rect => rect(0, y, columns, 1);
  const top = 1 + lines.folded.length + (lines.tabs ? 1 : 0);
  return {
    size,
    header: line(0),
    folded: lines.folded.map((name, index) => ({ name, rect: line(1 + index) })),
    tabs: lines.tabs ? line(top - 1) : null,
    events: lines.events > 0 ? rect(0, rows - 1 - lines.events, columns, lines.events) : null,
    status: line(rows - 1),
    region: region(rect(0, top, columns, rows - top - lines.events - 1), frames),
  };
}
