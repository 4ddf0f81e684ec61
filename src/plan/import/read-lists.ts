/** Task lists of Markdown: GitHub's boxes, and the `tasks.md` of spec-kit, which is made of them. */
import type { Item } from "../markdown.ts";
import { parseMarkdown } from "../markdown.ts";
import type { Section } from "../outline.ts";
import { itemText, items, linesOf, outline } from "../outline.ts";
import type { Problems } from "../problems.ts";
import { plain } from "../text.ts";
import { cut } from "../wrap.ts";
import type { PlanSource, Priority } from "../types.ts";
import type { Foreign, ForeignTask } from "./types.ts";

/** Null when the document has no box to tick. */
export function readLists(source: PlanSource, problems: Problems): Foreign | null {
  const sections = outline(parseMarkdown(source.text.replace(/\r\n?/g, "\n"), source.file), source.file);
  const boxes = sections.flatMap((section) => boxesIn(section, items(section.blocks), null));
  if (boxes.length === 0) return null;
  const title = sections.find((section) => section.depth === 1)?.heading.replace(/^Tasks:\s*/i, "") ?? null;
  const marked = boxes.filter((box) => SPEC_TASK.test(box.text)).length;
  if (marked * 2 <= boxes.length) return { kind: "task-list", title, tasks: plainTasks(boxes) };
  return { kind: "spec-kit", title, tasks: specTasks(boxes, sections, problems) };
}

interface Box {
  readonly section: Section;
  readonly item: Item;
  readonly text: string;
  readonly done: boolean;
  readonly parent: Box | null;
}

function boxesIn(section: Section, list: readonly Item[], parent: Box | null): Box[] {
  return list.flatMap((item) => {
    const text = plain((itemText(item)?.text ?? "").replaceAll("\n", " "));
    const own = item.checked === null ? null : { section, item, text, done: item.checked, parent };
    const below = boxesIn(section, items(item.blocks), own ?? parent);
    return own === null ? below : [own, ...below];
  });
}

/** A box with boxes below it is done when they are; `#12`, `12.` and `12:` before the text are its number. */
function plainTasks(boxes: readonly Box[]): ForeignTask[] {
  const ids = new Map(
    boxes.map((box, index) => [
      box,
      /^(?:task\s+)?#?(\d+(?:\.\d+)*)[.:)]?\s+\S/i.exec(box.text)?.[1] ?? `line ${index}:${box.item.place.line}`,
    ]),
  );
  return boxes.map((box): ForeignTask => {
    const { text, waits } = waitsIn(box.text, /#?(\d+(?:\.\d+)*)/g);
    const title = text.replace(/^(?:task\s+)?#?\d+(?:\.\d+)*[.:)]?\s+(?=\S)/i, "");
    const below = boxes.filter((other) => other.parent === box).flatMap((other) => ids.get(other) ?? []);
    return {
      ...box.item.place,
      id: ids.get(box) ?? "",
      title: title === "" ? "Untitled task" : title,
      dependsOn: [...waits, ...below],
      done: box.done,
      status: box.done ? "done" : "open",
      priority: priorityIn(title),
      group: groupOf(box.section),
      phase: null,
      parallel: true,
      minutes: null,
    };
  });
}

/** "(depends on 3, 4)" at the end, "(after #2)", "(blocked by …)": cut off, and the ids in it. */
function waitsIn(text: string, ids: RegExp): { text: string; waits: string[] } {
  const match = /\s*[([](?:depends? on|after|blocked by|requires|needs):?\s+([^()[\]]+)[)\]]\s*\.?$/i.exec(text);
  if (match === null) return { text, waits: [] };
  return { text: text.slice(0, match.index).trim(), waits: spread(match[1] ?? "", ids) };
}

/** Every id of the text; "T004-T007" is four of them. */
function spread(text: string, ids: RegExp): string[] {
  const found = [...text.matchAll(new RegExp(`${ids.source}(?:\\s*[-–]\\s*${ids.source}(?![.\\d]))?`, "g"))];
  return found.flatMap((match) => {
    const first = match[1] ?? "";
    const last = match[2];
    if (last === undefined) return [first];
    const [from, to] = [Number(first.replace(/\D/g, "")), Number(last.replace(/\D/g, ""))];
    if (!(to >= from && to - from < 1000)) return [first, last];
    const width = first.replace(/\D/g, "").length;
    return Array.from(
      { length: to - from + 1 },
      (_, index) => `${/^\D*/.exec(first)?.[0] ?? ""}${String(from + index).padStart(width, "0")}`,
    );
  });
}

function groupOf(section: Section): string | null {
  return section.depth <= 1 || section.heading === "" ? null : section.heading;
}

function priorityIn(text: string): Priority | null {
  return (/(?:^|[\s([*])(P[0-3])(?=$|[\s)\]:*])/.exec(text)?.[1] ?? null) as Priority | null;
}

/** `T012 [P] [US1] text`, in the form of spec-kit's templates/tasks-template.md. */
const SPEC_TASK = /^(T(?:\d+[a-z]?|[X]{3}))\b:?\s*(.*)$/;
const SPEC_IDS = /(T\d+[a-z]?)/g;

function specTasks(boxes: readonly Box[], sections: readonly Section[], problems: Problems): ForeignTask[] {
  const phases = phasesOf(sections);
  const stated = statedWaits(sections);
  return boxes.map((box): ForeignTask => {
    const match = SPEC_TASK.exec(box.text);
    const id = match?.[1] ?? null;
    if (id === "TXXX") {
      problems.note({
        at: box.item.place,
        code: "placeholder",
        trap: "T-58",
        message: `TXXX is no number: "${cut(match?.[2] ?? "", 40)}" gets the next free one`,
        advice: "give it a number of its own if others are to wait for it",
      });
    }
    const flags = /^((?:\[[^\]]+\]\s*)*)(.*)$/.exec(match?.[2] ?? box.text);
    const marks = [...(flags?.[1] ?? "").matchAll(/\[([^\]]+)\]/g)].map((mark) => mark[1] ?? "");
    const { text, waits } = waitsIn(flags?.[2] ?? "", SPEC_IDS);
    const phase = phaseOf(box.section, phases);
    return {
      ...box.item.place,
      id: id ?? `line ${box.item.place.line}`,
      title: text === "" ? "Untitled task" : text,
      dependsOn: [...new Set([...waits, ...(stated.get(id ?? "") ?? [])])],
      done: box.done,
      status: box.done ? "done" : "open",
      priority: phase?.priority ?? null,
      group: phase?.name ?? groupOf(box.section),
      phase: phase?.number ?? null,
      parallel: marks.some((mark) => /^P$/i.test(mark)),
      minutes: null,
    };
  });
}

