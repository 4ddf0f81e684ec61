/**
 * Small files that must be as the marathon has them, on a disk that may not take them now: the newest content of each waits
 * and is written when there is room. Whoever needed the file goes on meanwhile.
 */
import type { Fact } from "../marathon/types.ts";
import { replaceFile } from "./atomic-file.ts";
import { afterwards } from "./timers.ts";

export interface OwedOptions {
  /** Of words for the person: once when files wait, once when all are written. */
  tell(fact: Extract<Fact, { readonly type: "noticed" }>): void;
  readonly write?: (path: string, content: string) => void;
  readonly later?: (ms: number, callback: () => void) => () => void;
}

const RETRY_MS = 2000;

export class OwedFiles {
  readonly #options: OwedOptions;
  readonly #owed = new Map<string, string>();
  #cancel: (() => void) | null = null;

  constructor(options: OwedOptions) {
    this.#options = options;
  }

  /** Writes the file now or as soon as the disk takes it. Never throws. */
  write(path: string, content: string): void {
    const first = this.#owed.size === 0;
    this.#owed.delete(path);
    const error = this.#try(path, content);
    if (error === null) return;
    this.#owed.set(path, content);
    this.#soon();
    if (first)
      this.#tell("warning", `cannot write ${path}: ${error.message}; it is tried again, and the marathon goes on`, { begins: "files" });
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#writeOwed();
  }

  #tell(severity: "info" | "warning", text: string, more: { readonly begins?: string; readonly ends?: string }): void {
    this.#options.tell({ type: "noticed", severity, text, ...more });
  }

  #soon(): void {
    this.#cancel ??= (this.#options.later ?? afterwards)(RETRY_MS, () => {
      this.#cancel = null;
      this.#writeOwed();
      if (this.#owed.size > 0) this.#soon();
      else this.#tell("info", "all files that waited for the disk are written", { ends: "files" });
    });
  }

  #writeOwed(): void {
    for (const [path, content] of this.#owed) if (this.#try(path, content) === null) this.#owed.delete(path);
  }

  #try(path: string, content: string): Error | null {
    try {
      (this.#options.write ?? replaceFile)(path, content);
      return null;
    } catch (error) {
      return error as Error;
    }
  }
}
