/** What is going on: the marathon's state as folded from the engine's events, its clock, and the connection. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Event, State } from "../../marathon/types.ts";
import type { ClockMessage } from "../../protocol/messages.ts";

export type Connection =
  | { readonly status: "connecting" }
  | { readonly status: "attached" }
  /** The engine died or the connection broke; what is shown is the last that was heard. */
  | { readonly status: "engine-gone"; readonly reason: string }
  /** The engine said goodbye: the marathon was stopped. */
  | { readonly status: "ended"; readonly reason: string };

export interface MarathonSnapshot {
  readonly state: State | null;
  readonly clock: ClockMessage | null;
  readonly connection: Connection;
}

export interface MarathonStore extends StoreApi<MarathonSnapshot> {
  /** Starts over from a snapshot, on attach and after a reconnect. */
  welcome(state: State, clock: ClockMessage): void;
  /** Folds one event. Answers false, changing nothing, when events are missing before it: ask for a new snapshot. */
  event(event: Event): boolean;
  clock(clock: ClockMessage): void;
  connection(connection: Connection): void;
  /** Marathon time in ms now: the last clock message carried on at its rate. 0 before the first. */
  now(): number;
}

export interface MarathonStoreOptions {
  /** The state after one event more, by `fold` of src/marathon/step.ts: to decide what follows is the engine's business. */
  readonly fold: (state: State, event: Event) => State;
  /** Wall clock in ms since the epoch. */
  readonly wallClock: () => number;
}

export function createMarathonStore(options: MarathonStoreOptions): MarathonStore {
  const store = createStore<MarathonSnapshot>(() => ({ state: null, clock: null, connection: { status: "connecting" } }));
  // The engine's wall clock may differ from ours (another machine's clock over a forwarded socket): count from its arrival here.
  let heardAt = options.wallClock();
  return {
    ...store,
    welcome(state, clock) {
      heardAt = options.wallClock();
      store.setState({ state, clock, connection: { status: "attached" } });
    },
    event(event) {
      const { state } = store.getState();
      if (state === null) return false;
      if (event.seq <= state.seq) return true;
      if (event.seq !== state.seq + 1) return false;
      store.setState({ state: options.fold(state, event) });
      return true;
    },
    clock(clock) {
      heardAt = options.wallClock();
      store.setState({ clock });
    },
    connection(connection) {
      store.setState({ connection });
    },
    now() {
      const { clock, state, connection } = store.getState();
      if (clock === null) return state?.t ?? 0;
      const running = connection.status === "attached" ? Math.max(0, options.wallClock() - heardAt) : 0;
      return Math.max(state?.t ?? 0, clock.t + running * clock.rate);
    },
  };
}
