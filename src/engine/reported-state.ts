/** What a program's own report (OSC 7501) says of it, in the words of the board. */
import type { AskingKind, Fact, TerminalStateName } from "../marathon/types.ts";
import type { StatusReport, StatusState } from "../screen/status-report.ts";
import type { Seen } from "./state-watch.ts";

const STATES: Readonly<Record<StatusState, TerminalStateName>> = {
  working: "busy",
  blocked: "asking",
  done: "idle",
  idle: "idle",
  error: "error",
  clear: "unknown",
};

/** Words of programs that were refused for now, or for want of a login. */
const LIMITED =
  /\b(429|529|overloaded|too many requests|(rate|usage|session|weekly|spend(ing)?) ?-?limit(ed|s)?|hit your [^.]{0,40}limit|quota|out of credits?)\b/iu;
const LOGIN =
  /(^|\W)(401|403|\/login|log ?in|sign ?in|unauthori[sz]ed|api key|(re-?)?authenticat\w+|(session|token|credentials?|sign-in)( has| have)? expired)\b/iu;

/** The whole program's report. */
export function reportedState(report: StatusReport): Seen {
  const state = STATES[report.state];
  const evidence = report.message ?? report.title ?? report.state;
  return { state, kind: kindOf(state, report, evidence), source: "osc-7501", evidence };
}

/** The report of a part of the program, or a withdrawn one of the whole: neither says what the terminal does now. */
export function subAgentFact(terminal: number, { id, state, title, message }: StatusReport): Fact {
  const gone = state === "clear";
  return { type: "agent-reported", terminal, agent: id, state: gone ? "gone" : STATES[state], title, message };
}

function kindOf(state: TerminalStateName, { kind }: StatusReport, evidence: string): AskingKind | null {
  if (state === "asking") return kind ?? "question";
  if (state !== "error") return null;
  return LIMITED.test(evidence) ? "rate-limit" : LOGIN.test(evidence) ? "auth" : null;
}
