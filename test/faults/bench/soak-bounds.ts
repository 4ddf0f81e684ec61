/** What an engine under fire may use, and whether it stayed within. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Usage } from "./usage.ts";

export interface SoakSample extends Usage {
  /** Since the start, real ms. */
  readonly at: number;
  readonly enginePid: number;
  readonly done: number;
  readonly total: number;
  /** Processes of the whole workplace, files and bytes below its state folder. */
  readonly processes: number;
  readonly files: number;
  readonly megabytes: number;
}

/** From the first moment at which everything has been in use: growth after it is a leak. */
const GROWTH = { rssMb: 60, handles: 12, threads: 4 };
const MOST_FILES = 400;
const MOST_MEGABYTES = 80;

/** Of the last engine, which lived longest without being killed, between a third of its life and its end. */
export function growth(samples: readonly SoakSample[]): readonly string[] {
  const found: string[] = [];
  const life = samples.filter(({ enginePid }) => enginePid === samples.at(-1)?.enginePid);
  const early = life.slice(Math.floor(life.length / 3), Math.floor(life.length / 3) + 3);
  const late = life.slice(-3);
  for (const what of ["rssMb", "handles", "threads"] as const) {
    const grown = Math.min(...late.map((sample) => sample[what])) - Math.max(...early.map((sample) => sample[what]));
    if (grown > GROWTH[what]) found.push(`${what} of the engine grew by ${Math.round(grown)}; ${GROWTH[what]} are allowed`);
  }
  const most = (what: "files" | "megabytes") => Math.max(...samples.map((sample) => sample[what]));
  if (most("files") > MOST_FILES) found.push(`${most("files")} files of state; ${MOST_FILES} are allowed`);
  if (most("megabytes") > MOST_MEGABYTES) found.push(`${most("megabytes")} MB of state; ${MOST_MEGABYTES} are allowed`);
  return found;
}

/** Files and bytes below a folder. */
export function sizeOf(folder: string): { readonly files: number; readonly megabytes: number } {
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files++;
    bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return { files, megabytes: bytes / 2 ** 20 };
}
