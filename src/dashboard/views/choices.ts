/** The choices of a question: one line each, or label and wrapped help where the help is what decides. */
import { wrap } from "../format.ts";
import { fillLine, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Overlay } from "../stores/view-store.ts";
import type { Row } from "./block.ts";
import { longListRows } from "./list.ts";

type Question = Extract<Overlay, { readonly kind: "choice" }>;

/** More rows than any screen has: beyond them it does not matter how many there are. */
const ENOUGH_ROWS = 500;

/** How many rows the choices would like to have. */
export function choicesHeight(overlay: Question, width: number): number {
  if (overlay.wide !== true) return overlay.choices.length;
  let rows = 0;
  for (const choice of overlay.choices) {
    rows += 1 + helpOf(choice.help, width).length;
    if (rows > ENOUGH_ROWS) break;
  }
  return rows;
}

export function choiceRows(frame: Frame, overlay: Question, width: number, height: number): readonly Row[] {
  const { glyphs } = frame.theme;
  const linesOf = (index: number): readonly Line[] => {
    const choice = overlay.choices[index];
    if (choice === undefined) return [];
    const label = span(` ${index === overlay.index ? glyphs.pointer : " "} ${choice.label}`, "strong");
    if (overlay.wide !== true) return [[label, span(`  ${choice.help}`, "dim")]];
    return [[label], ...helpOf(choice.help, width).map((line): Line => [span(`      ${line}`, "dim")])];
  };
  const rows = longListRows(overlay.choices.length, linesOf, overlay.index, Math.max(1, height), glyphs);
  return rows.map((row) => ({ ...row, line: fillLine(row.line, width, glyphs.ellipsis) }));
}

function helpOf(help: string, width: number): readonly string[] {
  return help === "" ? [] : wrap(help, Math.max(10, width - 8));
}
