/** Lists and fences whose meaning their heading tells: context files, bundles, timeline, phases, checklists, rules. */
import { append } from "./append.ts";
import type { Draft, DraftPhase } from "./draft.ts";
import { parseFigure } from "./figures.ts";
import type { Block, FenceBlock } from "./markdown.ts";
import { parseHierarchy } from "./hierarchy.ts";
import { placeOf } from "./marks.ts";
import type { Line, Section } from "./outline.ts";
import { itemText, itemTexts, items, lineage, linesOfFence, placedItems } from "./outline.ts";
import { parseRange } from "./ranges.ts";
import { plain } from "./text.ts";
import type { ContextFile } from "./types.ts";

/** Reads what a section holds beside tasks, streams and sessions. */
export function readLists(section: Section, draft: Draft): void {
  const { heading } = section;
  const within = (pattern: RegExp) => [...lineage(section)].some((at) => pattern.test(at.heading));
  if (/\bnever\b.*\bshare\b/i.test(heading)) append(draft.neverShare, neverShared(section.blocks));
  else readContext(section, draft);
  if (/\b(?:requires?|needs?)\s+saniti[sz]/i.test(heading)) append(draft.sanitizeFirst, unsanitized(section.blocks));
  if (/\btimeline\b/i.test(heading)) for (const line of fenceLines(section.blocks)) readSlot(line, draft);
  if (/\bexecution pattern\b|^phases?\b/i.test(heading)) readPhases(fenceLines(section.blocks), draft);
  if (/^hierarchy\b|\bchain of command\b/i.test(heading)) readHierarchyFence(section, draft);
  if (/\bbundles?\b/i.test(heading)) readBundles(fenceLines(section.blocks), draft);
  if (/\bpre-?(?:execution|flight)\b/i.test(heading)) readPreflight(section, draft);
  if (within(/\bfiles?\b.*\b(?:modified|changed|touched|created)\b/i)) readPromised(section, draft);
  if (within(/\bparallel\b/i)) for (const { text, place } of placedItems(section.blocks)) draft.marks.tiers.push({ ...place, text });
  if (/\bsynthesis\b/i.test(heading)) append(draft.synthesis, itemTexts(section.blocks));
  if (/\boverlap/i.test(heading)) readOverlaps(section, draft);
  if (within(/^post-(?:marathon|run)\b|^follow-?ups?\b/i)) append(draft.followUps, itemTexts(section.blocks));
  if (within(/\brisks?\b/i) && /^if\b/i.test(heading)) draft.risks.push({ trigger: heading, responses: itemTexts(section.blocks) });
}

function fences(blocks: readonly Block[]): FenceBlock[] {
  return blocks.flatMap((block) => (block.kind === "fence" ? [block] : []));
}

function fenceLines(blocks: readonly Block[]): Line[] {
  return fences(blocks).flatMap(linesOfFence);
}

