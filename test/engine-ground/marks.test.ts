import { describe, expect, it } from "vitest";
import { Marks } from "../../src/engine/marks.ts";
import type { Fact } from "../../src/marathon/types.ts";
import type { TerminalMarks } from "../../src/protocol/messages.ts";
import type { Notice } from "../../src/screen/notices.ts";

function marks() {
  const told: TerminalMarks[] = [];
  const facts: Fact[] = [];
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const copied: string[] = [];
  const world = { looking: false, now: 0, rings: 0, mayCopy: false };
  const one = new Marks(4, {
    looking: () => world.looking,
    tell: (all) => told.push(all),
    ring: () => void world.rings++,
    copy: (text) => {
      if (world.mayCopy) copied.push(text);
      return world.mayCopy;
    },
    submit: (fact) => facts.push(fact),
    now: () => world.now,
    later: (ms, callback) => {
      const timer = { at: world.now + ms, callback };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
  });
  const pass = (ms: number): void => {
    world.now += ms;
    const due = timers.filter(({ at }) => at <= world.now);
    timers = timers.filter(({ at }) => at > world.now);
    for (const { callback } of due) callback();
  };
  return { one, told, facts, copied, world, pass, waiting: () => timers.length };
}

function says(text: string, title = ""): Notice {
  return { kind: "notification", source: "osc-9", title, text };
}

describe("what a terminal showed before", () => {
  it("is told to be read back once that takes long, and no more when it is there", async () => {
    const { one, told, pass } = marks();
    const done = Promise.withResolvers<void>();
    const read = one.readsBack(done.promise);
    pass(299);
    expect([one.any, told]).toEqual([false, []]);
    pass(1);
    expect(told).toEqual([{ terminal: 4, bell: false, notice: null, progress: null, title: "", readingBack: true }]);
    // A dashboard that comes now is told as well.
    expect(one.any).toBe(true);
    one.titled("vim");
    done.resolve();
    await read;
    pass(1000);
    expect(told.at(-1)).toEqual({ terminal: 4, bell: false, notice: null, progress: null, title: "vim" });
  });

  it("is not spoken of where it is there at once", async () => {
    const { one, told, pass, waiting } = marks();
    await one.readsBack(Promise.resolve());
    expect(waiting()).toBe(0);
    pass(1000);
    expect(told).toEqual([]);
  });
});

describe("a bell", () => {
  it("marks its terminal until somebody looks, and rings once a second at most", () => {
    const { one, told, world, pass, facts } = marks();
    for (let time = 0; time < 1000; time++) {
      one.rang();
      pass(2);
    }
    expect(world.rings).toBe(2);
    expect(told).toEqual([{ terminal: 4, bell: true, notice: null, progress: null, title: "" }]);
    expect(facts).toEqual([]);
    one.looked();
    expect(one.any).toBe(false);
    expect(told.at(-1)?.bell).toBe(false);
  });

  it("of a terminal that somebody looks at is heard and marks nothing", () => {
    const { one, world, told } = marks();
    world.looking = true;
    one.rang();
    expect(world.rings).toBe(1);
    expect(told).toEqual([]);
  });
});

describe("a notification", () => {
  it("is journaled at once; a flood of them is a line every ten seconds that says how many it stands for", () => {
    const { one, facts, pass } = marks();
    one.told(says("the first", "Codex"));
    expect(facts).toEqual([{ type: "terminal-notified", terminal: 4, source: "osc-9", title: "Codex", text: "the first", missed: 0 }]);
    for (let number = 1; number <= 500; number++) {
      one.told(says(`number ${number}`));
      pass(1);
    }
    expect(facts).toHaveLength(1);
    pass(10_000);
    expect(facts.slice(1)).toMatchObject([{ text: "number 500", missed: 499 }]);
    pass(60_000);
    one.told(says("much later"));
    expect(facts.slice(2)).toMatchObject([{ text: "much later", missed: 0 }]);
  });

  it("marks its terminal with its words until somebody looks, whatever its program does meanwhile", () => {
    const { one } = marks();
    one.told(says("may I?", "Codex"));
    one.fresh();
    expect(one.all.notice).toBe("Codex: may I?");
    one.looked();
    expect(one.all.notice).toBeNull();
  });
});

describe("progress and title", () => {
  it("are told a few times a second at most, the newest always, and journaled never", () => {
    const { one, told, facts, pass } = marks();
    for (let percent = 0; percent <= 100; percent++) {
      one.told({ kind: "progress", state: "normal", percent });
      one.titled(`frame ${percent}`);
      pass(10);
    }
    pass(200);
    expect(told.length).toBeLessThan(9);
    expect(told.at(-1)).toMatchObject({ progress: { state: "normal", percent: 100 }, title: "frame 100" });
    expect(facts).toEqual([]);
  });

  it("end with the program, and by its word", () => {
    const { one } = marks();
    one.told({ kind: "progress", state: "error", percent: 40 });
    one.titled("vim");
    one.fresh();
    expect(one.any).toBe(false);
    one.told({ kind: "progress", state: "indeterminate", percent: null });
    one.told({ kind: "progress", state: "none", percent: null });
    expect(one.any).toBe(false);
  });

  it("leave nothing waiting once they are stopped", () => {
    const { one, waiting } = marks();
    one.told(says("a"));
    one.told(says("b"));
    one.titled("t");
    one.titled("u");
    one.stop();
    expect(waiting()).toBe(0);
  });
});

describe("a wish for the clipboard", () => {
  it("is swallowed and marked where the plan does not allow it", () => {
    const { one, told, facts, copied } = marks();
    one.wanted("secret");
    expect(copied).toEqual([]);
    expect(told.at(-1)?.notice).toBe("wanted to put 6 characters on your clipboard: swallowed");
    expect(facts).toMatchObject([{ type: "terminal-notified", terminal: 4, source: "osc-52" }]);
    expect(JSON.stringify(facts)).not.toContain("secret");
  });

  it("is granted where the plan allows it, once a second at most, and never for reading", () => {
    const { one, told, copied, world, pass } = marks();
    world.mayCopy = true;
    one.wanted("a");
    one.wanted("b");
    expect(copied).toEqual(["a"]);
    pass(1000);
    one.wanted("c");
    expect(copied).toEqual(["a", "c"]);
    one.wanted(null);
    pass(1000);
    expect(told.at(-1)?.notice).toBe("wanted to read your clipboard: swallowed");
  });
});
