/** Hours that a plan states on several bases, its buffer, and its timeline against its sessions. */
import { compare } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { agrees, parseFigure, showFigure, statedOf } from "./figures.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import { sessionsByStream } from "./verify-joins.ts";
import type { Place, Plan, TimelineSlot } from "./types.ts";

export function verifyHours(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const sessions = plan.sessions.reduce((sum, session) => sum + (session.hours ?? 0), 0);
  for (const draft of drafts) {
    reportHeader(draft, plan, sessions, problems);
    reportSlots(draft, plan, problems);
  }
  if (sessions === 0) return;
  reportBases(drafts, plan, sessions, problems);
  reportStreamHours(drafts, plan, problems);
  reportBuffer(drafts, plan, sessions, problems);
  reportModels(drafts, plan, sessions, problems);
}

/** "9-Session", "36-Hour" and "100-Task" in the title; "Sessions: 9 (average 4 hours each …)" below it. */
function reportHeader(draft: Draft, plan: Plan, sessions: number, problems: Problems): void {
  const title = draft.title ?? "";
  const at = { file: draft.file, line: draft.titleLine, column: 1 };
  const inTitle = (pattern: RegExp) => {
    const written = pattern.exec(title)?.[1] ?? "";
    const figure = parseFigure(written);
    return figure === null ? null : { ...at, figure, written };
  };
  const count = plan.sessions.length;
  if (count > 0) compare(problems, { what: "sessions, as the title has it", stated: inTitle(/(\d+)[- ]sessions?\b/i), computed: count });
  compare(problems, { what: "tasks, as the title has it", stated: inTitle(/(\d+)[- ]tasks?\b/i), computed: plan.tasks.length });
  const end = draft.timeline.at(-1)?.end;
  if (end !== undefined) compare(problems, { what: "hours, as the title has it", stated: inTitle(/(\d+)[- ]hours?\b/i), computed: end });
  for (const line of draft.marks.header.filter(({ key }) => /^sessions$/i.test(key))) {
    const stated = (text: string | undefined) => {
      const figure = parseFigure(text ?? "");
      return figure === null || text === undefined ? null : { ...placeOf(line), figure, written: text };
    };
    if (count > 0) compare(problems, { what: "sessions", stated: stated(/^[~\d]\S*/.exec(line.text)?.[0]), computed: count });
    const average = stated(/average\s+(?:of\s+)?([~\d]\S*)\s*h/i.exec(line.text)?.[1]);
    const computed = Math.round((sessions / count) * 100) / 100;
    const advice = "correct the average, or the hours of the sessions";
    if (sessions > 0) compare(problems, { what: "average hours of a session", stated: average, computed, code: "average-differs", advice });
  }
}

/** Each slot is as long as its session, and each session with hours has one. */
function reportSlots(draft: Draft, plan: Plan, problems: Problems): void {
  const slots = draft.timeline.filter((slot) => slot.session !== null);
  if (slots.length === 0) return;
  const hours = new Map(plan.sessions.map((session) => [session.id, session.hours]));
  for (const slot of slots) {
    const planned = hours.get(slot.session ?? "") ?? null;
    const length = slot.end - slot.start;
    if (planned === null || length <= 0 || Math.abs(length - planned) < 1e-9) continue;
    problems.warning({
      at: placeOf(slot),
      code: "slot-differs",
      message: `the timeline gives session ${slot.session} ${length} h, the session itself ${planned} h`,
      advice: "make the slot as long as the session",
      stated: length,
      computed: planned,
    });
  }
  const shown = new Set(slots.map((slot) => slot.session));
  const missing = plan.sessions.filter((session) => session.hours !== null && !shown.has(session.id));
  const first = slots[0];
  if (missing.length === 0 || first === undefined) return;
  problems.warning({
    at: placeOf(first),
    code: "not-on-timeline",
    message: `the timeline has no slot for ${missing.map((session) => `session ${session.id}`).join(", ")}`,
    advice: "add a slot for each session",
  });
}

