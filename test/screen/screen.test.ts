import { describe, expect, it } from "vitest";
import { Scheduler } from "../../src/screen/schedule.ts";
import { HIGH_BYTES, LOW_BYTES, Screen, type ScreenOptions } from "../../src/screen/screen.ts";

interface Setup extends Partial<ScreenOptions> {
  readonly focused?: boolean;
}

/** A screen that parses at once, with what it told. */
function screenWith(options: Setup = {}) {
  const told: string[] = [];
  let now = 0;
  const scheduler = new Scheduler({ now: () => 0, later: (turn) => void turns.push(turn) });
  const turns: (() => void)[] = [];
  const screen = new Screen({
    cols: 20,
    rows: 4,
    scrollback: 50,
    scheduler,
    now: () => now,
    onReply: (bytes) => told.push(`reply ${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`),
    onBell: () => told.push("bell"),
    onTitle: (title) => told.push(`title ${title}`),
    onStatus: ({ id, state, message }) => told.push(`status ${id} ${state} ${message}`),
    onHigh: () => told.push("high"),
    onLow: () => told.push("low"),
    ...options,
  });
  if (options.focused !== false) scheduler.focus(screen);
  return {
    screen,
    told,
    write: (text: string) => screen.write(Buffer.from(text)),
    turn: () => turns.shift()?.(),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe("a screen", () => {
  it("shows what was written as text, with blank ends cut", () => {
    const { screen, write } = screenWith();
    write("one\r\n  \x1b[1mtwo\x1b[0m  \r\n世界");
    expect(screen.text()).toEqual(["one", "  two", "世界", ""]);
  });

  it("gives the last lines with the scrollback, and leaves empty ones at the end out", () => {
    const { screen, write } = screenWith();
    write("a\r\nb\r\n\r\nc\r\nd\r\ne\r\n");
    expect(screen.scrollbackLength).toBe(3);
    expect(screen.text(4)).toEqual(["", "c", "d", "e"]);
  });

  it("gives its looks as SGR, each line on its own", () => {
    const { screen, write } = screenWith();
    write("a\x1b[1;31mb\x1b[m  \x1b[1;31mc\x1b[44m  \x1b[m  \r\n\x1b[4:3md");
    expect(screen.ansi()).toBe("a\x1b[1;31mb\x1b[m  \x1b[1;31mc\x1b[44m  \x1b[m\n\x1b[4:3md\x1b[m");
  });

  it("knows what stands left of the cursor, where a question would be", () => {
    const { screen, write } = screenWith();
    expect(screen.prompt()).toBeNull();
    write("log\r\nContinue? [y/N] ");
    expect(screen.prompt()).toBe("Continue? [y/N]");
    write("\x1b[?1049h\x1b[?25lmenu");
    expect(screen.prompt()).toBeNull();
  });

  it("knows the same question at any width", () => {
    const { screen, write } = screenWith();
    write("log\r\nMeasure now? It takes long. [y/N] ");
    const whole = screen.prompt();
    expect(whole).toMatch(/^Measure now\? It takes long\. \[y\/N\]/u);
    for (const cols of [80, 13, 16, 31, 20]) {
      screen.resize(cols, 8);
      expect(screen.prompt()).toBe(whole);
    }
  });

  it("tells its fingerprint by its text alone", () => {
    const [a, b] = [screenWith(), screenWith()];
    a.write("same");
    b.write("\x1b[31msame");
    expect(a.screen.fingerprint()).toBe(b.screen.fingerprint());
    b.write("!");
    expect(a.screen.fingerprint()).not.toBe(b.screen.fingerprint());
  });

  it("reports the modes that the outer terminal must follow", () => {
    const { screen, write } = screenWith();
    write("\x1b[?1h\x1b=\x1b[?2004h\x1b[?1004h\x1b[?1002h\x1b[?1006h\x1b[5 q\x1b[?25l\x1b[?1049h");
    expect(screen.modes()).toEqual({
      applicationCursorKeys: true,
      applicationKeypad: true,
      bracketedPaste: true,
      focusEvents: true,
      mouse: "drag",
      mouseEncoding: "sgr",
      cursorVisible: false,
      cursorStyle: 5,
      alternateScreen: true,
      kittyFlags: 0,
      modifyOtherKeys: 0,
    });
  });

  it("tells of a thousand bells once, and of the last of many titles, without what could harm", () => {
    const { told, write } = screenWith();
    write(`${"\x07".repeat(1000)}\x1b]0;first\x07\x1b]2;la\u202est ${"x".repeat(1000)}\x1b\\`);
    expect(told).toEqual(["bell", `title last ${"x".repeat(251)}`]);
  });

  it("tells of status reports as they ended up", () => {
    const { told, write } = screenWith();
    const message = Buffer.from("Edit a.ts?").toString("base64");
    write(`\x1b]7501;state=working\x1b\\\x1b]7501;state=blocked:kind=permission:msg=${message}\x1b\\\x1b]7501;id=a/b:state=working\x07`);
    expect(told).toEqual(["status  blocked Edit a.ts?", "status a/b working null"]);
    told.length = 0;
    write("\x1b]133;A\x07");
    expect(told).toEqual(["status  clear null"]);
  });

  it("asks to pause above 64 KB and to go on below 16 KB", () => {
    const { screen, told, write, turn } = screenWith({ focused: false });
    write("x".repeat(HIGH_BYTES));
    expect(told).toEqual([]);
    write("y");
    expect(told).toEqual(["high"]);
    turn();
    expect(screen.pending).toBeLessThanOrEqual(LOW_BYTES);
    expect(told).toEqual(["high", "low"]);
  });

  it("says when everything is on the screen", () => {
    const { screen, told, write, turn } = screenWith({ focused: false });
    screen.drained(() => told.push("drained before"));
    write("text");
    screen.drained(() => told.push(`drained ${screen.text()[0]}`));
    expect(told).toEqual(["drained before"]);
    turn();
    expect(told).toEqual(["drained before", "drained text"]);
  });

  it("parses what was meant for the old size before it takes the new one", () => {
    const { screen, write } = screenWith({ focused: false });
    write("0123456789\r\n");
    screen.resize(5, 4);
    expect(screen.text().slice(0, 2)).toEqual(["01234", "56789"]);
  });

  it("ignores sizes that are none, and writes after its end", () => {
    const { screen, write } = screenWith();
    for (const [cols, rows] of [
      [0, 5],
      [-1, 5],
      [Number.NaN, 3],
      [2.5, 3],
      [5, Number.POSITIVE_INFINITY],
    ] as const)
      screen.resize(cols, rows);
    expect([screen.cols, screen.rows]).toEqual([20, 4]);
    screen.resize(1, 1);
    expect([screen.cols, screen.rows]).toEqual([2, 1]);
    screen.dispose();
    screen.dispose();
    write("late");
    screen.resize(9, 9);
  });

  it("goes on after a sequence on which the emulator throws", () => {
    const { screen, write } = screenWith({ cols: 2, rows: 1 });
    write("ab\x1b[1J");
    write("\rcd");
    expect(screen.text()).toEqual(["cd"]);
  });

  it("loses no character to a cut between slices", () => {
    const { screen, turn } = screenWith({ focused: false, cols: 80, rows: 300 });
    // Each has a byte 0x80, which xterm.js 6 takes for none when it is the last of a chunk.
    const text = "…‐—".repeat(5000);
    screen.write(Buffer.from(`x${text}`));
    while (screen.pending > 0) turn();
    expect(screen.text(1000).join("")).toBe(`x${text}`);
  });
});

describe("synchronized output", () => {
  it("holds a frame until it is complete, and says so at that moment", () => {
    const seen: string[] = [];
    const { screen, write } = screenWith({ onChange: () => void (screen.synchronized || seen.push(screen.text()[0] ?? "")) });
    write("\x1b[?2026h\x1b[Hhalf");
    expect(screen.synchronized).toBe(true);
    expect(seen).toEqual([]);
    write(" done\x1b[?2026l\x1b[?2026h\x1b[Hnext half");
    expect(seen).toEqual(["half done"]);
  });

  it("holds no longer than 100 ms, also when one frame follows the other", () => {
    const { screen, write, pass } = screenWith();
    write("\x1b[?2026h");
    pass(60);
    write("\x1b[?2026l\x1b[?2026h");
    expect(screen.synchronized).toBe(true);
    pass(60);
    expect(screen.synchronized).toBe(false);
    screen.shown();
    expect(screen.synchronized).toBe(true);
  });
});
