/**
 * Text within a line whose meaning is plain: words and code spans, read without the parser. Whatever holds a sign that may mean
 * something else there (escapes, entities, HTML, links, code that does not close) is not plain; emphasis is no such thing here.
 */
import type { Text } from "./markdown.ts";
import { clean } from "./text.ts";
import type { Place } from "./types.ts";

/** Whose text it is, and how far it is set in: what it is read from has been cut off its left. */
export interface Where {
  readonly file: string;
  readonly indent: number;
}

export interface Words {
  /** Code spans unwrapped. */
  readonly text: string;
  readonly codes: readonly string[];
  /** All of it is one code span. */
  readonly isCode: boolean;
}

const NO_CODES: readonly string[] = [];

/** Signs that need a closer look. Tabs and other controls have rules of their own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for.
const SUSPECT = /[\\`<&\]\u0000-\u001f\u007f\ufeff]/;
/** Nothing of this is ever plain, not even in a code span; two backticks begin one of another kind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is kept out.
const NEVER = /[\\\u0000-\u001f\u007f\ufeff]|``/;
/** HTML and addresses in angles, entities, links and pictures; brackets without a destination are text. */
const MEANS_SOMETHING = /<(?:[A-Za-z/!?]|[^ <]*@)|&[#\w]+;|\]\(/;

/** The words of a line, which has no blanks around it; null when the parser must read it. */
export function wordsOf(line: string): Words | null {
  if (!SUSPECT.test(line)) return { text: line, codes: NO_CODES, isCode: false };
  if (NEVER.test(line)) return null;
  const parts = line.split("`");
  if (parts.length % 2 === 0) return null;
  const codes: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      if (MEANS_SOMETHING.test(part)) return null;
    } else if (part.startsWith(" ") || part.endsWith(" ")) return null;
    else codes.push(part);
  }
  return { text: parts.join(""), codes, isCode: parts.length === 3 && parts[0] === "" && parts[2] === "" };
}

/** What the reader of blocks makes of words. `raw`: as they are written. */
export function textOfWords({ text, codes, isCode }: Words, raw: string, place: Place): Text {
  const said = clean(text);
  return { ...place, text: said, raw: raw === text ? said : clean(raw), codes: codes.length === 0 ? codes : codes.map(clean), isCode };
}

/** Without the blanks at its end; tabs stay. In one pass, however many there are within. */
export function withoutBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === " ") end--;
  return line.slice(0, end);
}

export function placeIn({ file, indent }: Where, line: number, column: number): Place {
  return { file, line, column: column + indent };
}
