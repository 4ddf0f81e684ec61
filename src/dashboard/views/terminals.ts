/** Every terminal in one line: number, stream, agent, role, state with its age, how far it is, current task. */
import { fit, fraction, width as widthOf } from "../format.ts";
import type { TerminalFacts } from "../facts/types.ts";
import { cutLine, fillLine, span, type Line, type Span } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";
import type { Row } from "./block.ts";
import { listRows } from "./list.ts";
import { marksWidth, programTitle, shortMarks, unseenSigns } from "./marks.ts";
import { isLastKnown, terminalState, terminalTone } from "./states.ts";

export function terminalRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const terminals = frame.facts?.terminals ?? [];
  const { glyphs } = frame.theme;
  const columns = terminalColumns(frame, terminals, size.width);
  const items = terminals.map((terminal) => [dimmed(frame, terminalLine(frame, terminal, columns, size.width))]);
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

interface TerminalColumns {
  readonly stream: number;
  readonly agent: number;
  readonly role: number;
  /** 0 while no terminal has a mark. */
  readonly marks: number;
  readonly count: boolean;
  readonly digits: number;
}

// Number, sign, word, age and the spaces between them.
const fixedColumns = 3 + 10 + 6;

function terminalColumns(frame: Frame, terminals: readonly TerminalFacts[], width: number): TerminalColumns {
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));
  const stream = longest(terminals.map((terminal) => terminal.stream ?? ""));
  const agent = commonAgent(terminals) === null ? Math.min(8, longest(terminals.map((terminal) => terminal.agent))) : 0;
  const digits = Math.max(1, ...terminals.map((terminal) => String(terminal.total).length));
  const marks = marksWidth(
    frame,
    terminals.map((terminal) => terminal.number),
  );
  const room = width - fixedColumns - (marks > 0 ? marks + 1 : 0) - (stream > 0 ? stream + 1 : 0) - (agent > 0 ? agent + 1 : 0);
  // The task needs its number and the start of its title before the role may have more.
  const role = Math.min(longest(terminals.map(roleOf)), Math.max(0, Math.min(16, Math.floor(room * 0.45))));
  return { stream, agent, role, marks, count: room - role > 24, digits };
}

/** A terminal's role, or what its plan calls it. */
export function roleOf(terminal: TerminalFacts): string {
  return terminal.role ?? terminal.label ?? "";
}

function terminalLine(frame: Frame, terminal: TerminalFacts, columns: TerminalColumns, width: number): Line {
  const { glyphs } = frame.theme;
  const column = (text: string, size: number, tone: "plain" | "dim" | "accent"): Line =>
    size > 0 ? [span(`${fit(text, size, glyphs.ellipsis)} `, tone)] : [];
  const inFront = terminal.number === frame.view.focused;
  const title = programTitle(frame, terminal.number);
  const task: Line =
    terminal.task === null ? [noTask(terminal, glyphs)] : [span(String(terminal.task.number), "strong"), span(` ${terminal.task.title}`)];
  return cutLine(
    [
      span(String(terminal.number).padStart(2), inFront ? "key" : "strong"),
      span(inFront ? glyphs.pointer : " ", "key"),
      ...column(terminal.stream ?? "", columns.stream, "accent"),
      ...column(terminal.agent, columns.agent, "dim"),
      ...column(roleOf(terminal), columns.role, "plain"),
      ...terminalState(terminal, glyphs),
      span(" "),
      ...(columns.marks > 0 ? [...fillLine(shortMarks(frame, terminal.number), columns.marks, glyphs.ellipsis), span(" ")] : []),
      ...(columns.count ? [span(`${fraction(terminal.done, terminal.total, columns.digits)} `, "dim")] : []),
      ...task,
      ...(title === "" ? [] : [span(` ${glyphs.dot} ${title}`, "dim")]),
    ],
    width,
    glyphs.ellipsis,
  );
}

/** For a terminal without a task: what of its work is left. */
function noTask(terminal: TerminalFacts, glyphs: Glyphs): Span {
  if (terminal.blocked > 0) return span(`${terminal.blocked} blocked`, "bad");
  if (terminal.open > 0 && (terminal.state === "lost" || terminal.state === "exited")) return span(`has ${terminal.open}`, "bad");
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
    span(terminal.task === null ? "" : ` ${terminal.task.number}`, "dim"),
  ]);
}
