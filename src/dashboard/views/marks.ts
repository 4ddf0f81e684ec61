/** The marks of a terminal whose program has told something outside of its screen: a sign, and where there is room a word. */
import type { TerminalMarks } from "../../protocol/messages.ts";
import { plain, truncate } from "../format.ts";
import { lineWidth, span, type Line, type Span } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";

/** A notification is quoted up to here, columns: the event line has all of it. */
const QUOTED = 32;

/** From the longest form to the shortest; the last one is the signs alone. One empty form for a terminal without marks. */
export function markForms(frame: Frame, terminal: number): readonly Line[] {
  const marks = frame.marks[terminal];
  if (!marks) return [[]];
  const { glyphs } = frame.theme;
  const forms = [
    [noticeMark(marks, glyphs, "text"), bellMark(marks, glyphs, true), progressMark(marks, glyphs, true)],
    [noticeMark(marks, glyphs, "word"), bellMark(marks, glyphs, true), progressMark(marks, glyphs, false)],
    [noticeMark(marks, glyphs, "sign"), bellMark(marks, glyphs, false), progressMark(marks, glyphs, false)],
    [noticeMark(marks, glyphs, "sign"), bellMark(marks, glyphs, false), null],
  ];
  return forms.map(spaced);
}

/** The signs of what nobody has looked at, with the progress: for lists. */
export function shortMarks(frame: Frame, terminal: number): Line {
  const marks = frame.marks[terminal];
  if (!marks) return [];
  const { glyphs } = frame.theme;
  return spaced([noticeMark(marks, glyphs, "sign"), bellMark(marks, glyphs, false), progressMark(marks, glyphs, false)]);
}

/** The signs of what nobody has looked at, without blanks: for one-line lists. */
export function unseenSigns(frame: Frame, terminal: number): Line {
  const marks = frame.marks[terminal];
  if (!marks) return [];
  const { glyphs } = frame.theme;
  return [noticeMark(marks, glyphs, "sign"), bellMark(marks, glyphs, false)].filter((mark) => mark !== null);
}

/** What the terminal's program calls itself, fit to be shown; "" when it does not. */
export function programTitle(frame: Frame, terminal: number): string {
  return plain(frame.marks[terminal]?.title ?? "").trim();
}

/** The widest of the short forms, so that a list keeps its columns. */
export function marksWidth(frame: Frame, terminals: readonly number[]): number {
  return Math.max(0, ...terminals.map((terminal) => lineWidth(shortMarks(frame, terminal))));
}

function noticeMark({ notice }: TerminalMarks, glyphs: Glyphs, form: "text" | "word" | "sign"): Span | null {
  if (notice === null) return null;
  const words = { text: ` ${truncate(plain(notice), QUOTED, glyphs.ellipsis)}`, word: " notified", sign: "" };
  return span(`${glyphs.notice}${words[form]}`, "person");
}

function bellMark({ bell }: TerminalMarks, glyphs: Glyphs, word: boolean): Span | null {
  return bell ? span(`${glyphs.bell}${word ? " rang" : ""}`, "warn") : null;
}

function progressMark({ progress }: TerminalMarks, glyphs: Glyphs, word: boolean): Span | null {
  if (progress === null) return null;
  const percent = progress.percent === null ? "" : `${progress.percent}%`;
  switch (progress.state) {
    case "error":
      return span(`${glyphs.signs.error}${percent}${word ? " error" : ""}`, "bad");
    case "paused":
      return span(`${glyphs.signs.parked}${percent}${word ? " paused" : ""}`, "warn");
    case "indeterminate":
      return span(word ? "in progress" : `${glyphs.signs.unknown}%`, "accent");
    case "normal":
      return percent === "" ? span(word ? "in progress" : `${glyphs.signs.unknown}%`, "accent") : span(percent, "accent");
  }
}

function spaced(marks: readonly (Span | null)[]): Line {
  return marks.filter((mark) => mark !== null).flatMap((mark, index) => (index === 0 ? [mark] : [span(" "), mark]));
}
