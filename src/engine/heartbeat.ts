/** What is done every few seconds of a quiet night: time is journaled, and long silences are found. */
import type { Engine } from "./engine.ts";
import { silences } from "./silence-watch.ts";

/** A gap between two beats that is longer than this was a sleep of the whole machine: nobody could have shown anything, ms. */
const SLEPT_MS = 120_000;

/** To be called at every beat. */
export function heartbeats(engine: Engine): () => void {
  let last = engine.ports.clock.now().at;
  let awakeSince = 0;
  return () => {
    const { at, t } = engine.ports.clock.now();
    if (at - last > SLEPT_MS) awakeSince = at;
    last = at;
    engine.submit({ type: "timer-fired", timer: "heartbeat" });
    for (const fact of silences(engine.state, engine.hosts, { now: at, t, awakeSince })) engine.submit(fact);
  };
}