interface SpecPhase {
  readonly name: string;
  readonly number: number;
  readonly priority: Priority | null;
}

/** Phases in their order; user stories wait for the foundation and not for one another, so they share one. */
function phasesOf(sections: readonly Section[]): Map<Section, SpecPhase> {
  const phases = new Map<Section, SpecPhase>();
  let number = 0;
  let stories = false;
  for (const section of sections) {
    const match = /^Phase\s+([\w.]+)\s*[:–—-]\s*(.+)$/i.exec(section.heading);
    if (match === null) continue;
    const story = /\buser story\b/i.test(section.heading);
    if (!(story && stories)) number++;
    stories = story;
    const name = (match[2] ?? "").replace(/\s*\(Priority:[^)]*\)|\s*[^\p{L}\p{N}\s)\]]+\s*MVP\s*$/giu, "").trim();
    phases.set(section, {
      name,
      number,
      priority: (/\bPriority:\s*(P[0-3])\b/i.exec(section.heading)?.[1]?.toUpperCase() ?? null) as Priority | null,
    });
  }
  return phases;
}

function phaseOf(section: Section | null, phases: ReadonlyMap<Section, SpecPhase>): SpecPhase | null {
  for (let at = section; at !== null; at = at.parent) {
    const phase = phases.get(at);
    if (phase !== undefined) return phase;
  }
  return null;
}

/** Sentences below a heading of dependencies: "T008 blocks T009, T015", "T001 → T002", "T016 requires T015", "T004-T007 before T008". */
function statedWaits(sections: readonly Section[]): Map<string, string[]> {
  const waits = new Map<string, string[]>();
  const add = (ids: readonly string[], needs: readonly string[]) => {
    for (const id of ids) waits.set(id, [...(waits.get(id) ?? []), ...needs.filter((need) => need !== id)]);
  };
  for (const section of sections.filter(({ heading }) => /\bdependenc|\bexecution order\b/i.test(heading))) {
    const paragraphs = section.blocks.flatMap((block) =>
      block.kind === "paragraph" ? linesOf(block.content).map((line) => line.text) : [],
    );
    const listed = items(section.blocks).flatMap((item) => (item.checked === null ? [itemText(item)?.text ?? ""] : []));
    for (const text of [...paragraphs, ...listed]) {
      const [left = "", word = "", right = ""] = text.split(/\s+(depends? on|requires?|after|needs?)\s+/i);
      if (word !== "") {
        add(spread(left, SPEC_IDS), spread(right, SPEC_IDS));
        continue;
      }
      const steps = text.split(/\s*(?:→|->|=>|\bblocks?\b|\b(?:must come )?before\b)\s*/i).map((step) => spread(step, SPEC_IDS));
      steps.forEach((step, index) => {
        if (index > 0) add(step, steps[index - 1] ?? []);
      });
    }
  }
  return waits;
}
