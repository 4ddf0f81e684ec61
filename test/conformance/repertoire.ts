/** All that the dashboard ever writes to the person's terminal, and nothing else: whatever programs do, it stays within this. */

/** Of the compositor: frames, cursor, SGR, links, text without controls and without what turns text around. */
const FRAME = [
  String.raw`\u001b\[\?2026[hl]`,
  String.raw`\u001b\[\?25[hl]`,
  String.raw`\u001b\[[0-6] q`,
  String.raw`\u001b\[\d*(?:;\d+)?H`,
  String.raw`\u001b\[\d*C`,
  String.raw`\u001b\[[\d;:]*m`,
  String.raw`\u001b\]8;(?:id=[0-9a-z]+)?;(?:(?:https?|ftp|mailto|file):[\u0021-\u007e]+)?\u001b\\`,
  String.raw`[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]`,
];

/** Of the one that takes and gives back the terminal: screen, modes of keys and mouse, questions; and the bell. */
const MODES = [
  String.raw`\u001b\[\?(?:1049|7|1|1000|1002|1003|1004|1006|2004)[hl]`,
  String.raw`\u001b\[(?:2J|>4m|>4;[123]m|>\d+u|=\d+u|<u)`,
  String.raw`\u001b[=>]`,
  String.raw`\u001b\](?:4;\d+|1[012]);\?\u001b\\`,
  String.raw`\u001b\[(?:\?u|>c|c)`,
  String.raw`\u001b\]9;marathon: [^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*\u0007`,
  String.raw`\u0007`,
];

/** Of the one that tells the terminal how the marathon stands: a title of ours with the plan's in it, progress, status. */
const OUTWARD = [
  String.raw`\u001b\]7501;\?\u001b\\`,
  String.raw`\u001b\[2[23];2t`,
  String.raw`\u001b\]2;[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*\u001b\\`,
  String.raw`\u001b\]9;4;[0-4](?:;\d{1,3})?\u001b\\`,
  String.raw`\u001b\]7501;state=[a-z]+(?::[a-z]+=[\w.,+/=-]*)*\u001b\\`,
];

// No two of them begin a match at the same place: else a text that does not fit takes a time that doubles with each choice.
export const COMPOSITOR_WRITES = new RegExp(`^(?:${FRAME.join("|")})*$`, "u");

/**
 * The first thing that the dashboard must never write, with what stands around it; "" when there is none. `growing`: the text was
 * taken while the dashboard was at work, and may end in the middle of a sequence.
 */
export function firstStrange(text: string, growing = false): string {
  const known = new RegExp([...FRAME, ...MODES, ...OUTWARD].join("|"), "uy");
  while (known.lastIndex < text.length) {
    const at = known.lastIndex;
    if (known.test(text)) continue;
    if (growing && /^\u001b[^\u001b]{0,200}$/u.test(text.slice(at))) return "";
    return JSON.stringify(text.slice(Math.max(0, at - 40), at + 80));
  }
  return "";
}

/**
 * All that a terminal answers its program, with nothing in it that a program could have chosen: numbers from our own tables
 * and of the screen, never text.
 */
export const ANSWERS = new RegExp(
  `^(?:${[
    String.raw`\u001b\[[?>=]?[\d;]*\$?[cnRtxuym]`,
    String.raw`\u001bP!\|00000000\u001b\\`,
    String.raw`\u001bP>\|[a-z]+(?:\([\w.]+\))?\u001b\\`,
    String.raw`\u001bP[01]\$r(?:[\d;:]*(?:m|r| q|"q|"p))?\u001b\\`,
    String.raw`\u001bP(?:0\+r|1\+r[0-9A-F]+(?:=[0-9A-F]+)?)\u001b\\`,
    String.raw`\u001b\](?:4;\d{1,3}|1[012]);rgb:[0-9a-f]{4}/[0-9a-f]{4}/[0-9a-f]{4}\u001b\\`,
    String.raw`\u001b\]7501;\?\u001b\\`,
  ].join("|")})*$`,
  "u",
);
