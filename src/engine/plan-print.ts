/** Tells whether plan files still say what they said, without understanding them. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** Larger files are told by their size and time alone, bytes: no plan is as large. */
const MOST_READ = 8 * 1024 * 1024;

/** SHA-256 in hex over what the files hold, in their order. A file that cannot be read counts as what is wrong with it. */
export function planPrint(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(contentOf(file)).update("\0");
  return hash.digest("hex");
}

/** The same, if the files still are as they were at these stamps; null: what they said then is not known any more. */
export function planPrintAt(files: readonly string[], stamps: string): string | null {
  const print = planPrint(files);
  return planStamps(files) === stamps ? print : null;
}

/** Changes whenever a file is written or replaced; cheap enough to look at all the time. */
export function planStamps(files: readonly string[]): string {
  return files.map(stampOf).join("\n");
}

function contentOf(file: string): string | Buffer {
  try {
    return statSync(file).size > MOST_READ ? stampOf(file) : readFileSync(file);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unreadable";
  }
}

function stampOf(file: string): string {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : "gone";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unreadable";
  }
}