/** One path per line, with an optional note after a hash that a space precedes. */
function contextFile(line: Line): ContextFile | null {
  const match = /^\s*(\S+)(?:\s+#\s*(.*))?\s*$/.exec(line.text);
  if (match === null || (match[1] ?? "#").startsWith("#")) return null;
  return { path: match[1] ?? "", note: match[2]?.trim() || null, file: line.file, line: line.line, column: line.column };
}

function neverShared(blocks: readonly Block[]): string[] {
  const fenced = fenceLines(blocks).flatMap((line) => contextFile(line)?.path ?? []);
  const listed = items(blocks).flatMap((item) => {
    const text = itemText(item);
    return text === null ? [] : [text.codes[0] ?? text.text.split(/\s/)[0] ?? ""];
  });
  return [...fenced, ...listed].filter((path) => path !== "");
}

/** "**Location:** `docs/knowledge/`", and paths in plain fences; none once a line says "**Sanitized:** by whom and when". */
function unsanitized(blocks: readonly Block[]): string[] {
  const paragraphs = blocks.flatMap((block) => (block.kind === "paragraph" ? [block.content] : []));
  if (paragraphs.some(({ text }) => /^\W*saniti[sz]ed:\W*[\p{L}\p{N}]/iu.test(text))) return [];
  const located = paragraphs.flatMap(({ text, codes }) => (/^\W*(?:location|folders?|files?)\b/i.test(text) ? codes : []));
  const fenced = fences(blocks).flatMap((fence) => (fence.lang === null || fence.lang === "text" ? linesOfFence(fence) : []));
  return [...located, ...fenced.flatMap((line) => contextFile(line)?.path ?? [])].filter((path) => path !== "");
}

/** A plain fence is a context list when the bold line before it or its heading says so; code in a language is not. */
function readContext(section: Section, draft: Draft): void {
  let label: string | null = null;
  for (const block of section.blocks) {
    if (block.kind === "paragraph") label = plain(block.content.text).replace(/:$/, "");
    else if (block.kind === "fence") {
      const says = /\bcontext\b|\bfiles? (?:to share|for)\b/i;
      if ((block.lang === null || block.lang === "text") && (says.test(label ?? "") || says.test(section.heading))) {
        const heading = label ?? section.heading;
        const files = linesOfFence(block).flatMap((line) => contextFile(line) ?? []);
        if (files.length > 0) draft.context.push({ heading, stream: /\bstream\s+(\w+)/i.exec(heading)?.[1] ?? null, files });
      }
      label = null;
    } else label = null;
  }
}

/** "Hour 0-4: Session 024 (MCP Tools)" and "Hour 32-36: Buffer …". */
function readSlot(line: Line, draft: Draft): void {
  const match = /^\s*Hours?\s+(\d+(?:\.\d+)?)\s*(?:-|–|—|to)\s*(\d+(?:\.\d+)?)\s*:\s*(.+)$/i.exec(line.text);
  if (match === null) return;
  const text = match[3]?.trim() ?? "";
  const session = /^Session\s+([\w-]+)\s*(?:\((.*)\))?/i.exec(text);
  draft.timeline.push({
    file: line.file,
    line: line.line,
    column: line.column,
    start: Number(match[1]),
    end: Number(match[2]),
    kind: session === null ? "buffer" : "session",
    session: session?.[1] ?? null,
    label: session?.[2] ?? text,
  });
}

/** "Phase 1 (Terminals 1-10 in parallel):" with branches "├── Terminal 1: label (tasks 1-10)" or "├── label (tasks 89-93)". */
function readPhases(lines: readonly Line[], draft: Draft): void {
  let phase: DraftPhase | null = null;
  for (const line of lines) {
    const head = /^\s*Phase\s+(\d{1,6})\s*(?:\((.*?)\))?\s*(?::\s*(.*))?$/i.exec(line.text);
    if (head !== null) {
      const name = head[3] || head[2] || null;
      const terminals = parseRange(/Terminals?\s+[\d\s–—-]+/i.exec(head[2] ?? "")?.[0] ?? "") ?? [];
      phase = { file: line.file, line: line.line, column: line.column, id: Number(head[1]), name, terminals, entries: [] };
      draft.phases.push(phase);
      continue;
    }
    const branch = /^[\s│├└─|`+*-]*(?:Terminal\s+(\d{1,6})\s*:\s*)?(.*?)\s*\((tasks?\s+[^)]+)\)\s*$/i.exec(line.text);
    const tasks = branch === null ? null : parseRange(branch[3] ?? "?");
    if (phase === null || branch === null || tasks === null) continue;
    const terminal = branch[1] === undefined ? null : Number(branch[1]);
    phase.entries.push({ file: line.file, line: line.line, column: line.column, terminal, label: branch[2] ?? "", tasks });
  }
}

/** "Stream A: CLAUDE.md + mcp-server/". */
function readBundles(lines: readonly Line[], draft: Draft): void {
  for (const line of lines) {
    const match = /^\s*Stream\s+(\w+)\s*:\s*(.+)$/i.exec(line.text);
    if (match === null) continue;
    const stream = match[1] ?? "";
    const entries = (match[2] ?? "").split(/\s+\+\s+/).map((path) => path.trim());
    draft.bundles.set(stream, entries);
    draft.marks.bundles.push({ ...placeOf(line), text: line.text, stream, entries });
  }
}

/** The steps, and the bundles and the hand-out size that stand inside them. */
function readPreflight(section: Section, draft: Draft): void {
  for (const item of items(section.blocks)) {
    const text = itemText(item);
    if (text === null) continue;
    const step = plain(text.text.replaceAll("\n", " ")).replace(/:$/, "");
    draft.preflight.push(step);
    if (/\bbundles?\b/i.test(step)) readBundles(fenceLines(item.blocks), draft);
    for (const detail of items(item.blocks)) {
      const line = itemText(detail);
      const written = /\b((?:about\s+|~)?\d+\+?)\s+tasks\s+(?:per|each|for each)\s*(?:terminal)?/i.exec(line?.text ?? "")?.[1];
      const figure = parseFigure(written ?? "");
      if (line !== null && written !== undefined && figure !== null) draft.stated.perTerminal = { ...placeOf(line), figure, written };
    }
  }
}

/** "NEW: `tests/services/test_*.py` (25 files)" below "Stream B (…)". */
function readPromised(section: Section, draft: Draft): void {
  const stream = /^Stream\s+(\w+)/i.exec(section.heading)?.[1];
  if (stream === undefined) return;
  for (const { text, place } of placedItems(section.blocks)) {
    const files = parseFigure(/\(([^()]+?)\s+files?\)\s*$/i.exec(text)?.[1] ?? "");
    if (files !== null) draft.marks.promised.push({ ...place, text, stream, files: files.value });
  }
}

/** "Session 025 (Backend) + Session 026 (Frontend) = No conflict". */
function readOverlaps(section: Section, draft: Draft): void {
  for (const item of items(section.blocks)) {
    const text = plain(itemText(item)?.text ?? "");
    const sessions = [...text.matchAll(/\bSession\s+([\w-]+)/gi)].map((match) => match[1] ?? "");
    if (sessions.length >= 2) draft.overlaps.push({ ...item.place, sessions, reason: /=\s*(.+)$/.exec(text)?.[1] ?? text });
  }
}

function readHierarchyFence(section: Section, draft: Draft): void {
  const fence = fences(section.blocks)[0];
  if (fence === undefined) return;
  const { hierarchy, problems } = parseHierarchy(fence.value, fence.place.file);
  draft.hierarchy = problems.length === 0 ? hierarchy : null;
  for (const { code, message, advice, line, column } of problems) {
    draft.problems.error({ at: { file: fence.place.file, line: fence.firstLine + line - 1, column }, code, message, advice });
  }
}
