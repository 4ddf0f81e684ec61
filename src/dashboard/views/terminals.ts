/** Every terminal in one line, or two where the list is narrow: number, stream, agent, role, state with its age, how far it is, current task. */
import { fit, fraction, timeOfDay, width as widthOf } from "../format.ts";
import type { TerminalFacts } from "../facts/types.ts";
import { cutLine, fillLine, span, spread, type Line, type Span } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";
import type { Row } from "./block.ts";
import { listRows } from "./list.ts";
import { marksWidth, programTitle, shortMarks, unseenSigns } from "./marks.ts";
import { isLastKnown, messageMark, terminalState, terminalTone } from "./states.ts";

export function terminalRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const terminals = frame.facts?.terminals ?? [];
  const { glyphs } = frame.theme;
  const twoLines = size.width < ONE_LINE && terminals.length * 2 <= size.height;
  const columns = terminalColumns(frame, size.width, twoLines);
  const items = terminals.map((terminal) => {
    const lines = (twoLines ? inTwoLines : inOneLine)(frame, terminal, columns, size.width);
    return lines.map((line) => dimmed(frame, cutLine(line, size.width, glyphs.ellipsis)));
  });
  const selected = frame.view.area === "terminals" && frame.view.view === "board" ? frame.view.selected.terminals : null;
  return listRows(items, selected, size.height, glyphs);
}

function dimmed(frame: Frame, line: Line): Line {
  return isLastKnown(frame) ? line.map((part) => ({ ...part, tone: "dim" })) : line;
}

/** The agent that all terminals run; null when they differ and each line says its own. */
export function commonAgent(terminals: readonly TerminalFacts[]): string | null {
  const agents = new Set(terminals.map((terminal) => terminal.agent));
  return agents.size === 1 ? (terminals[0]?.agent ?? null) : null;
}

/** From this width on one line has room for the task's title beside everything else. */
const ONE_LINE = 72;
/** So that the columns need not move when the tasks pass a hundred. */
const TASK_DIGITS = 3;

interface TerminalColumns {
  /** Where the second line of a terminal begins. */
  readonly indent: number;
  readonly stream: number;
  readonly agent: number;
  readonly role: number;
  /** 0 while no terminal has a mark. */
  readonly marks: number;
  readonly count: boolean;
  readonly digits: number;
}

/** An agent with this much of its context used, percent, will soon have to forget. */
const CONTEXT_LOW = 80;

// Number, sign, word, age and the spaces between them.
const fixedColumns = 3 + 10 + 6;

function terminalColumns(frame: Frame, width: number, twoLines: boolean): TerminalColumns {
  const terminals = frame.facts?.terminals ?? [];
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));
  const stream = longest(terminals.map((terminal) => terminal.stream ?? ""));
  const agent =
    commonAgent(terminals) === null ? Math.min(width < ONE_LINE ? 8 : 16, longest(terminals.map((terminal) => terminal.agent))) : 0;
  const digits = Math.max(1, ...terminals.map((terminal) => String(terminal.total).length));
  const marks = marksWidth(
    frame,
    terminals.map((terminal) => terminal.number),
  );
  const room = width - fixedColumns - (stream > 0 ? stream + 1 : 0) - (agent > 0 ? agent + 1 : 0);
  const longestRole = longest(terminals.map(roleOf));
  const indent = 3 + (stream > 0 ? stream + 1 : 0);
  // The number of the task is all that follows in the first of two lines.
  const task = Math.max(TASK_DIGITS, longest(terminals.map((terminal) => String(terminal.task?.number ?? ""))));
  if (twoLines) return { indent, stream, agent, marks, role: Math.min(longestRole, Math.max(0, room - task - 1)), count: false, digits };
  // The task needs its number and the start of its title before the role may have more.
  const rest = room - (marks > 0 ? marks + 1 : 0);
  const role = Math.min(longestRole, Math.max(0, Math.min(16, Math.floor(rest * 0.45))));
  return { indent, stream, agent, marks, role, count: rest - role > 24, digits };
}

/** A terminal's role, or what its plan calls it. */
export function roleOf(terminal: TerminalFacts): string {
  return terminal.role ?? terminal.label ?? "";
}

