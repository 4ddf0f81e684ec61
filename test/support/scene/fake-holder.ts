/** The holder of a story's ptys: the real one, on fake ptys, and on a line that carries everything at once. */
import { HolderClient } from "../../../src/engine/holder/client.ts";
import type { LineListeners } from "../../../src/engine/holder/client.ts";
import { Holder } from "../../../src/engine/holder/holder.ts";
import type { Line } from "../../../src/engine/holder/line.ts";
import type { SpawnPty } from "../../../src/engine/pty.ts";

export class FakeHolder {
  readonly #spawn: SpawnPty;
  #holder: Holder | null = null;
  /** Of the engine that is connected. */
  #cut: () => void = () => {};

  constructor(spawn: SpawnPty) {
    this.#spawn = spawn;
  }

  /** An engine's way to it. `alive`: one that was killed starts nothing any more. */
  client(alive: () => boolean): HolderClient {
    return new HolderClient({
      start: (listeners) => {
        if (!alive()) throw new Error("the engine was killed");
        return this.#connect(this.#start(), listeners);
      },
      connect: (listeners) => Promise.resolve(this.#holder && this.#connect(this.#holder, listeners)),
      // Nothing that is later must happen in a story.
      later: () => () => {},
      goOn: () => {},
      ended: () => Promise.resolve(),
      hungUp: () => Promise.resolve(),
      log: () => {},
    });
  }

  /** As by `kill -9` of the engine. */
  engineDies(): void {
    this.#cut();
  }

  /** As by `kill -9` of the holder: its ptys close. */
  dies(): void {
    this.#holder = null;
    this.#cut();
  }

  #start(): Holder {
    this.#holder = new Holder({
      spawn: this.#spawn,
      marathon: "m-scene",
      version: "scene",
      soon: (callback) => callback(),
      later: () => {},
      rest: (callback) => callback(),
      changed: () => {},
      end: () => this.dies(),
      fault: (error) => {
        throw error;
      },
    });
    return this.#holder;
  }

  #connect(holder: Holder, listeners: LineListeners): Line {
    let open = true;
    const toEngine: Line = {
      ...NO_CORK,
      write: (bytes) => open && listeners.data(Uint8Array.from(bytes)),
      destroy: () => (open = false),
    };
    const take = holder.connect(toEngine);
    this.#cut = () => {
      if (!open) return;
      open = false;
      holder.disconnect(toEngine);
      listeners.closed();
    };
    return { ...NO_CORK, write: (bytes) => open && take(Uint8Array.from(bytes)), destroy: this.#cut };
  }
}

const NO_CORK = { writableLength: 0, cork: () => {}, uncork: () => {} };
