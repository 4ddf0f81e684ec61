/** What a plain look at the lines of a document tells the reviewer, before and beside its Markdown. */
import type { Draft } from "./draft.ts";
import { repairMojibake } from "./text.ts";

/** Levels that "parallel" is said of, each by the words that name it. */
const LEVELS: readonly (readonly [RegExp, string])[] = [
  [/\bsessions?\b/i, "sessions"],
  [/\bterminals?\b/i, "terminals"],
  [/\bagents?\b|\b[A-Z]+_[A-Z_]+\b/, "agents"],
];

/** Marks lines with a broken encoding, lines that call something parallel, and boxes that no Markdown program ticks. */
export function surveyText(text: string, draft: Draft): void {
  let fenced = false;
  const isTask = /^\s+(?:task\s+)?#?\d+(?:[.:)]|\s+[-–—])?\s+\S/i;
  text.split("\n").forEach((line, index) => {
    const at = { file: draft.file, line: index + 1, column: 1 };
    if (/[\u00c2-\u00f4]/.test(line) && repairMojibake(line) !== line) draft.marks.repaired.push(at);
    const word = /\bparallel(?:ism)?\b/i.exec(line);
    const of = word === null ? undefined : LEVELS.find(([pattern]) => pattern.test(line))?.[1];
    if (word !== null && of !== undefined) draft.marks.parallel.push({ ...at, column: word.index + 1, of });
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const box = fenced ? null : /^(\s*[-*+] )(\[\]|\[\s{2,}\]|\[[✓✔√]\]|\[ [xX] ?\]|\[[xX] \])(?=\s)/.exec(line);
    if (box !== null)
      draft.marks.boxes.push({
        ...at,
        column: (box[1] ?? "").length + 1,
        text: box[2] ?? "",
        task: isTask.test(line.slice(box[0].length)),
      });
  });
}
