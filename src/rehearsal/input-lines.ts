/** The stand-in's input line: what has been typed and not sent, over as many rows as it takes; the cursor is behind the last. */
import { paint } from "./surface.ts";

/** More rows of a long text are above these and not shown. */
const MOST_ROWS = 5;

export function inputLines(typed: string, columns: number): readonly string[] {
  const room = Math.max(1, columns - 4);
  const rows = typed.split("\n").flatMap((line) => cut(line, room));
  const shown = rows.slice(-MOST_ROWS);
  return shown.map((row, index) => (index === 0 ? `${paint.dim(">")} ${row}` : `  ${row}`));
}

/** Into pieces of so many characters; one at least. */
function cut(line: string, room: number): readonly string[] {
  const characters = [...line];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length || at === 0; at += room) pieces.push(characters.slice(at, at + room).join(""));
  return pieces;
}
