/** The lines of the marathon's log, for the event line and the list of events. */
import type { LogLine, State } from "../../marathon/types.ts";
import type { Tone } from "../theme.ts";

/** Newest first. Once all is done, agents that end in order are no news: the line that says so comes first. */
export function newestFirst(state: State | null): readonly LogLine[] {
  const log = [...(state?.log ?? [])].reverse();
  const endedWell = (line: LogLine) => line.tone === "plain" && line.text.endsWith("ended with exit code 0");
  return state?.status === "done" ? log.filter((line) => !endedWell(line)) : log;
}

/** Whether the text does not say itself which terminal it is about. */
export function needsName(line: LogLine, text: string): boolean {
  return line.terminal !== null && !new RegExp(`\\b(?:T|terminal )${line.terminal}\\b`, "u").test(text);
}

export function logTone(line: LogLine): Tone {
  return line.tone;
}
