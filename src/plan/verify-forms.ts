/** How a document is written where that can mislead a reader: forms, scales, tables and fences that are no plan. */
import type { Draft } from "./draft.ts";
import type { Marked } from "./marks.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import type { Place } from "./types.ts";

export function verifyForms(drafts: readonly Draft[], problems: Problems): void {
  for (const draft of drafts) {
    reportRanges(draft, problems);
    reportProse(draft, problems);
    reportFences(draft, problems);
    reportStars(draft, problems);
    reportScales(draft, problems);
    reportParallel(draft, problems);
    reportRepaired(draft, problems);
    reportUnnumbered(draft, drafts, problems);
    for (const box of draft.marks.boxes) reportBox(box, problems);
  }
}

/** Forms of a range, each with what it looks like (T-14). */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^\d+\s*[-–—]\s*\d+$/, "a bare range"],
  [/^[a-z]+s?\s+\d+\s*[-–—]\s*\d+$/i, "a range behind a word"],
  [/^\d+$/, "a bare number"],
  [/^[a-z]+\s+\d+$/i, "a number behind a word"],
  [/^[a-z][a-z ]*$/i, "a word"],
];

/** Three and more ways to write the same are worth a note: a hand edit easily breaks one of them. */
const MANY_FORMS = 3;

function reportRanges(draft: Draft, problems: Problems): void {
  const used = new Map<string, Marked>();
  for (const mark of draft.marks.ranges) {
    const form = FORMS.find(([pattern]) => pattern.test(mark.text.trim()))?.[1] ?? "a list";
    if (!used.has(form)) used.set(form, mark);
  }
  const dashes = new Set(draft.marks.ranges.flatMap(({ text }) => /[-–—]/.exec(text)?.[0] ?? []));
  const singular = used.has("a number behind a word") && used.has("a range behind a word");
  const first = [...used.values()].toSorted((a, b) => a.line - b.line)[0];
  if (first === undefined || (used.size < MANY_FORMS && dashes.size < 2 && !singular)) return;
  problems.note({
    at: placeOf(first),
    code: "range-forms",
    trap: "T-14",
    message: `terminals and tasks are written in several ways: ${[...used.values()].map(({ text }) => `"${text}"`).join(", ")}`,
    advice: "nothing to do: all of them are read",
    stated: [...used.values()].map(({ text }) => text).join(", "),
    computed: used.size,
  });
}

/** A table of tasks without numbers is lost; one that only speaks of tasks is meant as text (T-18). */
function reportProse(draft: Draft, problems: Problems): void {
  for (const table of draft.marks.proseTables) {
    const column = table.head.find((head) => /^(?:tasks?|to-?do)$/i.test(head));
    if (
      column !== undefined &&
      /^tasks?$|^to-?do$/i.test(column) &&
      !/^(?:stream|session|terminal|phase|metric)$/i.test(table.head[0] ?? "")
    ) {
      problems.warning({
        at: placeOf(table),
        code: "no-number-column",
        trap: "T-18",
        message: `the table has a column ${column} and none headed #: its ${table.rows} rows are no tasks`,
        advice: "give it a first column # with a number in each row, if they are tasks",
      });
    } else if (/\btasks?\b/i.test(table.heading) || table.head.some((head) => /\btasks?\b/i.test(head))) {
      problems.note({
        at: placeOf(table),
        code: "table-is-text",
        trap: "T-18",
        message: `the table below "${table.heading}" holds no tasks: its first header is ${table.head[0] === "" ? "empty" : table.head[0]}, not #`,
        advice: "nothing to do: it is kept as text",
        stated: table.head[0] ?? "",
        computed: "#",
      });
    }
  }
}

function reportFences(draft: Draft, problems: Problems): void {
  const first = draft.marks.fences[0];
  if (first === undefined) return;
  const others = draft.marks.fences.length - 1;
  problems.note({
    at: placeOf(first),
    code: "fenced-plan",
    trap: "T-39",
    message: `"${first.text.trim().slice(0, 60)}" stands in a fence and is no plan${others === 0 ? "" : `; so do ${others} more`}`,
    advice: "take the fence away if it is meant; examples stay in theirs",
  });
}

