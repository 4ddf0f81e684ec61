/**
 * What a program has reported about itself and its parts, by the rules of OSC 7501: a report replaces its record whole,
 * `clear` removes a record and those below it. Reports between two calls of `take` are told once, as they ended up.
 */
import type { StatusReport } from "./status-report.ts";

/** The protocol asks for 64 at least and 256 at most. */
const MAX_RECORDS = 256;

export class StatusRecords {
  readonly #records = new Map<string, StatusReport>();
  /** Not yet told, in the order of the last change. */
  readonly #news = new Map<string, StatusReport>();

  report(report: StatusReport): void {
    if (report.state === "clear") return this.#clear(report);
    const known = this.#records.get(report.id);
    // The program's own word is always told: it may be a new program that says what the one before it said.
    if (known && report.id !== "" && same(known, report)) return;
    if (!known && this.#records.size >= MAX_RECORDS) return;
    this.#records.set(report.id, report);
    this.#tell(report);
  }

  /** A shell shows its prompt again (OSC 133 A): what still claims to work or to wait does not any more. */
  promptShown(): void {
    for (const report of this.#records.values()) {
      if (report.state === "working" || report.state === "blocked") this.#clear(cleared(report.id));
    }
  }

  /** The terminal was reset. */
  reset(): void {
    if (this.#records.size > 0) this.#clear(cleared(""));
  }

  /** A new program starts with nothing reported, and nothing of the old one is told any more. */
  forget(): void {
    this.#records.clear();
    this.#news.clear();
  }

  /** What is new since the last call. */
  take(): StatusReport[] {
    if (this.#news.size === 0) return [];
    const news = [...this.#news.values()];
    this.#news.clear();
    return news;
  }

  #clear(report: StatusReport): void {
    const below = `${report.id}/`;
    for (const id of this.#records.keys()) {
      if (report.id === "" || id === report.id || id.startsWith(below)) {
        this.#records.delete(id);
        this.#news.delete(id);
      }
    }
    this.#tell(report);
  }

  #tell(report: StatusReport): void {
    this.#news.delete(report.id);
    this.#news.set(report.id, report);
    const [oldest] = this.#news.keys();
    if (this.#news.size > MAX_RECORDS && oldest !== undefined) this.#news.delete(oldest);
  }
}

function cleared(id: string): StatusReport {
  return { id, state: "clear", kind: null, progress: null, title: null, message: null };
}

function same(a: StatusReport, b: StatusReport): boolean {
  return (
    a.state === b.state &&
    a.kind === b.kind &&
    a.progress === b.progress &&
    a.title === b.title &&
    a.message === b.message &&
    a.app === b.app
  );
}
