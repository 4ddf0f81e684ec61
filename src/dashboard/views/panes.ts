/** Titles in the panes' top borders: what runs there at the left, how it stands at the right edge. */
import { fraction, truncate, width } from "../format.ts";
import type { TerminalFacts } from "../facts/types.ts";
import type { PaneRect } from "../layout.ts";
import { cutLine, lineWidth, pack, span, type Line, type Part } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { lineBlock, type Block } from "./block.ts";
import { markForms, programTitle, unseenSigns } from "./marks.ts";
import { readingChip } from "./reading.ts";
import { isLastKnown, messageMark, terminalState, terminalTone } from "./states.ts";

export function paneTitleBlocks(frame: Frame): readonly Block[] {
  return frame.layout.panes.flatMap((pane) => {
    const terminal = frame.facts?.terminals.find((one) => one.number === pane.terminal);
    return terminal === undefined ? [] : paneTitle(frame, pane, terminal);
  });
}

function paneTitle(frame: Frame, pane: PaneRect, terminal: TerminalFacts): readonly Block[] {
  const { theme } = frame;
  const room = pane.outer.width - 4;
  const right = rightPart(frame, terminal, room).map((part) =>
    isLastKnown(frame) && part.text.trim() !== "" ? { ...part, tone: "dim" as const } : part,
  );
  const left = leftPart(frame, terminal, Math.max(4, room - lineWidth(right) - 3));
  const at = (key: string, x: number, line: Line): Block =>
    lineBlock(`${key}:${terminal.number}`, { x, y: pane.outer.y, width: lineWidth(line), height: 1 }, line, theme);
  return [at("pane-left", pane.outer.x + 2, left), at("pane-right", pane.outer.x + pane.outer.width - 2 - lineWidth(right), right)];
}

function leftPart(frame: Frame, terminal: TerminalFacts, room: number): Line {
  const { glyphs } = frame.theme;
  const inFront = terminal.number === frame.view.focused;
  const takenOver = inFront && frame.view.context === "take-over";
  const number = span(` ${terminal.number} `, takenOver ? "chip-takeover" : inFront ? "chip" : "strong");
  const gap: Line = [span(` ${glyphs.dot} `, "dim")];
  const parts: Part[] = [
    { forms: [[number, ...(terminal.stream === null ? [] : [span(` ${terminal.stream}`, "accent")])]], weight: 100, keep: true },
  ];
  const text = (value: string | null, weight: number, most: number) => {
    if (value !== null && value !== "") parts.push({ forms: [[span(truncate(value, most, glyphs.ellipsis))]], weight });
  };
  text(terminal.role, 30, 20);
  text(terminal.label, 20, 24);
  text(programTitle(frame, terminal.number), 15, 32);
  text(terminal.agent === frame.facts?.agent ? null : terminal.agent, 10, 12);
  // What it works on is worth more than what it is called: a task whose name fits beside the terminal's number has all of it, else half of the title.
  const { task } = terminal;
  const named = terminal.stream !== null || parts.length > 1;
  // Two numbers side by side are taken for one another.
  const before: Line = named ? gap : [span(" task ", "dim")];
  const taskNumber = task === null ? 0 : lineWidth(before) + String(task.number).length;
  const whole = task === null ? 0 : width(task.title) + 1;
  const beside = room - 1 - taskNumber - lineWidth(parts[0]?.forms[0] ?? []);
  const titleRoom = whole <= beside ? whole : Math.max(0, Math.floor(room * 0.55) - 6);
  const head = pack(parts, room - 1 - taskNumber - titleRoom, gap, glyphs.ellipsis);
  if (task === null) return [...head, ...heldPart(terminal, room - 1 - lineWidth(head), gap, glyphs.ellipsis), span(" ")];
  const left = room - 1 - taskNumber - lineWidth(head);
  const title = left > 4 ? ` ${truncate(task.title, left - 1, glyphs.ellipsis)}` : "";
  return cutLine([...head, ...before, span(String(task.number), "strong"), span(title), span(" ")], room, glyphs.ellipsis);
}

/** Why nothing is begun here, where there is room for a few words of it; what is blocked here tells that itself. */
function heldPart({ held, blocked }: TerminalFacts, room: number, gap: Line, ellipsis: string): Line {
  if (held === null || blocked > 0 || room < 20) return [];
  return cutLine([...gap, span(String(held.number), "strong"), span(` ${held.why}`, "warn")], room, ellipsis);
}

function rightPart(frame: Frame, terminal: TerminalFacts, room: number): Line {
  const { glyphs } = frame.theme;
  const state = [...messageMark(terminal, glyphs), ...terminalState(terminal, glyphs, false)];
  const scrolled = [...comingBack(frame, terminal.number), ...readingChip(frame, terminal.number), ...scrolledBack(frame, terminal.number)];
  const count = span(`${fraction(terminal.done, terminal.total)} `, "dim");
  const forms = markForms(frame, terminal.number).map((marks): Line => (marks.length > 0 ? [...marks, span("  ")] : []));
  for (const marks of forms) {
    const full: Line = [span(" "), ...scrolled, ...marks, count, ...state, span(" ")];
    // The start of the task's title is worth more than how many are done; what nobody has looked at is worth more than its rest.
    if (room >= lineWidth(full) + (marks.length > 0 ? 14 : 24)) return full;
  }
  const short: Line = [span(" "), ...scrolled, ...(forms.at(-1) ?? []), ...state, span(" ")];
  if (room >= lineWidth(short) + 4) return short;
  const unseen = unseenSigns(frame, terminal.number);
  return cutLine(
    [
      span(" "),
      ...unseen,
      ...messageMark(terminal, glyphs),
      span(glyphs.signs[terminal.state], terminalTone(terminal)),
      ...terminalState(terminal, glyphs, false).slice(1),
      span(" "),
    ],
    Math.max(3, room - 5),
    glyphs.ellipsis,
  );
}

/** After its engine's death a pane shows nothing, or what it showed before, until all of that is read again. */
function comingBack(frame: Frame, terminal: number): Line {
  if (frame.marks[terminal]?.readingBack !== true) return [];
  return [span(` reading back${frame.theme.glyphs.ellipsis} `, "chip"), span(" ")];
}

/** While a pane is scrolled back its title says how far: what is there is not what happens now. */
function scrolledBack(frame: Frame, terminal: number): Line {
  const asked = frame.view.scroll[terminal] ?? 0;
  if (asked === 0) return [];
  const pane = frame.panes[terminal];
  // It grows with the output below; nothing has been heard of it yet right after it was asked for.
  const lines = frame.view.tops[terminal] && pane ? pane.scroll : pane?.scroll || asked;
  if (lines === 0) return [];
  const kept = Math.max(lines, pane?.scrollback ?? 0);
  return [span(` ${lines}/${kept} lines back `, "chip-takeover"), span(" ")];
}
