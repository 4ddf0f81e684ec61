/** A handoff in the project's own form: what is known goes where the form asks for it, and all else of the form stays. Pure. */
import { HANDOFF_PARTS, handoffPart, type HandoffPart } from "../plan/scratch-handoff.ts";

export interface HandoffWords {
  readonly title: string;
  /** Who made it, and from what. */
  readonly made: string;
  /** Lines of Markdown. */
  readonly parts: Readonly<Record<HandoffPart, readonly string[]>>;
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
/** Deeper than every heading: each of them ends what a bold line has begun. */
const BELOW_ALL = 7;

/** `template`: the form's text. What it says below a heading that it shares with every handoff is replaced; parts that it lacks come last. */
export function fillTemplate(template: string, { title, made, parts }: HandoffWords): string {
  const open = new Set<HandoffPart>(HANDOFF_PARTS);
  const lines = [`# ${title}`, "", made, ""];
  let ours: number | null = null;
  let titled = false;
  let code = false;
  for (const line of withoutFrontMatter(template).split(/\r?\n/u)) {
    const fence = /^ {0,3}(?:```|~~~)/u.test(line);
    const level = code || fence ? null : (/^ {0,3}(#{1,6})\s/u.exec(line)?.[1]?.length ?? null);
    const part = code || fence ? null : partOf(line, level);
    if (fence) code = !code;
    if (part !== null && open.delete(part)) {
      ours = level ?? (FIGURES.has(part) ? null : BELOW_ALL);
      if (level === null && FIGURES.has(part)) lines.push(`${HEADINGS[part]}: ${parts[part].join(" ")}`);
      else lines.push(line, "", ...parts[part], "");
    } else if (ours === null || (level !== null && level <= ours)) {
      ours = null;
      // Its title is ours.
      if (level === 1 && !titled) titled = true;
      else lines.push(withoutBox(line));
    }
  }
  if (code) lines.push("```");
  for (const part of open) lines.push("", `## ${HEADINGS[part]}`, "", ...parts[part]);
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trimEnd()}\n`;
}

/** The part that this line opens, as a heading, a bold line or by a colon. */
function partOf(line: string, level: number | null): HandoffPart | null {
  if (level !== null) return handoffPart(line.replace(/^ {0,3}#{1,6}\s+/u, ""));
  const label = /^\s*(?:[-*+]\s+)?(?:\*\*([^*:]{2,60}):?\*\*:?|([^*:]{2,60}):)/u.exec(line);
  return label ? handoffPart(label[1] ?? label[2] ?? "") : null;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/u, "");
}

/** The form's own boxes are no reports about tasks. */
function withoutBox(line: string): string {
  return line.replace(/^(\s*(?:(?:[-*+]|\d{1,6}[.)])\s+)?)\[([ xX~!+]?)\]/u, "$1\\[$2]");
}
