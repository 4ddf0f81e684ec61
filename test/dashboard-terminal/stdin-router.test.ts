import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyId } from "../../src/dashboard/keys.ts";
import { StdinRouter, type TakenOver } from "../../src/dashboard/terminal/stdin-router.ts";
import type { PaneModes } from "../../src/protocol/messages.ts";
import { chunksOf } from "../screen/vt-stream.ts";

const MODES: PaneModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  bracketedPaste: true,
  focusEvents: false,
  mouse: "none",
  mouseEncoding: "default",
  cursorVisible: true,
  cursorStyle: 0,
  alternateScreen: false,
};

function taken(modes: Partial<PaneModes> = {}, mouse = false): TakenOver {
  return { rect: { x: 10, y: 5, width: 40, height: 10 }, modes: { ...MODES, ...modes }, mouse };
}

/** A router with what it told, and a clock that is moved by hand. */
function router(takeOverKey = "") {
  const told: string[] = [];
  const input: Uint8Array[] = [];
  let now = 0;
  let isSlow = false;
  let timer: { at: number; callback: () => void } | null = null;
  const subject: StdinRouter = new StdinRouter({
    key: (key) => {
      told.push(
        key.name === "paste" ? `paste ${key.text}` : `key ${keyId(key)}${key.text === "" ? "" : ` types ${JSON.stringify(key.text)}`}`,
      );
      if (keyId(key) === takeOverKey) subject.takeOver(taken());
    },
    mouse: ({ kind, button, x, y, ...modifiers }) =>
      told.push(`mouse ${kind} ${button} ${x},${y}${Object.values(modifiers).some(Boolean) ? ` ${JSON.stringify(modifiers)}` : ""}`),
    focus: (focused) => told.push(`focus ${focused}`),
    input: (bytes) => {
      input.push(Uint8Array.from(bytes));
      const last = told.at(-1);
      const text = Buffer.from(bytes).toString("latin1");
      if (last?.startsWith("input ")) told[told.length - 1] = `${last}${text}`;
      else told.push(`input ${text}`);
      return !isSlow;
    },
    released: () => told.push("released"),
    releasedTwice: () => {
      told.push("released twice");
      subject.takeOver(taken());
    },
    switchTo: (terminal) => told.push(`switch ${terminal}`),
    later: (ms, callback) => {
      const mine = { at: now + ms, callback };
      timer = mine;
      return () => {
        if (timer === mine) timer = null;
      };
    },
    now: () => now,
  });
  return {
    subject,
    told,
    input,
    slow: () => {
      isSlow = true;
    },
    type: (...chunks: (string | Uint8Array)[]) => {
      for (const chunk of chunks) subject.push(Buffer.from(chunk));
    },
    pass: (ms: number) => {
      now += ms;
      const due = timer;
      if (due && due.at <= now) {
        timer = null;
        due.callback();
      }
    },
  };
}

