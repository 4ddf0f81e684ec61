/** Session headings and the fields and lists below them. */
import { append } from "./append.ts";
import { compare } from "./compare.ts";
import { blankSession, type Draft, type SessionParts } from "./draft.ts";
import { parseDuration } from "./durations.ts";
import { parseFigure } from "./figures.ts";
import type { Item } from "./markdown.ts";
import { placeOf } from "./marks.ts";
import type { Line, Section } from "./outline.ts";
import { itemText, itemTexts, items, linesOf, linesOfFence, placedItems } from "./outline.ts";
import { parseRange } from "./ranges.ts";
import { roleOf } from "./hierarchy.ts";
import { placeholderIn, plain } from "./text.ts";
import type { AgentCount, Deliverable, Place, SessionKind } from "./types.ts";

/** "Session 024: name". Ids stay text with their zeros (T-42). */
export function openSession(section: Section, draft: Draft): SessionParts | null {
  // Asked first: the expression for letters of all scripts takes milliseconds to make.
  const match = !/^session\s/iu.test(section.heading)
    ? null
    : /^Session\s+([\p{L}\p{N}][\w-]{0,31})\s*[:–—-]\s+(.+)$/iu.exec(section.heading);
  if (match === null) return null;
  const id = match[1] ?? "";
  if (placeholderIn(id) !== null) {
    reportPlaceholder(section.place, id, draft);
    return null;
  }
  const known = draft.sessions.get(id);
  if (known !== undefined) return known;
  const session: SessionParts = {
    ...section.place,
    ...blankSession(id, match[2] ?? id),
    kind: /\bbuffer\b/i.test(match[2] ?? "") ? "buffer" : null,
    statedAgents: null,
    statedTasks: null,
  };
  draft.sessions.set(id, session);
  return session;
}

/** Reads one section of a session: the fields below its own heading, or one of its lists. */
export function readSessionSection(section: Section, session: SessionParts, draft: Draft): void {
  for (const block of section.blocks) {
    if (block.kind === "paragraph") for (const line of linesOf(block.content)) readField(line, session, draft);
  }
  const heading = section.heading;
  if (/^objectives?\b/i.test(heading)) readObjectives(section, session, draft);
  else if (/\ballocation\b/i.test(heading)) readAllocation(section, session, draft);
  else if (/^agent work\b/i.test(heading)) readAgentWork(section, session);
  else if (/\bcriteria\b/i.test(heading)) append(session.criteria, items(section.blocks).flatMap(criterionOf));
  else if (/^deliverables?\b/i.test(heading)) for (const item of items(section.blocks)) readDeliverable(item, session, draft);
  else if (/^depend(?:s on|encies)\b/i.test(heading))
    session.dependsOn = [...session.dependsOn, ...itemTexts(section.blocks).flatMap(sessionIds)];
  else if (/\bfallback\b/i.test(heading)) session.fallback = itemTexts(section.blocks).join("; ") || session.fallback;
}

function readObjectives(section: Section, session: SessionParts, draft: Draft): void {
  append(session.objectives, itemTexts(section.blocks));
  for (const { text, place } of placedItems(section.blocks)) draft.marks.objectives.push({ ...place, session: session.id, text });
}

function readField(line: Line, session: SessionParts, draft: Draft): void {
  const match = /^([\w ]+?):\s*(.+)$/.exec(plain(line.text));
  const value = match?.[2]?.trim() ?? "";
  const key = match?.[1]?.toLowerCase() ?? "";
  if (match !== null) draft.marks.fields.push({ ...placeOf(line), session: session.id, key, text: value });
  switch (key) {
    case "duration":
    case "hours": {
      const minutes = parseDuration(value, "hours");
      if (minutes !== null) {
        session.hours = minutes.high / 60;
        session.hoursLow = minutes.low / 60;
      } else reportUnreadable(line, "duration", value, "write it as 4 hours", draft);
      return;
    }
    case "branch":
      if (isBranch(value)) session.branch = value;
      else session.branchNote = value;
      return;
    case "agents":
      readAgents(line, value, session, draft);
      return;
    case "depends on":
    case "dependencies":
      session.dependsOn = sessionIds(value);
      return;
    case "fallback":
    case "blocker fallback":
      session.fallback = value;
      return;
    case "kind":
      session.kind = KINDS.find((kind) => kind === value.toLowerCase()) ?? null;
      if (session.kind === null) reportUnreadable(line, "kind", value, "write core, independent or buffer", draft);
      return;
    default:
  }
}

const KINDS: readonly SessionKind[] = ["core", "independent", "buffer"];

