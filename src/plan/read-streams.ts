/** Stream headings, and the bold lines below them that bind terminals. */
import { append } from "./append.ts";
import type { Draft, DraftStream, Stated, TerminalLine } from "./draft.ts";
import { parseFigure } from "./figures.ts";
import { placeOf } from "./marks.ts";
import type { Line, Section } from "./outline.ts";
import { itemTexts, placedItems } from "./outline.ts";
import { parseRange } from "./ranges.ts";
import { plain } from "./text.ts";
import type { Place } from "./types.ts";

const STREAM = /^Stream\s+([a-z0-9][\w-]{0,15})\s*[:–—-]\s+(.+?)\s*(?:\(((?:about\s+|~)?\d+\+?)\s+tasks?\))?$/i;
/** The same with an id that begins with any letter. */
const STREAM_OF_ALL_SCRIPTS = () => /^Stream\s+([\p{L}\p{N}][\w-]{0,15})\s*[:–—-]\s+(.+?)\s*(?:\(((?:about\s+|~)?\d+\+?)\s+tasks?\))?$/iu;

/** "Stream A: name (30 Tasks)". A heading "Stream A (MCP)" only mentions the stream, it does not open it. */
export function openStream(section: Section, draft: Draft): DraftStream | null {
  // Asked last: the expression for letters of all scripts takes milliseconds to make.
  const match = !/^stream\s/iu.test(section.heading)
    ? null
    : (STREAM.exec(section.heading) ?? STREAM_OF_ALL_SCRIPTS().exec(section.heading));
  if (match === null) return null;
  const id = match[1] ?? "";
  const known = draft.streams.get(id);
  if (known !== undefined) return known;
  const stream: DraftStream = {
    ...section.place,
    id,
    name: match[2] ?? id,
    stated: bracketed(match[3], section.place),
    goal: null,
    terminals: null,
    baseline: [],
  };
  draft.streams.set(id, stream);
  return stream;
}

/** The count of tasks at the end of a heading or line: "(30 Tasks)". */
function bracketed(text: string | undefined, at: Place): Stated | null {
  const figure = parseFigure(text ?? "");
  return figure === null ? null : { ...placeOf(at), figure, written: `(${text}` };
}

/** "Terminals 1-3 | Goal: …", also without the goal. Sets both on the stream. */
export function readGoalLine(line: Line, stream: DraftStream, draft: Draft): boolean {
  const bare = plain(line.text);
  const goalHere = /\bGoal:\s*(.+)$/i.exec(bare)?.[1] ?? /\|\s*(.+)$/.exec(bare)?.[1];
  if (goalHere !== undefined) draft.marks.goals.push({ ...placeOf(line), stream: stream.id, text: goalHere, pipe: bare.includes("|") });
  const match = /^(Terminals?\s+[^|:]+?)\s*(?:\|\s*(?:Goal:\s*)?(.+))?$/i.exec(bare);
  if (match !== null) {
    const terminals = parseRange(match[1] ?? "");
    if (terminals === null) return false;
    draft.marks.ranges.push({ ...placeOf(line), text: match[1] ?? "" });
    stream.terminals = terminals;
    stream.goal = match[2] ?? stream.goal;
    return true;
  }
  if (line.text.startsWith("**") && /^(?:distributed|spread|overflow)\b|\bany available\b/i.test(bare)) {
    stream.terminals = [];
    return true;
  }
  const goal = /^Goal:\s*(.+)$/i.exec(bare);
  if (goal !== null) stream.goal = goal[1] ?? null;
  return goal !== null && draft.streams.has(stream.id);
}

/** "Terminal 4: label (10 tasks)", as a bold line or a heading. */
export function readTerminalLine(text: string, at: Place, stream: string | null, draft: Draft): TerminalLine | null {
  const match = /^Terminal\s+(\d{1,6})\s*[:–—-]\s*(.+?)\s*(?:\((~?\d+\+?)\s+tasks?\))?$/i.exec(plain(text));
  if (match === null) return null;
  const line: TerminalLine = {
    file: at.file,
    line: at.line,
    column: at.column,
    terminal: Number(match[1]),
    label: match[2] ?? "",
    stated: bracketed(match[3], at),
    stream,
    tasks: 0,
  };
  draft.terminalLines.push(line);
  return line;
}

/** Bullets under "Current State" say where the stream stands before the start. */
export function readBaseline(section: Section, stream: DraftStream, draft: Draft): void {
  if (!/^(?:current state|baseline|status quo)/i.test(section.heading)) return;
  append(stream.baseline, itemTexts(section.blocks));
  for (const { text, place } of placedItems(section.blocks)) draft.marks.baseline.push({ ...place, stream: stream.id, text });
}