/** Number, role, state and the task's number; below them the task's title, and at the right its marks and how much is done. */
function inTwoLines(frame: Frame, terminal: TerminalFacts, columns: TerminalColumns, width: number): readonly Line[] {
  const { glyphs } = frame.theme;
  const { task } = terminal;
  const number = task === null ? [] : [span(String(task.number), "strong")];
  const below = task === null ? noTask(terminal, glyphs) : span(task.title);
  const count = span(` ${fraction(terminal.done, terminal.total, columns.digits)}`, "dim");
  const marks = shortMarks(frame, terminal.number);
  return [
    [...headSpans(frame, terminal, columns), ...number],
    spread(
      [span(" ".repeat(columns.indent)), below, ...titleSpans(frame, terminal)],
      [...(marks.length > 0 ? [span(" "), ...marks] : []), count],
      width,
      glyphs.ellipsis,
    ),
  ];
}

function inOneLine(frame: Frame, terminal: TerminalFacts, columns: TerminalColumns): readonly Line[] {
  const { glyphs } = frame.theme;
  const { task } = terminal;
  const said = task === null ? [noTask(terminal, glyphs)] : [span(String(task.number), "strong"), span(` ${task.title}`)];
  const marks = columns.marks > 0 ? [...fillLine(shortMarks(frame, terminal.number), columns.marks, glyphs.ellipsis), span(" ")] : [];
  const count = columns.count ? [span(`${fraction(terminal.done, terminal.total, columns.digits)} `, "dim")] : [];
  return [[...headSpans(frame, terminal, columns), ...marks, ...count, ...said, ...titleSpans(frame, terminal)]];
}

/** What its agent will soon have too little of, and what the program calls itself. */
function titleSpans(frame: Frame, { number, contextPercent, limitedUntil }: TerminalFacts): Line {
  const { dot } = frame.theme.glyphs;
  const title = programTitle(frame, number);
  return [
    ...(limitedUntil === null ? [] : [span(` ${dot} until ${timeOfDay(limitedUntil).slice(0, 5)}`, "warn")]),
    ...(contextPercent === null || contextPercent < CONTEXT_LOW ? [] : [span(` ${dot} context ${contextPercent}%`, "warn")]),
    ...(title === "" ? [] : [span(` ${dot} ${title}`, "dim")]),
  ];
}

/** Who it is and how it stands, in columns. */
function headSpans(frame: Frame, terminal: TerminalFacts, columns: TerminalColumns): Line {
  const { glyphs } = frame.theme;
  const column = (text: string, size: number, tone: "plain" | "dim" | "accent"): Line =>
    size > 0 ? [span(`${fit(text, size, glyphs.ellipsis)} `, tone)] : [];
  const inFront = terminal.number === frame.view.focused;
  return [
    span(String(terminal.number).padStart(2), inFront ? "key" : "strong"),
    span(inFront ? glyphs.pointer : " ", "key"),
    ...column(terminal.stream ?? "", columns.stream, "accent"),
    ...column(agentIn(terminal.agent, columns.agent), columns.agent, "dim"),
    ...column(roleOf(terminal), columns.role, "plain"),
    ...terminalState(terminal, glyphs),
    span(" "),
    ...messageMark(terminal, glyphs),
  ];
}

/** The agent with its model; where that has no room, its name alone says more than half of both. */
function agentIn(agent: string, width: number): string {
  return widthOf(agent) <= width ? agent : (agent.split(":")[0] ?? agent);
}

/** For a terminal without a task: what of its work is left, and why that is not begun. */
function noTask(terminal: TerminalFacts, glyphs: Glyphs): Span {
  if (terminal.blocked > 0) return span(`${terminal.blocked} blocked`, "bad");
  if (terminal.open > 0 && (terminal.state === "lost" || terminal.state === "exited")) return span(`has ${terminal.open}`, "bad");
  if (terminal.held !== null) return span(`${terminal.held.number} ${terminal.held.why}`, "warn");
  return span(terminal.done === terminal.total && terminal.total > 0 ? "all done" : glyphs.dash, "dim");
}

/** All terminals on one line: "1● 2● 3? 4■". */
export function terminalsLine(frame: Frame): Line {
  const { glyphs } = frame.theme;
  return (frame.facts?.terminals ?? []).flatMap((terminal) => [
    span("  "),
    span(`${terminal.number}`, terminal.number === frame.view.focused ? "key" : "plain"),
    span(glyphs.signs[terminal.state], terminalTone(terminal)),
    ...unseenSigns(frame, terminal.number),
    ...messageMark(terminal, glyphs).map((mark) => ({ ...mark, text: mark.text.trimEnd() })),
    span(terminal.task === null ? "" : ` ${terminal.task.number}`, "dim"),
  ]);
}
