import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Viewer } from "../../src/engine/viewer.ts";
import { decodeRows } from "../../src/protocol/rows.ts";
import { Screen } from "../../src/screen/screen.ts";
import { atOnce } from "../support/at-once.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** Two terminals, both shown, the first in front; what one is given is parsed at once. */
function viewed() {
  const sent: { terminal: number; at: number }[] = [];
  const unsent = { bytes: 0 };
  let started = 0;
  const at = () => performance.now() - started;
  const screens = new Map<number, Screen>();
  const waiting = new Set<number>();
  const past = new Set<number>();
  const viewer = new Viewer({
    screen: (terminal) => screens.get(terminal),
    comesBack: (terminal) => past.has(terminal),
    floods: (terminal) => waiting.has(terminal),
    sendRows: (payloads) => sent.push(...payloads.map((payload) => ({ terminal: decodeRows(payload).terminal, at: at() }))),
    unsentBytes: () => unsent.bytes,
    now: () => performance.now(),
  });
  for (const terminal of [1, 2]) {
    const scheduler = atOnce();
    const screen = new Screen({ cols: 20, rows: 4, scrollback: 0, scheduler, onChange: () => viewer.changed(terminal) });
    scheduler.focus(screen);
    screens.set(terminal, screen);
  }
  viewer.show(
    [1, 2].map((terminal) => ({ terminal, cols: 20, rows: 4, scroll: 0 })),
    1,
  );
  vi.advanceTimersByTime(100);
  started = performance.now();
  sent.length = 0;
  const print = (terminal: number, text: string) => screens.get(terminal)?.write(Buffer.from(text));
  const floods = (terminal: number) => void waiting.add(terminal);
  return { viewer, sent, unsent, print, floods, past };
}

describe("what a dashboard is sent", () => {
  test("is nothing of the past while that is being read back, and its end as soon as it is reached", () => {
    const { print, sent, past } = viewed();
    past.add(2);
    for (let line = 0; line < 20; line++) {
      print(2, `line ${line}\r\n`);
      vi.advanceTimersByTime(50);
    }
    expect(sent).toEqual([]);
    past.delete(2);
    vi.advanceTimersByTime(50);
    expect(sent.map(({ terminal }) => terminal)).toEqual([2]);
  });

  test("is at most a frame every 16 ms of the terminal in front, and every 32 ms of the others", () => {
    const { print, sent } = viewed();
    for (let ms = 0; ms < 64; ms++) {
      print(1, `\x1b[H${String.fromCharCode(97 + (ms % 26)).repeat(80)}`);
      print(2, "x");
      vi.advanceTimersByTime(1);
    }
    const times = (wanted: number) => sent.filter(({ terminal }) => terminal === wanted).map(({ at }) => at);
    expect(times(1)).toEqual([0, 16, 32, 48, 64]);
    expect(times(2)).toEqual([4, 36]);
  });

  test("is every step of a counter in front, and no more than 120 of what steps faster", () => {
    const { print, sent } = viewed();
    for (let ms = 0; ms < 40; ms++) {
      if (ms % 10 === 0) print(1, `\r${ms}`);
      vi.advanceTimersByTime(1);
    }
    expect(sent.map(({ at }) => at)).toEqual([0, 10, 20, 30]);
    sent.length = 0;
    for (let ms = 0; ms < 24; ms++) {
      print(1, `\r${ms}`);
      vi.advanceTimersByTime(1);
    }
    expect(sent.map(({ at }) => at)).toEqual([40, 48, 56, 64]);
  });

  test("is a key's echo at once, without what the others print", () => {
    const { viewer, print, sent } = viewed();
    print(2, "now");
    vi.advanceTimersByTime(5);
    print(2, "busy");
    viewer.keyed(1);
    print(1, "a");
    expect(sent.slice(1)).toEqual([{ terminal: 1, at: 5 }]);
    vi.advanceTimersByTime(40);
    expect(sent.slice(2)).toEqual([{ terminal: 2, at: 36 }]);
  });

  test("is half as often of the others what comes faster than it can be parsed", () => {
    const { print, sent, floods } = viewed();
    floods(2);
    for (let ms = 0; ms < 140; ms++) {
      print(2, "x");
      vi.advanceTimersByTime(1);
    }
    expect(sent.map(({ at }) => at)).toEqual([4, 68, 132]);
  });

  test("is a redraw of one of the others that comes in pieces whole", () => {
    const { print, sent } = viewed();
    print(2, "one half");
    vi.advanceTimersByTime(2);
    print(2, " and the other");
    vi.advanceTimersByTime(60);
    expect(sent).toEqual([{ terminal: 2, at: 4 }]);
  });

  test("is a flood after a key no more often than every 3 ms", () => {
    const { viewer, print, sent } = viewed();
    viewer.keyed(1);
    for (let ms = 0; ms < 12; ms++) {
      print(1, "x");
      vi.advanceTimersByTime(1);
    }
    expect(sent.map(({ at }) => at)).toEqual([0, 3, 6, 9, 12]);
  });

  test("waits for a terminal that is in the middle of a frame, and then comes whole", () => {
    const { viewer, print, sent } = viewed();
    viewer.keyed(1);
    print(1, "\u001b[?2026hhalf");
    expect(sent).toEqual([]);
    print(1, " whole\u001b[?2026l");
    vi.advanceTimersByTime(16);
    expect(sent.map(({ terminal }) => terminal)).toEqual([1]);
  });

  test("is nothing while the dashboard does not read, and the newest once it does", () => {
    const { viewer, print, sent, unsent } = viewed();
    unsent.bytes = 1024 * 1024;
    viewer.keyed(1);
    print(1, "a");
    print(2, "b");
    vi.advanceTimersByTime(200);
    expect(sent).toEqual([]);
    unsent.bytes = 0;
    vi.advanceTimersByTime(60);
    expect(sent.map(({ terminal }) => terminal)).toEqual([1, 2]);
  });
});
