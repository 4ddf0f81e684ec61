/** What agents report beyond tasks and blockers, as sentences for the event line. */
import type { ReportFact } from "./report-facts.ts";
import { planIndex } from "./plan-index.ts";
import { securityJson } from "./security-item.ts";
import type { Event, LogLine, State } from "./types.ts";
import { oneLine } from "./words.ts";

type Words = readonly [tone: LogLine["tone"], text: string, terminal: number | null];

const TONES = { info: "plain", warning: "warn", error: "bad" } as const;
const QUOTED = 80;

export function sayReport(event: Extract<Event, { readonly type: ReportFact["type"] }>, state: State): Words {
  switch (event.type) {
    case "question-asked":
      return ["warn", `T${event.terminal} asks: ${event.text}`, event.terminal];
    case "question-answered":
    case "question-withdrawn": {
      const question = state.questions?.[event.question];
      const terminal = question?.terminal ?? null;
      const name = terminal === null ? event.question : `T${terminal}`;
      return event.type === "question-answered"
        ? ["person", `${name} answered: ${oneLine(event.answer, QUOTED)}`, terminal]
        : ["plain", `${name} asks no more (${event.why}): “${oneLine(question?.text ?? "", QUOTED)}”`, terminal];
    }
    case "finding-reported":
      return [TONES[event.severity], `${event.by} found: ${event.text}`, event.terminal];
    case "security-reported": {
      const item = securityJson(state, event.task, planIndex(state.plan).tasks.get(event.task));
      const count = item === null ? "" : `, ${item.done}/${item.of}`;
      return [
        "plain",
        `security item ${event.task}: ${event.step}${event.done ? "" : " is open again"}${count}, says ${event.by}`,
        event.terminal,
      ];
    }
    case "metric-reported":
      return ["plain", `${event.by} measured ${event.name}: ${figure(event.value, event.unit)}`, event.terminal];
  }
}

export function figure(value: number, unit: string | null): string {
  return unit === null ? String(value) : `${value} ${unit}`;
}
