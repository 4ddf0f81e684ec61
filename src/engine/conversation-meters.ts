/**
 * What an agent writes of its use into the files of its conversations, read as they grow: those that its program holds open, so
 * that no other program's are counted, and of each what is added after the program was started here.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { CodingCli, ConversationMeter, MeterNews } from "./agents/coding-cli.ts";
import { openFiles } from "./agents/open-files.ts";

export interface MeterFilePorts {
  /** Wall clock, ms. */
  wall(): number;
  /** The conversation that the terminal is in; null: not known. */
  conversation(): string | null;
  measured(news: MeterNews): void;
}

/** Looked at so often, ms: a few hundred bytes, as a rule. */
const LOOK_MS = 5000;
/** Read of one file at one look, and of one that was there before, from its end, bytes. */
const MOST_BYTES = 1 << 20;

interface File {
  readonly id: string;
  readonly meter: ConversationMeter;
  offset: number;
  /** The end of what was read is no whole line yet. */
  rest: Buffer;
}

export class ConversationMeters {
  readonly #cli: Pick<CodingCli, "conversationFile" | "conversationMeter">;
  readonly #ports: MeterFilePorts;
  readonly #files = new Map<string, File>();
  #since = 0;
  #lookedAt = 0;

  constructor(cli: Pick<CodingCli, "conversationFile" | "conversationMeter">, ports: MeterFilePorts) {
    this.#cli = cli;
    this.#ports = ports;
  }

  /** A program has been started, or goes on under another engine: what was used before is counted, or not ours. */
  begins(): void {
    this.#files.clear();
    this.#since = this.#ports.wall();
    this.#lookedAt = this.#since;
  }

  look(pid: number): void {
    const { conversationFile, conversationMeter } = this.#cli;
    const now = this.#ports.wall();
    if (!conversationFile || !conversationMeter || now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    for (const path of openFiles(pid)) {
      const id = conversationFile.exec(path)?.[1];
      if (id !== undefined && !this.#files.has(path))
        this.#files.set(path, { id, meter: conversationMeter(), offset: -1, rest: Buffer.alloc(0) });
    }
    this.#readAll();
  }

  /** The program has ended: its last words are there still. */
  over(): void {
    this.#readAll();
    this.#files.clear();
  }

  #readAll(): void {
    for (const [path, file] of this.#files) {
      this.#read(path, file);
      const news = file.meter.taken();
      if (news === null) continue;
      // Sub-agents have contexts of their own.
      const own = this.#files.size === 1 || file.id === this.#ports.conversation();
      this.#ports.measured(own ? news : { ...news, meter: null });
    }
  }

  #read(path: string, file: File): void {
    const added = addedTo(path, file);
    if (added === null) return;
    const bytes = Buffer.concat([file.rest, added]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    // A line that is longer than that is none of those that are looked for.
    file.rest = bytes.length - end > MOST_BYTES ? Buffer.alloc(0) : bytes.subarray(end);
    const text = bytes.subarray(0, end);
    if (!file.meter.words.some((word) => text.includes(word))) return;
    for (const line of text.toString("utf8").split("\n")) {
      if (file.meter.words.some((word) => line.includes(word))) file.meter.read(line, this.#since);
    }
  }
}

/** What was added to a file since it was read last, at most MOST_BYTES; null for nothing, and where it cannot be read. */
function addedTo(path: string, file: File): Buffer | null {
  let opened: number | null = null;
  try {
    opened = openSync(path, "r");
    const { size } = fstatSync(opened);
    if (file.offset < 0 || size < file.offset) file.offset = Math.max(0, size - MOST_BYTES);
    const bytes = Buffer.alloc(Math.min(MOST_BYTES, size - file.offset));
    const read = bytes.length === 0 ? 0 : readSync(opened, bytes, 0, bytes.length, file.offset);
    file.offset += read;
    return read === 0 ? null : bytes.subarray(0, read);
  } catch {
    return null;
  } finally {
    if (opened !== null) closeSync(opened);
  }
}
