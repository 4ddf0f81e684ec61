import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outward } from "../../src/dashboard/outward.ts";
import { outwardKinds, type OutwardKinds, OutwardWords } from "../../src/dashboard/terminal/outward-words.ts";
import { readStatusReport } from "./status-of.ts";

const WORKING: Outward = { state: "working", kind: null, percent: 47, words: "47 of 100 done", name: "hundred-tasks" };
const ASKING: Outward = { ...WORKING, state: "blocked", kind: "permission", words: "2 ask: T3, T7; 47 of 100 done" };
const ALL: OutwardKinds = { title: true, progress: true };

class Stage {
  written = "";
  isReady = true;
  #due: (() => void)[] = [];
  readonly words: OutwardWords;

  constructor(kinds: OutwardKinds = ALL) {
    this.words = new OutwardWords(kinds, {
      ready: () => this.isReady,
      write: (text) => (this.written += text),
      later: (_ms, call) => {
        this.#due.push(call);
        return () => (this.#due = this.#due.filter((one) => one !== call));
      },
    });
  }

  /** A moment passes; what was written in it. */
  passes(): string {
    const due = this.#due;
    this.#due = [];
    this.written = "";
    for (const call of due) call();
    return this.written;
  }
}

describe("what the person's terminal is told", () => {
  it("is a title, a progress, and a status once it has said that it takes one", () => {
    const stage = new Stage();
    stage.words.tell(WORKING);
    expect(stage.passes()).toBe("\x1b[22;2t\x1b]2;hundred-tasks: 47 of 100 done\x1b\\\x1b]9;4;1;47\x1b\\");
    stage.words.takesStatus();
    expect(readStatusReport(stage.passes())).toMatchObject({
      state: "working",
      progress: 47,
      title: "hundred-tasks",
      message: "47 of 100 done",
    });
  });

  it("says who asks, and what for; a paused progress shows that somebody is waited for", () => {
    const stage = new Stage();
    stage.words.takesStatus();
    stage.words.tell(ASKING);
    const text = stage.passes();
    expect(text).toContain("\x1b]9;4;4;47\x1b\\");
    expect(readStatusReport(text)).toMatchObject({ state: "blocked", kind: "permission", message: "2 ask: T3, T7; 47 of 100 done" });
  });

  it("is told when it changes, once for many changes, and only what is other than before", () => {
    const stage = new Stage();
    for (let percent = 0; percent <= 40; percent++) stage.words.tell({ ...WORKING, percent });
    expect(stage.passes()).toContain("9;4;1;40");
    stage.words.tell({ ...WORKING, percent: 41 });
    expect(stage.passes()).toBe("\x1b]9;4;1;41\x1b\\");
    stage.words.tell({ ...WORKING, percent: 41 });
    expect(stage.passes()).toBe("");
  });

  it("waits for a terminal that does not read", () => {
    const stage = new Stage();
    stage.isReady = false;
    stage.words.tell(WORKING);
    expect(stage.passes()).toBe("");
    stage.isReady = true;
    expect(stage.passes()).toContain("47 of 100 done");
  });

  it("is all taken back at the end, and nothing is where nothing was told", () => {
    const stage = new Stage();
    expect(stage.words.end()).toBe("");
    stage.words.takesStatus();
    stage.words.tell(WORKING);
    stage.passes();
    expect(stage.words.end()).toBe("\x1b]7501;state=clear\x1b\\\x1b]9;4;0\x1b\\\x1b]2;\x1b\\\x1b[23;2t");
    expect(stage.words.end()).toBe("");
    stage.words.tell(WORKING);
    stage.words.end();
    expect(stage.passes()).toBe("");
  });

  it("is told anew after another program had the terminal, without another title on its stack", () => {
    const stage = new Stage();
    stage.words.tell(WORKING);
    stage.passes();
    stage.words.again();
    expect(stage.passes()).toBe("\x1b]2;hundred-tasks: 47 of 100 done\x1b\\\x1b]9;4;1;47\x1b\\");
  });

  it("can be ended or steered by no title, whatever a plan is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ unit: "binary", maxLength: 4000 }), (name, words) => {
        const stage = new Stage();
        stage.words.takesStatus();
        stage.words.tell({ ...WORKING, name: `\x1b]0;evil\x07${name}\u202e`, words: `\x9c\x1b\\\x07${words}` });
        const text = stage.passes();
        // Each sequence is one of ours, from its beginning to its end.
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        const ours = /^\x1b\[22;2t\x1b\]2;[^\x00-\x1f\x7f-\x9f\u202e]*\x1b\\\x1b\]9;4;1;47\x1b\\\x1b\]7501;[A-Za-z0-9_.,+/=:;-]*\x1b\\$/u;
        expect(text).toMatch(ours);
        expect(text.slice(text.indexOf("\x1b]7501")).length).toBeLessThanOrEqual(4096);
      }),
    );
  });
});

describe("who is told what", () => {
  it.each([
    ["an xterm", { TERM: "xterm-256color" }, true, false],
    ["Ghostty", { TERM: "xterm-ghostty", TERM_PROGRAM: "ghostty" }, true, true],
    ["Ghostty with tmux in it", { TERM: "tmux-256color", TERM_PROGRAM: "ghostty", TMUX: "/tmp/x,1,0" }, true, false],
    ["iTerm2 before it had progress", { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.6.5" }, true, false],
    ["iTerm2", { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.6.6" }, true, true],
    ["Windows Terminal", { TERM: "xterm-256color", WT_SESSION: "1" }, true, true],
    ["the console of Linux", { TERM: "linux" }, false, false],
    ["a terminal without a name", {}, false, false],
    ["whoever wants none of it", { TERM: "xterm-ghostty", TERM_PROGRAM: "ghostty", MARATHON_STATUS: "0" }, false, false],
  ])("%s", (_what, env, title, progress) => {
    expect(outwardKinds(env)).toEqual({ title, progress });
  });

  it("is told no status where it is told no title", () => {
    const stage = new Stage({ title: false, progress: false });
    stage.words.takesStatus();
    stage.words.tell(WORKING);
    expect(stage.passes()).toBe("");
    expect(stage.words.end()).toBe("");
  });
});
