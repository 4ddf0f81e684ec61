/** When the state is kept beside the journal: every so many events, so that a new engine has no more than those to fold. */
import { existsSync } from "node:fs";
import type { State } from "../marathon/types.ts";
import type { Journal } from "./journal.ts";

export interface SnapshotsOptions {
  state(): State;
  log(text: string): void;
  /** The folder was deleted, and the journal begins anew with the state: what else lay in it should be made again. */
  lost?(): void;
  readonly every?: number;
}

/** A tenth of a second to fold on a slow machine. */
const EVERY = 5000;
/** How often it is looked whether the journal is still there, ms. */
const LOOK_MS = 5000;

export class Snapshots {
  readonly #journal: Journal;
  readonly #options: SnapshotsOptions;
  #kept: number;
  #due = false;

  constructor(journal: Journal, options: SnapshotsOptions) {
    this.#journal = journal;
    this.#options = options;
    this.#kept = journal.snapshot?.seq ?? 0;
  }

  /** An event was appended. The state is kept once it is folded in. */
  saw(seq: number): void {
    if (this.#due || seq - this.#kept < (this.#options.every ?? EVERY)) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.keep();
    });
  }

  keep(): void {
    const state = this.#options.state();
    this.#kept = state.seq;
    try {
      this.#journal.keep(state);
    } catch (error) {
      this.#options.log(`the state could not be kept beside the journal: ${(error as Error).message}`);
    }
  }

  /** Looks from time to time whether somebody has deleted the journal; with nothing to write, nobody else would notice. */
  watch(gone: () => void): void {
    setInterval(() => {
      if (existsSync(this.#journal.path)) return;
      gone();
      this.rebuild();
    }, LOOK_MS).unref();
  }

  /** The journal was deleted while it was written: it is made again from the state, which is all that is left of it. */
  rebuild(): void {
    setImmediate(() => {
      try {
        this.#journal.keep(this.#options.state(), true);
        this.#options.lost?.();
      } catch (error) {
        this.#options.log(`the journal could not be made again: ${(error as Error).message}`);
      }
    });
  }
}
