/** Text from outside — a plan, a file name, a commit — as one line that a person reads as it is, whatever stands in it. */

/**
 * Controls, marks that turn the direction of writing, and characters that cannot be seen: what they do to a terminal, or hide from
 * the reader, must not happen. What joins emoji and letters of living scripts stays (U+200C, U+200D, and selectors of variants).
 */
const UNSEEN: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
];
const PATTERN = new RegExp(`[${UNSEEN.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join("")}]`, "gu");

/** Each such character becomes one that says what it is: ␛ for an escape, <U+202E> for a mark of direction. */
export function visible(text: string): string {
  return text.replace(PATTERN, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** The same for text of several lines; line ends stay, and tabs become blanks. */
export function visibleLines(text: string): string {
  return text
    .split("\n")
    .map((line) => visible(line.replaceAll("\t", "  ")))
    .join("\n");
}
