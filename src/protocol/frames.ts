/** Framing of the wire; the layout is described in messages.ts. */
import { FrameKind, type ClientMessage, type ServerMessage } from "./messages.ts";

/** Larger frames are refused: a full snapshot of a 10,000-task marathon is about 10 MB. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 1;

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Uint8Array;
}

/** The peer does not speak this protocol; its connection must be closed. */
export class FrameError extends Error {}

/** One frame as bytes: u32 length (little endian, kind and payload), u8 kind, payload. */
export function encodeFrame(kind: FrameKind, payload: Uint8Array): Buffer {
  return encodeFrames(kind, [payload]);
}

/** Several frames in one piece, for one write. */
export function encodeFrames(kind: FrameKind, payloads: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const payload of payloads) length += HEADER_BYTES + payload.length;
  const frames = Buffer.allocUnsafe(length);
  let at = 0;
  for (const payload of payloads) {
    at = writeHeader(frames, at, kind, payload.length);
    frames.set(payload, at);
    at += payload.length;
  }
  return frames;
}

/** Answers where the payload begins. */
function writeHeader(frames: Buffer, at: number, kind: FrameKind, payloadBytes: number): number {
  frames.writeUInt32LE(payloadBytes + 1, at);
  frames[at + 4] = kind;
  return at + HEADER_BYTES;
}

export function encodeMessage(message: ClientMessage | ServerMessage): Buffer {
  return encodeFrame(FrameKind.json, Buffer.from(JSON.stringify(message), "utf8"));
}

/** Raw input for a terminal: u8 terminal number, then the bytes as typed. */
export function encodeInput(terminal: number, bytes: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + 1 + bytes.length);
  const at = writeHeader(frame, 0, FrameKind.input, 1 + bytes.length);
  frame[at] = terminal;
  frame.set(bytes, at + 1);
  return frame;
}

/** What `encodeInput` puts in front of so many bytes: they can be written after it, uncopied. */
export function encodeInputHead(terminal: number, length: number): Buffer {
  const head = Buffer.allocUnsafe(HEADER_BYTES + 1);
  head[writeHeader(head, 0, FrameKind.input, 1 + length)] = terminal;
  return head;
}

/** Throws FrameError for an empty payload. */
export function decodeInput(payload: Uint8Array): { terminal: number; bytes: Uint8Array } {
  const terminal = payload[0];
  if (terminal === undefined) throw new FrameError("an input frame without a terminal number");
  return { terminal, bytes: payload.subarray(1) };
}

/** Throws FrameError when the payload is not one JSON object with a `type`. */
export function decodeMessage<Message extends ClientMessage | ServerMessage>(payload: Uint8Array): Message {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8"));
  } catch {
    throw new FrameError("a JSON frame that is not JSON");
  }
  if (typeof value !== "object" || value === null || typeof (value as { type?: unknown }).type !== "string") {
    throw new FrameError("a JSON frame without a type");
  }
  return value as Message;
}

/** Cuts a byte stream into frames. Chunks may end anywhere; most hold whole frames, which are not copied. */
export class FrameReader {
  /** A frame of which something is still to come, in the pieces that it came in. */
  #begun: Uint8Array[] = [];
  #begunBytes = 0;
  /** So many bytes make that frame whole, or tell its length. */
  #wanted = HEADER_BYTES;

  /** Whole frames that this chunk completes. Throws FrameError for lengths or kinds that are none. */
  push(chunk: Uint8Array): Frame[] {
    const bytes = this.#joined(chunk);
    if (bytes === null) return [];
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const end = at + LENGTH_BYTES + lengthAt(bytes, at);
      if (end > bytes.length) break;
      frames.push({ kind: kindAt(bytes, at), payload: bytes.subarray(at + HEADER_BYTES, end) });
      at = end;
    }
    this.#keep(at === 0 ? bytes : bytes.subarray(at));
    return frames;
  }

  /** With what came before it; null while that is no whole frame. */
  #joined(chunk: Uint8Array): Uint8Array | null {
    if (this.#begunBytes === 0) return chunk;
    this.#begun.push(chunk);
    this.#begunBytes += chunk.length;
    return this.#begunBytes < this.#wanted ? null : Buffer.concat(this.#begun);
  }

  #keep(rest: Uint8Array): void {
    this.#begun = rest.length === 0 ? [] : [rest];
    this.#begunBytes = rest.length;
    this.#wanted = rest.length < HEADER_BYTES ? HEADER_BYTES : LENGTH_BYTES + lengthAt(rest, 0);
  }
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const length = (low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
  if (length < 1 || length > MAX_FRAME_BYTES) throw new FrameError(`a frame of ${length} bytes`);
  return length;
}

function kindAt(bytes: Uint8Array, at: number): FrameKind {
  const kind = bytes[at + LENGTH_BYTES];
  if (kind !== FrameKind.json && kind !== FrameKind.rows && kind !== FrameKind.input) throw new FrameError(`frame kind ${kind}`);
  return kind;
}
