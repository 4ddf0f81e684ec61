/** One session while a review is being read: what each place says about it, and which of them counts. */
import type { Place } from "../types.ts";
import type { ReviewedSession, SessionStatus } from "./types.ts";

export interface Entry {
  readonly id: string;
  readonly place: Place;
  name: string | null;
  heading: { completion: number | null; status: SessionStatus | null };
  line: { status: SessionStatus | null; text: string };
  table: { completion: number | null; status: SessionStatus | null; text: string };
  planned: number | null;
  actual: number | null;
  approximate: boolean;
  statedCloseness: number | null;
  timeReason: string | null;
  tableHours: number | null;
  entryHours: number | null;
  remaining: number | null;
  reason: string | null;
  inDeliverables: boolean;
  readonly deliverables: { present: number; warned: number; missing: number };
}

export function emptyEntry(id: string, place: Place): Entry {
  return {
    id,
    place,
    name: null,
    heading: { completion: null, status: null },
    line: { status: null, text: "" },
    table: { completion: null, status: null, text: "" },
    planned: null,
    actual: null,
    approximate: false,
    statedCloseness: null,
    timeReason: null,
    tableHours: null,
    entryHours: null,
    remaining: null,
    reason: null,
    inDeliverables: false,
    deliverables: { present: 0, warned: 0, missing: 0 },
  };
}

/** Tables count before headings, headings before lines (T-36, T-56); what else was said is kept beside it. */
export function settled(entry: Entry): ReviewedSession {
  return {
    ...entry.place,
    id: entry.id,
    name: entry.name,
    planned: entry.planned,
    actual: entry.actual ?? entry.tableHours ?? entry.entryHours,
    approximate: entry.approximate,
    completion: entry.table.completion ?? entry.heading.completion,
    status: entry.table.status ?? entry.heading.status ?? entry.line.status,
    reason: entry.timeReason ?? entry.reason,
    statedCloseness: entry.statedCloseness,
    entryHours: entry.entryHours,
    remaining: entry.remaining,
    deliverables: { ...entry.deliverables },
  };
}

const WORDS: readonly (readonly [RegExp, SessionStatus])[] = [
  [/\bnot[ _-]?started\b/i, "not_started"],
  [/\bin[ _-]?progress\b|\bongoing\b/i, "in_progress"],
  [/\bblocked\b/i, "blocked"],
  [/\bdone\b|\bsuccess\b|\baccomplished\b|\bcompleted?\b/i, "done"],
  [/\bpartial\b/i, "partial"],
];

const ICONS: readonly (readonly [RegExp, SessionStatus])[] = [
  [/[✅✓☑]/u, "done"],
  [/❌/u, "not_started"],
  [/[⏳🔄]/u, "in_progress"],
  [/⚠/u, "partial"],
];

/** The first status word in the text; without one, what its icon means. A word beats an icon: one sign stands for two (T-29). */
export function statusIn(text: string): SessionStatus | null {
  const found = WORDS.map(([pattern, status]) => ({ at: text.search(pattern), status })).filter(({ at }) => at !== -1);
  const first = found.toSorted((a, b) => a.at - b.at)[0];
  return first?.status ?? ICONS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
