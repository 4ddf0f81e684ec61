/** The first line: what runs, how far it is, what time it is for it, and how many need a person. */
import { bar } from "../bar.ts";
import { fraction, planTime, plural, truncate, truncateMiddle } from "../format.ts";
import type { ClockFacts, Counts, Facts } from "../facts/types.ts";
import { pack, span, type Line, type Part } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs, Tone } from "../theme.ts";
import { lineBlock, type Block } from "./block.ts";
import { isLastKnown } from "./states.ts";
import { paceLong, paceShort } from "./pace.ts";

/** From this width on a long title is worth more than a long bar, columns. */
const WIDE = 160;

export function headerBlocks(frame: Frame): readonly Block[] {
  const { header } = frame.layout;
  return [lineBlock("header", header, headerLine(frame, header.width), frame.theme)];
}

export function headerLine(frame: Frame, width: number): Line {
  const { facts, theme } = frame;
  const { glyphs } = theme;
  if (facts === null)
    return [
      span(" marathon ", "strong"),
      span(frame.marathon.connection.status === "connecting" ? `attaching${glyphs.ellipsis}` : "", "dim"),
    ];
  // Without its engine no agent is known to work.
  const counts = isLastKnown(frame) ? { ...facts.counts, busy: 0, asking: 0 } : facts.counts;
  const parts: Part[] = [
    ...chips(frame, facts),
    ...titlePart(facts, width, glyphs),
    progressPart(facts.counts, width, glyphs),
    ...clockParts(facts, glyphs),
    { forms: [countsLong(counts, glyphs), countsShort(counts, glyphs)], weight: 90, keep: true },
    ...todoPart(facts, glyphs),
    ...(facts.owed === null
      ? []
      : [{ forms: [[span(facts.owed.text, "warn")], [span(`handoffs owed ${facts.owed.sessions}`, "warn")]], weight: 42 }]),
  ];
  return [span(" "), ...pack(parts, width - 2, [span(width >= 140 ? "   " : "  ")], glyphs.ellipsis)];
}

function chips(frame: Frame, facts: Facts): readonly Part[] {
  const found: Part[] = [];
  const chip = (text: string, short: string, tone: Tone) =>
    found.push({ forms: [[span(` ${text} `, tone)], [span(short, tone)]], weight: 95, keep: true });
  const { connection } = frame.marathon;
  if (connection.status === "engine-gone") chip("ENGINE GONE", "GONE", "chip-bad");
  if (connection.status === "silent") chip("ENGINE SILENT", "SILENT", "chip-bad");
  if (connection.status === "ended" || facts.status === "stopped") chip("STOPPED", "STOPPED", "chip-bad");
  else if (facts.status === "done") chip("DONE", "DONE", "chip");
  else if (facts.status === "settled") chip("WAITS FOR YOU", "WAITS", "chip-takeover");
  if (facts.rehearsal) chip(`REHEARSAL ${frame.theme.glyphs.times}${facts.speed}`, "REHEARSAL", "chip-rehearsal");
  return found;
}

function titlePart(facts: Facts, width: number, glyphs: Glyphs): readonly Part[] {
  const form = (columns: number): Line => [span(truncate(facts.title, columns, glyphs.ellipsis), "strong")];
  const longest = Math.max(12, Math.floor(width / (width >= WIDE ? 2 : 4)));
  // On a wide screen the bar gives way before the title does.
  return [{ forms: [form(longest), form(Math.min(longest, 24)), form(16), form(11)], weight: width >= WIDE ? 40 : 20 }];
}

function progressPart(counts: Counts, width: number, glyphs: Glyphs): Part {
  const form = (columns: number): Line => [
    ...bar(counts.done, counts.total, columns, glyphs),
    ...(columns > 0 ? [span(" ")] : []),
    span(fraction(counts.done, counts.total), "strong"),
  ];
  const longest = Math.max(10, Math.floor(width / 6));
  return { forms: [form(longest), form(Math.ceil(longest / 2)), form(6), form(0)], weight: 30, keep: true };
}

