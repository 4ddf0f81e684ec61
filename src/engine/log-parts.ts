/**
 * One terminal's recording on disk: appends events to its newest part, begins new parts and removes the oldest, and takes
 * up what an earlier engine left, without its last line if that was cut. All calls must be made one after the other.
 */
import { decodeHeader, encodeHeader, type CastEvent, type CastHeader, type Place } from "../screen/asciicast.ts";
import type { LogFolder, LogPart } from "./log-folder.ts";

export interface LogLimits {
  /** A part that has grown this large is followed by the next, bytes. */
  readonly partBytes: number;
  /** Parts that are kept for a terminal, the newest included. */
  readonly parts: number;
  /** This much of the disk is left to the journal and to everybody else, bytes. */
  readonly reserveBytes: number;
}

/** An event with its wall-clock time, ms since the epoch; its text is a JSON string already, in UTF-8. */
export interface LogRecord {
  readonly at: number;
  readonly code: CastEvent["code"];
  readonly json: Uint8Array;
}

/** What a new part begins with. */
export type PartStart = Pick<CastHeader, "width" | "height" | "title" | "begins"> & { readonly at: number };

/** The disk is not full yet, but what is left of it is not for recordings. */
export class NoRoomError extends Error {}

/** Free space is looked at again after this much, bytes. */
const ROOM_EVERY_BYTES = 1024 * 1024;
/** A header holds a screen at most; the last line of a part holds one event (see terminal-log.ts). Bytes. */
const MAX_LINE_BYTES = 1024 * 1024;

const MANY = 100;
const END_OF_EVENT = Buffer.from("]\n");

interface OpenPart {
  readonly file: LogPart;
  readonly timestamp: number;
  /** Of the newest event, seconds since `timestamp`: times never go back, whatever the wall clock does. */
  time: number;
}

/** What is to be done, in its order. `end`: where the output ends that was recorded by then. */
export type LogItem =
  | { readonly kind: "record"; readonly record: LogRecord; readonly end: Place | null }
  | { readonly kind: "part"; readonly start: PartStart };

export class LogParts {
  readonly #folder: LogFolder;
  readonly #terminal: number;
  readonly #limits: LogLimits;
  #open: OpenPart | null = null;
  #number = 0;
  #uncheckedBytes = Number.POSITIVE_INFINITY;

  constructor(folder: LogFolder, terminal: number, limits: LogLimits) {
    this.#folder = folder;
    this.#terminal = terminal;
    this.#limits = limits;
  }

  /** Takes up the newest part, or begins the first one; answers how large it is. Safe to call again. */
  async open(start: PartStart): Promise<number> {
    if (this.#open) return 0;
    const newest = (await this.#folder.parts(this.#terminal)).at(-1);
    if (newest !== undefined) {
      this.#number = newest;
      const file = await this.#folder.open(this.#terminal, newest);
      const found = await this.#takeUp(file);
      if (typeof found === "number") return found;
      await file.close();
      if (found === "nothing") await this.#folder.remove(this.#terminal, newest);
    }
    await this.begin(start);
    return 0;
  }

  async append(records: readonly LogRecord[]): Promise<void> {
    const part = this.#open;
    if (!part) throw new Error("the recording is not open");
    const pieces: Uint8Array[] = [];
    for (const { at, code, json } of records) {
      part.time = Math.max(part.time, at / 1000 - part.timestamp);
      pieces.push(Buffer.from(`[${part.time.toFixed(3)},"${code}",`), json, END_OF_EVENT);
    }
    await this.#write(part.file, pieces);
  }

  /** Begins the next part and removes what is too many. */
  async begin({ at, ...start }: PartStart): Promise<void> {
    await this.close();
    const existing = await this.#folder.parts(this.#terminal);
    this.#number = Math.max(this.#number, existing.at(-1) ?? 0) + 1;
    const timestamp = Math.floor(at / 1000);
    const file = await this.#folder.open(this.#terminal, this.#number);
    this.#open = { file, timestamp, time: 0 };
    await this.#write(file, [Buffer.from(encodeHeader({ ...start, timestamp }), "utf8")]);
    // Only now: a disk that takes no new part must not cost the old ones.
    const tooMany = existing.length + 1 - this.#limits.parts;
    for (const old of existing.slice(0, Math.max(0, tooMany))) await this.#folder.remove(this.#terminal, old);
  }

  /** Whether there is room to begin again with, after there was none. */
  async hasRoom(): Promise<boolean> {
    return (await this.#folder.room()) > 2 * this.#limits.reserveBytes;
  }

  /** The next `open` looks at the files anew. Never rejects. */
  async close(): Promise<void> {
    const part = this.#open;
    this.#open = null;
    await part?.file.close().catch(() => {});
  }

  async #write(file: LogPart, pieces: readonly Uint8Array[]): Promise<void> {
    this.#uncheckedBytes += pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (this.#uncheckedBytes >= ROOM_EVERY_BYTES) {
      const room = await this.#folder.room();
      if (room < this.#limits.reserveBytes) {
        throw new NoRoomError(`only ${Math.floor(room / 1024 / 1024)} MB are free on their disk`);
      }
      this.#uncheckedBytes = 0;
    }
    // Large pieces are not worth a copy, many small ones are.
    await file.append(pieces.length > MANY ? [Buffer.concat(pieces)] : pieces);
  }

  /**
   * The size of a part that can be gone on with, its cut last line removed; `nothing` when it broke off in its first line,
   * `foreign` when that is no header of ours.
   */
  async #takeUp(file: LogPart): Promise<number | "nothing" | "foreign"> {
    const head = await file.read(0, Math.min(file.size, MAX_LINE_BYTES));
    const firstEnd = head.indexOf(0x0a);
    if (firstEnd < 0 && file.size < MAX_LINE_BYTES) return "nothing";
    const header = decodeHeader(head.toString("utf8", 0, Math.max(0, firstEnd)));
    if (!header) return "foreign";
    const from = Math.max(0, file.size - MAX_LINE_BYTES);
    const tail = from === 0 ? head : await file.read(from, file.size - from);
    const end = tail.lastIndexOf(0x0a) + 1;
    if (end === 0) return "foreign";
    const lastLine = tail.toString("latin1", tail.lastIndexOf(0x0a, end - 2) + 1, end).slice(0, 32);
    if (from + end < file.size) await file.truncate(from + end);
    this.#open = { file, timestamp: header.timestamp, time: Number(/^\[(\d+(?:\.\d+)?),/u.exec(lastLine)?.[1] ?? 0) };
    return from + end;
  }
}
