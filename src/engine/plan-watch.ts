/** Watches the plan files of a running marathon: tells what they say now, and again after each edit. */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import type { PlanReading } from "../plan/types.ts";
import { watchFiles } from "./file-watcher.ts";
import { readPlanFiles } from "./plan-files.ts";

export interface PlanWatchOptions {
  /** Absolute paths, links resolved. */
  readonly files: readonly string[];
  /** Where agents may be defined. */
  readonly project: string;
  /** Also of files that cannot be read or understood: the reading has the problems. */
  readonly read: (reading: PlanReading, fingerprint: string) => void;
  readonly log: (text: string) => void;
}

/** Editors write in several strokes: the files are read once they were left alone for so long, ms. */
const SETTLE_MS = 300;
/** What the watcher misses (network disks, exhausted watches) is found by looking, ms. */
const LOOK_MS = 5000;

export function watchPlan({ files, project, read, log }: PlanWatchOptions): { close(): void } {
  let seen = "";
  let last = "";
  let timer: NodeJS.Timeout | null = null;
  const look = (): void => {
    timer = null;
    seen = stamps(files);
    const { reading, sources } = readPlanFiles(files, undefined, project);
    const fingerprint = fingerprintOf([...sources.map(({ text }) => text), ...(sources.length < files.length ? [seen] : [])]);
    if (fingerprint === last) return;
    last = fingerprint;
    read(reading, fingerprint);
  };
  const soon = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS);
  };
  const watcher = watchFiles(files, soon, (error) => log(`plan files: ${error.message}`));
  const interval = setInterval(() => {
    if (timer === null && stamps(files) !== seen) soon();
  }, LOOK_MS);
  soon();
  return {
    close() {
      if (timer) clearTimeout(timer);
      clearInterval(interval);
      void watcher.close();
    },
  };
}

function stamps(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : "gone";
    })
    .join("\n");
}

function fingerprintOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}
