/** Framing of the wire; the layout is described in messages.ts. */
import { FrameKind, type ClientMessage, type ServerMessage } from "./messages.ts";

/** Larger frames are refused: a full snapshot of a 10,000-task marathon is about 10 MB. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const HEADER_BYTES = 5;

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
  const frames = Buffer.allocUnsafe(payloads.reduce((sum, payload) => sum + HEADER_BYTES + payload.length, 0));
  let at = 0;
  for (const payload of payloads) {
    frames.writeUInt32LE(payload.length + 1, at);
    frames.writeUInt8(kind, at + 4);
    frames.set(payload, at + HEADER_BYTES);
    at += HEADER_BYTES + payload.length;
  }
  return frames;
}

export function encodeMessage(message: ClientMessage | ServerMessage): Buffer {
  return encodeFrame(FrameKind.json, Buffer.from(JSON.stringify(message), "utf8"));
}

/** Raw input for a terminal: u8 terminal number, then the bytes as typed. */
export function encodeInput(terminal: number, bytes: Uint8Array): Buffer {
  const payload = Buffer.allocUnsafe(1 + bytes.length);
  payload.writeUInt8(terminal, 0);
  payload.set(bytes, 1);
  return encodeFrame(FrameKind.input, payload);
}

/** What `encodeInput` puts in front of so many bytes: they can be written after it, uncopied. */
export function encodeInputHead(terminal: number, length: number): Buffer {
  const head = Buffer.allocUnsafe(HEADER_BYTES + 1);
  head.writeUInt32LE(length + 2, 0);
  head.writeUInt8(FrameKind.input, 4);
  head.writeUInt8(terminal, HEADER_BYTES);
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

/** Cuts a byte stream into frames. Chunks may end anywhere. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** Whole frames that this chunk completes. Throws FrameError for lengths or kinds that are none. */
  push(chunk: Uint8Array): Frame[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const frames: Frame[] = [];
    for (let length = this.#nextLength(); length !== null; length = this.#nextLength()) {
      const bytes = this.#take(4 + length);
      const kind = bytes[4];
      if (kind !== FrameKind.json && kind !== FrameKind.rows && kind !== FrameKind.input) throw new FrameError(`frame kind ${kind}`);
      frames.push({ kind, payload: bytes.subarray(HEADER_BYTES) });
    }
    return frames;
  }

  /** Length of the next frame if all of it has arrived. */
  #nextLength(): number | null {
    if (this.#bytes < HEADER_BYTES) return null;
    const head = this.#peekHeader();
    const length = head.readUInt32LE(0);
    if (length < 1 || length > MAX_FRAME_BYTES) throw new FrameError(`a frame of ${length} bytes`);
    return this.#bytes >= 4 + length ? length : null;
  }

  #peekHeader(): Buffer {
    const first = this.#chunks[0];
    if (first && first.length >= 4) return Buffer.from(first.buffer, first.byteOffset, 4);
    this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] as Buffer;
  }

  #take(count: number): Uint8Array {
    const first = this.#chunks[0];
    let whole: Uint8Array;
    if (first && first.length >= count) {
      whole = first;
    } else {
      whole = Buffer.concat(this.#chunks);
      this.#chunks = [whole];
    }
    const taken = whole.subarray(0, count);
    const rest = whole.subarray(count);
    if (rest.length > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    this.#bytes -= count;
    return taken;
  }
}