/** Stream hours, session hours and the horizon are three figures for one marathon; they are never added (T-03). */
function reportBases(drafts: readonly Draft[], plan: Plan, sessions: number, problems: Problems): void {
  const rows = drafts.flatMap((draft) => [...draft.streamBudgets.values()]);
  const streams = rows.reduce((sum, row) => sum + row.hours, 0);
  const at = drafts.map((draft) => draft.streamBudgetTotal).find((row) => row !== null) ?? rows[0];
  if (at === undefined || streams === 0 || streams === sessions) return;
  problems.warning({
    at: at.cells.hours ?? placeOf(at),
    code: "hour-bases",
    trap: "T-03",
    message: `hours on ${plan.horizonHours === null ? "two" : "three"} bases: streams ${streams} h, sessions ${sessions} h${plan.horizonHours === null ? "" : `, the whole ${plan.horizonHours} h`}`,
    advice: "read each figure by itself: streams run side by side, sessions one after another; never add them",
    stated: streams,
    computed: sessions,
  });
}

/** A stream whose tasks are those of whole sessions takes as long as they do (T-75). */
function reportStreamHours(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const budgets = new Map(drafts.flatMap((draft) => [...draft.streamBudgets]));
  for (const [id, sessions] of sessionsByStream(plan)) {
    const row = budgets.get(id);
    const hours = sessions.reduce((sum, session) => sum + (session.hours ?? 0), 0);
    const stated = row?.cells.hours ?? null;
    if (stated === null || hours === 0 || agrees(stated.figure, hours)) continue;
    problems.warning({
      at: placeOf(stated),
      code: "stream-hours",
      trap: "T-75",
      message: `stream ${id} is budgeted ${showFigure(stated.figure)} h, its sessions ${sessions.map((session) => session.id).join(" + ")} take ${hours} h`,
      advice: sessions.length > 1 ? "let these sessions overlap, or budget their sum" : "make the two agree",
      stated: statedOf(stated.figure),
      computed: hours,
    });
  }
}

/** Share of the estimates that experience asks to keep free: 25 to 50 % (T-27). */
const LEAST_BUFFER = 0.25;
const MOST_BUFFER = 0.5;

function reportBuffer(drafts: readonly Draft[], plan: Plan, sessions: number, problems: Problems): void {
  if (plan.settings.buffer !== null) return;
  const slots = drafts.flatMap((draft) => draft.timeline);
  const buffers = slots.filter((slot) => slot.kind === "buffer");
  const hours = buffers.reduce((sum, slot) => sum + Math.max(0, slot.end - slot.start), 0);
  if (hours >= sessions * LEAST_BUFFER) return;
  const at: (TimelineSlot & Place) | Place | undefined = buffers[0] ?? slots.at(-1) ?? plan.sessions[0];
  if (at === undefined) return;
  const wanted = `${Math.ceil(sessions * LEAST_BUFFER)}-${Math.ceil(sessions * MOST_BUFFER)}`;
  const share = Math.round((hours / sessions) * 1000) / 10;
  problems.warning({
    at: placeOf(at),
    code: hours === 0 ? "no-buffer" : "small-buffer",
    trap: "T-27",
    message: hours === 0 ? `${sessions} h of sessions and no buffer` : `a buffer of ${hours} h for ${sessions} h of sessions is ${share} %`,
    advice: `keep 25 to 50 % free, ${wanted} h here: a longer buffer slot, or buffer: in the front matter`,
    stated: hours,
    computed: wanted,
  });
}

/** Sessions one after another, or streams all at once: the same work on two clocks (T-53). */
function reportModels(drafts: readonly Draft[], plan: Plan, sessions: number, problems: Problems): void {
  const rows = drafts.flatMap((draft) => [...draft.streamBudgets]);
  const first = rows[0]?.[1];
  if (first === undefined || (plan.settings.schedule ?? null) !== null) return;
  const floating = new Set(plan.streams.filter((stream) => stream.terminals.length === 0).map((stream) => stream.id));
  const longest = (overflow: boolean) =>
    rows.reduce((most, [id, row]) => (floating.has(id) === overflow ? Math.max(most, row.hours) : most), 0);
  const atOnce = longest(false) + longest(true);
  if (atOnce === 0 || atOnce === sessions) return;
  const parts = longest(true) > 0 && longest(false) > 0 ? ` (${longest(false)} h and ${longest(true)} h of overflow)` : "";
  problems.note({
    at: placeOf(first),
    code: "time-models",
    trap: "T-53",
    message: `sessions one after another take ${sessions} h, all streams at once ${atOnce} h${parts}`,
    advice: "choose one: schedule: sessions, streams, 2 sessions or 3 sessions in the front matter",
    stated: sessions,
    computed: atOnce,
  });
}
