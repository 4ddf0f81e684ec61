/** A terminal's agent is started again by somebody who has seen to what was wrong. */
import type { Engine } from "./engine.ts";

/** Also tries again what only this terminal's own tasks are stopped by; answers the ids of those blockers. */
export function startAgain(engine: Engine, terminal: number, by: string, fresh = false): readonly string[] {
  const again = stuckHere(engine, terminal);
  engine.submit({ type: "terminal-starting", terminal, reason: `restarted by ${by}`, ...(fresh ? { fresh } : {}) });
  for (const blocker of again) engine.submit({ type: "blocker-closed", blocker, as: "resolved", by, note: "tried again" });
  return again;
}

/** Open blockers that stop nothing but this terminal's own tasks: a restart is the word that their cause is gone. */
function stuckHere({ state }: Engine, terminal: number): readonly string[] {
  const own = (task: number) => state.tasks[task]?.terminal === terminal;
  return Object.values(state.blockers)
    .filter((blocker) => blocker.state === "open" && blocker.tasks.length > 0 && blocker.tasks.every(own))
    .map((blocker) => blocker.id);
}