describe("keys on the dashboard", () => {
  it.each([
    ["a", 'key a types "a"'],
    ["A", 'key A types "A"'],
    ["é", 'key é types "é"'],
    ["世", 'key 世 types "世"'],
    [" ", 'key space types " "'],
    ["\r", "key enter"],
    ["\t", 'key tab types "\\t"'],
    ["\x7f", "key backspace"],
    ["\x03", "key ctrl+c"],
    ["\x11", "key ctrl+q"],
    ["\0", "key ctrl+space"],
    ["\x1b[A", "key up"],
    ["\x1bOA", "key up"],
    ["\x1b[1;5C", "key ctrl+right"],
    ["\x1b[Z", "key shift+tab"],
    ["\x1b[5~", "key pageup"],
    ["\x1b[3;2~", "key shift+delete"],
    ["\x1bOP", "key f1"],
    ["\x1b[15~", "key f5"],
    ["\x1b[24;6~", "key ctrl+shift+f12"],
    ["\x1b1", "key alt+1"],
    ["\x1bx", "key alt+x"],
    ["\x1b\x1b[A", "key alt+up"],
    ["\x1b[97;5u", "key ctrl+a"],
    ["\x1b[97;2u", 'key A types "A"'],
    ["\x1b[97;1:3u", undefined],
    ["\x1b[27u", "key escape"],
    ["\x1b[57400u", 'key 1 types "1"'],
    ["\x1b[27;5;113~", "key ctrl+q"],
    ["\x1b[I", "focus true"],
    ["\x1b[O", "focus false"],
    ["\x1b[<0;10;5M", "mouse press left 9,4"],
    ["\x1b[<0;10;5m", "mouse release left 9,4"],
    ["\x1b[<64;1;1M", "mouse press wheel-up 0,0"],
    ["\x1b[<35;300;80M", "mouse move none 299,79"],
    ["\x1b[<20;1;1M", 'mouse press left 0,0 {"shift":true,"alt":false,"ctrl":true}'],
    ["\x1b[M !!", "mouse press left 0,0"],
    ["\x1b[200~rm -rf\r\x1b[201~", "paste rm -rf\r"],
  ])("reads %j however it is cut", (bytes, expected) => {
    for (const cut of [1, 2, 3, 100]) {
      const { type, told } = router();
      type(...chunksOf(Buffer.from(bytes), [cut]));
      expect(told).toEqual(expected === undefined ? [] : [expected]);
    }
  });

  it("loses neither of two Escapes that come at once", () => {
    for (const chunks of [["\x1b\x1b"], ["\x1b", "\x1b"]]) {
      const { type, told, pass } = router();
      type(...chunks);
      pass(30);
      expect(told).toEqual(["key escape", "key escape"]);
    }
  });

  it("takes a lone Escape for the key after a moment, and what follows at once for one sequence", () => {
    const { type, told, pass } = router();
    type("\x1b");
    expect(told).toEqual([]);
    pass(30);
    expect(told).toEqual(["key escape"]);
    type("\x1b");
    pass(10);
    type("[B");
    expect(told).toEqual(["key escape", "key down"]);
  });

  it.each([
    ["[", "alt+["],
    ["O", "alt+O"],
    ["]", "alt+]"],
    ["P", "alt+P"],
  ])("takes Alt with %s for a key when nothing follows, and loses no key after it", (character, id) => {
    const { type, told, pass } = router();
    type(`\x1b${character}`);
    pass(30);
    type("x");
    expect(told).toEqual([`key ${id}`, 'key x types "x"']);
  });

  it("swallows what the terminal answers to somebody's questions", () => {
    const { type, told } = router();
    type(
      "\x1b]11;rgb:1111/2222/3333\x1b\\",
      "\x1b]10;rgb:0/0/0\x07",
      "\x1bP>|XTerm(390)\x1b\\",
      "\x1b[?62;22c",
      "\x1b[>1;10;0c",
      "\x1b[24;80R",
      "\x1b[?2026;2$y",
      "\x1b[8;24;80t",
      "\x1b[?0u",
      "\x1b_Gi=1;OK\x1b\\",
      "q",
    );
    expect(told).toEqual(['key q types "q"']);
  });

  it("swallows an answer that comes in pieces over a slow line, and reads the keys after it", () => {
    const { type, told, pass } = router();
    type("\x1b]11;rgb:11");
    pass(20);
    type("11/2222/3333\x1b");
    pass(20);
    type("\\j");
    expect(told).toEqual(['key j types "j"']);
  });

  it("takes a paste for text, release key and all, however it is cut", () => {
    const { type, told } = router();
    type(...chunksOf(Buffer.from("\x1b[200~a\x11\x1b[A\x1b[201b\x1b[201~c"), [3]));
    expect(told).toEqual(["paste a\x11\x1b[A\x1b[201b", 'key c types "c"']);
  });

  it("takes a paste for one whose end mark comes apart on a slow line, and the keys after it for keys", () => {
    for (let cut = 1; cut < 6; cut++) {
      const { type, told, pass } = router();
      type("\x1b[200~text\x1b[201~".slice(0, -cut));
      pass(1000);
      type("\x1b[201~".slice(-cut), "q");
      expect(told).toEqual(["paste text", 'key q types "q"']);
    }
  });

  it("gives a paste whose end was lost after a while, and the next keys are keys again", () => {
    const { type, told, pass } = router();
    type("\x1b[200~lost");
    pass(2000);
    type("q");
    expect(told).toEqual(["paste lost", 'key q types "q"']);
  });

  it("drops bytes that are no character and reads on", () => {
    const { type, told } = router();
    type(Buffer.from([0xff, 0xc3, 0x61, 0x80, 0x62]));
    expect(told).toEqual(['key a types "a"', 'key b types "b"']);
  });
});

