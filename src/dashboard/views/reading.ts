/** What a search has found and what is selected, in the status line and in the panes' titles. */
import { emptyLine, lineWidth, pack, span, type Line, type Part } from "../lines.ts";
import { hitCount, type Found } from "../reading/found.ts";
import type { Frame } from "../screen.ts";
import type { CopyView, SearchView } from "../stores/reading.ts";

/** Between the context and its keys; empty when nobody searches or selects. It takes `most` columns at most. */
export function readingLine(frame: Frame, most: number): Line {
  const { search, copy, overlay } = frame.view;
  const { ellipsis, dot } = frame.theme.glyphs;
  if (overlay.kind !== "none" || (search === null && copy === null)) return emptyLine;
  const typing = search?.typing === true;
  const parts: Part[] = [];
  if (search !== null && (typing || copy === null)) parts.push({ forms: queryForms(search, most, ellipsis), weight: 100, keep: true });
  if (search !== null && (typing || copy === null)) parts.push({ forms: scopeForms(search), weight: 10 });
  if (search !== null) parts.push({ forms: resultForms(search, dot), weight: 90, keep: search.error !== null });
  if (copy !== null && !typing) parts.push({ forms: selectionForms(copy, frame.theme.glyphs.times), weight: 100, keep: true });
  return [span(" "), ...pack(parts, most - 1, [span(` ${dot} `, "dim")], ellipsis)];
}

/** What was typed last is what a person looks at: a long query loses its beginning. */
function queryForms(search: SearchView, most: number, ellipsis: string): readonly Line[] {
  const cursor = search.typing ? [span(" ", "chip")] : [];
  const room = Math.max(8, most - 24);
  const whole = lineWidth([span(search.query)]) <= room;
  return [[span("/", "key"), span(whole ? search.query : `${ellipsis}${tail(search.query, room - 1)}`, "strong"), ...cursor]];
}

function tail(text: string, columns: number): string {
  let kept = "";
  for (const { segment } of [...new Intl.Segmenter().segment(text)].reverse()) {
    if (lineWidth([span(segment + kept)]) > columns) break;
    kept = segment + kept;
  }
  return kept;
}

function scopeForms(search: SearchView): readonly Line[] {
  const what = search.regex ? "expression" : "text";
  const short = search.regex ? "expr" : "text";
  return search.everywhere
    ? [[span(`${what} in all terminals`, "dim")], [span(`${short}, all`, "dim")]]
    : [[span(`${what} in terminal ${search.terminal}`, "dim")], [span(`${short}, T${search.terminal}`, "dim")]];
}

/** How many hits there are, and which of them the person is at. */
function resultForms(search: SearchView, dot: string): readonly Line[] {
  if (search.error !== null) return [[span(search.error, "bad")]];
  if (search.query === "") return [emptyLine];
  const all = Object.values(search.found);
  if (all.length === 0) return [[span("searching", "dim")]];
  const having = all.filter((found) => hitCount(found) > 0);
  if (having.length === 0) return [[span("nowhere", "warn")]];
  const { current } = search;
  const here = current && search.found[current.terminal];
  const sum = having.reduce((count, found) => count + hitCount(found), 0);
  const total = `${sum}${having.some((found) => found.more) ? "+" : ""}`;
  const place = span(here ? `${current.index + 1} of ${countText(here)}` : `${total} found`, "good");
  if (!search.everywhere) return [[place]];
  return [[place, span(` ${dot} ${total} in ${having.length} terminals`)], [place, span(` ${dot} ${total} in ${having.length}`)], [place]];
}

function countText(found: Found): string {
  return `${hitCount(found)}${found.more ? "+" : ""}`;
}

function selectionForms({ anchor, line, x, shape }: CopyView, times: string): readonly Line[] {
  if (anchor === null) return [[span("nothing selected", "dim")]];
  const rows = Math.abs(line - anchor.line) + 1;
  const columns = Math.abs(x - anchor.x) + 1;
  const name = { text: "", lines: "whole ", block: "block of " }[shape];
  const size = shape === "block" ? `${rows} ${times} ${columns}` : `${rows} row${rows === 1 ? "" : "s"}`;
  return [[span(`${name}${size} selected`, "good")], [span(`${name}${size}`, "good")]];
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
