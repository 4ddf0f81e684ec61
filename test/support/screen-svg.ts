/** An emulated screen as a picture: every cell at its place, with its colours. For the README, and to look at. */
import { Shapes } from "./box-svg.ts";
import type { OuterCell, OuterTerminal } from "./outer-terminal.ts";

/** Size of a cell, px: the proportions of common monospaced fonts. */
const CELL = { width: 8, height: 17, baseline: 13, font: 13.3 };
const MARGIN = 10;
const FOREGROUND = "#d8dee9";
const BACKGROUND = "#1b1f27";
const FONT = "ui-monospace,'DejaVu Sans Mono','SF Mono',Menlo,Consolas,monospace";
const BASE = [
  "#3b4252",
  "#e06c75",
  "#98c379",
  "#e5c07b",
  "#61afef",
  "#c678dd",
  "#56b6c2",
  "#d8dee9",
  "#6b7383",
  "#ff7b85",
  "#b5e890",
  "#ffd68a",
  "#7cc4ff",
  "#e29bf5",
  "#7fdbe6",
  "#ffffff",
]; // prettier-ignore

/** The whole screen as one SVG document. */
export function screenSvg(terminal: OuterTerminal, title: string): string {
  const { cols, rows } = terminal.size;
  const width = cols * CELL.width + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  const shapes = new Shapes(CELL);
  const lines = Array.from({ length: rows }, (_, y) => rowSvg(terminal, y, cols, shapes)).join("");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" font-family="${FONT}" font-size="${CELL.font}" fill="${FOREGROUND}" xml:space="preserve">`,
    `${lines}${shapes.svg()}</g></svg>\n`,
  ].join("\n");
}

interface Run {
  readonly x: number;
  cells: number;
  text: string;
  readonly look: Look;
}

interface Look {
  readonly fg: string;
  readonly bg: string;
  readonly style: string;
}

/** Neighbours that look the same are one piece of text; its width is fixed, so that no font can shift what follows. */
function rowSvg(terminal: OuterTerminal, y: number, cols: number, shapes: Shapes): string {
  const runs: Run[] = [];
  for (let x = 0; x < cols; x++) {
    const cell = terminal.cell(x, y);
    if (cell.width === 0) continue;
    const look = lookOf(cell);
    const text = shapes.take(cell.char, x, y, { colour: look.fg, dim: cell.dim }) ? " " : cell.char;
    const last = runs.at(-1);
    if (last && cell.width === 1 && last.look.fg === look.fg && last.look.bg === look.bg && last.look.style === look.style) {
      last.text += text;
      last.cells++;
    } else {
      runs.push({ x, cells: cell.width, text, look });
    }
  }
  return runs.map((run) => runSvg(run, y)).join("");
}

function runSvg({ x, cells, text, look }: Run, y: number): string {
  const left = x * CELL.width;
  const width = cells * CELL.width;
  const ground =
    look.bg === BACKGROUND ? "" : `<rect x="${left}" y="${y * CELL.height}" width="${width}" height="${CELL.height}" fill="${look.bg}"/>`;
  if (text.trim() === "") return ground;
  const colour = look.fg === FOREGROUND ? "" : ` fill="${look.fg}"`;
  return `${ground}<text x="${left}" y="${y * CELL.height + CELL.baseline}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${colour}${look.style}>${escaped(text)}</text>`;
}

function lookOf(cell: OuterCell): Look {
  const fg = colour(cell.fg, FOREGROUND);
  const bg = colour(cell.bg, BACKGROUND);
  const style = [
    cell.bold ? ' font-weight="bold"' : "",
    cell.italic ? ' font-style="italic"' : "",
    cell.underline ? ' text-decoration="underline"' : "",
    cell.dim ? ' opacity="0.6"' : "",
  ].join("");
  return cell.inverse ? { fg: bg, bg: fg, style } : { fg, bg, style };
}

/** xterm's 256 colours: 16 by name, a cube of 6 × 6 × 6, 24 greys. */
function colour(value: string | number, otherwise: string): string {
  if (typeof value === "string") return value === "default" ? otherwise : value;
  if (value < 16) return BASE[value] ?? otherwise;
  if (value >= 232) return rgb([8 + (value - 232) * 10, 8 + (value - 232) * 10, 8 + (value - 232) * 10]);
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const index = value - 16;
  return rgb([level(Math.floor(index / 36)), level(Math.floor(index / 6) % 6), level(index % 6)]);
}

function rgb(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
