/**
 * What happens to questions when nobody is there to answer (`run` without a terminal): the plan's own answer is
 * typed, or else the task is reported as blocked and the rest goes on.
 */
import type { Event } from "../marathon/types.ts";
import type { Engine } from "./engine.ts";
import { answerUnattended } from "./questions.ts";

/** What leaves a dialog in every agent CLI we know. */
const ESCAPE = new Uint8Array([0x1b]);

export class Unattended {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  saw(event: Event): void {
    if (event.type !== "terminal-state" || event.state !== "asking") return;
    const { state } = this.#engine;
    const number = state.terminals[event.terminal]?.task;
    const task = state.plan.tasks.find((one) => one.number === number);
    const host = this.#engine.hosts.get(event.terminal);
    if (!task || !host) return;
    const question = event.evidence?.trim() ?? "something";
    const reported = event.source === "report";
    if (task.answer !== null) {
      if (reported) answerUnattended(this.#engine, event.terminal, task.answer);
      else host.write(new TextEncoder().encode(`${task.answer}\r`));
      this.#engine.submit({
        type: "noticed",
        severity: "info",
        text: `task ${task.number} asked "${question}": answered "${task.answer}", as the plan says`,
      });
      return;
    }
    this.#engine.submit({
      type: "task-blocked",
      task: task.number,
      terminal: event.terminal,
      reason: `asks a person: ${question}`,
      source: event.source,
      priority: task.priority,
      evidence: [{ source: reported ? "report" : "screen", line: question, file: null, at: event.at }],
    });
    // It waits in no dialog: it is told that nobody answers, and goes on.
    if (reported) return answerUnattended(this.#engine, event.terminal, null);
    // A program of its own task ends with it. One that has other tasks is told to let go of this one as a person would.
    if (host.agent.life === "task") void host.stop(false);
    else host.write(ESCAPE);
  }
}
