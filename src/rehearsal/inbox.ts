/** The assignment file, read again whenever it changes. */
import { statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";
import type { Assignment } from "../engine/agents/agent.ts";
import { readIfThere } from "./files.ts";

/** Some file systems tell nothing about changes; then a look now and then finds them. One stat costs about 10 µs. */
const POLL_MS = 1000;

export class Inbox {
  readonly #file: string;
  readonly #stops: (() => void)[] = [];
  #listeners = new Set<(assignment: Assignment) => void>();
  #seen = "";
  #current: Assignment;

  /** Throws when there is no readable assignment at the start. */
  constructor(file: string) {
    this.#file = file;
    const first = this.#read();
    if (!first) throw new Error(`cannot read the assignment ${file}: it is missing or no JSON. Is the marathon's engine running?`);
    this.#current = first;
  }

  get assignment(): Assignment {
    return this.#current;
  }

  /** Begins to watch. Atomic writes replace the file, so its folder is what is watched. */
  open(): void {
    const name = basename(this.#file);
    try {
      const watcher = watch(dirname(this.#file), (_, changed) => {
        if (changed === null || changed === name) this.look();
      });
      watcher.on("error", () => watcher.close());
      this.#stops.push(() => watcher.close());
    } catch {
      // Out of watches: polling is enough.
    }
    const timer = setInterval(() => this.look(), POLL_MS);
    this.#stops.push(() => clearInterval(timer));
    this.look();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Calls back at every new assignment; returns how to stop that. */
  onChange(listener: (assignment: Assignment) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  look(): void {
    const next = this.#read();
    if (!next) return;
    this.#current = next;
    for (const listener of this.#listeners) listener(next);
  }

  /** Null when nothing has changed, or when what is there cannot be read: then the next change counts. */
  #read(): Assignment | null {
    const stamp = this.#stamp();
    if (stamp === null || stamp === this.#seen) return null;
    const text = readIfThere(this.#file);
    if (text === null) return null;
    try {
      const value = JSON.parse(text) as Assignment;
      this.#seen = stamp;
      return value;
    } catch {
      return null;
    }
  }

  #stamp(): string | null {
    try {
      const { mtimeMs, ino, size } = statSync(this.#file);
      return `${mtimeMs}/${ino}/${size}`;
    } catch {
      return null;
    }
  }
}
