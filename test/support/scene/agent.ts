/** An agent CLI in a story's terminal, as far as messages need one: an input line, its echo, and what it says of itself. */
import type { Scene } from "../scene.ts";
import { isEvent } from "./terminal.ts";

export const PROMPT = "> ";

export function pasteOf(text: string): string {
  return `\x1b[200~${text}\x1b[201~`;
}

/** It shows an empty input line, wants its pastes marked, and says that it idles. Resolves once the engine knows. */
export async function idles(story: Scene, number: number): Promise<void> {
  const terminal = story.terminal(number);
  const before = story.state.seq;
  terminal.prints(`\r\x1b[K\x1b[?2004h${PROMPT}`);
  terminal.reports7501({ state: "idle", msg: "waits for work" });
  await story.waiting.until(`terminal ${number} to idle`, () =>
    story.events.some((event) => event.seq > before && isEvent(event, "terminal-state", { terminal: number, state: "idle" })),
  );
}

/** It shows what was typed in its input line. */
export function echoes(story: Scene, number: number, text: string): void {
  story.terminal(number).prints(text.replaceAll("\n", "\r\n"));
}

/** It takes the line: it is in the transcript, the input line is empty, and work begins. */
export function takes(story: Scene, number: number, text: string): void {
  const terminal = story.terminal(number);
  terminal.prints(`\r\x1b[K● ${text.replaceAll("\n", "\r\n  ")}\r\n${PROMPT}`);
  terminal.reports7501({ state: "working", msg: "reads the message" });
}

/** The whole of it: what is typed is echoed, and its Enter taken. Resolves once that has happened. */
export async function reads(story: Scene, number: number, text: string): Promise<void> {
  const terminal = story.terminal(number);
  await terminal.endsTyped(pasteOf(text));
  echoes(story, number, text);
  await terminal.endsTyped(`${pasteOf(text)}\r`);
  takes(story, number, text);
}
