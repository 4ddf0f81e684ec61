/**
 * The state at a moment, beside the journal: so that a new engine need not fold a million events. The journal stays whole and stays
 * the truth; a snapshot that is damaged, of another program, or not there only costs time.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { State } from "../marathon/types.ts";
import { writeFileAtomic } from "./atomic-file.ts";

export interface Snapshot {
  /** The last event that is in the state. */
  readonly seq: number;
  /** Events after `seq` are in the segments from this number on, perhaps after some that are in the state already. */
  readonly segment: number;
  readonly state: State;
}

/** Of what a state is made: the code that folds it. Set by the build; another code makes other states of the same events. */
declare const MARATHON_STATE_CODE: string | undefined;
const CODE = typeof MARATHON_STATE_CODE === "string" ? MARATHON_STATE_CODE : "source";

/** Null when there is none that this program can trust. */
export function readSnapshot(folder: string, code = CODE): Snapshot | null {
  try {
    const text = readFileSync(snapshotFile(folder), "utf8");
    const end = text.indexOf("\n");
    const json = text.slice(end + 1);
    if (text.slice(0, end) !== header(code, json)) return null;
    return JSON.parse(json) as Snapshot;
  } catch {
    return null;
  }
}

/** Throws what the disk says. */
export function writeSnapshot(folder: string, { seq, segment, state }: Snapshot, code = CODE): void {
  const json = JSON.stringify({ seq, segment, state });
  writeFileAtomic(snapshotFile(folder), `${header(code, json)}\n${json}`);
}

/** For a journal that was found to have another past. */
export function removeSnapshot(folder: string): void {
  rmSync(snapshotFile(folder), { force: true });
}

function header(code: string, json: string): string {
  return `1 ${code} ${crc32(json).toString(16)} ${json.length}`;
}

function snapshotFile(folder: string): string {
  return join(folder, "snapshot");
}
