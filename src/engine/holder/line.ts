/** What engine and holder speak over. */
import type { KnownProcess } from "../processes.ts";

/** A net.Socket is one. */
export interface Line {
  /** Bytes that were written and not yet taken by the other end. */
  readonly writableLength: number;
  write(bytes: Uint8Array): unknown;
  cork(): void;
  uncork(): void;
  destroy(): void;
  /** The process at the other end, where we have started it. */
  readonly process?: KnownProcess;
}
