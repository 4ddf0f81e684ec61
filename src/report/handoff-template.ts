/** A handoff in the project's own form: what is known goes where the form asks for it, and all else of the form stays. Pure. */
import { HANDOFF_PARTS, handoffPart, type HandoffPart } from "../plan/scratch-handoff.ts";
import { fenceAfter } from "./fence.ts";

export interface HandoffWords {
  readonly title: string;
  /** Who made it, and from what. */
  readonly made: string;
  /** Lines of Markdown. */
  readonly parts: Readonly<Record<HandoffPart, readonly string[]>>;
}

/** A bold line or a colon that asks for a part: "- Done: [list]". */
interface Label {
  readonly part: HandoffPart;
  /** Columns before it. */
  readonly indent: number;
  /** "- " where it is an entry of a list, or "". */
  readonly bullet: string;
  /** All but its value. */
  readonly words: string;
  readonly value: string;
}

interface FormLine {
  readonly text: string;
  /** Within a fence, or the end of one. */
  readonly code: boolean;
  /** The fence that is open behind it. */
  readonly fence: string | null;
  /** Of a heading. */
  readonly level: number | null;
  /** That this heading asks for. */
  readonly part: HandoffPart | null;
  readonly label: Label | null;
}

const HEADINGS: Readonly<Record<HandoffPart, string>> = {
  completion: "Completion",
  "completed work": "Completed work",
  "blocked work": "Blocked work",
  "next steps": "Next steps",
  effort: "Effort to complete",
};
/** They are said in one line, also behind a colon. */
const FIGURES: ReadonlySet<HandoffPart> = new Set(["completion", "effort"]);
/** "[list]", "XX%", "…": nothing that a form says. */
const PLACEHOLDER = /^(?:[[<{(_…].*|\.{3,}|[-–—]+|X{2,}.*)$/u;

/**
 * `template`: the form's text. What it says below a heading that it shares with every handoff is replaced; of a label, its
 * value and the list below it. Parts that it lacks come last.
 */
export function fillTemplate(template: string, { title, made, parts }: HandoffWords): string {
  const form = formLines(template);
  const wanted = headingsFirst(form);
  const heading = titleOf(form);
  const open = new Set<HandoffPart>(HANDOFF_PARTS);
  const lines = [`# ${title}`, "", made, ""];
  /** The level of the heading below which all is ours, and the label that owns what comes now. */
  let ours: number | null = null;
  let label = null as OwnedBy | null;
  let kept: string | null = null;
  for (const line of form) {
    if (line.level !== null && ours !== null && line.level <= ours) ours = null;
    if (line !== heading && line.part !== null && open.delete(line.part)) {
      ours = line.level;
      label = null;
      lines.push(line.text, "", ...parts[line.part], "");
    } else if (line.label !== null && wanted(line.label.part) && open.delete(line.label.part)) {
      label = new OwnedBy(line.label);
      lines.push(...filledLabel(line.label, parts[line.label.part]));
    } else if (label?.owns(line) !== true) {
      label = null;
      // Its title is ours.
      if (ours !== null || line === heading) continue;
      lines.push(withoutBox(line.text));
      kept = line.fence;
    }
  }
  if (kept !== null) lines.push(kept);
  for (const part of open) lines.push("", `## ${HEADINGS[part]}`, "", ...parts[part]);
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trimEnd()}\n`;
}

/** What below a label belongs to it: the list or the indented lines directly there, and no neighbour in a list of labels. */
class OwnedBy {
  readonly #label: Label;
  #begun = false;

  constructor(label: Label) {
    this.#label = label;
  }

  /** To be asked line by line, until it is false. */
  owns({ text, code, level }: FormLine): boolean {
    const { part, indent, bullet, value } = this.#label;
    // A fence is as its first line.
    if (code) return true;
    if (level !== null) return false;
    // Only what says nothing itself can have its list below a blank line.
    if (text.trim() === "") return !this.#begun && value === "";
    this.#begun = true;
    const columns = columnsBefore(text);
    if (columns > indent) return true;
    const listed = columns === indent && /^\s*(?:[-*+]|\d{1,6}[.)])\s/u.test(text);
    return listed && bullet === "" && (value === "" || !FIGURES.has(part));
  }
}

function formLines(template: string): readonly FormLine[] {
  let fence: string | null = null;
  return withoutFrontMatter(template)
    .split(/\r?\n/u)
    .map((text) => {
      const code = fence !== null;
      fence = fenceAfter(fence, text);
      const [, signs, words] = (code || fence !== null ? null : /^ {0,3}(#{1,6})\s+(.*)$/u.exec(text)) ?? [];
      const level = signs?.length ?? null;
      const label = code || fence !== null || level !== null ? null : labelOf(text);
      return { text, code, fence, level, part: words === undefined ? null : handoffPart(words), label };
    });
}

/** Whether a label may ask for a part: not where a heading does, as "Done by: NAME" would else take its place. */
function headingsFirst(form: readonly FormLine[]): (part: HandoffPart) => boolean {
  const title = titleOf(form);
  const headed = new Set(form.filter((line) => line !== title).map(({ part }) => part));
  return (part) => !headed.has(part);
}

/** "# Completion of a session" is a title where it stands alone, and one part of several else. */
function titleOf(form: readonly FormLine[]): FormLine | null {
  const [first, ...more] = form.filter(({ level }) => level === 1);
  return first && (first.part === null || more.length === 0) ? first : null;
}

function labelOf(text: string): Label | null {
  const found = /^(\s*)((?:[-*+]|\d{1,6}[.)])\s+)?(\*\*([^*:]{2,60})(?::\*\*|\*\*:|\*\*(?=\s*$))|([^*:]{2,60}):)(.*)$/u.exec(text);
  if (!found) return null;
  const [, before = "", bullet = "", words = "", bold, plain, value = ""] = found;
  const part = handoffPart(bold ?? plain ?? "");
  return part && { part, indent: columnsBefore(before), bullet, words: `${before}${bullet}${words}`, value: value.trim() };
}

function filledLabel({ part, indent, bullet, words, value }: Label, lines: readonly string[]): readonly string[] {
  const margin = " ".repeat(indent);
  if (FIGURES.has(part)) return [`${margin}${bullet}${HEADINGS[part]}: ${lines.join(" ")}`];
  const line = PLACEHOLDER.test(value) || value === "" ? words : `${words} ${value}`;
  if (bullet === "") return [line, "", ...lines, ""];
  const inside = margin + " ".repeat(bullet.length);
  return [line, ...lines.map((one) => (one === "" ? "" : `${inside}${one}`))];
}

function columnsBefore(text: string): number {
  return /^\s*/u.exec(text.replaceAll("\t", "    "))?.[0].length ?? 0;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/u, "");
}

/** The form's own boxes are no reports about tasks. */
function withoutBox(line: string): string {
  return line.replace(/^(\s*(?:(?:[-*+]|\d{1,6}[.)])\s+)?)\[([ xX~!+]?)\]/u, "$1\\[$2]");
}
