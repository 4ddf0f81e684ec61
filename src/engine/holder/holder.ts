/**
 * Holds the ptys of a marathon's programs, so that these outlive the engine: reads what they write, keeps the newest of it,
 * passes it on to the engine that is connected, writes what is typed, sets sizes, and tells ends. It looks at nothing of it
 * and decides nothing, so that there is next to nothing that could end it or would have to be made new.
 */
import { decodeInput, encodeInput, encodeInputHead, FrameError, FrameReader, type Frame } from "../../protocol/frames.ts";
import { FrameKind } from "../../protocol/messages.ts";
import { AgentError } from "../agents/agent.ts";
import { startTime } from "../processes.ts";
import type { SpawnPty } from "../pty.ts";
import { ByteLog } from "./byte-log.ts";
import { newEntry, type Entry } from "./entry.ts";
import type { Line } from "./line.ts";
import { Pace } from "./pace.ts";
import { decode, encode, HOLDER_PROTOCOL, type FromHolder, type Held, type ToHolder } from "./wire.ts";

export interface HolderPorts {
  readonly spawn: SpawnPty;
  readonly marathon: string;
  readonly version: string;
  /** Runs the callback after waiting input had its turn. */
  soon(callback: () => void): void;
  later(ms: number, callback: () => void): void;
  /** Runs the callback after the moment that output in the background may be kept waiting. */
  rest(callback: () => void): void;
  /** Nothing is held and nobody is connected, or somebody comes: see main.ts. */
  changed(): void;
  end(): void;
  /** Something went wrong with one terminal; the rest goes on. */
  fault(error: Error): void;
}

/** Output that no engine has recorded: beyond this the program waits (it blocks in its write), bytes. */
const MOST_UNRECORDED = 4 * 1024 * 1024;
/** Kept although it was recorded, for an engine whose recording is switched off or broken, bytes. */
const KEPT = 256 * 1024;
/** While an engine is connected, no more than this is read ahead of it: a key that ends a flood must end it soon, bytes. */
const READ_AHEAD = 256 * 1024;
/** What may wait on the line, bytes. */
const ON_THE_LINE = 512 * 1024;
/** What is written in one piece with its head: to copy so little costs less than to write two pieces, bytes. */
const COPIED = 4 * 1024;
/** How much may be typed before the engine is told how much of it was taken, bytes, and how soon it is told, ms. */
const TYPED = 64 * 1024;
const TELL_TYPED_MS = 50;

export class Holder {
  readonly #ports: HolderPorts;
  readonly #entries = new Map<number, Entry>();
  readonly #pace: Pace;
  #line: Line | null = null;
  #flushing = false;

