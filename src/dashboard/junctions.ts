/** Box-drawing characters by what leaves a cell: up, right, down, left, each none (0), light (1) or heavy (2). Unicode 2500–257F. */
const table: Record<string, string> = {};

const rows: readonly (readonly [string, string])[] = [
  ["0101 0202 1010 2020 0102 0201 1020 2010", "─━│┃╾╼╽╿"],
  ["0110 0210 0120 0220", "╭┍┎┏"],
  ["0011 0012 0021 0022", "╮┑┒┓"],
  ["1100 1200 2100 2200", "╰┕┖┗"],
  ["1001 1002 2001 2002", "╯┙┚┛"],
  ["1110 1210 2110 1120 2120 2210 1220 2220", "├┝┞┟┠┡┢┣"],
  ["1011 1012 2011 1021 2021 2012 1022 2022", "┤┥┦┧┨┩┪┫"],
  ["0111 0112 0211 0212 0121 0122 0221 0222", "┬┭┮┯┰┱┲┳"],
  ["1101 1102 1201 1202 2101 2102 2201 2202", "┴┵┶┷┸┹┺┻"],
  ["1111 1112 1211 1212 2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222", "┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋"],
  ["0100 0001 1000 0010 0200 0002 2000 0020", "╶╴╵╷╺╸╹╻"],
];
for (const [keys, characters] of rows) {
  const shapes = [...characters];
  for (const [index, key] of keys.split(" ").entries()) table[key] = shapes[index] ?? " ";
}

export interface Arms {
  readonly up: number;
  readonly right: number;
  readonly down: number;
  readonly left: number;
}

/** The character for a border cell; in ASCII, heavy lines are drawn with "=" and "#". */
export function junction(arms: Arms, ascii: boolean): string {
  const { up, right, down, left } = arms;
  if (!ascii) return table[`${up}${right}${down}${left}`] ?? " ";
  const heavy = Math.max(up, right, down, left) > 1;
  if (up === 0 && down === 0) return heavy ? "=" : "-";
  if (left === 0 && right === 0) return heavy ? "#" : "|";
  return heavy ? "#" : "+";
}
