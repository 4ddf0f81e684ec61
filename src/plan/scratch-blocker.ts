/** Blocker notes (DO-07): free text with fields that are easy to find. */
import { parseRange } from "./ranges.ts";
import type { BlockerNote } from "./report-types.ts";
import { fieldsOf, valueOf, valuesOf } from "./scratch-fields.ts";
import type { ScratchLine } from "./scratch-lines.ts";

type Name = "reason" | "priority" | "tasks" | "cause" | "not tried" | "tried" | "status" | "error";

const NAMES: readonly (readonly [Name, RegExp])[] = [
  ["reason", /^(?:reason|blocker|problem|issue|summary|description|what(?: is)? blocked)$/i],
  ["priority", /^(?:priority|severity)$/i],
  ["tasks", /^(?:affected |blocked )?tasks?(?: affected| blocked)?$/i],
  ["cause", /^(?:root )?cause$/i],
  ["not tried", /^(?:not (?:yet )?tried|untried|options?(?: left| not tried)?|could try)$/i],
  ["tried", /^(?:(?:already )?tried|attempts?|attempted|what (?:was|i) tried)$/i],
  ["status", /^(?:status|state|resolved)$/i],
  ["error", /^(?:error(?: text| message)?|evidence|output)$/i],
];

/** Heads the part of a blocker file that a marathon writes itself: what it knows already. */
export const RECORDED = "Recorded by marathon";

/** Reads the note; `task` is the one in the file's name, if any. Of what a marathon wrote itself only fields count, to which somebody may have added. */
export function readBlocker(lines: readonly ScratchLine[], task: number | null): BlockerNote {
  const told = withoutRecorded(lines);
  const fields = fieldsOf(lines, NAMES);
  const listed = valuesOf(fields, "tasks").flatMap((value) => parseRange(/^[^(]*/.exec(value)?.[0]?.trim() ?? "") ?? leadingNumber(value));
  const status = valueOf(fields, "status") ?? "";
  return {
    title: titleOf(lines),
    reason: valueOf(fields, "reason") ?? firstProse(told, new Set(fields.map((field) => field.line))),
    priority: priorityOf(valueOf(fields, "priority")),
    tasks: [...new Set([...(task === null ? [] : [task]), ...listed])],
    cause: valueOf(fields, "cause"),
    tried: valuesOf(fields, "tried"),
    notTried: valuesOf(fields, "not tried"),
    evidence: evidenceOf(told),
    resolved: /^(?:yes\b|resolved|closed|fixed|done|over\b)/i.test(status),
  };
}

function withoutRecorded(lines: readonly ScratchLine[]): readonly ScratchLine[] {
  let ours = false;
  return lines.filter(({ code, text }) => {
    if (!code && /^##? /u.test(text)) ours = text.startsWith(`## ${RECORDED} `);
    return !ours;
  });
}

function leadingNumber(text: string): number[] {
  const number = /^(?:task\s*)?#?(\d{1,6})\b/i.exec(text)?.[1];
  return number === undefined ? [] : [Number(number)];
}

function titleOf(lines: readonly ScratchLine[]): string | null {
  for (const line of lines) {
    const heading = line.code ? null : /^\s{0,3}#{1,6}\s+(.+?)\s*#*$/.exec(line.text);
    if (heading !== null) return heading[1]?.replaceAll("**", "") ?? null;
  }
  return null;
}

/** The first line of prose: no heading, no field, no code. */
function firstProse(lines: readonly ScratchLine[], fieldLines: ReadonlySet<number>): string | null {
  const line = lines.find(
    (each) =>
      !each.code &&
      !fieldLines.has(each.number) &&
      /^\s{0,3}(?:\*\*)?[\p{L}\p{N}"'`]/u.test(each.text) &&
      !/^\**[\w ]{2,30}:\**\s/.test(each.text),
  );
  return line?.text.replaceAll("**", "").trim() ?? null;
}

function priorityOf(text: string | null): BlockerNote["priority"] {
  const word = /\bP([0-3])\b/i.exec(text ?? "")?.[1];
  const index =
    word === undefined
      ? ["critical", "high", "medium", "low"].findIndex((name) => (text ?? "").toLowerCase().startsWith(name))
      : Number(word);
  return (["P0", "P1", "P2", "P3"] as const)[index] ?? null;
}

/** How programs begin a line that says what went wrong. Output in fences counts first: prose talks about errors, too. */
const ERROR_LINE =
  /^(?:\s*\[?)(?:[\w.]*(?:Error|Exception)\b|ERROR\b|error\b(?:\[\w+\])?:|fatal\b|npm (?:ERR!|error)|panic\b|FAILED\b|Traceback\b|E\s{2,}\S|[\w./-]+:\s*(?:command not found|No such file|Permission denied|cannot\b|error:))/;

function evidenceOf(lines: readonly ScratchLine[]): BlockerNote["evidence"] {
  const looksLike = (line: ScratchLine) => ERROR_LINE.test(line.text.slice(0, 300));
  const inCode = lines.find((line) => line.code && looksLike(line));
  if (inCode !== undefined) return { text: inCode.text.trim(), line: inCode.number };
  for (const line of lines) {
    const field = /^\s*(?:[-*+]\s+)?\**(?:error(?: text| message)?|evidence)\**:\**\s*(\S.*)$/i.exec(line.text)?.[1];
    const text = field ?? (looksLike(line) ? line.text : null);
    if (text !== null && !line.code)
      return {
        text: text
          .replace(/^`+|`+$/g, "")
          .replace(/^\*\*\s*/, "")
          .trim(),
        line: line.number,
      };
  }
  return null;
}
