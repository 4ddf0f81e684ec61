/** The newest events, and above them what the dashboard itself has to say. */
import type { LogLine } from "../../marathon/types.ts";
import { plain, timeOfDay } from "../format.ts";
import { cutLine, lineWidth, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Tone } from "../theme.ts";
import { block, plainRows, type Block } from "./block.ts";

const tones: Readonly<Record<LogLine["tone"], Tone>> = { plain: "plain", good: "good", warn: "warn", bad: "bad", person: "person" };

export function eventBlocks(frame: Frame): readonly Block[] {
  const area = frame.layout.events;
  return area === null ? [] : [block("events", area, plainRows(eventLines(frame, area.width, area.height)), frame.theme)];
}

export function eventLines(frame: Frame, width: number, height: number): readonly Line[] {
  const { glyphs } = frame.theme;
  const toasts = frame.view.toasts
    .map((toast): Line => [span(" "), span(toast.text, toast.tone === "plain" ? "strong" : toast.tone)])
    .slice(-height);
  const entries = [...(frame.marathon.state?.log ?? [])].reverse().map(entry);
  const lines: Line[] = [...toasts];
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

function entry(log: LogLine): Line {
  const text = plain(log.text);
  const named = log.terminal === null || new RegExp(`\\b(?:T|terminal )${log.terminal}\\b`, "u").test(text);
  return [span(timeOfDay(log.at), "dim"), span(named ? "" : ` T${log.terminal}`, "strong"), span(` ${text}`, tones[log.tone])];
}
