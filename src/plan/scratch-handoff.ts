/** The five fields of a handoff note (DO-04). */
import { parseDuration } from "./durations.ts";
import type { Handoff } from "./report-types.ts";
import { fieldsOf, valueOf, valuesOf } from "./scratch-fields.ts";
import type { ScratchLine } from "./scratch-lines.ts";

export type HandoffPart = "completion" | "completed work" | "blocked work" | "next steps" | "effort";

const NAMES: readonly (readonly [HandoffPart, RegExp])[] = [
  ["completion", /^(?:completion|progress|percent complete)\b/i],
  ["completed work", /^(?:completed(?: work)?|done|accomplished|what was done)\b/i],
  ["blocked work", /^(?:blocked(?: work)?|blockers?)\b/i],
  ["next steps", /^(?:next steps?|next|to do next|remaining(?: work)?)\b/i],
  ["effort", /^(?:(?:estimated )?effort|(?:estimated )?(?:hours|time) (?:to complete|left|remaining))\b/i],
];

/** In the order in which they are read. */
export const HANDOFF_PARTS: readonly HandoffPart[] = NAMES.map(([name]) => name);

/** The part that a heading or label opens, as in "2. **Completed work**"; null for all others. */
export function handoffPart(label: string): HandoffPart | null {
  const bare = label
    .replace(/^\s*\d{1,6}[.)]\s+/u, "")
    .replaceAll("**", "")
    .trim();
  return NAMES.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}

/** Reads the fields. A field that is there but says "none" is not missing; template text is. */
export function readHandoff(lines: readonly ScratchLine[]): Handoff {
  const fields = fieldsOf(lines, NAMES);
  const percent = /(\d{1,3}(?:\.\d{1,4})?)\s*%/.exec(valueOf(fields, "completion") ?? "")?.[1];
  const completion = percent === undefined || Number(percent) > 100 ? null : Number(percent);
  const effort = effortOf(valueOf(fields, "effort"));
  const there = (name: HandoffPart) => fields.some((field) => field.name === name && (field.inline !== "" || field.lines.length > 0));
  const missing = NAMES.map(([name]) => name).filter((name) =>
    name === "completion" ? completion === null : name === "effort" ? effort === null : !there(name),
  );
  return {
    completion,
    completed: valuesOf(fields, "completed work"),
    blocked: valuesOf(fields, "blocked work"),
    nextSteps: valuesOf(fields, "next steps"),
    effortHours: effort,
    missing,
  };
}

function effortOf(text: string | null): Handoff["effortHours"] {
  if (text === null) return null;
  if (/^(?:none|nothing|0)\b/i.test(text)) return { low: 0, high: 0 };
  const figure = /[~≈]?\s*\d[\d.\s–—-]*(?:h|hours?|hrs?|m|min|minutes?|d|days?)?\b/i.exec(text)?.[0]?.trim();
  const minutes = figure === undefined ? null : parseDuration(figure, "hours");
  return minutes === null ? null : { low: minutes.low / 60, high: minutes.high / 60 };
}
