/**
 * What one terminal shows, recorded as an asciicast. Recording never waits and never fails: output is gathered for a moment,
 * becomes text in small portions, and is appended in the background. Too much for the disk, or a disk that is full, costs
 * the recording a stretch, and the recording says so; it costs the terminal nothing.
 */
import { MISSING } from "../screen/asciicast.ts";
import { BytesToText } from "../screen/cast-bytes.ts";
import { jsonString } from "../screen/json-bytes.ts";
import type { LogFolder } from "./log-folder.ts";
import { type LogLimits, LogParts, type LogRecord, type PartStart } from "./log-parts.ts";

/** Takes what a terminal shows, in order. */
export interface Recorder {
  /** The bytes are not copied and must not change. */
  output(bytes: Uint8Array): void;
  resized(cols: number, rows: number): void;
  /** Something that a person may want to find: a task begins. */
  mark(words: string): void;
}

export interface LogPorts {
  readonly folder: LogFolder;
  readonly limits: LogLimits;
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Calls back after `ms` real milliseconds; answers how to cancel. */
  later(ms: number, callback: () => void): () => void;
  /** Output that brings a new terminal to what this one shows now; null while it has bytes that it has not parsed. */
  snapshot(): string | null;
  /** The disk does not take the recording; it is tried again. */
  failed(error: Error): void;
  /** It takes it again. */
  works(): void;
}

/** Output is on disk after this long at most, ms. A `kill -9` costs the recording as much. */
const FLUSH_MS = 100;
/** Output that comes within this time is one event, ms: a frame's length. */
const TOGETHER_MS = 16;
/** Output becomes text in portions of this size, so that none takes long (0.3 ms), bytes. */
const PORTION_BYTES = 64 * 1024;
/** Text that waits for the disk; more is left out, bytes. */
const MAX_WAITING = 2 * 1024 * 1024;
/** Written at once, bytes. */
const BATCH = 256 * 1024;
/** The size is told again after so much text, so that a recording can be read from its middle, bytes. */
const SIZE_EVERY = 256 * 1024;
/** A part that is full waits for a moment at which the screen is known, until it is this much larger. */
const PATIENCE = 1.25;
/** After a failure, ms: doubled with each further one. */
const RETRY_MS = 10_000;
const MAX_RETRY_MS = 300_000;

type Item = { readonly kind: "record"; readonly record: LogRecord } | { readonly kind: "part"; readonly start: PartStart };

export class TerminalLog implements Recorder {
  readonly #ports: LogPorts;
  readonly #parts: LogParts;
  readonly #title: string;
  #size: { readonly cols: number; readonly rows: number };
  /** What the first part begins with: its events tell of the others. */
  readonly #firstSize: Pick<PartStart, "width" | "height">;
  /** Output that is not text yet, and when it began to come. */
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #gatheredAt = 0;
  #text = new BytesToText();
  #queue: Item[] = [];
  #queued = 0;
  /** Of the part that the end of the queue belongs to, bytes; and since its size was last told. */
  #partBytes = 0;
  #sinceSize = 0;
  /** Bytes of output that were left out since the last event. */
  #lost = 0;
  #broken = false;
  #retryMs = RETRY_MS;
  #closed = false;
  #writing: Promise<void> | null = null;
  #cancel: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;

  constructor(terminal: number, size: { readonly cols: number; readonly rows: number }, ports: LogPorts) {
    this.#ports = ports;
    this.#size = size;
    this.#firstSize = { width: size.cols, height: size.rows };
    this.#title = `marathon terminal ${terminal}`;
    this.#parts = new LogParts(ports.folder, terminal, ports.limits);
  }