  constructor(ports: HolderPorts) {
    this.#ports = ports;
    this.#pace = new Pace(
      (over) => ports.rest(over),
      () => this.#flush(),
    );
  }

  get connected(): boolean {
    return this.#line !== null;
  }

  /** Programs that run, and ends that no engine has heard of. */
  get holds(): { readonly running: number; readonly ended: number } {
    const ended = [...this.#entries.values()].filter((entry) => entry.exit !== null).length;
    return { running: this.#entries.size - ended, ended };
  }

  /** An engine has come; the one before is let go. Answers what takes the bytes that it sends. */
  connect(line: Line): (chunk: Uint8Array) => void {
    this.#line?.destroy();
    this.#line = line;
    this.#pace.front(undefined);
    for (const entry of this.#entries.values())
      Object.assign(entry, { sent: null, catchUp: null, wanted: true, told: false, typed: 0, toldTyped: 0 });
    this.#ports.changed();
    const reader = new FrameReader();
    return (chunk) => {
      if (this.#line !== line) return;
      try {
        for (const frame of reader.push(chunk)) this.#safely(() => this.#take(frame));
      } catch {
        // Whoever sends this is no engine of ours.
        this.disconnect(line);
      }
    };
  }

  /** Throws FrameError. A fault of one terminal must not cost the others what was said behind it, the end of all least of all. */
  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof FrameError) throw error;
      this.#ports.fault(error as Error);
    }
  }

  disconnect(line: Line): void {
    line.destroy();
    if (this.#line !== line) return;
    this.#line = null;
    this.#pace.front(undefined);
    for (const entry of this.#entries.values()) this.#regulate(entry);
    this.#ports.changed();
  }

  /** The line has room again. */
  drained(): void {
    this.#flushSoon();
  }

  #take(frame: Frame): void {
    if (frame.kind === FrameKind.input) {
      const { terminal, bytes } = decodeInput(frame.payload);
      const entry = this.#entries.get(terminal);
      return entry && this.#type(entry, bytes);
    }
    const message = decode<ToHolder>(frame);
    if (message.type === "hello") return this.#hello();
    if (message.type === "spawn") return this.#spawn(message);
    if (message.type === "end") return this.#end();
    if (message.type === "front") return this.#front(message.terminal);
    const entry = this.#entries.get(message.terminal);
    if (entry) this.#about(entry, message);
  }

  /** What it has printed is looked at now. */
  #front(terminal: number | null): void {
    this.#pace.front(terminal);
    this.#flushSoon();
  }

  #about(entry: Entry, message: Exclude<ToHolder, { type: "hello" | "spawn" | "front" | "end" }>): void {
    switch (message.type) {
      case "go-on":
        entry.sent = Math.max(entry.log.start, Math.min(message.from, entry.log.end));
        entry.catchUp = entry.log.end;
        this.#say({ type: "goes-on", terminal: entry.terminal, from: entry.sent, size: entry.log.sizeAt(entry.sent) });
        return this.#flushSoon();
      case "resize":
        entry.log.resized(message.size, message.at);
        return entry.pty.resize(message.size.cols, message.size.rows);
      case "pause":
      case "resume":
        entry.wanted = message.type === "resume";
        return this.#flushSoon();
      case "taken":
        entry.recorded = Math.max(entry.recorded, message.recorded);
        entry.heard = Math.max(entry.heard, message.heard);
        entry.log.forget(Math.min(entry.recorded, entry.log.end - KEPT));
        return this.#regulate(entry);
      case "forget":
        this.#entries.delete(entry.terminal);
        entry.pty.dispose();
        return this.#ports.changed();
    }
  }

  #type(entry: Entry, bytes: Uint8Array): void {
    this.#pace.typed(entry.terminal);
    entry.pty.write(bytes);
    const before = entry.typed - entry.toldTyped;
    entry.typed += bytes.length;
    if (before < TYPED && before + bytes.length >= TYPED) this.#tellTyped(entry);
  }

  #tellTyped(entry: Entry): void {
    this.#ports.later(TELL_TYPED_MS, () => {
      if (this.#entries.get(entry.terminal) !== entry) return;
      const waiting = entry.pty.pendingBytes;
      entry.toldTyped = entry.typed - waiting;
      this.#say({ type: "typed", terminal: entry.terminal, taken: entry.toldTyped });
      if (waiting >= TYPED) this.#tellTyped(entry);
    });
  }

  #hello(): void {
    const held = [...this.#entries.values()].map(
      ({ terminal, id, label, process, log, recorded, heard, exit }): Held => ({
        terminal,
        id,
        label,
        process,
        size: log.size,
        recorded,
        heard,
        end: log.end,
        exit,
      }),
    );
    const { marathon, version } = this.#ports;
    const holder = { pid: process.pid, start: startTime(process.pid) };
    this.#say({ type: "hello", protocol: HOLDER_PROTOCOL, version, marathon, holder, held });
  }

  #spawn({ terminal, id, label, program, size }: Extract<ToHolder, { type: "spawn" }>): void {
    try {
      this.#entries.get(terminal)?.pty.dispose();
      this.#entries.delete(terminal);
      const pty = this.#ports.spawn(program, size);
      const known = { pid: pty.pid, start: startTime(pty.pid) };
      const entry = newEntry({ terminal, id, label, pty, process: known, log: new ByteLog(size) });
      this.#entries.set(terminal, entry);
      pty.onData((bytes) => {
        entry.log.append(bytes);
        this.#regulate(entry);
        if (!this.#pace.mayWait(terminal, entry.log.end - (entry.sent ?? 0))) this.#flushSoon();
      });
      pty.onExit((exit) => {
        entry.exit = exit;
        this.#flushSoon();
        this.#ports.changed();
      });
      this.#say({ type: "started", terminal, process: known });
    } catch (error) {
      const code = error instanceof AgentError ? error.code : 126;
      this.#say({ type: "failed", terminal, code, message: (error as Error).message });
    }
    this.#ports.changed();
  }

  #end(): void {
    for (const entry of this.#entries.values()) this.#safely(() => entry.pty.dispose());
    this.#entries.clear();
    this.#ports.end();
  }

  /** A program whose output nobody takes is kept from writing more. */
  #regulate({ pty, log, recorded, sent }: Entry): void {
    const unrecorded = log.end - recorded;
    const ahead = this.#line === null ? 0 : log.end - (sent ?? log.end);
    if (unrecorded >= MOST_UNRECORDED || ahead >= READ_AHEAD) pty.pause();
    else pty.resume();
  }

  #flushSoon(): void {
    if (this.#flushing || this.#line === null) return;
    this.#flushing = true;
    this.#ports.soon(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** Everything that came in one turn goes out in one write; each terminal has a block at a time. */
  #flush(): void {
    const line = this.#line;
    if (line === null) return;
    line.cork();
    let more = true;
    while (more && line.writableLength < ON_THE_LINE) {
      more = false;
      for (const entry of this.#entries.values()) if (this.#send(entry, line)) more = true;
    }
    line.uncork();
    for (const entry of this.#entries.values()) this.#regulate(entry);
  }

  /** Sends the next piece; answers whether there may be more. */
  #send(entry: Entry, line: Line): boolean {
    if (entry.sent === null || entry.told || !entry.wanted) return false;
    // Of ten terminals nine have nothing to say, and the tenth has an echo that somebody waits for.
    if (entry.sent === entry.log.end && entry.catchUp === null && entry.exit === null) return false;
    const { terminal, log, sent } = entry;
    const next = entry.catchUp === null ? null : log.nextSize(sent);
    const bytes = log.from(sent).subarray(0, next === null ? undefined : next.at - sent);
    if (bytes.length > COPIED) {
      line.write(encodeInputHead(terminal, bytes.length));
      line.write(bytes);
    } else if (bytes.length > 0) {
      line.write(encodeInput(terminal, bytes));
    }
    entry.sent += bytes.length;
    if (next?.at === entry.sent) this.#say({ type: "size", terminal, size: next.size });
    if (entry.catchUp !== null && entry.sent >= entry.catchUp) {
      entry.catchUp = null;
      this.#say({ type: "caught-up", terminal });
    }
    if (entry.sent < log.end) return true;
    if (entry.exit !== null) {
      entry.told = true;
      this.#say({ type: "exited", terminal, exit: entry.exit });
    }
    return false;
  }

  #say(message: FromHolder): void {
    this.#line?.write(encode(message));
  }
}
