/** The first line: what runs, how far it is, what time it is for it, and how many need a person. */
import { bar } from "../bar.ts";
import { age, fraction, planTime, plural, truncate, truncateMiddle } from "../format.ts";
import type { Counts, Facts } from "../facts/types.ts";
import { pack, span, type Line, type Part } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs, Tone } from "../theme.ts";
import { lineBlock, type Block } from "./block.ts";
import { isLastKnown } from "./states.ts";
import { paceLong, paceShort } from "./pace.ts";

/** From this width on a long title is worth more than a long bar, columns. */
const WIDE = 160;

/** From this width on there is room for how many streams say otherwise than the whole, columns. */
const ROOM_FOR_LANES = 100;

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
    ...clockParts(facts, width, glyphs),
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
  // On a narrow screen the figure beside it says as much as a bar of a few columns, which the clock can use.
  const shorter = width < ROOM_FOR_LANES ? [] : [form(Math.ceil(longest / 2)), form(6)];
  return { forms: [form(longest), ...shorter, form(0)], weight: 30, keep: true };
}

function clockParts(facts: Facts, width: number, glyphs: Glyphs): readonly Part[] {
  const { clock } = facts;
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
  return [...parts, ...paceParts(facts, width, glyphs)];
}

/**
 * What a night watch asks first: will it end in time? With a forecast that is its first figure less the planned end, both of which stand
 * to the left of it; without one, what is earned less what has passed. Streams are measured against hours of their own, so that most of
 * them can be behind while the whole still ends early, as where sessions planned one after the other run side by side: that is said too.
 */
function paceParts(facts: Facts, width: number, glyphs: Glyphs): readonly Part[] {
  const { clock, lanes } = facts;
  const whole = clock.late ?? clock.behind;
  if (whole === null) return [];
  const pace: Part = {
    forms:
      clock.late === null
        ? [paceLong(clock.behind, glyphs, false), paceShort(clock.behind, glyphs)]
        : endForms(clock.late, facts.status === "done", glyphs),
    weight: 80,
  };
  const measured = lanes.rows.flatMap((lane) => lane.behind ?? []);
  const late = measured.filter((behind) => behind > 0).length;
  const differ = whole > 0 ? late === 0 && measured.length > 0 : late * 2 > measured.length;
  // What is over is behind nothing any more: each row still says how it ended.
  if (!differ || facts.status === "done" || width < ROOM_FOR_LANES) return [pace];
  const tone: Tone = late > 0 ? "warn" : "dim";
  const share = late > 0 ? `${glyphs.behind} ${late} of ${lanes.rows.length}` : `${glyphs.onPlan} no`;
  const brief = late > 0 ? `${glyphs.behind} ${late}/${lanes.rows.length}` : `${glyphs.onPlan} 0/${lanes.rows.length}`;
  return [pace, { forms: [[span(`${share} ${lanes.kind} behind`, tone)], [span(`${brief} behind`, tone)]], weight: 35 }];
}

/** "▲ ends 20h early", "▼ ends 22m late", "= ends on plan". */
function endForms(late: number, over: boolean, glyphs: Glyphs): Part["forms"] {
  const verb = over ? "ended" : "ends";
  if (late === 0) return [[span(`${glyphs.onPlan} ${verb} on plan`, "dim")], [span(`${glyphs.onPlan} plan`, "dim")]];
  const [sign, word, tone] = late > 0 ? ([glyphs.behind, "late", "warn"] as const) : ([glyphs.ahead, "early", "good"] as const);
  const time = age(Math.abs(late));
  return [[span(`${sign} ${verb} ${time} ${word}`, tone)], [span(`${sign} ${time} ${word}`, tone)]];
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
