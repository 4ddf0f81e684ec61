/** What a foreign file is, and what it means: a review, another tool's tasks, or neither. */
import type { Problems } from "../problems.ts";
import { collectProblems } from "../problems.ts";
import { readPlan } from "../read.ts";
import type { PlanSource, Problem } from "../types.ts";
import { numberTasks } from "./number-tasks.ts";
import { readBeads, readTaskMaster } from "./read-json.ts";
import { readLists } from "./read-lists.ts";
import { readReview } from "./read-review.ts";
import type { Foreign, Imported, ImportedTasks } from "./types.ts";

export interface ImportReading {
  readonly imported: Imported | null;
  /** Why there is nothing; the problems of what there is are its own. */
  readonly problems: readonly Problem[];
}

/** Recognises the file by what is in it, not by its name. `tag` chooses among the lists of a Task Master file. Never throws. */
export function importFile(source: PlanSource, tag: string | null = null): ImportReading {
  const problems = collectProblems();
  const json = /^\s*[{[]/.test(source.text) ? parse(source.text) : null;
  const data = json === null ? null : (readTaskMaster(source, json.value, tag, problems) ?? readBeads(source, problems));
  const review = data === null ? readReview(source) : null;
  if (review !== null) return { imported: review, problems: [] };
  const foreign = data ?? readLists(source, problems);
  if (foreign !== null) return { imported: tasksOf(foreign, source.file, problems), problems: [] };
  if (readPlan([source]).plan !== null) {
    problems.error({
      at: { file: source.file, line: 1, column: 1 },
      code: "is-a-plan",
      message: "this is a plan already and needs no import",
      advice: `use it as it is: marathon check ${source.file}`,
    });
    return { imported: null, problems: problems.list([source.file]) };
  }
  problems.error({
    at: { file: source.file, line: 1, column: 1 },
    code: "unknown-format",
    message: json?.error ? `it looks like JSON and is none: ${json.error}` : "nothing in it can be imported",
    advice:
      "give an after-action review, a list with boxes to tick (- [ ]), spec-kit's tasks.md, Task Master's tasks.json or the issues.jsonl of beads",
  });
  return { imported: null, problems: problems.list([source.file]) };
}

function tasksOf(foreign: Foreign, file: string, problems: Problems): ImportedTasks {
  const tasks = numberTasks(foreign, file, problems);
  return { kind: foreign.kind, title: foreign.title ?? nameOf(file), file, tasks, problems: problems.list([file]) };
}

function parse(text: string): { readonly value: unknown; readonly error: string | null } {
  try {
    return { value: JSON.parse(text) as unknown, error: null };
  } catch (error) {
    return { value: null, error: (error as Error).message };
  }
}

function nameOf(file: string): string {
  const base = (file.split("/").at(-1) ?? file).replace(/\.\w+$/, "");
  return base === "" ? "Imported tasks" : `${base.charAt(0).toUpperCase()}${base.slice(1).replaceAll(/[-_]+/g, " ")}`;
}