function clockParts({ clock, lanes }: Facts, glyphs: Glyphs): readonly Part[] {
  const elapsed = span(planTime(clock.elapsed), "strong");
  const parts: Part[] = [];
  if (clock.planned === null) parts.push({ forms: [[elapsed, span(" elapsed", "dim")], [elapsed]], weight: 85, keep: true });
  else {
    const planned = planTime(clock.planned);
    const end = planTime(clock.withBuffer ?? clock.planned);
    const buffered = clock.withBuffer !== null && clock.withBuffer > clock.planned;
    parts.push({
      forms: [
        [elapsed, span(` of ${planned}${buffered ? ` (${end} with buffer)` : ""}`)],
        [elapsed, span(`/${planned}${buffered ? `+${planTime((clock.withBuffer ?? 0) - clock.planned)}` : ""}`)],
        [elapsed, span(`/${planned}`)],
      ],
      weight: 85,
      keep: true,
    });
  }
  if (clock.forecast !== null) {
    const range = `${planTime(clock.forecast.low)}${glyphs.dash}${planTime(clock.forecast.high)}`;
    parts.push({
      forms: [
        [span("finish ", "dim"), span(range)],
        [span(glyphs.arrow, "dim"), span(range)],
      ],
      weight: 60,
    });
  }
  return [...parts, ...paceParts(clock, lanes, glyphs)];
}

/**
 * How the whole plan stands, against its own length. Streams are measured against their own hours, so that all of them can be
 * behind while the plan is ahead: then the line says what the first is measured on, and how many streams say otherwise.
 */
function paceParts(clock: ClockFacts, { kind, rows }: Facts["lanes"], glyphs: Glyphs): readonly Part[] {
  const long = paceLong(clock.behind, glyphs, false);
  if (clock.behind === null || long.length === 0) return [];
  const short = paceShort(clock.behind, glyphs);
  const measured = rows.flatMap((lane) => lane.behind ?? []);
  const late = measured.filter((behind) => behind > 0).length;
  const differ = clock.behind > 0 ? late === 0 && measured.length > 0 : late * 2 > measured.length;
  if (!differ) return [{ forms: [long, short], weight: 80 }];
  const base: Line = clock.planned === null || clock.behind === 0 ? [] : [span(` of ${planTime(clock.planned)}`)];
  const share = late > 0 ? `${glyphs.behind} ${late} of ${rows.length} ${kind} behind` : `${glyphs.onPlan} no ${kind} behind`;
  const brief = late > 0 ? `${glyphs.behind}${late}/${rows.length}` : `${glyphs.onPlan}${rows.length}`;
  const tone: Tone = late > 0 ? "warn" : "dim";
  return [
    { forms: [[...long, ...base], long, short], weight: 80 },
    { forms: [[span(share, tone)], [span(`${brief} ${kind}`, tone)], [span(brief, tone)]], weight: 35, keep: true },
  ];
}

/** "3 open in HUMAN_TODO.md": what waits for a person outside of the terminals. */
function todoPart({ counts, todo }: Facts, glyphs: Glyphs): readonly Part[] {
  if (counts.todo === 0) return [];
  const file = truncateMiddle(todo.file, 20, glyphs.ellipsis);
  return [{ forms: [[span(`${counts.todo} open in ${file}`, "person")], [span(`todo ${counts.todo}`, "person")]], weight: 45 }];
}

/** "■ 2 blockers  ? 1 asking  ● 8/10 busy". */
function countsLong(counts: Counts, glyphs: Glyphs): Line {
  return [
    span(`${glyphs.signs.blocked} ${plural(counts.blockers, "blocker")}`, counts.blockers > 0 ? "bad" : "dim"),
    span("  "),
    span(`${glyphs.signs.asking} ${counts.asking} asking`, counts.asking > 0 ? "person" : "dim"),
    span("  "),
    span(`${glyphs.signs.busy} ${fraction(counts.busy, counts.terminals)} busy`, counts.busy > 0 ? "good" : "dim"),
  ];
}

function countsShort(counts: Counts, glyphs: Glyphs): Line {
  return [
    span(`${glyphs.signs.blocked}${counts.blockers}`, counts.blockers > 0 ? "bad" : "dim"),
    span(" "),
    span(`${glyphs.signs.asking}${counts.asking}`, counts.asking > 0 ? "person" : "dim"),
    span(" "),
    span(`${glyphs.signs.busy}${counts.busy}/${counts.terminals}`, counts.busy > 0 ? "good" : "dim"),
  ];
}
