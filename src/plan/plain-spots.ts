/** Going through a text line by line. */

/** The start of a line, and its number. */
export interface Spot {
  readonly at: number;
  readonly line: number;
}

/** Where the line of this place ends: at its "\n", or at the end of the source. */
export function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end === -1 ? source.length : end;
}

/** From this place to the end of its line. */
export function lineAt(source: string, at: number): string {
  return source.slice(at, endOfLine(source, at));
}

/** The next line; at the end of the source, that. */
export function next(source: string, { at, line }: Spot): Spot {
  return { at: Math.min(endOfLine(source, at) + 1, source.length), line: line + 1 };
}

/** The first line from here on that has something on it, or the end of the source. */
export function afterBlanks(source: string, start: Spot): Spot {
  let spot = start;
  while (spot.at < source.length && /^[ \t]*$/.test(lineAt(source, spot.at))) spot = next(source, spot);
  return spot;
}
