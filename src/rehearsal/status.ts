/**
 * The stand-in's own word about its state: OSC 7501, "Program Status Protocol", revision 0.3.
 * `ESC ] 7501 ; key=value:key=value ESC \`; `msg` (at most 2048 bytes) and `title` (192) are base64 of one line.
 */

export interface Status {
  readonly state: "idle" | "working" | "done" | "blocked" | "error" | "clear";
  /** Only with `blocked`. */
  readonly kind?: "permission" | "question" | "auth";
  /** A sub-agent's path; without it, the program itself. Segments of [A-Za-z0-9_.+-], at most 32 each. */
  readonly id?: string;
  readonly title?: string;
  readonly message?: string;
  /** 0 to 100. */
  readonly progress?: number;
}

/** The escape sequence of a report. It replaces the record whole; `clear` removes it. */
export function statusSequence(status: Status): string {
  const fields = [`state=${status.state}`];
  if (status.kind !== undefined) fields.push(`kind=${status.kind}`);
  if (status.id !== undefined) fields.push(`id=${status.id}`);
  if (status.progress !== undefined) fields.push(`progress=${Math.round(status.progress)}`);
  if (status.state !== "clear") fields.push("app=rehearsal");
  if (status.title !== undefined) fields.push(`title=${encoded(status.title, 192)}`);
  if (status.message !== undefined) fields.push(`msg=${encoded(status.message, 2048)}`);
  return `\x1b]7501;${fields.join(":")}\x1b\\`;
}

/** Cut at a character's border, so that the receiver never sees half of one. */
function encoded(text: string, limit: number): string {
  let line = "";
  let bytes = 0;
  for (const char of text.replaceAll(/\p{Cc}+/gu, " ").trim()) {
    bytes += Buffer.byteLength(char);
    if (bytes > limit) break;
    line += char;
  }
  return Buffer.from(line).toString("base64");
}
