/** What happened, newest first, as far back as there is room: the time, the terminal, and the words over as many lines as they take. */
import { plain, timeOfDay, truncate, wrap } from "../format.ts";
import type { LogLine } from "../../marathon/types.ts";
import { span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";
import { plainRows, type Row } from "./block.ts";
import { logTone, needsName, newestFirst } from "./log-lines.ts";

/** More lines of one event would hide several others. */
const MOST_LINES = 2;
/** Of the lines after the first. */
const INDENT = 3;

export function eventRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const { glyphs } = frame.theme;
  const lines: Line[] = [];
  for (const event of newestFirst(frame.marathon.state)) {
    if (lines.length >= size.height) break;
    lines.push(...eventLines(event, size.width, glyphs));
  }
  return plainRows(lines.slice(0, size.height));
}

function eventLines(event: LogLine, width: number, glyphs: Glyphs): readonly Line[] {
  const text = plain(event.text);
  const time = timeOfDay(event.at);
  // The time is a word of the first line, the others begin below it: a narrow list has no room for a column of times.
  const said = wrap(`${time} ${needsName(event, text) ? `T${event.terminal} ` : ""}${text}`, Math.max(12, width - INDENT));
  const cut = said.slice(0, MOST_LINES);
  const rest = said.slice(MOST_LINES - 1).join(" ");
  if (said.length > MOST_LINES) cut[MOST_LINES - 1] = truncate(rest, width - INDENT, glyphs.ellipsis);
  return cut.map((line, index) =>
    index === 0
      ? [span(line.slice(0, time.length), "dim"), span(line.slice(time.length), logTone(event))]
      : [span(" ".repeat(INDENT)), span(line, logTone(event))],
  );
}
