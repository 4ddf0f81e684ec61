/**
 * What one terminal shows, recorded as an asciicast. Recording never waits and never fails: output is gathered for a moment,
 * becomes text in small portions, and is appended in the background. Too much for the disk, or a disk that is full, costs
 * the recording a stretch, and the recording says so; it costs the terminal nothing.
 */
import { encodePlace, MISSING, type Place } from "../screen/asciicast.ts";
import { BytesToText } from "../screen/cast-bytes.ts";
import { jsonString } from "../screen/json-bytes.ts";
import type { LogPorts, Recorder } from "./recorder.ts";
import { type LogItem, LogParts, type LogRecord, type PartStart } from "./log-parts.ts";

/** Output is on disk after this long at most, ms. A `kill -9` of the engine costs none of a program's: the holder has what is not. */
const FLUSH_MS = 300;
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
  /** Whose output comes, if it is a program's: where what is gathered begins, and where all that came ends. */
  #begin: Place | null = null;
  #end: Place | null = null;
  /** A reader does not know it yet. */
  #tellPlace = false;
  #queue: LogItem[] = [];
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

  output(bytes: Uint8Array, place?: Place): void {
    if (place?.id !== this.#end?.id) this.#turnTo(place ?? null);
    if (place) this.#end = { id: place.id, at: place.at + bytes.length };
    if (this.#closed || this.#broken) {
      this.#lost += bytes.length;
      return void (this.#end && this.#ports.through(this.#end));
    }
    const now = this.#ports.now();
    // Before the new bytes are gathered: the screen has had all of the others, as a snapshot of it must.
    const late = Math.abs(now - this.#gatheredAt) >= TOGETHER_MS;
    if (late || this.#gatheredBytes + bytes.length > PORTION_BYTES) this.#encode();
    if (this.#gatheredBytes === 0) {
      this.#gatheredAt = now;
      this.#begin = place ?? null;
    }
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
    const [gathered, bytes] = [this.#gathered, this.#gatheredBytes];
    [this.#gathered, this.#gatheredBytes] = [[], 0];
    if (this.#queued > MAX_WAITING) return void (this.#lost += bytes);
    const begin = this.#begin;
    const snapshot = this.#lost > 0 ? this.#tellLost() : null;
    if (snapshot !== null) {
      this.#redrawn(snapshot, begin && { id: begin.id, at: begin.at + bytes });
    } else {
      if (this.#tellPlace) this.#placed(begin && { id: begin.id, at: begin.at - this.#text.held });
      const text = gathered.map((chunk) => this.#text.push(chunk));
      this.#record("o", text, this.#gatheredAt, this.#behind(begin, bytes));
    }
    const end = this.#behind(begin, bytes);
    if (this.#sinceSize > SIZE_EVERY) this.#tellAll(end);
    if (this.#partBytes > this.#ports.limits.partBytes) this.#wantPart(end);
  }

  /** Where the text ends that was made of so many bytes; those of a character that is not whole are still to come. */
  #behind(begin: Place | null, bytes: number): Place | null {
    return begin && { id: begin.id, at: begin.at + bytes - this.#text.held };
  }

  /** Another program's output comes, or our own words. */
  #turnTo(place: Place | null): void {
    this.#encode();
    if (!this.#closed && !this.#broken) this.#record("o", [this.#text.end()], this.#ports.now(), this.#end);
    this.#end = place;
    this.#tellPlace = true;
  }

  #placed(place: Place | null): void {
    this.#tellPlace = false;
    this.#record("p", [Buffer.from(encodePlace(place))]);
  }

  /** Instead of output that is not in the recording: how the screen looks after it. */
  #redrawn(snapshot: string, end: Place | null): void {
    this.#placed(null);
    this.#record("o", [Buffer.from(snapshot)], this.#ports.now(), end);
    this.#placed(end);
  }

  /** Everything that whoever begins to read here must know, as far as it can be known: also where the output stands, if no more of it should come. */
  #tellAll(end: Place | null): void {
    this.#tellSize();
    const screen = this.#ports.snapshot();
    if (screen !== null) this.#record("s", [Buffer.from(screen)]);
    this.#placed(end);
  }

  /** What was left out may have changed everything: answers how the screen looks now, if that is known. */
  #tellLost(): string | null {
    if (this.#lost > 0) this.#record("m", [Buffer.from(`${MISSING}${this.#lost} bytes of output, which the disk did not take`)]);
    this.#lost = 0;
    this.#text = new BytesToText();
    this.#tellPlace = true;
    this.#tellSize();
    return this.#ports.snapshot();
  }

  #tellSize(): void {
    this.#sinceSize = 0;
    this.#record("r", [Buffer.from(`${this.#size.cols}x${this.#size.rows}`)]);
  }

  #record(code: LogRecord["code"], text: readonly Uint8Array[], at = this.#ports.now(), end: Place | null = null): void {
    if (text.every((piece) => piece.length === 0)) return;
    const json = jsonString(...text);
    this.#queue.push({ kind: "record", record: { at, code, json }, end });
    this.#queued += json.length;
    this.#partBytes += json.length;
    this.#sinceSize += json.length;
  }

  #wantPart(end: Place | null): void {
    const begins = this.#ports.snapshot();
    if (begins === null && this.#partBytes < this.#ports.limits.partBytes * PATIENCE) return;
    this.#queue.push({ kind: "part", start: this.#start(begins ?? "") });
    this.#partBytes = 0;
    this.#placed(end);
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

  /** Resolves once the queue is empty and written; never rejects. There is one writer at a time. What is being gathered keeps its moment. */
  async #write(): Promise<void> {
    if (this.#gatheredBytes === 0) {
      this.#cancel?.();
      this.#cancel = null;
    }
    while (this.#writing || this.#queue.length > 0 || this.#makesUp()) {
      this.#writing ??= this.#writeBatch();
      await this.#writing;
    }
  }

  /** The end of a flood may have been left out: it is told once there is room, and not with the next output, which may never come. */
  #makesUp(): boolean {
    if (this.#lost === 0 || this.#gatheredBytes > 0 || this.#broken || this.#closed) return false;
    if (this.#ports.snapshot() === null) this.#soon();
    else this.#redrawn(this.#tellLost() ?? "", this.#end);
    return this.#queue.length > 0;
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
  #take(): readonly LogItem[] {
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

  async #perform(items: readonly LogItem[]): Promise<void> {
    const [first] = items;
    if (first?.kind === "part") return this.#parts.begin(first.start);
    if (first) this.#partBytes += await this.#parts.open({ ...this.#start(""), ...this.#firstSize, at: first.record.at });
    await this.#parts.append(items.flatMap((item) => (item.kind === "record" ? [item.record] : [])));
    for (const item of items) if (item.kind === "record" && item.end) this.#ports.through(item.end);
    if (this.#retryMs > RETRY_MS) this.#ports.works();
    this.#retryMs = RETRY_MS;
  }

  async #failed(error: Error, items: readonly LogItem[]): Promise<void> {
    for (const item of [...items, ...this.#queue]) {
      // As JSON they take a little more than they were: near enough for a figure that says how much is missing.
      if (item.kind === "record" && item.record.code === "o") this.#lost += item.record.json.length;
    }
    [this.#queue, this.#queued] = [[], 0];
    this.#broken = true;
    if (this.#end) this.#ports.through(this.#end);
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
    if (snapshot !== null) this.#redrawn(snapshot, this.#end);
    await this.#write();
  }
}
