/** The newest events, and above them what the dashboard itself has to say. */
import { base } from "../../marathon/words.ts";
import type { LogLine } from "../../marathon/types.ts";
import { plain, planTime, timeOfDay } from "../format.ts";
import { cutLine, lineWidth, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { block, plainRows, type Block } from "./block.ts";
import { listBlocks } from "./lists.ts";
import { logTone, needsName, newestFirst } from "./log-lines.ts";

export function eventBlocks(frame: Frame): readonly Block[] {
  const area = frame.layout.events;
  const lines = area === null ? [] : [block("event-lines", area, plainRows(eventLines(frame, area.width, area.height)), frame.theme)];
  return [...lines, ...listBlocks(frame, "events")];
}

export function eventLines(frame: Frame, width: number, height: number): readonly Line[] {
  const { glyphs } = frame.theme;
  const toasts = frame.view.toasts
    .map((toast): Line => [span(" "), span(toast.text, toast.tone === "plain" ? "strong" : toast.tone)])
    .slice(-height);
  const entries = newestFirst(frame.marathon.state).map(entry);
  const lines: Line[] = [...toasts, ...standing(frame)].slice(0, height);
  while (lines.length < height && entries.length > 0) {
    const first = entries.shift();
    const line: (typeof first & object)[number][] = [span(" "), ...(first ?? [])];
    // Further events only where they fit whole: half a sentence beside another says nothing.
    while (entries[0] !== undefined && lineWidth(line) + 3 + lineWidth(entries[0]) < width)
      line.push(span(` ${glyphs.dot} `, "dim"), ...(entries.shift() ?? []));
    lines.push(cutLine(line, width, glyphs.ellipsis));
  }
  return lines;
}

/** What stays the news until the person leaves or it is mended: the engine is gone, something is degraded, all is done. */
function standing(frame: Frame): readonly Line[] {
  const { connection } = frame.marathon;
  if (connection.status === "engine-gone")
    return [
      [
        span(" the engine is gone: agents with it", "bad"),
        span("; `marathon attach` takes it up again "),
        span("- this screen comes back by itself", "dim"),
      ],
    ];
  if (connection.status === "silent") {
    const pid = frame.marathon.state?.engine?.pid;
    return [
      [
        span(` the engine${pid === undefined ? "" : ` (pid ${pid})`} has not answered for ${connection.seconds} s`, "bad"),
        span(": `marathon doctor` tells why "),
        span("- what you type waits for it, and this screen goes on with it", "dim"),
      ],
    ];
  }
  const degraded = Object.values(frame.marathon.state?.degraded ?? {});
  if (degraded.length > 0)
    return degraded.map((text): Line => [span(` ${frame.theme.glyphs.signs.blocked} `, "bad"), span(plain(text), "bad")]);
  const { facts } = frame;
  if (connection.status === "ended" || facts?.status !== "done") return [];
  const { counts, clock, owed } = facts;
  const { dot } = frame.theme.glyphs;
  const reviews = Object.values(frame.marathon.state?.files ?? {}).filter(({ name }) => name.kind === "aar");
  const review = reviews.toSorted((a, b) => b.at - a.at)[0];
  return [
    [
      span(` done: ${counts.done} of ${counts.total} in ${planTime(clock.elapsed)}`, "good"),
      ...(owed === null ? [] : [span(` ${dot} `), span(owed.text, "warn")]),
      ...(review === undefined ? warningSince(frame, dot) : [span(` ${dot} ${base(review.path)} is drafted, p shows it`)]),
      span(` ${dot} q leaves`),
    ],
  ];
}

/** What went wrong at the end, such as that no review could be written: nothing comes after it that would tell. */
function warningSince({ marathon: { state } }: Frame, dot: string): Line {
  const warning = state?.notices.findLast(({ severity, at }) => severity !== "info" && at >= (state.statusAt ?? state.at));
  return warning === undefined ? [] : [span(` ${dot} `), span(plain(warning.text), "warn")];
}

function entry(log: LogLine): Line {
  const text = plain(log.text);
  return [span(timeOfDay(log.at), "dim"), span(needsName(log, text) ? ` T${log.terminal}` : "", "strong"), span(` ${text}`, logTone(log))];
}
