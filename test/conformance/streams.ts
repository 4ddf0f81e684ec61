/** Random output of terminal programs, of all that terminals know: wilder than any program, and yet well-formed. */
import fc from "fast-check";
import { vtStream } from "../screen/vt-stream.ts";

const ESC = "\x1b";
const anyOf = (...texts: readonly string[]) => fc.constantFrom(...texts);
const numbers = fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.integer({ min: 0, max: 300 })), {
  maxLength: 3,
});

/** Any character that UTF-8 can say, those of interest more often. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  { weight: 2, arbitrary: fc.integer({ min: 0xa0, max: 0x2fff }) },
  { weight: 2, arbitrary: fc.integer({ min: 0x3000, max: 0xd7ff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0xe000, max: 0xfffd }) },
  { weight: 3, arbitrary: fc.integer({ min: 0x1f000, max: 0x1faff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x10000, max: 0x10ffff }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0xad, 0x200b, 0x200c, 0x200d, 0x2028, 0x2060, 0xfe0e, 0xfe0f, 0xfeff, 0x1160, 0x3164, 0xe0061, 0xfff9),
  },
);
const word = fc.array(character, { minLength: 1, maxLength: 8 }).map((codes) => String.fromCodePoint(...codes));

const csi = fc
  .tuple(anyOf("", "", "", "?", ">"), numbers, anyOf("", "", "", "", " ", "!", '"', "'"), anyOf(..."@ABCDEFGHIJKLMPSTXZ`abcdefghlmnprsu"))
  .map(([prefix, list, between, final]) => `${ESC}[${prefix}${list.join(";")}${between}${final}`);
const mode = fc
  .tuple(fc.constantFrom(1, 3, 5, 6, 7, 12, 25, 45, 47, 66, 1000, 1004, 1006, 1047, 1048, 1049, 2004, 2026), anyOf("h", "l"))
  .map(([number, final]) => `${ESC}[?${number}${final}`);
const ansiMode = anyOf("4h", "4l", "20h", "20l").map((text) => ESC + "[" + text);
const escape = anyOf(
  "7",
  "8",
  "D",
  "E",
  "H",
  "M",
  "Z",
  "c",
  "=",
  ">",
  "#3",
  "#8",
  "(0",
  "(A",
  "(B",
  ")0",
  "*0",
  "n",
  "o",
  "|",
  "}",
  "~",
).map((text) => ESC + text);
const looks = fc
  .array(
    anyOf(
      ..."0 1 2 3 4 5 6 7 8 9 21 22 23 24 25 27 28 29 53 55 31 97 39 44 106 49 59".split(" "),
      ..."4:0 4:1 4:2 4:3 4:4 4:5 38;5;9 38:5:200 48;5;233 38;2;9;8;7 48:2::1:2:3 38:2:4:5:6 58;5;1 58:2::7:8:9 58;2;1;1;1".split(" "),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((codes) => `${ESC}[${codes.join(";")}m`);
const link = anyOf(";", ";https://a.b/c", "id=x;https://a.b/c", "id=y:foo=bar;https://a.b/c", ";https://d.e/f?g=h;i").map(
  (text) => `${ESC}]8;${text}${ESC}\\`,
);
const control = anyOf("\r", "\n", "\r\n", "\b", "\t", "\x0b", "\x0c", "\x0e", "\x0f", "\x07", "\x7f", "\x00", "\u0084", "\u0085", "\u008d");
/** What must leave no trace. */
const silent = anyOf(
  `${ESC}]0;title\x07`,
  `${ESC}]52;c;aGk=\x07`,
  `${ESC}]1337;File=inline=1:AAAA\x07`,
  `${ESC}]66;w=2;x${ESC}\\`,
  `${ESC}_Gf=24,s=1,v=1;AAAA${ESC}\\`,
  `${ESC}P0;0;0q"1;1;6;6#0~~~${ESC}\\`,
  `${ESC}P$qm${ESC}\\`,
  `${ESC}P+q544e${ESC}\\`,
  `${ESC}^private${ESC}\\`,
  `${ESC}X string${ESC}\\`,
  `${ESC}]4;1;#ff0000\x07`,
  `${ESC}]7501;state=working${ESC}\\`,
  `${ESC}[>4;2m`,
  `${ESC}[>5u`,
  `${ESC}[<u`,
  `${ESC}[14t`,
);

const piece = fc.oneof(
  { weight: 7, arbitrary: word },
  { weight: 4, arbitrary: csi },
  { weight: 4, arbitrary: looks },
  { weight: 2, arbitrary: control },
  { weight: 2, arbitrary: link },
  { weight: 1, arbitrary: mode },
  { weight: 1, arbitrary: ansiMode },
  { weight: 1, arbitrary: escape },
  { weight: 1, arbitrary: silent },
);

/** Usual programs half of the time, and whatever the standards know the other half. */
export function anyStream(maxLength: number): fc.Arbitrary<Buffer> {
  return fc.oneof(
    vtStream(maxLength),
    fc.array(piece, { maxLength }).map((pieces) => Buffer.from(pieces.join(""))),
  );
}
