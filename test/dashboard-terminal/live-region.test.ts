import { describe, expect, it } from "vitest";
import type { Arrangement } from "../../src/dashboard/arrange.ts";
import type { Frame } from "../../src/dashboard/screen.ts";
import { InkTurns } from "../../src/dashboard/terminal/ink-turns.ts";
import { LiveRegion } from "../../src/dashboard/terminal/live-region.ts";
import type { Block } from "../../src/dashboard/views/block.ts";

const line = (text: string, x = 0): Block => ({ key: "line", x, y: 0, width: 20, height: 1, text });

/** A region of one view, on a canvas that notes what it is shown, and a screen that the test changes. */
function region(first: Block) {
  const world = { blocks: [first], shown: [] as string[], drawn: true, asked: [] as (() => void)[], told: [] as Arrangement[] };
  const listeners = new Set<() => void>();
  const frame = (): Frame => ({ layout: { size: { columns: 80 } }, view: world.blocks }) as unknown as Frame;
  const live = new LiveRegion((now) => now.view as unknown as readonly Block[], {
    screen: {
      frame,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    canvas: {
      show: ({ parts }) => void world.shown.push(...parts.map((part) => part.block.text)),
      expect: () => {},
      isDrawn: () => world.drawn,
    },
    turns: { ask: (draw) => void world.asked.push(draw), forget: (draw) => void world.asked.splice(world.asked.indexOf(draw), 1) },
  });
  const stop = live.subscribe(() => world.told.push(live.arrangement()));
  return {
    ...world,
    live,
    stop,
    listeners,
    says: (blocks: readonly Block[], drawn = true) => {
      world.blocks = [...blocks];
      world.drawn = drawn;
      for (const listener of listeners) listener();
    },
  };
}

describe("a region", () => {
  it("shows a text that changes in its place at once, and asks nothing of Ink", () => {
    const { says, shown, asked, live } = region(line("\u001b[1m2:41\u001b[0m of 7:00"));
    const before = live.arrangement();
    says([line("\u001b[1m2:42\u001b[0m of 7:00 ▲")]);
    expect(shown).toEqual(["\u001b[1m2:42\u001b[0m of 7:00 ▲"]);
    expect(asked).toEqual([]);
    expect(live.arrangement()).toBe(before);
  });

  it("does nothing when what it says is the same", () => {
    const { says, shown, asked } = region(line("a"));
    says([line("a")]);
    expect([shown, asked]).toEqual([[], []]);
  });

  it("shows another place at once, and has Ink lay it out in its turn, with what is there by then", () => {
    const { says, shown, asked, told, live } = region(line("a"));
    says([line("a", 5)]);
    says([line("b", 5)]);
    expect(shown).toEqual(["a", "b"]);
    expect(told).toEqual([]);
    asked[0]?.();
    expect(told).toEqual([live.arrangement()]);
    expect(live.arrangement().parts[0]?.block).toEqual(line("b", 5));
  });

  it.each([
    ["a character of two columns", "世"],
    ["a mark without a letter", "\u0301x"],
    ["more than its place holds", "x".repeat(21)],
    ["a line more than its place holds", "a\nb"],
  ])("leaves it to Ink how %s looks", (_what, text) => {
    const { says, asked } = region(line("a"));
    says([line(text)]);
    expect(asked).toHaveLength(1);
  });

  it("asks nothing of Ink for places that Ink has laid out before", () => {
    const { says, shown, asked } = region(line("board"));
    says([line("zoomed", 5)]);
    asked.shift()?.();
    says([line("board")]);
    says([line("zoomed again", 5)]);
    expect(shown).toEqual(["zoomed", "board", "zoomed again"]);
    expect(asked).toEqual([]);
    says([line("世", 5)]);
    says([line("board")]);
    says([line("世", 5)]);
    expect(asked).toHaveLength(2);
  });

  it("has Ink draw again when something changes before Ink has drawn what only Ink can tell", () => {
    const { says, asked } = region(line("a"));
    const wide = { ...line("世", 30), key: "wide" };
    says([line("a"), wide]);
    asked.shift()?.();
    says([line("b"), wide], false);
    expect(asked).toHaveLength(1);
  });

  it("lets go of the screen and of its turn", () => {
    const { says, asked, stop, listeners } = region(line("a"));
    says([line("a", 5)]);
    stop();
    expect([asked.length, listeners.size]).toEqual([0, 0]);
  });
});

describe("Ink's turns", () => {
  function turns() {
    let now = 0;
    const timers: { readonly at: number; readonly run: () => void }[] = [];
    const ink = new InkTurns((ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    });
    const pass = (ms: number) => {
      const end = now + ms;
      for (let next = timers.toSorted((a, b) => a.at - b.at)[0]; next && next.at <= end; next = timers.toSorted((a, b) => a.at - b.at)[0]) {
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = end;
    };
    return { ink, pass, timers };
  }

  it("come a moment after a change, each by itself and once for many askings", () => {
    const { ink, pass } = turns();
    const drawn: string[] = [];
    const [a, b] = [() => void drawn.push("a"), () => void drawn.push("b")];
    for (const one of [a, b, a]) ink.ask(one);
    pass(50);
    expect(drawn).toEqual([]);
    pass(10);
    expect(drawn).toEqual(["a", "b"]);
  });

  it("do not come in each blink, however often they are asked for", () => {
    const { ink, pass } = turns();
    let drawn = 0;
    const draw = () => void drawn++;
    for (let blink = 0; blink < 100; blink++) {
      ink.ask(draw);
      pass(50);
    }
    expect(drawn).toBeGreaterThanOrEqual(4);
    expect(drawn).toBeLessThanOrEqual(6);
  });

  it("leave no timer when nothing is asked for, and none come once they are stopped or forgotten", () => {
    const { ink, pass, timers } = turns();
    let drawn = 0;
    const draw = () => void drawn++;
    ink.ask(draw);
    ink.forget(draw);
    pass(5000);
    ink.ask(draw);
    ink.stop();
    pass(5000);
    expect([drawn, timers.length]).toEqual([0, 0]);
  });
});