function reportStars(draft: Draft, problems: Problems): void {
  const first = draft.marks.stars[0];
  if (first === undefined) return;
  const pipes = draft.marks.goals.filter((goal) => goal.pipe).length;
  const also = pipes === 0 ? "" : `; ${pipes} bold lines hold a pipe and are no rows`;
  problems.note({
    at: placeOf(first),
    code: "markdown-in-cells",
    trap: "T-63",
    message: `cells of tasks ${showRange(draft.marks.stars.map((star) => star.task))} hold stars outside of code spans${also}`,
    advice: "nothing to do: they are read as written; in backquotes other programs show them so, too",
  });
}

function reportScales(draft: Draft, problems: Problems): void {
  const first = draft.marks.priorities[0];
  const other = draft.marks.priorities.find((mark) => mark.scale !== first?.scale);
  if (first === undefined || other === undefined) return;
  problems.note({
    at: placeOf(other),
    code: "priority-scales",
    trap: "T-28",
    message: `priorities are of two scales: "${first.text}" in line ${first.line}, "${other.text}" here`,
    advice: "nothing to do if critical, high, medium and low mean P0 to P3, as they are read",
    stated: first.text,
    computed: other.text,
  });
}

/** "Parallel" is said of sessions, terminals and agents alike (T-66). */
function reportParallel(draft: Draft, problems: Problems): void {
  const levels = Map.groupBy(draft.marks.parallel, (mark) => mark.of);
  const first = draft.marks.parallel[0];
  if (first === undefined || levels.size < 2) return;
  const where = [...levels].map(([of, marks]) => `${of} (line ${marks[0]?.line})`);
  problems.note({
    at: placeOf(first),
    code: "parallel-of-many",
    trap: "T-66",
    message: `"parallel" is said of ${where.join(", ")}`,
    advice: "nothing to do: sessions, terminals and agents are counted apart",
  });
}

/** UTF-8 that was read as Windows-1252 and saved again (T-30). */
function reportRepaired(draft: Draft, problems: Problems): void {
  const first: Place | undefined = draft.marks.repaired[0];
  if (first === undefined) return;
  const lines = draft.marks.repaired.length;
  problems.note({
    at: first,
    code: "broken-encoding",
    trap: "T-30",
    message: `${lines === 1 ? "a line was" : `${lines} lines were`} saved in the wrong encoding; the signs are read as they were meant`,
    advice: "save the file anew as UTF-8 from an editor that shows them right",
  });
}

/** The first number after the row above that is free: a row never gets one that is in use. */
function reportUnnumbered(draft: Draft, drafts: readonly Draft[], problems: Problems): void {
  const used = new Set(drafts.flatMap((each) => each.tasks).map((task) => task.number));
  for (const row of draft.marks.unnumbered) {
    let number = row.above + 1;
    while (used.has(number)) number++;
    used.add(number);
    problems.error({
      at: placeOf(row),
      code: "bad-task-number",
      message: "the row has no task number, and is lost",
      advice: `give it one in the # column; ${number} is free`,
      fix: { file: row.file, line: row.line, column: row.column + 1, find: "", put: ` ${number}` },
    });
  }
}

function reportBox(box: Marked & { readonly task: boolean }, problems: Problems): void {
  const ticked = /[xX✓✔√]/.test(box.text);
  const put = ticked ? "[x]" : "[ ]";
  problems.warning({
    at: placeOf(box),
    code: box.task ? "lost-task" : "bad-box",
    message: `"${box.text}" is no box to tick: the item is read as plain text${box.task ? ", and is no task" : ""}`,
    advice: `write ${put}`,
    fix: { ...placeOf(box), find: box.text, put },
  });
}
