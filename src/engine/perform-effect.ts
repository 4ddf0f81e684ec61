/** Does what the marathon has decided: each effect in the one place outside that it concerns. */
import type { Effect } from "../marathon/types.ts";
import { templateText } from "./agents/handoff-template.ts";
import { writeFor } from "./blocker-papers.ts";
import type { Engine } from "./engine.ts";
import { fallbackWork } from "./fallback-work.ts";

export type Performable = Exclude<Effect, { kind: "record" }>;

/** Never throws: what could not be done is told, and stands with its stack in the engine's log. */
export function performEffect(engine: Engine, effect: Performable): void {
  try {
    act(engine, effect);
  } catch (error) {
    engine.ports.log(`${effect.kind}: ${(error as Error).stack ?? String(error)}`);
    engine.submit({ type: "noticed", severity: "error", text: `could not ${effect.kind.replace("-", " ")}: ${(error as Error).message}` });
  }
}

function act(engine: Engine, effect: Performable): void {
  const { hosts, ports, server } = engine;
  if (effect.kind === "start-terminal") {
    engine.writeAssignment(effect.terminal);
    hosts.get(effect.terminal)?.start();
  } else if (effect.kind === "hand-over") {
    const assignment = engine.writeAssignment(effect.terminal);
    const task = assignment.tasks.find((one) => one.number === effect.task);
    if (task) hosts.get(effect.terminal)?.handOver(task);
  } else if (effect.kind === "update-assignment") {
    engine.writeAssignment(effect.terminal);
  } else if (effect.kind === "set-timer") {
    engine.timekeeper.timers.set(effect.timer, effect.t);
  } else if (effect.kind === "announce") {
    // The words stand in the event line; the bell is for whoever looks elsewhere. Once per transition, since effects are.
    if (effect.severity !== "info") server.tellDashboards({ type: "bell", terminal: 0, ...(effect.notify ? { notify: effect.text } : {}) });
  } else if (effect.kind === "write" || effect.kind === "write-risk" || effect.kind === "write-listed") {
    const fault = writeFor(ports.papers, engine.state, ports.clock.now().t, effect, () =>
      templateText(engine.state, () => ports.secrets.files),
    );
    if (fault !== null) engine.submit({ type: "noticed", severity: "error", text: fault });
  } else if (effect.kind === "run-fallback") {
    const { fallback } = engine.state.terminals[effect.terminal] ?? {};
    if (fallback) hosts.get(effect.terminal)?.handOver(fallbackWork(fallback));
  } else if (effect.kind === "finish") {
    for (const terminal of hosts.keys()) engine.writeAssignment(terminal);
    engine.finished();
    // It reads the project's history, and nobody waits for it but the engine's own end.
    engine.drafting = import("./review-desk.ts").then(({ draftAtTheEnd }) => draftAtTheEnd(engine));
  }
}
