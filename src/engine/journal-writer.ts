/**
 * The appending half of the journal. A line reaches the operating system before `append` returns, so that it survives
 * the death of this process; a shared fsync makes it survive the death of the machine. When the disk refuses, lines
 * wait in memory in their order and are written when it takes them again.
 */
import { join } from "node:path";
import type { Event } from "../marathon/types.ts";
import { isFull } from "./disk-full.ts";
import type { JournalDisk } from "./journal-disk.ts";
import { encodeLine } from "./journal-format.ts";

export interface WriterOptions {
  readonly folder: string;
  readonly disk: JournalDisk;
  /** Number of the first segment to create; none of this or a higher number exists. */
  readonly firstSegment: number;
  readonly lastSeq: number;
  /** The disk refused: events are kept in memory only from now on. Told again when the cause changes. */
  onFault(error: Error): void;
  /** Everything that waited is on disk. */
  onRecovered(): void;
}

interface Line {
  readonly seq: number;
  readonly bytes: Buffer;
}

interface OpenSegment {
  readonly fd: number;
  /** Bytes of whole lines. */
  size: number;
}

interface Waiter {
  readonly seq: number;
  readonly resolve: (waiting: number) => void;
}

/** A segment is closed at this size, in bytes, so that reading one never takes much memory. */
export const SEGMENT_BYTES = 16 * 1024 * 1024;
/** Events that nobody waits for are made durable after this long, ms. */
const LAZY_SYNC_MS = 1000;
/** Waits between attempts on a disk that refuses, ms; the longer limit holds where each attempt costs a new segment. */
const RETRY_FIRST_MS = 250;
const RETRY_FULL_MS = 2000;
const RETRY_BROKEN_MS = 30_000;
/** The handle is as good as before: there was no time, or no room. After anything else it is given up. */
const PASSING = new Set(["EAGAIN", "EINTR"]);

