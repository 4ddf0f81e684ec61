/** Random output of terminal programs: text of many scripts, cursor movement, erasing, scrolling, looks, modes. */
import fc from "fast-check";

const TEXTS = [
  "a",
  "Hello",
  " ",
  "é",
  "ß",
  "世界",
  "한글",
  "カ",
  "│─┐",
  "⠋",
  "●",
  "✳",
  "⏺",
  "…",
  "👍",
  "👍🏽",
  "👩‍👩‍👧",
  "🇩🇪",
  "❤️",
  "1️⃣",
  "e\u0301",
  "🫠",
  "ﷺ",
  "नि",
  "\ue0b0",
  "\u0301",
  "\u200d",
  "\u1161",
  "\u{1f3fd}",
  "🇩",
  "\u202ex",
  "\u200b",
  "क्ष",
  "\ufe0f",
];
const CONTROLS = ["\r", "\n", "\r\n", "\b", "\t", "\x1b7", "\x1b8", "\x1bD", "\x1bM", "\x1bE", "\x1b(0", "\x1b(B", "\x0e", "\x0f"];
const SGR = [
  "0",
  "1",
  "2",
  "3",
  "4",
  "4:3",
  "4:2",
  "7",
  "8",
  "9",
  "53",
  "5",
  "22",
  "23",
  "24",
  "27",
  "28",
  "29",
  "55",
  "31",
  "94",
  "39",
  "42",
  "103",
  "49",
  "38;5;200",
  "48;5;17",
  "38;2;1;2;3",
  "48;2;250;0;9",
  "58;5;3",
  "58:2::9:8:7",
  "",
];

const number = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) }, fc.integer({ min: 13, max: 400 }));
const csi = fc
  .tuple(fc.array(number, { maxLength: 2 }), fc.constantFrom(..."ABCDEFGHJKLMPSTXZ@Id`ebfr"))
  .map(([numbers, final]) => `\x1b[${numbers.join(";")}${final}`);
const mode = fc.constantFrom(
  "\x1b[?6h",
  "\x1b[?6l",
  "\x1b[?7h",
  "\x1b[?7l",
  "\x1b[4h",
  "\x1b[4l",
  "\x1b[?1049h",
  "\x1b[?1049l",
  "\x1b[?25l",
  "\x1b[?25h",
  "\x1b[!p",
  "\x1b]8;;http://x.y\x1b\\",
  "\x1b]8;;\x1b\\",
  "\x1b#8",
);
const sgr = fc.array(fc.constantFrom(...SGR), { minLength: 1, maxLength: 3 }).map((codes) => `\x1b[${codes.join(";")}m`);
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...CONTROLS) },
  { weight: 4, arbitrary: csi },
  { weight: 3, arbitrary: sgr },
  { weight: 1, arbitrary: mode },
);

export function vtStream(maxLength = 60): fc.Arbitrary<Buffer> {
  return fc.array(piece, { maxLength }).map((pieces) => Buffer.from(pieces.join("")));
}

/** Output that pushes many lines out at the top: paragraphs of the pieces above between the pieces alone. */
export function scrollingStream(maxLength = 100): fc.Arbitrary<Buffer> {
  const word = fc.oneof(fc.constantFrom(...TEXTS), fc.constantFrom("lorem", "ipsum ", "\t", "\x1b[5C"), sgr);
  const row = fc.array(word, { maxLength: 12 }).map((words) => words.join(""));
  const rows = fc.tuple(fc.array(row, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom("\n", "\r\n"));
  const paragraph = rows.map(([texts, times, end]) => `${texts.join(end)}${end}`.repeat(times));
  const erase = fc.constantFrom("\x1b[3J", "\x1b[?3J", "\x1bc", "\x1b[2J", "\x1b[r", "\x1b[1;3r", "\x1b[?1049h", "\x1b[?1049l", "\x1b[?6l");
  const part = fc.oneof({ weight: 6, arbitrary: paragraph }, { weight: 12, arbitrary: piece }, { weight: 1, arbitrary: erase });
  return fc.array(part, { maxLength, size: "max" }).map((parts) => Buffer.from(parts.join("")));
}

/** Lines of ASCII in colours, many of them too long for a row. */
export function paragraphs(): fc.Arbitrary<string> {
  const word = fc.constantFrom(
    "a",
    "lorem",
    "ipsum ",
    "    ",
    "0123456789".repeat(4),
    "\x1b[31m",
    "\x1b[1;38;5;200m",
    "\x1b[m",
    "\x1b[4:3m",
  );
  const line = fc.array(word, { maxLength: 15 }).map((words) => `${words.join("")}\r\n`);
  return fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 60 }))
    .map(([lines, times]) => lines.join("").repeat(times));
}

/** The bytes in chunks of these lengths, again and again. */
export function chunksOf(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}
