/** The sign, the word and the tone of a state: never the colour alone. */
import { age } from "../format.ts";
import type { TerminalFacts } from "../facts/types.ts";
import { span, type Span } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs, SignName, Tone } from "../theme.ts";

const tones: Readonly<Record<SignName, Tone>> = {
  starting: "accent",
  busy: "good",
  idle: "dim",
  asking: "person",
  blocked: "bad",
  error: "bad",
  exited: "dim",
  unknown: "warn",
  absent: "dim",
  lost: "bad",
  done: "good",
  parked: "warn",
};

/** The longest word of a terminal's state, for columns. */
export const stateWordWidth = "starting".length;
/** The longest age that `age` writes. */
export const ageWidth = 4;

export function stateTone(state: SignName): Tone {
  return tones[state];
}

/** One word, at most {@link stateWordWidth} columns. */
export function terminalWord(terminal: TerminalFacts): string {
  if (terminal.state === "asking") return terminal.kind === "auth" ? "sign-in" : "asking";
  if (terminal.state === "exited" && terminal.exitCode !== null && terminal.exitCode !== 0) return `exit ${terminal.exitCode}`;
  if ((terminal.state === "error" || terminal.state === "busy") && terminal.kind === "rate-limit") return "limited";
  if (terminal.state === "error" && terminal.kind === "auth") return "sign-in";
  if (terminal.state === "idle" && terminal.retired) return "retired";
  return terminal.state;
}

export function terminalTone(terminal: TerminalFacts): Tone {
  if (terminal.state === "busy" && terminal.kind === "rate-limit") return "warn";
  return terminal.state === "exited" && terminal.needsPerson ? "bad" : tones[terminal.state];
}

/** Whether what is shown is the last that was heard: nobody tells any more. */
export function isLastKnown(frame: Pick<Frame, "marathon">): boolean {
  const { status } = frame.marathon.connection;
  return status === "engine-gone" || status === "ended" || status === "silent";
}

/** "»1 " while a message to it waits, "»1! " when one was not delivered; nothing else. */
export function messageMark({ messages: { waiting, failed } }: TerminalFacts, glyphs: Glyphs): readonly Span[] {
  if (failed > 0) return [span(`${glyphs.message}${failed}! `, "bad")];
  return waiting > 0 ? [span(`${glyphs.message}${waiting} `, "warn")] : [];
}

/** "■ blocked  31m": sign, word and age; with `columns`, in columns that do not move from state to state. */
export function terminalState(terminal: TerminalFacts, glyphs: Glyphs, columns = true): readonly Span[] {
  const tone = terminalTone(terminal);
  return [
    span(`${glyphs.signs[terminal.state]} ${terminalWord(terminal).padEnd(columns ? stateWordWidth : 0)}`, tone),
    span(` ${age(terminal.age).padStart(ageWidth)}`, tone === "good" ? "dim" : tone),
  ];
}