/** A branch field may hold prose instead of a name (T-31): git allows neither spaces nor these signs in a name. */
function isBranch(value: string): boolean {
  return /^[^\s~^:?*[\\]+$/.test(value) && !value.includes("..") && !/^\/|\/$|\.lock$/.test(value) && placeholderIn(value) === null;
}

/** "3 (QA_TESTER × 3, parallel)": a count, roles with multiplicity, and words that are flags and no roles (T-15). */
function readAgents(line: Line, value: string, session: SessionParts, draft: Draft): void {
  const match = /^(\d+)?\s*(?:\((.*)\))?$/.exec(value) ?? /^(?:(\d+)\s*:)?\s*(.+)$/.exec(value);
  const count = parseFigure(match?.[1] ?? "");
  session.statedAgents = count === null ? null : { ...placeOf(line), figure: count, written: match?.[1] ?? "" };
  const agents = new Map<string, number>();
  for (const part of (match?.[2] ?? "")
    .split(",")
    .map((text) => text.trim())
    .filter((text) => text !== "")) {
    if (/^(?:in )?(?:parallel|sequential|series)$/i.test(part)) {
      session.parallelAgents = /parallel/i.test(part);
      continue;
    }
    const times = /^(.+?)\s*[×xX*]\s*(\d{1,4})$/.exec(part) ?? /^(\d{1,4})\s*[×xX*]\s*(.+)$/.exec(part);
    const swapped = times !== null && /^\d+$/.test(times[1] ?? "");
    const role = roleOf((swapped ? times?.[2] : times?.[1]) ?? part);
    const each = Number((swapped ? times?.[1] : times?.[2]) ?? 1);
    agents.set(role, (agents.get(role) ?? 0) + each);
  }
  session.agents = [...agents].map(([role, count]): AgentCount => ({ role, count }));
  const counted = session.agents.reduce((sum, agent) => sum + agent.count, 0);
  if (session.statedAgents === null || counted === 0) return;
  compare(draft.problems, {
    stated: session.statedAgents,
    computed: counted,
    code: "agents-differ",
    trap: "T-15",
    what: `agents of session ${session.id}`,
    advice: "make the count and the list of roles agree",
  });
}

/** "Terminals 1-3: label (tasks 1-10)" bullets; the heading carries the total. */
function readAllocation(section: Section, session: SessionParts, draft: Draft): void {
  const stated = /\(((?:about\s+|~)?\d+\+?)\s+tasks?\)/i.exec(section.heading)?.[1];
  const figure = parseFigure(stated ?? "");
  session.statedTasks = figure === null ? null : { ...section.place, figure, written: `(${stated}` };
  for (const item of items(section.blocks)) {
    const text = itemText(item);
    if (text === null) continue;
    const match = /^(Terminals?\s+[^:]+):\s*(.*?)\s*\((tasks?\s+[^)]+)\)$/i.exec(plain(text.text.replaceAll("\n", " ")));
    const terminals = parseRange(match?.[1] ?? "?");
    for (const range of [match?.[1], match?.[3]]) if (range !== undefined) draft.marks.ranges.push({ ...placeOf(text), text: range });
    const tasks = parseRange(match?.[3] ?? "?");
    if (match === null || terminals === null || tasks === null) {
      reportUnreadable(text, "allocation", text.text, "write it as Terminals 1-3: label (tasks 1-10)", draft, "error");
    } else session.allocations.push({ terminals, label: match[2] ?? "", tasks, file: text.file, line: text.line, column: text.column });
  }
}

/** Fenced lines "QA_TESTER_2: work (8 tasks)". "(Parallel)" in the heading means the agents work at once. */
function readAgentWork(section: Section, session: SessionParts): void {
  if (/\(parallel\)/i.test(section.heading)) session.parallelAgents = true;
  const fences = section.blocks.flatMap((block) => (block.kind === "fence" ? linesOfFence(block).map((line) => line.text) : []));
  for (const line of [...fences, ...itemTexts(section.blocks)]) {
    const match = /^\s*([A-Z][\w-]*)\s*:\s*(.+?)\s*(?:\((\d+)(?:\s+\w+)?\))?$/.exec(line);
    if (match === null) continue;
    const name = match[1] ?? "";
    session.work.push({ name, role: roleOf(name), work: match[2] ?? "", tasks: match[3] === undefined ? null : Number(match[3]) });
  }
}

function criterionOf(item: Item): SessionParts["criteria"][number][] {
  const text = itemText(item);
  return text === null ? [] : [{ ...item.place, text: plain(text.text.replaceAll("\n", " ")), met: item.checked === true }];
}

function readDeliverable(item: Item, session: SessionParts, draft: Draft): void {
  const text = itemText(item);
  if (text === null) return;
  const words = plain(text.text.replaceAll("\n", " "));
  const placeholder = placeholderIn(words);
  if (placeholder !== null) reportPlaceholder(item.place, placeholder, draft);
  session.deliverables.push({ ...item.place, text: words, ...kindOf(words, text.codes[0] ?? null) });
}

function kindOf(words: string, code: string | null): Pick<Deliverable, "kind" | "path" | "count"> {
  const path = code ?? /(?:^|\s)((?:[\w.-]+\/)+[\w.*-]*|[\w-]+\.(?:md|ts|tsx|js|json|py|yml|yaml))(?=$|\s)/.exec(words)?.[1] ?? null;
  const count = /^(\d+)\+?\s/.exec(words)?.[1];
  if (/\bPR\s+#/i.test(words)) return { kind: "pull-request", path: null, count: null };
  if (path === null) return { kind: "text", path: null, count: null };
  if (count !== undefined) return { kind: "count", path, count: Number(count) };
  if (/YYYY/.test(path)) return { kind: "dated", path, count: null };
  if (path.includes("*")) return { kind: "glob", path, count: null };
  return { kind: path.endsWith("/") ? "folder" : "path", path, count: null };
}

function sessionIds(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])(?:session\s+)?(\d{2,}|[a-z][\w]*-[\w-]+)(?![\w-])/gi)].map((match) => match[1] ?? "");
}

function reportPlaceholder(at: Place, placeholder: string, draft: Draft): void {
  draft.problems.note({
    at,
    code: "placeholder",
    trap: "T-58",
    message: `${placeholder} stands for a value and is not taken as one`,
    advice: "fill it in when the value is known",
  });
}

function reportUnreadable(
  at: Place,
  what: string,
  text: string,
  advice: string,
  draft: Draft,
  severity: "error" | "warning" = "warning",
): void {
  draft.problems[severity]({ at, code: `bad-${what}`, message: `"${text}" is no ${what}`, advice });
}