export class JournalWriter {
  readonly #options: WriterOptions;
  #next: number;
  #lastSeq: number;
  /** Lines that are not known to be durable, oldest first; the first `#written` of them are in the open segment. */
  #lines: Line[] = [];
  #written = 0;
  #segment: OpenSegment | null = null;
  #syncing: OpenSegment | null = null;
  #syncAgain = false;
  /** Why the disk is not trusted; until an fsync succeeds again. */
  #fault: NodeJS.ErrnoException | null = null;
  #retryMs = RETRY_FIRST_MS;
  /** Set while nothing is written: the disk refused, and is tried again when this fires. */
  #retry: NodeJS.Timeout | null = null;
  #lazy: NodeJS.Timeout | null = null;
  #waiters: Waiter[] = [];
  #closed = false;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#next = options.firstSegment;
    this.#lastSeq = options.lastSeq;
  }

  /** Throws when the event does not follow the one before, or after `close`. */
  append(event: Event, sync: boolean): void {
    if (this.#closed) throw new Error(`cannot append event ${event.seq} (${event.type}): the journal is closed`);
    if (event.seq !== this.#lastSeq + 1) throw new Error(`cannot append event ${event.seq}: the journal's last is ${this.#lastSeq}`);
    this.#lastSeq = event.seq;
    this.#lines.push({ seq: event.seq, bytes: encodeLine(event) });
    if (this.#retry || !this.#write()) return;
    if (sync) this.#sync();
    else this.#lazy ??= setTimeout(() => this.#sync(), LAZY_SYNC_MS).unref();
  }

  /** Resolves when all that was appended so far is durable, or cannot be made so now, with the number of events that are not. */
  flush(): Promise<number> {
    if (this.#lines.length === 0) return Promise.resolve(0);
    if (this.#retry) this.#tryAgain();
    if (this.#retry && !this.#syncing) return Promise.resolve(this.#lines.length);
    return new Promise((resolve) => {
      this.#waiters.push({ seq: this.#lastSeq, resolve });
      this.#sync();
    });
  }

  /**
   * From now on another segment is written; answers its number. What is not known to be durable is written again into it.
   * `forget`: nothing that was appended so far needs to be written any more.
   */
  newSegment(forget: boolean): number {
    this.#letGo();
    if (forget) {
      this.#lines = [];
      this.#settle(Number.POSITIVE_INFINITY);
    }
    const number = this.#next;
    if (!this.#retry && this.#lines.length > 0 && this.#write()) this.#sync();
    return number;
  }

  /** Flushes and lets go of the file. Resolves with the number of events that could not be saved. */
  async close(): Promise<number> {
    const lost = await this.flush();
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#lazy) clearTimeout(this.#lazy);
    this.#letGo();
    return lost;
  }

  /** Writes all waiting lines into the open segment. */
  #write(): boolean {
    try {
      const segment = (this.#segment ??= this.#create());
      for (let line = this.#lines[this.#written]; line; line = this.#lines[this.#written]) {
        this.#writeLine(segment, line.bytes);
        this.#written += 1;
      }
      return true;
    } catch (error) {
      this.#failed(error as NodeJS.ErrnoException);
      return false;
    }
  }

  #create(): OpenSegment {
    const name = segmentName(this.#next);
    this.#next += 1;
    return { fd: this.#options.disk.create(join(this.#options.folder, name)), size: 0 };
  }

  #writeLine(segment: OpenSegment, bytes: Buffer): void {
    const { disk } = this.#options;
    let done = 0;
    try {
      while (done < bytes.length) {
        const written = disk.write(segment.fd, bytes.subarray(done));
        if (written === 0) throw Object.assign(new Error("the disk takes no more bytes"), { code: "ENOSPC" });
        done += written;
      }
      segment.size += bytes.length;
    } catch (error) {
      // Half a line must not stay: whoever reads the journal now would have to call it damaged.
      if (done > 0) this.#truncate(segment);
      throw error;
    }
  }

  #truncate(segment: OpenSegment): void {
    try {
      this.#options.disk.truncate(segment.fd, segment.size);
    } catch {
      this.#letGo();
    }
  }

  /** One fsync at a time; requests that come meanwhile share the next one. */
  #sync(): void {
    const segment = this.#segment;
    if (this.#lazy) clearTimeout(this.#lazy);
    this.#lazy = null;
    if (!segment || this.#written === 0) return;
    if (this.#syncing) {
      this.#syncAgain = true;
      return;
    }
    if (!this.#options.disk.linked(segment.fd)) {
      this.#failed(Object.assign(new Error("the journal's file was removed while it was written"), { code: "ENOENT" }), true);
      return;
    }
    const count = this.#written;
    this.#syncing = segment;
    this.#options.disk.sync(segment.fd, (error) => {
      this.#syncing = null;
      if (segment !== this.#segment) this.#closeHandle(segment);
      else if (error) this.#failed(error, true);
      else this.#synced(count);
      if (this.#retry) this.#settle(Number.POSITIVE_INFINITY);
      if (this.#syncAgain) {
        this.#syncAgain = false;
        this.#sync();
      }
    });
  }

  #synced(count: number): void {
    const durable = this.#lines[count - 1]?.seq ?? this.#lastSeq;
    this.#lines.splice(0, count);
    this.#written -= count;
    if (this.#fault && !this.#retry) this.#recovered();
    this.#settle(durable);
    if (this.#written === 0 && this.#segment && this.#segment.size >= SEGMENT_BYTES) this.#letGo();
  }

  #recovered(): void {
    this.#fault = null;
    this.#retryMs = RETRY_FIRST_MS;
    this.#options.onRecovered();
  }

  /** A failed fsync is final for its handle: the kernel may have dropped the pages and call the next one a success. */
  #failed(error: NodeJS.ErrnoException, final = false): void {
    const passing = !final && (isFull(error) || PASSING.has(error.code ?? "")) && this.#segment !== null;
    if (!passing) this.#letGo();
    const known = this.#fault?.code === error.code;
    this.#fault = error;
    this.#retry ??= setTimeout(() => this.#tryAgain(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, passing ? RETRY_FULL_MS : RETRY_BROKEN_MS);
    if (!this.#syncing) this.#settle(Number.POSITIVE_INFINITY);
    if (!known) this.#options.onFault(error);
  }

  #tryAgain(): void {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    if (!this.#write()) return;
    if (this.#lines.length > 0) this.#sync();
    else if (this.#fault) this.#recovered();
  }

  /** Gives the open segment up; what is not known to be durable will be written again into the next one. */
  #letGo(): void {
    const segment = this.#segment;
    this.#segment = null;
    this.#written = 0;
    // A number that is being synced must stay taken, or the fsync could meet another file.
    if (segment && segment !== this.#syncing) this.#closeHandle(segment);
  }

  #closeHandle(segment: OpenSegment): void {
    try {
      this.#options.disk.close(segment.fd);
    } catch {
      // Nothing more can be done with it, and its lines are still in memory.
    }
  }

  #settle(durable: number): void {
    const settled = this.#waiters.filter((waiter) => waiter.seq <= durable);
    this.#waiters = this.#waiters.filter((waiter) => waiter.seq > durable);
    for (const waiter of settled) waiter.resolve(this.#lines.filter((line) => line.seq <= waiter.seq).length);
  }
}

/** `000001.jsonl`; the numbers sort as text up to a million segments. */
export function segmentName(number: number): string {
  return `${String(number).padStart(6, "0")}.jsonl`;
}
