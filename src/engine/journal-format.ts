/**
 * The journal on disk, as bytes: one event a line, `crc32 length json\n`. The CRC (8 lower-case hex digits) and the
 * length (decimal, bytes) are of the JSON; the sequence number inside the JSON counts without gaps. Pure.
 */
import { crc32 } from "node:zlib";
import type { Event } from "../marathon/types.ts";

/** Raised when a line could no longer be read by this program; a newer journal is refused untouched. */
export const JOURNAL_FORMAT = 1;

export interface Segment {
  readonly events: readonly Event[];
  /** Bytes from the start that are whole lines in sequence. */
  readonly good: number;
  /** Why reading ended there; null when it reached the end. */
  readonly damage: string | null;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const CRC_DIGITS = 8;
/** A length of more digits than this (a gigabyte) is damage, not an event. */
const LENGTH_DIGITS = 10;

/** One event as a line of the journal. */
export function encodeLine(event: Event): Buffer {
  const json = Buffer.from(JSON.stringify(event), "utf8");
  return Buffer.concat([Buffer.from(header(json), "latin1"), json, Buffer.of(NEWLINE)]);
}

/**
 * Reads one segment up to its end or to the first thing that is not as it was written. A last line that lacks
 * only its newline is whole. Never throws.
 */
export function decodeSegment(bytes: Buffer): Segment {
  const events: Event[] = [];
  let at = 0;
  let last: number | null = null;
  const end = (damage: string | null): Segment => ({ events, good: at, damage });
  while (at < bytes.length) {
    const line = decodeLine(bytes, at);
    if (typeof line === "string") return end(line);
    if (last !== null && line.event.seq !== last + 1) return end(`the sequence goes from ${last} to ${line.event.seq}`);
    events.push(line.event);
    last = line.event.seq;
    at = line.end;
    if (at < bytes.length && bytes[at] !== NEWLINE) return end("a line does not end where it should");
    at = Math.min(at + 1, bytes.length);
  }
  return end(null);
}

/** The event at an offset and the offset behind its JSON, or what is wrong with it. */
function decodeLine(bytes: Buffer, at: number): { readonly event: Event; readonly end: number } | string {
  const lengthAt = at + CRC_DIGITS + 1;
  const space = bytes.subarray(lengthAt, lengthAt + LENGTH_DIGITS).indexOf(SPACE);
  if (space < 0) return bytes.length - lengthAt < LENGTH_DIGITS ? "the last line is cut off" : "a line has no readable length";
  const jsonAt = lengthAt + space + 1;
  const length = Number(bytes.toString("latin1", lengthAt, jsonAt - 1));
  if (!Number.isSafeInteger(length) || length < 2) return "a line has no readable length";
  const end = jsonAt + length;
  if (end > bytes.length) return "the last line is cut off";
  const json = bytes.subarray(jsonAt, end);
  // Compared as text, so that 'A' for 'a' or '+12' for '12' counts as damage too.
  if (bytes.toString("latin1", at, jsonAt) !== header(json)) return "a line's checksum does not fit its content";
  return parseEvent(json, end);
}

function parseEvent(json: Buffer, end: number): { readonly event: Event; readonly end: number } | string {
  try {
    const event = JSON.parse(json.toString("utf8")) as Event;
    return Number.isSafeInteger(event?.seq) && event.seq > 0 ? { event, end } : "a line is no event";
  } catch {
    return "a line is no JSON";
  }
}

function header(json: Buffer): string {
  return `${crc32(json).toString(16).padStart(CRC_DIGITS, "0")} ${json.length} `;
}
