import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { Outer, type OuterInput, type OuterOutput } from "../../src/dashboard/terminal/outer.ts";
import { dashboardModes, modeChanges, type OuterModes, PLAIN_MODES, takeOverModes } from "../../src/dashboard/terminal/outer-modes.ts";
import { QUESTIONS } from "../../src/dashboard/terminal/outer-answers.ts";
import { RESET_SEQUENCE } from "../../src/dashboard/terminal/reset.ts";
import { createEmulator } from "../../src/screen/xterm.ts";
import { temporaryFolder } from "../engine-ground/folder.ts";
import type { PaneModes } from "../../src/protocol/messages.ts";

const PANE: PaneModes = {
  applicationCursorKeys: true,
  applicationKeypad: true,
  bracketedPaste: false,
  focusEvents: true,
  mouse: "any",
  mouseEncoding: "sgr",
  cursorVisible: true,
  cursorStyle: 4,
  alternateScreen: true,
};

class Input extends EventEmitter {
  readonly isTTY = true;
  raw: boolean[] = [];
  paused = false;
  setRawMode(raw: boolean): void {
    this.raw.push(raw);
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
}

/** A terminal that reads when it is told to. */
class Output extends EventEmitter {
  columns = 100;
  rows = 30;
  reads = true;
  text = "";
  readonly #waiting: (() => void)[] = [];
  write(text: string, written: (error?: Error | null) => void): boolean {
    const take = () => {
      this.text += text;
      written();
    };
    if (this.reads) take();
    else this.#waiting.push(take);
    return this.reads;
  }
  read(): void {
    this.reads = true;
    for (const take of this.#waiting.splice(0)) take();
  }
}

function outer(ask = false) {
  const input = new Input();
  const output = new Output();
  const told: string[] = [];
  const signals = new EventEmitter();
  const subject = new Outer({
    input: input as unknown as OuterInput,
    output: output as unknown as OuterOutput,
    onSignal: (signal, listener) => {
      signals.on(signal, listener);
      return () => signals.off(signal, listener);
    },
    mouse: true,
    ask,
    onLearned: () => told.push("learned"),
    onInput: (bytes) => told.push(`input ${bytes.toString()}`),
    onResize: ({ columns, rows }) => told.push(`resize ${columns}x${rows}`),
    onRepaint: () => told.push("repaint"),
    onReady: () => told.push("ready"),
    onGone: () => told.push("gone"),
  });
  return { subject, input, output, signals, told };
}

describe("the person's terminal", () => {
  it("is taken with raw keys, the alternate screen, no cursor, no wrap, marked pastes and the mouse", () => {
    const { subject, input, output } = outer();
    subject.enter();
    expect(input.raw).toEqual([true]);
    for (const mode of ["?1049h", "?25l", "?7l", "?2004h", "?1002h", "?1006h"]) expect(output.text).toContain(`\x1b[${mode}`);
    expect(subject.size).toEqual({ columns: 100, rows: 30 });
  });

  it("is given back as it was: every mode, the keys, and no listener left", async () => {
    const { subject, input, output, signals } = outer();
    subject.enter();
    subject.follow(PANE);
    await subject.leave();
    expect(output.text.endsWith(RESET_SEQUENCE)).toBe(true);
    expect(input.raw).toEqual([true, false]);
    expect(input.paused).toBe(true);
    expect([input.listenerCount("data"), output.listenerCount("resize"), signals.listenerCount("SIGCONT")]).toEqual([0, 0, 0]);
    await subject.leave();
    expect(output.text.split("\x1b[?1049l").length).toBe(2);
  });

  it("gets no second frame while it does not read the first, and is asked for one as soon as it does", () => {
    const { subject, output, told } = outer();
    subject.enter();
    expect(subject.ready).toBe(true);
    output.reads = false;
    subject.write("frame 1");
    expect(subject.ready).toBe(false);
    expect(told).toEqual([]);
    output.read();
    expect(told).toEqual(["ready"]);
    expect(subject.ready).toBe(true);
  });

  it("gets what it takes at once, and in order what it does not", () => {
    const path = join(temporaryFolder(), "terminal");
    spawnSync("mkfifo", [path]);
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const { subject, output } = outer();
    Object.assign(output, { fd, _handle: { setBlocking: () => 0 } });
    subject.enter();
    subject.write("small");
    expect([output.text, subject.ready]).toEqual(["", true]);
    const large = "0123456789".repeat(20_000);
    subject.write(large);
    expect(subject.ready).toBe(true);
    output.reads = false;
    subject.write("then");
    expect(subject.ready).toBe(false);
    const taken = Buffer.alloc(1_000_000);
    const length = readSync(fd, taken);
    closeSync(fd);
    const all = taken.toString("latin1", 0, length) + output.text;
    expect(output.text.length).toBeGreaterThan(100_000);
    expect(all.endsWith(`small${large}`)).toBe(true);
    output.read();
    expect(output.text.endsWith("then")).toBe(true);
  });

  it("does not keep a leaving dashboard that it does not read", async () => {
    const { subject, output } = outer();
    subject.enter();
    output.reads = false;
    await subject.leave();
    expect(output.text).not.toContain(RESET_SEQUENCE);
  });

  it("is set up and painted again after the process was stopped and continued", () => {
    const { subject, input, output, signals, told } = outer();
    subject.enter();
    subject.follow(PANE);
    output.text = "";
    signals.emit("SIGCONT");
    expect(input.raw).toEqual([true, false, true]);
    for (const mode of ["?1049h", "?1h", "?1003h", "?1004h"]) expect(output.text).toContain(`\x1b[${mode}`);
    expect(told).toEqual(["resize 100x30", "repaint"]);
  });

  it("says that it is gone once, and is not written to any more", async () => {
    const { subject, input, output, told } = outer();
    subject.enter();
    output.text = "";
    output.emit("error", new Error("EIO"));
    input.emit("end");
    subject.write("late");
    await subject.leave();
    expect(told).toEqual(["gone"]);
    expect(output.text).toBe("");
    expect(subject.ready).toBe(false);
  });

  it("is asked what it is, keeps its answers out of what is typed, and is left with nothing of ours on its stack", async () => {
    const { subject, input, output, told } = outer(true);
    subject.enter();
    expect(output.text).toContain(QUESTIONS);
    input.emit("data", Buffer.from("a\x1b]11;rgb:ff/ff/ff\x07\x1b[?0u\x1b[?62;4cb"));
    expect(told).toEqual(["learned", "input ab"]);
    subject.follow({ ...PANE, kittyFlags: 5 });
    expect(output.text).toContain("\x1b[>5u");
    await subject.leave();
    expect(output.text.endsWith(`\x1b[<u${RESET_SEQUENCE}`)).toBe(true);
  });

  it("is taken as it is when it does not answer in time, and once more when it does after all", async () => {
    vi.useFakeTimers();
    const { subject, input, told } = outer(true);
    subject.enter();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual(["learned"]);
    input.emit("data", Buffer.from("\x1b]11;rgb:ff/ff"));
    input.emit("data", Buffer.from("/ff\x07\x1b[?62c\x1b"));
    expect(told).toEqual(["learned", "learned"]);
    vi.advanceTimersByTime(30);
    // Long after the last answer nothing is held back any more.
    vi.advanceTimersByTime(2000);
    input.emit("data", Buffer.from("\x1b"));
    expect(told).toEqual(["learned", "learned", "input \x1b", "input \x1b"]);
    vi.useRealTimers();
    await subject.leave();
  });

  it("is given time to answer before it is left, so that no answer is typed into the shell", async () => {
    const { subject, input, output } = outer(true);
    subject.enter();
    const left = subject.leave();
    expect(output.text).not.toContain(RESET_SEQUENCE);
    input.emit("data", Buffer.from("\x1b[?62c"));
    await left;
    expect(output.text).toContain(RESET_SEQUENCE);
  });

  it("hands on what is typed, and its new size", () => {
    const { subject, input, output, told } = outer();
    subject.enter();
    input.emit("data", Buffer.from("keys"));
    output.columns = 90;
    output.emit("resize");
    expect(told).toEqual(["input keys", "resize 90x30"]);
  });
});

describe("the modes of the outer terminal", () => {
  /** Those of an emulator after these bytes. */
  const modesAfter = (bytes: string): unknown => {
    const emulator = createEmulator({ cols: 10, rows: 2, scrollback: 0 });
    emulator.parseNow(Buffer.from(bytes));
    const { terminal, cursorHidden, cursorStyle, mouseEncoding } = emulator;
    return { ...terminal.modes, cursorHidden, cursorStyle, mouseEncoding, screen: terminal.buffer.active.type };
  };

  it("follow a program in take-over, and go back", () => {
    const taken = takeOverModes(PANE, true);
    expect(modesAfter(modeChanges(PLAIN_MODES, taken))).toMatchObject({
      applicationCursorKeysMode: true,
      applicationKeypadMode: true,
      bracketedPasteMode: true,
      sendFocusMode: true,
      mouseTrackingMode: "any",
      mouseEncoding: "sgr",
    });
    expect(modesAfter(modeChanges(PLAIN_MODES, taken) + modeChanges(taken, dashboardModes(true)))).toMatchObject({
      applicationCursorKeysMode: false,
      applicationKeypadMode: false,
      sendFocusMode: false,
      mouseTrackingMode: "drag",
    });
  });

  it("follow what a program wants of its keys where the terminal can, with one entry of its stack", () => {
    const kitty = (flags: number, can = true) => takeOverModes({ ...PANE, kittyFlags: flags, modifyOtherKeys: 0 }, true, can);
    expect(modeChanges(kitty(0), kitty(5))).toBe("\x1b[>5u");
    expect(modeChanges(kitty(5), kitty(7))).toBe("\x1b[=7u");
    expect(modeChanges(kitty(7), dashboardModes(true))).toContain("\x1b[<u");
    expect(modeChanges(kitty(0), kitty(5, false))).toBe("");
    const other = takeOverModes({ ...PANE, modifyOtherKeys: 2 }, true);
    expect(modeChanges(kitty(0), other)).toBe("\x1b[>4;2m");
    expect(modeChanges(other, kitty(0))).toBe("\x1b[>4m");
  });

  it("cost nothing when they are the same", () => {
    expect(modeChanges(takeOverModes(PANE, false), takeOverModes({ ...PANE }, false))).toBe("");
  });

  it("are all undone by the reset sequence, from any state", () => {
    const before = modesAfter("");
    const all: OuterModes[] = [dashboardModes(true), takeOverModes(PANE, true), takeOverModes({ ...PANE, mouse: "vt200" }, false)];
    for (const modes of all) {
      const used = `\x1b[?1049h\x1b[?25l\x1b[?7l${modeChanges(PLAIN_MODES, modes)}\x1b[?2026h\x1b[4 q\x1b[1;31m\x1b]8;;http://x`;
      expect(modesAfter(used)).not.toEqual(before);
      expect(modesAfter(used + RESET_SEQUENCE)).toEqual(before);
    }
  });
});
