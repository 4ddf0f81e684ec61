/**
 * What is said between an engine and the holder of its ptys: the frames of src/protocol/frames.ts, of kind `json` for these
 * messages and of kind `input` for bytes, a program's output in one direction and what is typed in the other.
 *
 * Output has a place: the number of bytes that the program had written before it. The engine says up to which place it has
 * *recorded* output, which the holder may then forget, and up to which place it has *heard* it: answered what it asks, and
 * told what it reports. A new engine shows what was recorded, shows again what was not, and hears what was not heard.
 *
 * A holder of an old version must be understood by every newer program: fields and messages are added, never renamed.
 */
import { encodeFrame, FrameError, type Frame } from "../../protocol/frames.ts";
import { FrameKind } from "../../protocol/messages.ts";
import type { Exit, Program } from "../agents/agent.ts";
import type { KnownProcess } from "../processes.ts";
import type { PtySize } from "../pty.ts";

export const HOLDER_PROTOCOL = 1;

/** What the engine must know of a program to go on with it, kept by the holder unread. */
export interface Label {
  /** What a person would have typed. */
  readonly title: string;
  /** The task whose end the program's end is, as the engine numbers it; null for one that outlives its tasks. */
  readonly task: number | null;
  /** The conversation that a coding agent was started in. */
  readonly conversation?: { readonly id: string; readonly resume: boolean } | null;
}

/** A program that a new engine finds. */
export interface Held {
  readonly terminal: number;
  /** Differs for every program that was ever started; its places in a recording bear it. */
  readonly id: string;
  readonly label: Label;
  readonly process: KnownProcess;
  readonly size: PtySize;
  /** Places in its output. */
  readonly recorded: number;
  readonly heard: number;
  readonly end: number;
  /** How it ended, if it has. */
  readonly exit: Exit | null;
}

export type ToHolder =
  /** First, and only from an engine that takes over: asks what there is. */
  | { readonly type: "hello"; readonly protocol: number }
  | {
      readonly type: "spawn";
      readonly terminal: number;
      readonly id: string;
      readonly label: Label;
      readonly program: Program;
      readonly size: PtySize;
    }
  /** Send output from this place on, with the sizes that it was written for; then `caught-up`, then what comes. */
  | { readonly type: "go-on"; readonly terminal: number; readonly from: number }
  /** `at`: the place in its output at which the engine's screen took that size. */
  | { readonly type: "resize"; readonly terminal: number; readonly size: PtySize; readonly at: number }
  | { readonly type: "pause" | "resume"; readonly terminal: number }
  | { readonly type: "taken"; readonly terminal: number; readonly recorded: number; readonly heard: number }
  /** Its end is journaled, or it is not wanted: its terminal is closed. */
  | { readonly type: "forget"; readonly terminal: number }
  /** Its output is waited for: it is passed on at once, and that of others in the moment after, see pace.ts. Null: none is. */
  | { readonly type: "front"; readonly terminal: number | null }
  /** Close every terminal and end. */
  | { readonly type: "end" };

export type FromHolder =
  | {
      readonly type: "hello";
      readonly protocol: number;
      readonly version: string;
      readonly marathon: string;
      readonly holder: KnownProcess;
      readonly held: readonly Held[];
    }
  | { readonly type: "started"; readonly terminal: number; readonly process: KnownProcess }
  | { readonly type: "failed"; readonly terminal: number; readonly code: 126 | 127; readonly message: string }
  /** The answer to `go-on`: the first byte that comes is that at `from`; of those before, the wanted ones are not there any more. */
  | { readonly type: "goes-on"; readonly terminal: number; readonly from: number; readonly size: PtySize }
  /** What follows was written for this size. */
  | { readonly type: "size"; readonly terminal: number; readonly size: PtySize }
  | { readonly type: "caught-up"; readonly terminal: number }
  /** So many bytes of what this engine typed the program's side has taken; told when there is much of it. */
  | { readonly type: "typed"; readonly terminal: number; readonly taken: number }
  /** After all of its output. */
  | { readonly type: "exited"; readonly terminal: number; readonly exit: Exit };

export function encode(message: ToHolder | FromHolder): Buffer {
  return encodeFrame(FrameKind.json, Buffer.from(JSON.stringify(message), "utf8"));
}

/** Throws FrameError for a frame that is no message. */
export function decode<Message extends ToHolder | FromHolder>({ payload }: Frame): Message {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FrameError("a JSON frame that is not JSON");
  }
  if (typeof value !== "object" || value === null) throw new FrameError("a JSON frame that is no message");
  return value as Message;
}
