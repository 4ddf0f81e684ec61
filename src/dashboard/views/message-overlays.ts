/** What is written to agents and asked by them, as the rows of an overlay. */
import type { MessageFacts, TerminalFacts } from "../facts/types.ts";
import { age, fit, plain, wrap } from "../format.ts";
import { fillLine, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { MessageOverlay } from "../stores/message-overlays.ts";
import type { Overlay } from "../stores/view-store.ts";
import type { Tone } from "../theme.ts";
import { plainRows, type Row } from "./block.ts";
import { listRows } from "./list.ts";
import { terminalState } from "./states.ts";

/** Rows of a text that is being written; a longer one shows its end. */
const TEXT_ROWS = 10;

const KINDS: ReadonlySet<string> = new Set<MessageOverlay["kind"]>(["compose", "pick", "messages", "answer"]);

export function isMessageOverlay(overlay: Overlay): overlay is MessageOverlay {
  return KINDS.has(overlay.kind);
}

export function messageTitle(overlay: MessageOverlay): string {
  if (overlay.kind === "compose") return `Message to ${names(overlay.terminals)}`;
  if (overlay.kind === "pick") return "Message to whom?";
  if (overlay.kind === "answer")
    return `Terminal ${overlay.question.terminal} asks${overlay.question.kind === "permission" ? " for a permission" : ""}`;
  return overlay.title;
}

/** Rows that the overlay needs inside its frame. */
export function messageHeight(overlay: MessageOverlay, width: number): number {
  if (overlay.kind === "pick") return overlay.terminals.length + 2;
  if (overlay.kind === "messages") return Math.max(1, overlay.messages.length * 2 + overlay.refused.length) + 2;
  return (overlay.kind === "compose" ? composeLines(overlay, width) : answerLines(overlay, width)).length;
}

export function messageRows(frame: Frame, overlay: MessageOverlay, width: number, height: number): readonly Row[] {
  if (overlay.kind === "compose") return plainRows(composeLines(overlay, width));
  if (overlay.kind === "answer") return answerRows(overlay, width, height);
  if (overlay.kind === "pick") return pickRows(frame, overlay, width, height);
  return sentRows(frame, overlay, width, height);
}

function names(terminals: readonly number[]): string {
  return terminals.length === 1 ? `terminal ${terminals[0]}` : `terminals ${terminals.join(", ")}`;
}

function composeLines(overlay: Extract<MessageOverlay, { kind: "compose" }>, width: number): readonly Line[] {
  const note = overlay.note === null ? [] : [...wrap(overlay.note, width).map((line): Line => [span(line, "bad")]), []];
  return [...note, ...written(overlay.text, width, [span("write it; several lines by paste", "dim")])];
}

/** What was typed, with the cursor behind its end. */
function written(text: string, width: number, empty: Line): readonly Line[] {
  if (text === "") return [[span(" ", "chip"), span(" "), ...empty]];
  const rows = text.split("\n").flatMap((line) => wrap(line, width - 1));
  return rows.slice(-TEXT_ROWS).map((row, index, all): Line => (index === all.length - 1 ? [span(row), span(" ", "chip")] : [span(row)]));
}

function answerLines(overlay: Extract<MessageOverlay, { kind: "answer" }>, width: number): readonly Line[] {
  const { question, index, text, note } = overlay;
  const told = [
    ...(note === null ? [] : [...wrap(note, width).map((line): Line => [span(line, "bad")]), []]),
    ...question.lines.flatMap((line) => wrap(plain(line), width).map((row): Line => [span(row)])),
    [],
  ];
  const options = question.options.flatMap((option, place) =>
    wrap(plain(option.label), width - 5).map((row, first): Line => {
      const head = first === 0 ? `${place === index ? ">" : " "}${String(place + 1).padStart(2)}. ` : "     ";
      return [span(head, place === index ? "key" : "dim"), span(row, place === index && text === "" ? "strong" : "plain")];
    }),
  );
  const hint: Line = [span(question.options.length > 0 ? "a number marks an answer, or write one" : "write the answer", "dim")];
  return [...told, ...options, ...(options.length > 0 ? [[]] : []), ...written(text, width, hint)];
}

/** On a small screen the beginning of the question goes first: answers and what is written stay. */
function answerRows(overlay: Extract<MessageOverlay, { kind: "answer" }>, width: number, height: number): readonly Row[] {
  return plainRows(answerLines(overlay, width).slice(-height));
}

function pickRows(frame: Frame, overlay: Extract<MessageOverlay, { kind: "pick" }>, width: number, height: number): readonly Row[] {
  const { glyphs } = frame.theme;
  const facts = frame.facts?.terminals ?? [];
  const items = overlay.terminals.map((number): readonly Line[] => {
    const picked = overlay.picked.includes(number);
    const terminal = facts.find((one) => one.number === number);
    const head = [span(picked ? "[x] " : "[ ] ", picked ? "key" : "dim"), span(String(number).padStart(2), "strong"), span(" ")];
    return [
      terminal === undefined
        ? head
        : [...head, ...identity(terminal), ...terminalState(terminal, glyphs), span(` ${terminal.task?.title ?? ""}`, "dim")],
    ];
  });
  const rows = listRows(items, overlay.index, height - 2, glyphs);
  const count = overlay.picked.length === 0 ? "nobody is picked" : `${overlay.picked.length} picked`;
  return [...rows.map((row) => ({ ...row, line: fillLine(row.line, width, glyphs.ellipsis) })), ...plainRows([[], [span(count, "dim")]])];
}

/** "B QA_TESTER_1 rehearsal ": stream, role and agent in columns. */
function identity(terminal: TerminalFacts): Line {
  return [
    span(`${fit(terminal.stream ?? "", 3)} `, "accent"),
    span(`${fit(terminal.role ?? terminal.label ?? "", 18)} `),
    span(`${fit(terminal.agent, 9)} `, "dim"),
  ];
}

function sentRows(frame: Frame, overlay: Extract<MessageOverlay, { kind: "messages" }>, width: number, height: number): readonly Row[] {
  const { glyphs } = frame.theme;
  const known = frame.facts?.messages ?? [];
  const sent = overlay.messages.map((id): readonly Line[] => {
    const message = known.find((one) => one.id === id);
    return message === undefined ? [[span(`${id}: not remembered any more`, "dim")]] : sentLines(message);
  });
  const refused = overlay.refused.map(({ terminal, reason }): readonly Line[] => [
    [span(`T${terminal} `, "strong"), span(`refused: ${plain(reason)}`, "bad")],
  ]);
  const items = [...sent, ...refused];
  if (items.length === 0) return plainRows([[span("no message was sent yet", "dim")]]);
  const rows = listRows(items, overlay.index, height, glyphs);
  return rows.map((row) => ({ ...row, line: fillLine(row.line, width, glyphs.ellipsis) }));
}

const tones: Readonly<Record<MessageFacts["state"], Tone>> = {
  queued: "warn",
  typed: "accent",
  delivered: "good",
  failed: "bad",
  dropped: "dim",
};

/** "T4 waits 12m: it is busy" and the beginning of the text. */
function sentLines(message: MessageFacts): readonly Line[] {
  const words = { queued: "waits", typed: "typed, not taken yet", delivered: "delivered", failed: "NOT delivered", dropped: "dropped" }[
    message.state
  ];
  const ago = message.state === "queued" || message.state === "typed" ? "" : " ago";
  const why = message.why === null ? "" : `: ${message.why}`;
  return [
    [span(`T${message.terminal} `, "strong"), span(`${words} ${age(message.age)}${ago}`, tones[message.state]), span(why)],
    [span(`   ${message.text}`, "dim")],
  ];
}
