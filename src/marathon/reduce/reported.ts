/** What agents report beyond tasks and blockers: questions, findings, figures. */
import type { Draft } from "../draft.ts";
import { openQuestions } from "../questions.ts";
import { withReport } from "../security-item.ts";
import { isUp } from "../terminals.ts";
import type { AgentQuestion, Finding, Metric, ReportFact } from "../report-facts.ts";
import type { Event } from "../types.ts";
import { oneLine } from "../words.ts";

export type ReportEvent = Extract<Event, { readonly type: ReportFact["type"] }>;
type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** Who answers by a dashboard or a command. */
const PERSON = "a person";

/** Settled questions, findings and figures that are remembered. */
const SETTLED_REMEMBERED = 50;
const FINDINGS_REMEMBERED = 200;
const METRICS_REMEMBERED = 200;

export function isReportEvent(event: Event): event is ReportEvent {
  return /^(?:question|finding|metric|security)-/.test(event.type);
}

export function reportEvent(draft: Draft, event: ReportEvent): void {
  switch (event.type) {
    case "question-asked":
      return asked(draft, event);
    case "question-answered":
      if (event.by === PERSON) draft.count({ lastHumanAt: event.at });
      return settled(draft, event.question, { state: "answered", answer: event.answer, by: event.by });
    case "question-withdrawn":
      return settled(draft, event.question, { state: "withdrawn", answer: null, by: event.why });
    case "finding-reported":
      return found(draft, event);
    case "security-reported":
      return securityReported(draft, event);
    case "metric-reported":
      return measured(draft, event);
  }
}

/** Questions are asked by the program in the terminal, and end with it. */
export function endQuestions(draft: Draft, terminal: number, why: string): void {
  for (const { id } of openQuestions(draft.state, terminal)) settled(draft, id, { state: "withdrawn", answer: null, by: why });
}

function asked(draft: Draft, { seq, at, t, terminal, text, options }: Of<"question-asked">): void {
  const asker = draft.state.terminals[terminal];
  if (!asker || !isUp(asker)) return;
  const id = `q${seq}`;
  const question: AgentQuestion = { id, terminal, text, options, state: "open", answer: null, by: null, at, t };
  draft.set({ questions: { ...draft.state.questions, [id]: question } });
}

function settled(draft: Draft, id: string, how: Pick<AgentQuestion, "state" | "answer" | "by">): void {
  const question = draft.state.questions?.[id];
  if (question?.state !== "open") return;
  const all = Object.values({ ...draft.state.questions, [id]: { ...question, ...how } });
  const old = new Set(
    all
      .filter((one) => one.state !== "open")
      .slice(0, -SETTLED_REMEMBERED)
      .map((one) => one.id),
  );
  draft.set({ questions: Object.fromEntries(all.filter((one) => !old.has(one.id)).map((one) => [one.id, one])) });
}

function found(draft: Draft, { at, terminal, task, text, severity, by }: Of<"finding-reported">): void {
  const finding: Finding = { at, terminal, task, text, severity, by };
  draft.set({ findings: [...(draft.state.findings ?? []), finding].slice(-FINDINGS_REMEMBERED) });
  if (severity !== "info") draft.notice(severity, `${by} found: ${oneLine(text, 400)}`);
}

function securityReported(draft: Draft, event: Of<"security-reported">): void {
  const { security = {}, tasks } = draft.state;
  if (event.task in tasks) draft.set({ security: { ...security, [event.task]: withReport(security[event.task], event) } });
}

/** The newest figure of a name in a terminal takes the place of the one before. */
function measured(draft: Draft, { at, terminal, task, name, value, unit }: Of<"metric-reported">): void {
  const metric: Metric = { at, terminal, task, name, value, unit };
  const others = (draft.state.metrics ?? []).filter((one) => one.name !== name || one.terminal !== terminal);
  draft.set({ metrics: [...others, metric].slice(-METRICS_REMEMBERED) });
}
