/**
 * A marathon's journal: a folder of numbered segment files with every event of its life. This file opens and reads;
 * journal-writer.ts appends, journal-format.ts knows the bytes.
 *
 * Rules of reading, which make every damage harmless and nothing silently wrong:
 *  - a segment counts up to its first damaged byte; what follows in it cannot be folded without what is missing;
 *  - a segment goes on where the ones before it ended, or earlier: then it replaces them from there on (a writer that
 *    lost trust in a handle writes again what it had not seen safely stored, into a new segment);
 *  - a segment that starts later than that stands behind a gap and is left out;
 *  - with a snapshot only the segments that it names are read, and what it holds already is passed over.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Event, State } from "../marathon/types.ts";
import { syncFolder, writeFileAtomic } from "./atomic-file.ts";
import { realDisk, type JournalDisk } from "./journal-disk.ts";
import { decodeSegment, JOURNAL_FORMAT } from "./journal-format.ts";
import { JournalWriter, segmentName } from "./journal-writer.ts";
import { readSnapshot, removeSnapshot, writeSnapshot, type Snapshot } from "./journal-snapshot.ts";

/** What of a damaged journal could not be used. */
export interface Dropped {
  readonly bytes: number;
  /** Line ends among them, and one more for an unfinished last line. */
  readonly lines: number;
  /** The first damage, with its file and byte. */
  readonly reason: string;
  /** Where the bytes lie now; null when they are still in their place (reading only, or no room to move them). */
  readonly keptAside: string | null;
}

export interface JournalReading {
  /** After the snapshot, if there is one; else from the first. */
  readonly events: readonly Event[];
  readonly dropped: Dropped | null;
}

/** A journal as far as it takes to know where the marathon stands: the state before the events, if that is known. */
export interface JournalState extends JournalReading {
  readonly snapshot: Snapshot | null;
}

export interface Journal extends JournalState {
  /** The folder. */
  readonly path: string;
  /**
   * Takes the event over at once, in order; it is written to the file before this returns unless the disk refuses.
   * `sync`: make it durable without delay (else within about a second). Throws when `seq` leaves a gap.
   */
  append(event: Event, sync: boolean): void;
  /**
   * Keeps the state, which all events so far have made, beside the journal. Throws what the disk says; nothing is lost then.
   * `anew`: the folder has gone, and with it what had been written; the state stands for all of it.
   */
  keep(state: State, anew?: boolean): void;
  /** Resolves, never rejects, with the number of events that are not on disk: 0 unless the disk refuses. */
  flush(): Promise<number>;
  /** Flushes, then closes; `append` throws afterwards. */
  close(): Promise<number>;
}

export interface JournalOptions {
  /** Events go to memory only from now on, because of this error. */
  onFault(error: Error): void;
  /** The disk took everything that waited. */
  onRecovered?(): void;
  readonly disk?: JournalDisk;
}

/** The journal was written by a newer marathon, or its folder cannot be used. */
export class JournalError extends Error {}

interface Piece {
  readonly name: string;
  readonly bytes: Buffer;
  /** Where the bytes stand in their segment. */
  readonly from: number;
}

interface Scan {
  readonly events: Event[];
  readonly damaged: Piece[];
  readonly reason: string | null;
  /** Number of the next segment. */
  readonly next: number;
}

/**
 * Opens a marathon's journal for appending; makes the folder (0700) when missing. Damaged parts are moved to a file in
 * `quarantine/` and reported in `dropped`; they never prevent opening. Only the holder of the lock may call this.
 * Throws JournalError for a newer format, and file system errors for a folder that cannot be made or read.
 */
export function openJournal(folder: string, options: JournalOptions): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseNewer(folder);
  chmodSync(folder, 0o700);
  const snapshot = readSnapshot(folder);
  const scan = scanJournal(folder, snapshot);
  // Without it the journal may be given another past than it knows: it must not come back.
  if (!snapshot) removeSnapshot(folder);
  const dropped = describe(scan, scan.damaged.length > 0 ? putAside(folder, scan, options) : null);
  stampFormat(folder, options);
  const writer = new JournalWriter({
    folder,
    disk: options.disk ?? realDisk,
    firstSegment: scan.next,
    lastSeq: scan.events.at(-1)?.seq ?? snapshot?.seq ?? 0,
    onFault: (error) => options.onFault(error),
    onRecovered: () => options.onRecovered?.(),
  });
  return {
    path: folder,
    events: scan.events,
    snapshot,
    dropped,
    keep(state, anew = false) {
      if (anew) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        stampFormat(folder, options);
      }
      writeSnapshot(folder, { seq: state.seq, segment: writer.newSegment(anew), state });
    },
    append: (event, sync) => writer.append(event, sync),
    flush: () => writer.flush(),
    close: () => writer.close(),
  };
}

