/** Where an after-action review is written: never over a word that somebody else has written. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Papers } from "./papers.ts";

/** Reviews that stand beside each other before somebody must tidy up. */
const MOST = 20;

/**
 * Writes the draft as MARATHON_AAR.md and answers its path. An earlier draft of this marathon that nobody has changed is replaced; beside
 * whatever else stands there it becomes MARATHON_AAR_2.md, and so on. Throws what the disk throws.
 */
export function writeReview(papers: Papers, scratchpad: string, marathon: string, text: string): string {
  const whole = `${text}\n${markOf(marathon, text)}\n`;
  for (let number = 1; number <= MOST; number++) {
    const file = join(scratchpad, number === 1 ? "MARATHON_AAR.md" : `MARATHON_AAR_${number}.md`);
    const before = readOr(papers, file);
    if (before === whole) return file;
    if (before === null && papers.create(file, whole)) return file;
    if (before === null || !isUntouched(before, marathon)) continue;
    papers.replace(file, whole);
    return file;
  }
  throw new Error(`${MOST} reviews stand in ${scratchpad} already: tidy them up first`);
}

/** Links, folders and what is too large for a review are left alone like the words of somebody else. */
function readOr(papers: Papers, file: string): string | null {
  try {
    return papers.read(file);
  } catch {
    return "";
  }
}

/** A comment at the end, by which a draft is known that is as it was written. */
function markOf(marathon: string, text: string): string {
  return `<!-- draft of marathon ${marathon}, ${createHash("sha256").update(text).digest("hex").slice(0, 16)}: take this line out, or change the text, and it is yours -->`;
}

function isUntouched(whole: string, marathon: string): boolean {
  const at = whole.lastIndexOf("\n<!-- draft of marathon ");
  return at >= 0 && whole.slice(at + 1).trimEnd() === markOf(marathon, whole.slice(0, at));
}
