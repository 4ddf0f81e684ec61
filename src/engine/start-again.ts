/** A terminal's agent is started again: by somebody who has seen to what was wrong, or by an engine that takes over from a dead one. */
import type { Engine } from "./engine.ts";

/** Also tries again what only this terminal's own tasks are stopped by; answers the ids of those blockers. */
export function startAgain(engine: Engine, terminal: number, by: string, fresh = false): readonly string[] {
  const again = stuckHere(engine, terminal);
  // Closed first: an agent that is not there yet is not told by message what its first words tell it anyway.
  for (const blocker of again) engine.submit({ type: "blocker-closed", blocker, as: "resolved", by, note: "tried again" });
  engine.submit({ type: "terminal-starting", terminal, reason: `restarted by ${by}`, ...(fresh ? { fresh } : {}) });
  return again;
}

/**
 * Starts the agents again that died with their engine. A stand-in that was stuck would have got help from the people that it plays
 * itself; they died with it, so in a rehearsal with stand-in people being started again is that help.
 */
export function restartLost(engine: Engine, standInPeople: boolean): void {
  for (const { number, state } of Object.values(engine.state.terminals)) {
    const dead = state === "exited" || state === "error" || state === "starting";
    if (!dead || engine.hosts.get(number)?.pid !== null) continue;
    if (engine.state.rehearsal && standInPeople) startAgain(engine, number, "the stand-in people");
    else engine.submit({ type: "terminal-starting", terminal: number, reason: "taken up again" });
  }
}

/** Open blockers that stop nothing but this terminal's own tasks: a restart is the word that their cause is gone. */
function stuckHere({ state }: Engine, terminal: number): readonly string[] {
  const own = (task: number) => state.tasks[task]?.terminal === terminal;
  return Object.values(state.blockers)
    .filter((blocker) => blocker.state === "open" && blocker.tasks.length > 0 && blocker.tasks.every(own))
    .map((blocker) => blocker.id);
}
