/** Recordings read back: as one cast across their parts, and the end of one, to show again what a terminal showed last. */
import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { decodeEvent, decodeHeader, decodePlace, decodeSize, type CastEvent, type CastHeader, type Place } from "../screen/asciicast.ts";
import { textToBytes } from "../screen/cast-bytes.ts";
import { partName, partNumbers } from "./log-folder.ts";

/** What a terminal showed last. Its last line is not in it if that was cut: whoever goes on with the file takes it away. */
export interface Past {
  readonly cols: number;
  readonly rows: number;
  /** Output that a new terminal of that size needs before the events. */
  readonly begins: string;
  /** With sizes and marks; times are those of their parts. */
  readonly events: readonly CastEvent[];
}

/** Read at once, bytes. */
const CHUNK_BYTES = 256 * 1024;

export interface RecordedPart {
  readonly path: string;
  readonly number: number;
}

/** Files of a terminal's recording, oldest first; none when it has none. */
export async function recordedParts(folder: string, terminal: number): Promise<readonly RecordedPart[]> {
  const names = await readdir(folder).catch(() => []);
  return partNumbers(names, terminal).map((number) => ({ number, path: join(folder, partName(terminal, number)) }));
}

/**
 * The lines of a file from the byte `from` on, without their ends; the last one even when it was cut, unless only `whole` ones
 * are wanted. At the end of the file `more` is asked whether to look for more. A file that was removed, because newer ones
 * took its place, has none.
 */
export async function* linesOf(
  path: string,
  from = 0,
  more = (): Promise<boolean> => Promise.resolve(false),
  whole = false,
): AsyncGenerator<string> {
  const file = await openToRead(path);
  if (!file) return;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (let at = from; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, at);
      if (bytesRead === 0 && (await more())) continue;
      if (bytesRead === 0) break;
      at += bytesRead;
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
        yield bytes.toString("utf8", start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } finally {
    await file.close();
  }
  if (rest.length > 0 && !whole) yield rest.toString("utf8");
}

/** The end of a terminal's recording, `maxBytes` of its files at most; null when there is none. Rejects when it cannot be read. */
export async function readPast(folder: string, terminal: number, maxBytes: number): Promise<Past | null> {
  const parts = await recordedParts(folder, terminal);
  let wanted = maxBytes;
  let past: Past | null = null;
  for (const { path } of [...parts].reverse()) {
    if (wanted <= 0) break;
    const { size } = await stat(path);
    const part = await readPart(path, Math.max(0, size - wanted));
    wanted -= size;
    if (part) past = past === null ? part : joined(part, past);
  }
  return past;
}

async function readPart(path: string, from: number): Promise<Past | null> {
  const header = await headerOf(path);
  if (!header) return null;
  const events: CastEvent[] = [];
  for await (const line of linesOf(path, from, undefined, true)) {
    const event = decodeEvent(line);
    if (event) events.push(event);
  }
  if (from === 0) return { cols: header.width, rows: header.height, begins: header.begins, events };
  // From the middle: only where it is told how the screen looked can it be gone on from.
  const first = events.findIndex((event, index) => event.code === "s" && sizeBefore(events, index) !== null);
  const size = sizeBefore(events, first);
  return size ? { ...size, begins: events[first]?.data ?? "", events: events.slice(first + 1) } : readPart(path, 0);
}

function sizeBefore(events: readonly CastEvent[], index: number): ReturnType<typeof decodeSize> {
  const size = events.slice(0, Math.max(0, index)).findLast((event) => event.code === "r");
  return size ? decodeSize(size.data) : null;
}

/** Behind which output of a program, if that was the last to put any out, a recording ends. */
export function endOf({ events }: Pick<Past, "events">): Place | null {
  const told = events.findLastIndex((event) => event.code === "p");
  const begin = decodePlace(events[told]?.data ?? "");
  if (begin === null) return null;
  const bytes = events.slice(told).reduce((sum, event) => sum + (event.code === "o" ? textToBytes(event.data).length : 0), 0);
  return { id: begin.id, at: begin.at + bytes };
}

function joined(before: Past, after: Past): Past {
  const size: CastEvent = { time: 0, code: "r", data: `${after.cols}x${after.rows}` };
  return { ...before, events: [...before.events, size, ...after.events] };
}

/** The header of a part; null when it has none yet, or is not there any more. */
export async function headerOf(path: string): Promise<CastHeader | null> {
  for await (const line of linesOf(path)) return decodeHeader(line);
  return null;
}

async function openToRead(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
