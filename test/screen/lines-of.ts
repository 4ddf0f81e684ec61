/** Screens with something on them, and what they hold read in the plainest way, to compare with. */
import fc from "fast-check";
import { CELL_WORDS, Content, widthOf } from "../../src/protocol/cells.ts";
import { liveLines } from "../../src/screen/held-lines.ts";
import type { NumberedLines } from "../../src/screen/line-numbers.ts";
import { Screen } from "../../src/screen/screen.ts";
import { atOnce } from "../support/at-once.ts";

export interface Written {
  readonly screen: Screen;
  readonly lines: NumberedLines;
  readonly write: (text: string) => void;
}

/** A screen that parses what it is given at once. */
export function written(text: string, size: { cols: number; rows: number; scrollback?: number } = { cols: 20, rows: 4 }): Written {
  const scheduler = atOnce();
  const screen = new Screen({ cols: size.cols, rows: size.rows, scrollback: size.scrollback ?? 100, scheduler, now: () => 0 });
  scheduler.focus(screen);
  const write = (more: string) => screen.write(Buffer.from(more));
  if (text !== "") write(text);
  return { screen, lines: liveLines(screen), write };
}

/** One character of a logical line and the cells that it takes. */
export interface Character {
  readonly text: string;
  readonly line: number;
  readonly x: number;
  readonly width: number;
}

/** Every logical line as its characters, blank ends cut; read cell by cell. */
export function charactersOf(lines: NumberedLines): Character[][] {
  const logical: Character[][] = [];
  for (let number = lines.first; number < lines.end; number++) {
    const line = lines.line(number);
    if (!line) throw new Error(`line ${number} is missing`);
    if (!line.wrapped || number === lines.first) logical.push([]);
    const row = logical.at(-1);
    const before = row?.at(-1);
    const wideNext = widthOf(line.words[0] ?? 0) === 2;
    // The cell that a wide character did not fit into.
    if (line.wrapped && wideNext && before && before.text === "" && before.line === number - 1 && before.x === lines.cols - 1) row?.pop();
    for (let x = 0; x < line.words.length / CELL_WORDS; x++) {
      const content = line.words[x * CELL_WORDS] ?? 0;
      if (widthOf(content) === 0) continue;
      const codePoint = content & Content.codePoint;
      const text = (content & Content.combined) !== 0 ? line.extra(x).text : codePoint === 0 ? "" : String.fromCodePoint(codePoint);
      row?.push({ text, line: number, x, width: widthOf(content) });
    }
  }
  for (const row of logical) while (row.length > 0 && /^ ?$/u.test(row.at(-1)?.text ?? "")) row.pop();
  return logical.map((row) => row.map((one) => ({ ...one, text: one.text === "" ? " " : one.text.normalize("NFC") })));
}

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("a", "b", "A", "ab", "ba", " ", "  ", "x-y", "é", "世", "界世", "e\u0301", "👩‍👩‍👧", "ß") },
  { weight: 2, arbitrary: fc.constantFrom("\r\n", "\r\n\r\n", "\r", "\t") },
  { weight: 1, arbitrary: fc.constantFrom("\x1b[31m", "\x1b[m", "\x1b[2;3H", "\x1b[K", "\x1b[1;1H", "\x1b[1P", "\x1b[2@") },
);

/** Output of a program: words that wrap, wide and combined characters, and some moving about. */
export const output = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
