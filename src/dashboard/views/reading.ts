/** What a search has found and what is selected, in the status line and in the panes' titles. */
import { cutLine, emptyLine, lineWidth, span, type Line } from "../lines.ts";
import { hitCount, type Found } from "../reading/found.ts";
import type { Frame } from "../screen.ts";
import type { SearchView } from "../stores/reading.ts";

/** Between the context and its keys; empty when nobody searches or selects. */
export function readingLine(frame: Frame, room: number): Line {
  const { search, copy } = frame.view;
  if (frame.view.overlay.kind !== "none") return emptyLine;
  const found = search === null ? emptyLine : searchLine(frame, search, Math.floor(room * 0.7));
  return copy === null || search?.typing === true ? found : [...found, ...copyLine(frame)];
}

function searchLine(frame: Frame, search: SearchView, room: number): Line {
  const { glyphs } = frame.theme;
  const where = search.everywhere ? "all terminals" : `terminal ${frame.view.focused}`;
  const how = [span(` ${search.regex ? "expression" : "text"} in ${where}`, "dim")];
  const result = resultOf(search, glyphs.dot);
  const query = span(search.query, "strong");
  // What was typed last is what a person looks at: a long query loses its beginning.
  const left = Math.max(8, room - lineWidth(how) - lineWidth(result) - 3);
  const shown = lineWidth([query]) <= left ? [query] : [span(glyphs.ellipsis), span(tail(search.query, left - 1), "strong")];
  const line: Line = [span(" /", "key"), ...shown, ...(search.typing ? [span(" ", "chip")] : []), ...how, ...result];
  return cutLine(line, room, glyphs.ellipsis);
}

function tail(text: string, columns: number): string {
  let kept = "";
  for (const { segment } of [...new Intl.Segmenter().segment(text)].reverse()) {
    if (lineWidth([span(segment + kept)]) > columns) break;
    kept = segment + kept;
  }
  return kept;
}

/** How many hits there are, with a separator before it; empty while nothing was asked. */
function resultOf(search: SearchView, dot: string): Line {
  const line = resultText(search, dot);
  return line.length === 0 ? emptyLine : [span(` ${dot} `, "dim"), ...line];
}

function resultText(search: SearchView, dot: string): Line {
  if (search.error !== null) return [span(search.error, "bad")];
  if (search.query === "") return emptyLine;
  const all = Object.values(search.found);
  if (all.length === 0) return [span("searching", "dim")];
  const with_ = all.filter((found) => hitCount(found) > 0);
  if (with_.length === 0) return [span("nowhere", "warn")];
  const { current } = search;
  const here = current && search.found[current.terminal];
  const sum = with_.reduce((count, found) => count + hitCount(found), 0);
  const more = with_.some((found) => found.more) ? "+" : "";
  const line = here ? `${current.index + 1} of ${countText(here)}` : `${sum}${more} found`;
  return [span(line, "good"), ...(search.everywhere ? [span(` ${dot} ${sum}${more} in ${with_.length} terminals`)] : [])];
}

function countText(found: Found): string {
  return `${hitCount(found)}${found.more ? "+" : ""}`;
}

function copyLine(frame: Frame): Line {
  const { copy } = frame.view;
  if (copy === null) return emptyLine;
  if (copy.anchor === null) return [span(" nothing selected", "dim")];
  const rows = Math.abs(copy.line - copy.anchor.line) + 1;
  const shape = { text: "", lines: "whole ", block: "block of " }[copy.shape];
  const columns = Math.abs(copy.x - copy.anchor.x) + 1;
  const size = copy.shape === "block" ? `${rows} ${frame.theme.glyphs.times} ${columns}` : `${rows} row${rows === 1 ? "" : "s"}`;
  return [span(` ${shape}${size} selected`, "good")];
}

/** In the title of a pane: its hits, or that it stands still. */
export function readingChip(frame: Frame, terminal: number): Line {
  const { search, copy } = frame.view;
  if (copy?.terminal === terminal) return [span(" stands still ", "chip-takeover"), span(" ")];
  const found = search?.found[terminal];
  if (!found || hitCount(found) === 0) return emptyLine;
  const at = search.current?.terminal === terminal ? `${search.current.index + 1} of ` : "";
  return [span(` ${at}${countText(found)} ${at === "" ? "hits " : ""}`, at === "" ? "chip" : "chip-takeover"), span(" ")];
}