  output(bytes: Uint8Array): void {
    if (this.#closed || this.#broken) {
      this.#lost += bytes.length;
      return;
    }
    const now = this.#ports.now();
    // Before the new bytes are gathered: the screen has had all of the others, as a snapshot of it must.
    const late = Math.abs(now - this.#gatheredAt) >= TOGETHER_MS;
    if (late || this.#gatheredBytes + bytes.length > PORTION_BYTES) this.#encode();
    if (this.#gatheredBytes === 0) this.#gatheredAt = now;
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    this.#soon();
  }

  resized(cols: number, rows: number): void {
    this.#encode();
    this.#size = { cols, rows };
    if (this.#closed || this.#broken) return;
    this.#tellSize();
    this.#soon();
  }

  mark(words: string): void {
    this.#encode();
    if (this.#closed || this.#broken) return;
    this.#record("m", [Buffer.from(words)]);
    this.#soon();
  }

  /** Resolves once all that came so far is on disk, or has been given up. */
  async flush(): Promise<void> {
    this.#encode();
    await this.#write();
  }

  /** Writes what there is and takes nothing any more. Never rejects. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#encode();
    this.#record("o", [this.#text.end()]);
    this.#closed = true;
    this.#cancelRetry?.();
    await this.#write();
    await this.#parts.close();
  }

  #encode(): void {
    if (this.#gatheredBytes === 0) return;
    const gathered = this.#gathered;
    const bytes = this.#gatheredBytes;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (this.#queued > MAX_WAITING) {
      this.#lost += bytes;
      return;
    }
    const snapshot = this.#lost > 0 ? this.#tellLost() : null;
    const text = snapshot === null ? gathered.map((chunk) => this.#text.push(chunk)) : [Buffer.from(snapshot)];
    this.#record("o", text, this.#gatheredAt);
    if (this.#sinceSize > SIZE_EVERY) this.#tellSize();
    if (this.#partBytes > this.#ports.limits.partBytes) this.#wantPart();
  }

  /** What was left out may have changed everything: answers how the screen looks now, if that is known. */
  #tellLost(): string | null {
    const words = `${MISSING}${this.#lost} bytes of output, which the disk did not take`;
    if (this.#lost > 0) this.#record("m", [Buffer.from(words)]);
    this.#lost = 0;
    this.#text = new BytesToText();
    this.#tellSize();
    return this.#ports.snapshot();
  }

  #tellSize(): void {
    this.#sinceSize = 0;
    this.#record("r", [Buffer.from(`${this.#size.cols}x${this.#size.rows}`)]);
  }

  #record(code: LogRecord["code"], text: readonly Uint8Array[], at = this.#ports.now()): void {
    if (text.every((piece) => piece.length === 0)) return;
    const json = jsonString(...text);
    this.#queue.push({ kind: "record", record: { at, code, json } });
    this.#queued += json.length;
    this.#partBytes += json.length;
    this.#sinceSize += json.length;
  }

  #wantPart(): void {
    const begins = this.#ports.snapshot();
    if (begins === null && this.#partBytes < this.#ports.limits.partBytes * PATIENCE) return;
    this.#queue.push({ kind: "part", start: this.#start(begins ?? "") });
    this.#partBytes = 0;
  }

  #start(begins: string): PartStart {
    return { at: this.#ports.now(), width: this.#size.cols, height: this.#size.rows, title: this.#title, begins };
  }

  #soon(): void {
    this.#cancel ??= this.#ports.later(FLUSH_MS, () => {
      this.#cancel = null;
      this.#encode();
      void this.#write();
    });
    if (this.#queued > BATCH) void this.#write();
  }

  /** Resolves once the queue is empty and written; never rejects. There is one writer at a time. */
  async #write(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    while (this.#writing || this.#queue.length > 0) {
      this.#writing ??= this.#writeBatch();
      await this.#writing;
    }
  }

  async #writeBatch(): Promise<void> {
    const items = this.#take();
    try {
      await this.#perform(items);
    } catch (error) {
      await this.#failed(error as Error, items);
    }
    this.#writing = null;
  }

  /** A batch of records, or the beginning of a part. */
  #take(): readonly Item[] {
    let size = 0;
    let end = 0;
    for (const item of this.#queue) {
      if (item.kind === "part" ? end > 0 : size > BATCH) break;
      end++;
      if (item.kind === "part") break;
      size += item.record.json.length;
    }
    this.#queued -= size;
    return this.#queue.splice(0, end);
  }

  async #perform(items: readonly Item[]): Promise<void> {
    const [first] = items;
    if (first?.kind === "part") return this.#parts.begin(first.start);
    if (first) this.#partBytes += await this.#parts.open({ ...this.#start(""), ...this.#firstSize, at: first.record.at });
    await this.#parts.append(items.flatMap((item) => (item.kind === "record" ? [item.record] : [])));
    if (this.#retryMs > RETRY_MS) this.#ports.works();
    this.#retryMs = RETRY_MS;
  }

  async #failed(error: Error, items: readonly Item[]): Promise<void> {
    for (const item of [...items, ...this.#queue]) {
      // As JSON they take a little more than they were: near enough for a figure that says how much is missing.
      if (item.kind === "record" && item.record.code === "o") this.#lost += item.record.json.length;
    }
    this.#queue = [];
    this.#queued = 0;
    this.#broken = true;
    await this.#parts.close();
    if (this.#closed) return;
    this.#ports.failed(error);
    this.#tryLater();
  }

  #tryLater(): void {
    this.#cancelRetry = this.#ports.later(this.#retryMs, () => void this.#retry());
    this.#retryMs = Math.min(MAX_RETRY_MS, this.#retryMs * 2);
  }

  async #retry(): Promise<void> {
    if (!(await this.#parts.hasRoom().catch(() => false))) return this.#tryLater();
    if (this.#closed) return;
    this.#broken = false;
    this.#partBytes = 0;
    const snapshot = this.#tellLost();
    if (snapshot !== null) this.#record("o", [Buffer.from(snapshot)]);
    await this.#write();
  }
}
