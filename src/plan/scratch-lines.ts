/** The lines of a scratchpad file, with what is code or comment marked. */
import { repairMojibake } from "./text.ts";

export interface ScratchLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  /** Inside a fence or an HTML comment, or one of their borders: an example or output, not a statement. */
  readonly code: boolean;
}

/** Longest part of a line that is looked at; what agents say about a task fits, and a megabyte on one line costs nothing. */
const LONGEST = 2_000;

/** Splits at any line end. An unclosed fence or comment runs to the end of the file, as in Markdown. */
export function scratchLines(text: string): ScratchLine[] {
  let fence: string | null = null;
  let comment = false;
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((whole, index) => {
      const line = repairMojibake(whole.slice(0, LONGEST)).replaceAll("\u00a0", " ");
      const mark = /^\s{0,40}(?:>\s?)?(`{3,}|~{3,})(.*)$/.exec(line);
      const wasCode = fence !== null || comment;
      if (fence !== null) {
        if (mark !== null && closes(mark, fence)) fence = null;
      } else if (comment) comment = !line.includes("-->");
      else if (mark !== null && !(mark[1]?.startsWith("`") && mark[2]?.includes("`"))) fence = mark[1] ?? null;
      else comment = line.trimStart().startsWith("<!--") && !line.includes("-->");
      const border = fence !== null || comment || line.trimStart().startsWith("<!--");
      return { number: index + 1, text: line, code: wasCode || border };
    });
}

/** A fence ends with the same sign, at least as often, and nothing behind it. */
function closes(mark: RegExpExecArray, fence: string): boolean {
  const sign = mark[1] ?? "";
  return sign[0] === fence[0] && sign.length >= fence.length && (mark[2] ?? "").trim() === "";
}
