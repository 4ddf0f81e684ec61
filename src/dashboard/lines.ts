/** Text with meaning: a line is a list of spans, cut and filled by terminal columns, painted at the very end. */
import { asciiOnly, truncate, width } from "./format.ts";
import type { Theme, Tone } from "./theme.ts";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

export const emptyLine: Line = [];

export function span(text: string, tone: Tone = "plain"): Span {
  return { text, tone };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + width(part.text), 0);
}

/** Cuts the line to at most `columns`; the last span that is left ends with the ellipsis. */
export function cutLine(line: Line, columns: number, ellipsis: string): Line {
  if (lineWidth(line) <= columns) return line;
  const cut: Span[] = [];
  let left = columns;
  for (const part of line) {
    const partWidth = width(part.text);
    // The ellipsis needs its own column, except where this span ends the line exactly.
    if (partWidth < left) {
      cut.push(part);
      left -= partWidth;
      continue;
    }
    cut.push({ text: truncate(`${part.text}${ellipsis.repeat(2)}`, left, ellipsis), tone: part.tone });
    break;
  }
  return cut;
}

/** Exactly `columns` wide. */
export function fillLine(line: Line, columns: number, ellipsis: string): Line {
  const cut = cutLine(line, columns, ellipsis);
  const missing = columns - lineWidth(cut);
  return missing > 0 ? [...cut, span(" ".repeat(missing))] : cut;
}

/** `left` at the left edge and `right` at the right edge; `left` gives way. */
export function spread(left: Line, right: Line, columns: number, ellipsis: string): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth >= columns) return cutLine(right, columns, ellipsis);
  return [...fillLine(left, columns - rightWidth, ellipsis), ...right];
}

/** A part of a packed line: its forms from the longest to the shortest. It is dropped after the shortest unless `keep`. */
export interface Part {
  readonly forms: readonly Line[];
  /** Lower goes first when room is short. */
  readonly weight: number;
  readonly keep?: boolean;
}

/**
 * Puts parts side by side. When room is short, all give up their longest form before any gives up its second, the lightest first;
 * then the lightest are dropped; what room is left goes back to the heaviest. The order stays. The result is at most `columns` wide.
 */
export function pack(parts: readonly Part[], columns: number, gap: Line, ellipsis: string): Line {
  const form = parts.map(() => 0);
  const joined = () =>
    parts
      .map((part, index) => part.forms[form[index] ?? 0] ?? emptyLine)
      .filter((line) => line.length > 0)
      .flatMap((line, index) => (index === 0 ? line : [...gap, ...line]));
  const fits = () => lineWidth(joined()) <= columns;
  const lightestFirst = parts.map((_, index) => index).sort((a, b) => (parts[a]?.weight ?? 0) - (parts[b]?.weight ?? 0));
  const change = (index: number, by: number) => {
    form[index] = (form[index] ?? 0) + by;
  };
  const longestList = Math.max(0, ...parts.map((part) => part.forms.length));
  for (let round = 1; round < longestList; round++) {
    for (const index of lightestFirst) if (!fits() && (form[index] ?? 0) < (parts[index]?.forms.length ?? 1) - 1) change(index, 1);
  }
  for (const index of lightestFirst) if (!fits() && parts[index]?.keep !== true) change(index, 1);
  for (const index of [...lightestFirst].reverse()) {
    while ((form[index] ?? 0) > 0) {
      change(index, -1);
      if (fits()) continue;
      change(index, 1);
      break;
    }
  }
  return cutLine(joined(), columns, ellipsis);
}

/** The line with its escape sequences. A selected row is one bar: its own colours would make a patchwork of it. */
export function paint(line: Line, theme: Theme, selected = false): string {
  const said = (text: string) => (theme.glyphs.name === "ascii" ? asciiOnly(text) : text);
  if (selected) return `\u001b[7m${said(textOf(line))}\u001b[0m`;
  let painted = "";
  for (const part of line) {
    const sgr = theme.sgr[part.tone];
    painted += sgr === "" ? said(part.text) : `\u001b[${sgr}m${said(part.text)}\u001b[0m`;
  }
  return painted;
}

export function textOf(line: Line): string {
  return line.map((part) => part.text).join("");
}
