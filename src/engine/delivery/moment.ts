/** Whether this is the moment to type a message into a terminal, and if not, what it waits for. Pure. */
import type { Terminal } from "../../marathon/types.ts";
import type { MessageRules } from "../agents/agent.ts";
import type { Look } from "./look.ts";

/** What else is known of the terminal's keyboard. */
export interface Keyboard {
  /** A person has typed into it a moment ago. */
  readonly inUse: boolean;
  /** A person has begun a line there and not sent it. */
  readonly draft: boolean;
}

/** Null: now. Else why not, in words that go on after "waits: ". */
export function holdUp(rules: MessageRules, terminal: Terminal, look: Look, keyboard: Keyboard): string | null {
  if (look.pid === null || look.seen === null) return absence(terminal);
  if (keyboard.inUse) return "somebody is typing into it";
  if (!look.settled) return "it is drawing its screen";
  if (look.alternateScreen && !rules.alternateScreen) return "a full-screen program has its screen: an editor, a pager or a picker";
  return stateHoldUp(rules, look) ?? composerHoldUp(rules, look, keyboard);
}

/** What stands in the agent's input line; null when it has none of a known look, or it is not to be seen. */
export function composed(rules: MessageRules, look: Look): string | null {
  return rules.composer?.exec(look.left)?.[1]?.trim() ?? null;
}

function absence(terminal: Terminal): string {
  if (terminal.retired) return "it was stopped: R starts it again, and then it gets the message";
  if (terminal.lost) return "it died with its engine: R restarts it, and then it gets the message";
  if (terminal.state === "starting") return "it is starting";
  if (terminal.state === "error") return `it could not be started: ${terminal.evidence ?? "R tries again"}`;
  if (terminal.state === "exited") return `it ${terminal.evidence ?? "has ended"}: R restarts it, and then it gets the message`;
  return "no program runs there now";
}

function stateHoldUp(rules: MessageRules, look: Look): string | null {
  const { state, kind, evidence } = look.seen ?? { state: "unknown", kind: null, evidence: null };
  if (state === "asking") {
    if (kind === "auth") return "it asks for a login or a password, which no message answers";
    if (kind === "permission") return "it asks for a permission: answer that first (a)";
    if ((look.question()?.options.length ?? 0) > 0) return "it asks a question with set answers: answer that first (a)";
    return null;
  }
  if (rules.onlyInRead) return look.reads() === true ? null : "its command does not wait for input";
  if (state === "idle" || (state === "busy" && rules.whileBusy)) return null;
  if (state === "error") return `it shows an error: ${evidence ?? "look at it"}`;
  return state === "starting" ? "it is starting" : "it is busy";
}

function composerHoldUp(rules: MessageRules, look: Look, { draft }: Keyboard): string | null {
  if (rules.composer === null) return draft ? "something was typed there and not sent: send it or erase it" : null;
  const text = composed(rules, look);
  if (text === null) return "its input line is not on the screen";
  return text === "" ? null : "something stands in its input line already: send that or erase it";
}
