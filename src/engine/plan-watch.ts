/** Watches the plan files of a running marathon: tells what they say now, and again after each edit. */
import type { PlanReading } from "../plan/types.ts";
import { watchFiles } from "./file-watcher.ts";
import { planPrint, planStamps } from "./plan-print.ts";

export interface PlanWatchOptions {
  /** Absolute paths, links resolved. */
  readonly files: readonly string[];
  /** Where agents may be defined. */
  readonly project: string;
  /** What they said when the marathon was made of them (see plan-print.ts): nothing is told until they say something else. Null: unknown. */
  readonly known: string | null;
  /** Also of files that cannot be read or understood: the reading has the problems. What it throws is logged, and it is told again later. */
  readonly read: (reading: PlanReading, fingerprint: string) => void;
  readonly log: (text: string) => void;
}

/** Editors write in several strokes: the files are read once they were left alone for so long, ms. */
const SETTLE_MS = 300;
/** What the watcher misses (network disks, exhausted watches) is found by looking, ms. */
const LOOK_MS = 5000;

export function watchPlan({ files, project, known, read, log }: PlanWatchOptions): { close(): void } {
  let seen = "";
  let last = known;
  /** What the files said when they were last looked at: an older reading that comes late is not told. */
  let newest = known;
  let fault: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const tell = async (): Promise<void> => {
    const fingerprint = planPrint(files);
    newest = fingerprint;
    if (fingerprint === last) return;
    // What understands plans is large, and most marathons never need it a second time.
    const { readPlanFiles } = await import("./plan-files.ts");
    if (closed || newest !== fingerprint || last === fingerprint) return;
    read(readPlanFiles(files, undefined, project).reading, fingerprint);
    last = fingerprint;
  };
  const look = async (): Promise<void> => {
    timer = null;
    seen = planStamps(files);
    try {
      await tell();
      fault = null;
    } catch (error) {
      // As if they were not looked at yet, so that the edit is told at one of the next looks.
      seen = "";
      const text = `plan files: ${(error as Error).message}`;
      if (text !== fault) log(text);
      fault = text;
    }
  };
  const soon = (): void => {
    if (closed) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void look(), SETTLE_MS);
  };
  const watcher = watchFiles(files, soon, (error) => log(`plan files: ${error.message}`));
  const interval = setInterval(() => {
    if (timer === null && planStamps(files) !== seen) soon();
  }, LOOK_MS);
  soon();
  return {
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      clearInterval(interval);
      void watcher.close();
    },
  };
}