describe("keys in take-over", () => {
  it("go to the terminal byte for byte in order, whatever they are and however they are cut", () => {
    const byte = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 255 }) },
      fc.constantFrom(0x1b, 0x5b, 0x4f, 0x3c, 0x32, 0x30, 0x7e),
    );
    // No release key, no Alt with a digit.
    const typed = fc.array(byte, { maxLength: 300 }).map((bytes) =>
      Buffer.from(
        Buffer.from(bytes)
          .toString("latin1")
          .replace(/\x11|\x1b(?=\d)|\x1b\[(?:113|27|4[89]|5[0-7]|20)/gu, ""),
        "latin1",
      ),
    );
    fc.assert(
      fc.property(
        typed,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 }),
        fc.array(fc.boolean(), { minLength: 1 }),
        (bytes, cuts, waits) => {
          const clean = Buffer.from(bytes.toString("latin1").replace(/\x11|\x1b(?=\d)/gu, ""), "latin1");
          const { subject, input, type, pass, told } = router();
          subject.takeOver(taken());
          for (const [index, chunk] of chunksOf(clean, cuts).entries()) {
            type(chunk);
            if (waits[index % waits.length]) pass(40);
          }
          pass(40);
          expect(Buffer.concat(input).equals(clean)).toBe(true);
          expect(told.filter((line) => !line.startsWith("input "))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("hand ten megabytes on without a change", () => {
    const { subject, input, type } = router();
    subject.takeOver(taken());
    const bytes = Buffer.alloc(10_000_000, "all the keys of a long night\r");
    type(...chunksOf(bytes, [65_536]));
    expect(Buffer.concat(input).equals(bytes)).toBe(true);
  });

  it("release by Ctrl-q, and what follows is the dashboard's", () => {
    const { subject, type, told } = router();
    subject.takeOver(taken());
    type("ls\x11?");
    expect(told).toEqual(["input ls", "released", 'key ? types "?"']);
    expect(subject.takenOver).toBe(false);
  });

  it("send Ctrl-q through when it is pressed twice, and stay", () => {
    for (const chunks of [["\x11\x11x"], ["\x11", "\x11", "x"]]) {
      const { subject, type, told } = router();
      subject.takeOver(taken());
      type(...chunks);
      expect(told).toEqual(["released", "released twice", "input \x11x"]);
    }
  });

  it("know the second Ctrl-q in the form that the program had asked for", () => {
    const { subject, type, told } = router();
    subject.takeOver(taken({ kittyFlags: 1 }));
    type("\x1b[113;133u", "\x1b[113;133u", "x");
    expect(told).toEqual(["released", "released twice", "input \x1b[113;133ux"]);
  });

  it("take a second Ctrl-q for the dashboard's when it comes late, or after another key", () => {
    const late = router();
    late.subject.takeOver(taken());
    late.type("\x11");
    late.pass(501);
    late.type("\x11");
    expect(late.told).toEqual(["released", "key ctrl+q"]);
    const between = router();
    between.subject.takeOver(taken());
    between.type("\x11", "j", "\x11");
    expect(between.told).toEqual(["released", 'key j types "j"', "key ctrl+q"]);
  });

  it("go to another terminal by Alt with its digit, also when the two bytes come apart", () => {
    const { subject, type, told, pass } = router();
    subject.takeOver(taken());
    type("a\x1b3b", "\x1b");
    pass(10);
    type("0c", "\x1b");
    pass(30);
    type("4");
    expect(told).toEqual(["input a", "switch 3", "input b", "switch 10", "input c\x1b4"]);
  });

  it("hold an Escape back no longer than a moment", () => {
    const { subject, type, told, pass } = router();
    subject.takeOver(taken());
    type("\x1b");
    expect(told).toEqual([]);
    pass(30);
    expect(told).toEqual(["input \x1b"]);
  });

  it("never release in the middle of a paste, wherever it is cut", () => {
    for (const cut of [1, 3, 7, 100]) {
      const { subject, type, told } = router();
      subject.takeOver(taken());
      type(...chunksOf(Buffer.from("\x1b[200~a\x11\x1b3b\x1b[201~\x11"), [cut]));
      expect(told).toEqual(["input \x1b[200~a\x11\x1b3b\x1b[201~", "released"]);
    }
  });

  it("leave the paste marks out for a program that did not ask for them", () => {
    const { subject, type, told } = router();
    subject.takeOver(taken({ bracketedPaste: false }));
    type(...chunksOf(Buffer.from("x\x1b[200~a\x11b\x1b[201~y"), [2]));
    expect(told).toEqual(["input xa\x11by"]);
  });

  it("leave the paste marks out also where something was typed right before, in the same chunk", () => {
    const { subject, type, told } = router();
    subject.takeOver(taken({ bracketedPaste: false }));
    type("x\x1b[200~a\x11b\x1b[201~y\x11");
    expect(told).toEqual(["input xa\x11by", "released"]);
  });

  it("stay in a paste that its receiver is slow to take, however long that takes", () => {
    const { subject, type, told, pass, slow } = router();
    subject.takeOver(taken());
    slow();
    type("\x1b[200~half");
    pass(60_000);
    type("\x11 of it\x1b[201~");
    expect(told).toEqual(["input \x1b[200~half\x11 of it\x1b[201~"]);
  });

  it("are ours in every form that kitty's protocol gives them, and only then", () => {
    const forms: [string, string[]][] = [
      ["\x1b[113;5u", ["released"]],
      // With Caps Lock and Num Lock, repeated, on a Russian keyboard, with its text.
      ["\x1b[113;197u", ["released"]],
      ["\x1b[113:81;133:2u", ["released"]],
      ["\x1b[1081::113;5u", ["released"]],
      ["\x1b[49;3;49u", ["switch 1"]],
      ["\x1b[48;131u", ["switch 10"]],
      // Let go: nothing happens, and nobody is told of half a key.
      ["\x1b[113;5:3u", []],
      ["\x1b[113;6u", ["input \x1b[113;6u"]],
      ["\x1b[113u", ["input \x1b[113u"]],
      ["\x1b[97;5:1u", ["input \x1b[97;5:1u"]],
      ["\x1b[1;5A", ["input \x1b[1;5A"]],
    ];
    for (const [bytes, expected] of forms) {
      for (const cut of [1, 4, 100]) {
        const { subject, type, told, pass } = router();
        subject.takeOver(taken({ kittyFlags: 5 }));
        type(...chunksOf(Buffer.from(bytes), [cut]));
        pass(30);
        expect(told, bytes).toEqual(expected);
      }
    }
    const without = router();
    without.subject.takeOver(taken());
    without.type("\x1b[113;197u");
    expect(without.told).toEqual(["input \x1b[113;197u"]);
  });

  it("can be released after a paste whose end mark came apart on a slow line", () => {
    for (let cut = 1; cut < 6; cut++) {
      const { subject, type, told, pass } = router();
      subject.takeOver(taken());
      type("\x1b[200~text\x1b[201~".slice(0, -cut));
      pass(1000);
      type("\x1b[201~".slice(-cut), "\x11");
      expect(told).toEqual(["input \x1b[200~text\x1b[201~", "released"]);
    }
  });

  it("hold nothing back for ever of a paste whose end mark was cut off", () => {
    const { subject, type, told, pass } = router();
    subject.takeOver(taken());
    type("\x1b[200~text\x1b[20");
    pass(2000);
    expect(told).toEqual(["input \x1b[200~text\x1b[20"]);
    type("\x11");
    expect(told.at(-1)).toBe("released");
  });

  it("leave a paste a paste when its terminal is gone in the middle of it: its text is no row of commands", () => {
    const { subject, type, told } = router();
    subject.takeOver(taken());
    type("\x1b[200~first\x1b[20");
    subject.takeOver(null);
    type("1~q");
    expect(told).toEqual(["input \x1b[200~first", 'key q types "q"']);
    subject.takeOver(taken());
    type("\x1b[200~first");
    subject.takeOver(null);
    type("qqq\x1b[201~j");
    expect(told.slice(-2)).toEqual(["paste qqq", 'key j types "j"']);
  });

  it("can be released again after a paste that lost its end", () => {
    const { subject, type, told, pass } = router();
    subject.takeOver(taken());
    type("\x1b[200~half");
    pass(2000);
    type("\x11");
    expect(told).toEqual(["input \x1b[200~half", "released"]);
  });

  it("translate the mouse into the pane, in the form its program asked for", () => {
    const report = "\x1b[<0;15;8M";
    const forms: [Partial<PaneModes>, string][] = [
      [{ mouse: "vt200", mouseEncoding: "sgr" }, "input \x1b[<0;5;3M"],
      [{ mouse: "vt200", mouseEncoding: "default" }, "input \x1b[M %#"],
      [{ mouse: "any", mouseEncoding: "sgr-pixels" }, "input \x1b[<0;45;50M"],
      [{ mouse: "none" }, "mouse press left 14,7"],
    ];
    for (const [modes, expected] of forms) {
      for (const cut of [1, 4, 100]) {
        const { subject, type, told } = router();
        subject.takeOver(taken(modes, true));
        type(...chunksOf(Buffer.from(report), [cut]));
        expect(told).toEqual([expected]);
      }
    }
  });

  it("give the mouse outside of the pane, and reports that were not asked for, to the dashboard", () => {
    const { subject, type, told } = router();
    subject.takeOver(taken({ mouse: "vt200", mouseEncoding: "sgr" }, true));
    type("\x1b[<0;2;2M", "\x1b[<35;15;8M", "\x1b[<0;15;8m");
    expect(told).toEqual(["mouse press left 1,1", "mouse move none 14,7", "input \x1b[<0;5;3m"]);
  });

  it("begin right after the key that takes over, in the same chunk", () => {
    const { told, type } = router("enter");
    type("j\rls\x1b[A");
    expect(told).toEqual(['key j types "j"', "key enter", "input ls\x1b[A"]);
  });

  it("can have other keys, and refuse those that no terminal sends", () => {
    const ports = { key() {}, mouse() {}, focus() {}, input() {}, releasedTwice() {}, switchTo() {}, later: () => () => {}, now: () => 0 };
    let released = 0;
    const subject = new StdinRouter({ ...ports, released: () => void released++ }, { release: "Ctrl-]", switches: [] });
    subject.takeOver(taken());
    subject.push(Buffer.from("\x11\x1b1\x1d"));
    expect(released).toBe(1);
    expect(() => new StdinRouter({ ...ports, released() {} }, { release: "F1", switches: [] })).toThrow(/cannot be used here/u);
  });
});
