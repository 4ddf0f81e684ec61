/** The lists of the layout with their titles in the frames. */
import { plural, truncate } from "../format.ts";
import type { ListName, ListRect } from "../layout.ts";
import { lineWidth, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { block, lineBlock, type Block, type Row } from "./block.ts";
import { blockerRows } from "./blockers.ts";
import { eventRows } from "./event-list.ts";
import { hierarchyRows } from "./hierarchy.ts";
import { laneRows } from "./lanes.ts";
import { timeRows, timeTitle } from "./time.ts";
import { fileListRows, fileRows, fileTitle } from "./scratchpad.ts";
import { commonAgent, terminalRows } from "./terminals.ts";

type RowsOf = (frame: Frame, size: { readonly width: number; readonly height: number }) => readonly Row[];

const rowsOf: Readonly<Record<ListName, RowsOf>> = {
  streams: laneRows,
  blockers: blockerRows,
  terminals: terminalRows,
  hierarchy: hierarchyRows,
  events: eventRows,
  files: fileListRows,
  file: fileRows,
  time: timeRows,
};

/** The blocks of one list: its rows, and its title. None while the layout has no place for it. */
export function listBlocks(frame: Frame, name: ListName): readonly Block[] {
  const place = frame.layout.lists.find((list) => list.name === name);
  if (place === undefined) return [];
  const body = inset(place);
  return [titleBlock(frame, place), block(name, body, rowsOf[name](frame, body), frame.theme)];
}

/** Which item of a list lies in this row of it, for the mouse; null: none. */
export function itemAt(frame: Frame, place: ListRect, y: number): number | null {
  const body = inset(place);
  return rowsOf[place.name](frame, body)[y - body.y]?.item ?? null;
}

/** One column of air at each side: text that touches a border is hard to read. */
function inset(place: ListRect): ListRect["inner"] {
  const { x, y, width, height } = place.inner;
  return { x: x + 1, y, width: Math.max(0, width - 2), height };
}

function titleBlock(frame: Frame, place: ListRect): Block {
  const title = titleOf(frame, place);
  const room = place.outer.width - 5;
  const text: Line = [
    span(
      ` ${truncate(title.text, room, frame.theme.glyphs.ellipsis)} `,
      hasKeys(frame, place.name) ? "chip" : title.bad ? "bad" : "strong",
    ),
  ];
  return lineBlock(`${place.name}-title`, { x: place.outer.x + 2, y: place.outer.y, width: lineWidth(text), height: 1 }, text, frame.theme);
}

/** Whether the keys of this context move in this list. */
export function hasKeys(frame: Frame, name: ListName): boolean {
  const { view } = frame;
  return (
    view.overlay.kind === "none" &&
    (view.view === "time" ? name === "time" : view.view === "scratchpad" ? name === "files" : view.view === "board" && view.area === name)
  );
}

function titleOf(frame: Frame, place: ListRect): { readonly text: string; readonly bad: boolean } {
  const { facts } = frame;
  const said = (text: string, bad = false) => ({ text, bad });
  if (place.name === "streams") return said(facts?.lanes.kind === "sessions" ? "Sessions" : "Streams");
  if (place.name === "blockers") {
    const count = facts?.counts.blockers ?? 0;
    const quiet = (facts?.blockers.length ?? 0) - count;
    const more = quiet > 0 ? `, ${quiet} parked or known` : "";
    return count === 0 ? said(`Blockers${more}`) : said(`${plural(count, "blocker")} open${more}`, true);
  }
  if (place.name === "terminals") {
    const agent = facts === null ? null : commonAgent(facts.terminals);
    return said(agent === null ? "Terminals" : `Terminals ${frame.theme.glyphs.dot} ${agent}`);
  }
  if (place.name === "events") return said("Events");
  if (place.name === "time") return said(timeTitle(frame));
  if (place.name === "files") return said("Scratchpad");
  if (place.name === "file") return said(fileTitle(frame));
  return said("Hierarchy");
}
