/** What is going on: the marathon's state as folded from the engine's events, its clock, and the connection. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Event, State } from "../../marathon/types.ts";
import type { ClockMessage } from "../../protocol/messages.ts";

export type Connection =
  | { readonly status: "connecting" }
  | { readonly status: "attached" }
  /** It is connected, and says nothing: somebody has stopped it, or it hangs. What is typed waits for it. */
  | { readonly status: "silent"; readonly seconds: number }
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
  /** For how many seconds a connected engine has said nothing; null: it speaks. */
  silent(seconds: number | null): void;
  /** Marathon time in ms now: the last clock message carried on at its rate. 0 before the first. */
  now(): number;
}

export interface MarathonStoreOptions {
  /** The state after one event more, by `fold` of src/marathon/step.ts: to decide what follows is the engine's business. */
  readonly fold: (state: State, event: Event) => State;
  /** Ms from any origin, moved neither by a jump of the wall clock nor by a sleep of the machine. */
  readonly monotonic: () => number;
}

export function createMarathonStore(options: MarathonStoreOptions): MarathonStore {
  const store = createStore<MarathonSnapshot>(() => ({ state: null, clock: null, connection: { status: "connecting" } }));
  // The engine's clock may differ from ours (another machine's over a forwarded socket): count from its word's arrival here.
  let heardAt = options.monotonic();
  return {
    ...store,
    welcome(state, clock) {
      heardAt = options.monotonic();
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
      heardAt = options.monotonic();
      store.setState({ clock });
    },
    connection(connection) {
      store.setState({ connection });
    },
    silent(seconds) {
      const { status } = store.getState().connection;
      if (seconds === null && status === "silent") store.setState({ connection: { status: "attached" } });
      else if (seconds !== null && (status === "attached" || status === "connecting" || status === "silent"))
        store.setState({ connection: { status: "silent", seconds } });
    },
    now() {
      const { clock, state, connection } = store.getState();
      if (clock === null) return state?.t ?? 0;
      // A silent engine's clock goes on, and when it speaks again it says so.
      const goesOn = connection.status === "attached" || connection.status === "silent";
      const running = goesOn ? Math.max(0, options.monotonic() - heardAt) : 0;
      return Math.max(state?.t ?? 0, clock.t + running * clock.rate);
    },
  };
}