/** Reads a whole journal without changing anything; a missing folder has no events. Throws JournalError for a newer format. */
export function readJournal(folder: string): JournalReading {
  const { events, dropped } = readFrom(folder, null);
  return { events, dropped };
}

/** The same, but only as much as it takes to know the state. */
export function readJournalState(folder: string): JournalState {
  return readFrom(folder, readSnapshot(folder));
}

function readFrom(folder: string, snapshot: Snapshot | null): JournalState {
  if (!existsSync(folder)) return { events: [], dropped: null, snapshot: null };
  refuseNewer(folder);
  const scan = scanJournal(folder, snapshot);
  return { events: scan.events, dropped: describe(scan, null), snapshot };
}

function scanJournal(folder: string, snapshot: Snapshot | null): Scan {
  const all = readdirSync(folder).filter((name) => /^\d{6,}\.jsonl$/.test(name));
  const names = all.filter((name) => Number.parseInt(name, 10) >= (snapshot?.segment ?? 0));
  names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const before = snapshot?.seq ?? 0;
  const events: Event[] = [];
  const damaged: Piece[] = [];
  let reason: string | null = null;
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    const segment = decodeSegment(bytes);
    const first = segment.events[0]?.seq;
    const gap = first !== undefined && first > before + events.length + 1;
    if (gap || segment.damage !== null)
      damaged.push({ name, bytes: gap ? bytes : bytes.subarray(segment.good), from: gap ? 0 : segment.good });
    if (gap) reason ??= `${name}: starts with event ${first}, but ${before + events.length + 1} is missing`;
    else if (segment.damage !== null) reason ??= `${name}, byte ${segment.good}: ${segment.damage}`;
    if (gap || first === undefined) continue;
    events.length = Math.max(0, first - 1 - before);
    for (const event of segment.events) if (event.seq > before) events.push(event);
  }
  const next = Math.max(snapshot?.segment ?? 1, ...all.map((name) => Number.parseInt(name, 10) + 1));
  return { events, damaged, reason, next };
}

function describe(scan: Scan, keptAside: string | null): Dropped | null {
  if (scan.reason === null) return null;
  let bytes = 0;
  let lines = 0;
  for (const piece of scan.damaged) {
    bytes += piece.bytes.length;
    lines += countLines(piece.bytes);
  }
  return { bytes, lines, reason: scan.reason, keptAside };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  let from = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
    lines += 1;
    from = at + 1;
  }
  return lines + (from < bytes.length ? 1 : 0);
}

/**
 * Copies the damaged bytes into one quarantine file, durably, and only then cuts them out of their segments. When
 * that fails they stay where they are: the rules of reading pass over them the next time as well.
 */
function putAside(folder: string, scan: Scan, options: JournalOptions): string | null {
  const quarantine = join(folder, "quarantine");
  try {
    mkdirSync(quarantine, { recursive: true, mode: 0o700 });
    const path = freeName(quarantine, segmentName(scan.next));
    writeFileAtomic(path, Buffer.concat(scan.damaged.map((piece) => piece.bytes)));
    for (const piece of scan.damaged) cutOff(join(folder, piece.name), piece.from);
    syncFolder(folder);
    return path;
  } catch (error) {
    options.onFault(error as Error);
    return null;
  }
}

function freeName(folder: string, name: string): string {
  let path = join(folder, name);
  for (let copy = 2; existsSync(path); copy += 1) path = join(folder, `${copy}-${name}`);
  return path;
}

function cutOff(path: string, length: number): void {
  if (length === 0) return unlinkSync(path);
  const fd = openSync(path, "r+");
  try {
    ftruncateSync(fd, length);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function refuseNewer(folder: string): void {
  const path = formatFile(folder);
  if (!existsSync(path)) return;
  const format = Number.parseInt(readFileSync(path, "utf8"), 10);
  if (format > JOURNAL_FORMAT) {
    throw new JournalError(
      `cannot read the journal ${folder}: its format is ${format}, this program knows ${JOURNAL_FORMAT}. Use the newer marathon that wrote it.`,
    );
  }
}

/** Best effort: a journal without the stamp is of format 1. */
function stampFormat(folder: string, options: JournalOptions): void {
  if (existsSync(formatFile(folder))) return;
  try {
    writeFileSync(formatFile(folder), `${JOURNAL_FORMAT}\n`, { mode: 0o600 });
  } catch (error) {
    options.onFault(error as Error);
  }
}

function formatFile(folder: string): string {
  return join(folder, "format");
}
