/** What the engine does about time: timers, the heartbeat, forecasts, the file of check-ins. */
import { dirname, join } from "node:path";
import type { Event } from "../marathon/types.ts";
import type { Engine } from "./engine.ts";
import { Forecaster } from "./forecaster.ts";
import { heartbeats } from "./heartbeat.ts";
import { afterwards, Timers } from "./timers.ts";

/** Marathon time goes on from the newest event after a crash: in a quiet night this much of it is lost at most, real ms. */
const HEARTBEAT_MS = 15_000;

export class Timekeeper {
  readonly timers: Timers;
  readonly #engine: Engine;
  readonly #forecaster: Forecaster;
  #heartbeat: NodeJS.Timeout | null = null;

  constructor(engine: Engine) {
    const { clock } = engine.ports;
    this.#engine = engine;
    this.timers = new Timers(clock, (timer) => engine.submit({ type: "timer-fired", timer }));
    this.#forecaster = new Forecaster({
      state: () => engine.state,
      now: () => clock.now().t,
      real: () => clock.real(),
      later: afterwards,
      submit: (fact) => engine.submit(fact),
    });
  }

  start(): void {
    this.#heartbeat = setInterval(heartbeats(this.#engine), HEARTBEAT_MS);
  }

  saw(event: Event): void {
    this.#forecaster.saw(event);
    if (event.type === "checked-in") this.#writeCheckIns();
  }

  /** One line each, oldest first, beside the journal. */
  #writeCheckIns(): void {
    const { state, settings, ports } = this.#engine;
    const lines = (state.checkIns ?? []).map(({ at, line }) => `- ${new Date(at).toISOString()} ${line}`);
    ports.writeAssignment(join(dirname(settings.journal), "check-ins.md"), `# Check-ins of ${state.title}\n\n${lines.join("\n")}\n`);
  }

  stop(): void {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.timers.clear();
    this.#forecaster.stop();
  }
}
