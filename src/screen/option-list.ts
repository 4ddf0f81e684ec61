/** Lists to choose from, as they stand on a screen. */

export interface QuestionOption {
  /** What is typed to choose it: a digit, a word, or arrow keys. */
  readonly key: string;
  readonly label: string;
  /** The program's own mark stands on it, or it is what a bare Enter means. */
  readonly selected: boolean;
  /** The key alone may not be enough: the program may want an Enter after it. */
  readonly enter: boolean;
}

export interface OptionList {
  readonly first: number;
  readonly options: readonly QuestionOption[];
  /** The rows of the box that it stands in, if it stands in one. */
  readonly box?: { readonly from: number; readonly to: number };
}

/** Stands for a rule across the screen: what is above it is another part. */
export const DIVIDER = "\u0000";

/** "❯ 1. Yes", "  2) No"; the mark says which one a bare Enter takes. */
const NUMBERED = /^([❯›▸▶→>*●◉]\s*)?(\d{1,2})[.)]\s+(\S.*)$/u;
/** Hints and an input line may stand below the last option. */
const BELOW_OPTIONS = 6;
/** A long option is wrapped; more lines between two options are something else. */
const WRAPPED_LINES = 3;

export interface Counted {
  readonly at: number;
  readonly mark: boolean;
  readonly number: number;
  readonly label: string;
}

/** The lowest list that counts from 1, from its top; empty where there is none. */
export function countedFrom1(lines: readonly string[]): readonly Counted[] {
  const found: Counted[] = [];
  /** Lines between two options are the rest of the upper one. */
  let rest: string[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    const match = NUMBERED.exec(line);
    if (!match) {
      if (found.length > 0 && !isBlank(line)) rest.unshift(line);
      const below = found.at(-1)?.at ?? lines.length;
      if (below - at > (found.length === 0 ? BELOW_OPTIONS : WRAPPED_LINES)) return [];
      continue;
    }
    const number = Number(match[2]);
    const next = found.at(-1);
    if (next !== undefined && number !== next.number - 1) return [];
    found.push({ at, mark: match[1] !== undefined, number, label: [match[3] ?? "", ...rest].join(" ").trim() });
    rest = [];
    if (number === 1) break;
  }
  return found.at(-1)?.number === 1 && found.length > 1 ? found.reverse() : [];
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line === "" || line === DIVIDER;
}
