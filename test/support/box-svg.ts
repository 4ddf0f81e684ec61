/**
 * Box drawing and block characters as shapes: a font's own leave gaps between rows and differ from machine to machine.
 * Arms of the boxes: up, right, down, left; 0 none, 1 light, 2 heavy (Unicode's chart of U+2500 to U+257F).
 */
const ARMS = new Map(
  [
    "─0101 │1010 ╭0110 ╮0011 ╰1100 ╯1001 ┌0110 ┐0011 └1100 ┘1001 ├1110 ┤1011",
    "┬0111 ┴1101 ┼1111 ━0202 ┃2020 ┏0220 ┓0022 ┗2200 ┛2002 ┣2220 ┫2022 ┳0222",
    "┻2202 ╋2222 ┡2210 ┩2012 ┢1220 ┪1022 ┱0122 ┲0221 ┹2102 ┺2201 ┝1210 ┥1012",
    "┠2120 ┨2021 ┞2110 ┦2011 ┟1120 ┧1021 ┯0212 ┷1202 ┰0121 ┸2101 ╄2211 ╃2112",
    "╆1221 ╅1122 ╇2212 ╈1222 ╉2122 ╊2221 ╀2111 ╁1121 ╂2121 ┿1212 ┽1112 ┾1211",
    "⎿1100",
  ].flatMap((row) => row.split(" ").map((entry) => [entry.slice(0, 1), entry.slice(1)] as const)),
);
const STROKE = { "1": 1.1, "2": 2.4 } as const;
/** From one to eight eighths of a cell, from the left. */
const EIGHTHS = "▏▎▍▌▋▊▉█";
const SHADES: Readonly<Record<string, number>> = { "░": 0.2, "▒": 0.45, "▓": 0.7 };

/** Shapes of a whole screen, gathered by colour, so that the document stays small. */
export class Shapes {
  readonly #cell: { readonly width: number; readonly height: number };
  readonly #strokes = new Map<string, string>();
  readonly #fills = new Map<string, string>();

  constructor(cell: { readonly width: number; readonly height: number }) {
    this.#cell = cell;
  }

  /** Whether the character is one; it is then drawn at that cell. */
  take(char: string, x: number, y: number, look: { readonly colour: string; readonly dim: boolean }): boolean {
    const arms = ARMS.get(char);
    const left = x * this.#cell.width;
    const top = y * this.#cell.height;
    const colour = `"${look.colour}"${look.dim ? ' opacity="0.5"' : ""}`;
    if (arms !== undefined) this.#box(arms, left, top, colour);
    else if (char in SHADES) this.#fill(`fill="${look.colour}" opacity="${SHADES[char]}"`, left, top, 1);
    else if (char !== "" && EIGHTHS.includes(char)) this.#fill(`fill=${colour}`, left, top, (EIGHTHS.indexOf(char) + 1) / 8);
    else return false;
    return true;
  }

  svg(): string {
    const drawn = (paths: ReadonlyMap<string, string>) => [...paths].map(([look, path]) => `<path ${look} d="${path}"/>`).join("");
    return drawn(this.#fills) + drawn(this.#strokes);
  }

  #box(arms: string, left: number, top: number, colour: string): void {
    const { width, height } = this.#cell;
    const x = left + width / 2;
    const y = top + height / 2;
    const ends = [`V${top}`, `H${left + width}`, `V${top + height}`, `H${left}`];
    ends.forEach((end, index) => {
      const weight = arms[index];
      if (weight !== "1" && weight !== "2") return;
      add(this.#strokes, `fill="none" stroke=${colour} stroke-width="${STROKE[weight]}" stroke-linecap="square"`, `M${x} ${y}${end}`);
    });
  }

  /** Bars are a little lower than their row, so that two of them stay two. */
  #fill(look: string, left: number, top: number, share: number): void {
    const { width, height } = this.#cell;
    add(this.#fills, look, `M${left} ${top + 2}h${width * share}v${height - 4}h${-width * share}z`);
  }
}

function add(paths: Map<string, string>, look: string, path: string): void {
  paths.set(look, (paths.get(look) ?? "") + path);
}
