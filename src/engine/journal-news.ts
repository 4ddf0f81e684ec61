/** What the person is told of the journal's disk: one word when it refuses, one when it has taken everything that waited. */
import type { Fact } from "../marathon/types.ts";
import { isFull } from "./disk-full.ts";

export class JournalNews {
  readonly #folder: string;
  /** Also without anybody to tell: the engine's own log. */
  readonly #log: (text: string) => void;
  /** Told to the person; before there is an engine, nobody. */
  tell: (news: Extract<Fact, { readonly type: "noticed" }>) => void = () => {};

  /** The folder, or a file of it, is not there any more. */
  lost: () => void = () => {};

  constructor(folder: string, log: (text: string) => void) {
    this.#folder = folder;
    this.#log = log;
  }

  readonly onFault = (error: NodeJS.ErrnoException): void => {
    this.#log(`journal: ${error.message}`);
    const what = isFull(error) ? "it is full" : error.message;
    const text = `the disk does not take the journal (${what}): what happens now is kept in memory and would be lost with the engine; the marathon goes on. Make room in ${this.#folder}`;
    this.tell({ type: "noticed", severity: "error", text, begins: "journal" });
    if (error.code === "ENOENT") this.lost();
  };

  readonly onRecovered = (): void => {
    this.#log("journal: on disk again");
    this.tell({
      type: "noticed",
      severity: "info",
      text: "the journal is whole again: all that waited for the disk is on it",
      ends: "journal",
    });
  };
}
