/**
 * Writes to the master side of a pty, in order and without a busy loop. node-pty's own writer tries again at once when
 * the program does not read, which costs a whole core for as long as it does not (its pull request 956).
 */
import { writeSync } from "node:fs";

/** writeSync of a non-blocking descriptor: writes some bytes and says how many, or throws EAGAIN. */
export type WriteSome = (fd: number, bytes: Uint8Array) => number;

/** Waits while the program does not read, ms. */
const WAIT_FIRST_MS = 2;
const WAIT_MAX_MS = 50;
/** Written at most before other work gets its turn, bytes. */
const TURN_BYTES = 256 * 1024;

export class PtyWriter {
  readonly #fd: number;
  readonly #writeSome: WriteSome;
  #queue: Uint8Array[] = [];
  #pending = 0;
  #waitMs = WAIT_FIRST_MS;
  #timer: NodeJS.Timeout | null = null;
  #immediate: NodeJS.Immediate | null = null;
  #closed = false;

  constructor(fd: number, writeSome: WriteSome = (to, bytes) => writeSync(to, bytes)) {
    this.#fd = fd;
    this.#writeSome = writeSome;
  }

  /** Bytes accepted but not yet taken by the program's side. */
  get pendingBytes(): number {
    return this.#pending;
  }

  /** Takes the bytes over; the caller may reuse its array. After `close` they are dropped. */
  write(bytes: Uint8Array): void {
    if (this.#closed || bytes.length === 0) return;
    const idle = this.#queue.length === 0;
    this.#queue.push(idle ? bytes : Uint8Array.from(bytes));
    this.#pending += bytes.length;
    if (!idle) return;
    this.#drain();
    // What could not be written at once is still the caller's memory.
    const rest = this.#queue[0];
    if (rest) this.#queue[0] = Uint8Array.from(rest);
  }

  /** Drops what was not written; nothing is written to the descriptor any more. */
  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#pending = 0;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#immediate) clearImmediate(this.#immediate);
  }

  #drain(): void {
    this.#timer = null;
    this.#immediate = null;
    let turn = 0;
    try {
      for (let chunk = this.#queue[0]; chunk; chunk = this.#queue[0]) {
        if (turn >= TURN_BYTES) {
          this.#immediate = setImmediate(() => this.#drain());
          return;
        }
        const written = this.#writeSome(this.#fd, chunk.subarray(0, TURN_BYTES));
        turn += written;
        this.#pending -= written;
        if (written < chunk.length) this.#queue[0] = chunk.subarray(written);
        else this.#queue.shift();
        if (written > 0) this.#waitMs = WAIT_FIRST_MS;
      }
    } catch (error) {
      this.#failed(error as NodeJS.ErrnoException);
    }
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (error.code === "EAGAIN" || error.code === "EINTR") {
      this.#timer = setTimeout(() => this.#drain(), this.#waitMs);
      this.#waitMs = Math.min(this.#waitMs * 2, WAIT_MAX_MS);
    } else {
      // EIO and EBADF: nobody is at the other side any more. The pty's exit says so.
      this.close();
    }
  }
}
