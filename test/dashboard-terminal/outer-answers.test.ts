import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colorDepth } from "../../src/dashboard/terminal/color-depth.ts";
import { OuterAnswers, QUESTIONS } from "../../src/dashboard/terminal/outer-answers.ts";
import { Answers } from "../../src/screen/answers.ts";
import { createEmulator } from "../../src/screen/xterm.ts";
import { chunksOf } from "../screen/vt-stream.ts";

const SOLARIZED = {
  foreground: 0x839496,
  background: 0x002b36,
  cursor: 0xff0000,
  palette: Array.from({ length: 16 }, (_, index) => index * 0x0f0f0f),
  kittyKeyboard: true,
};

/** What a terminal that knows all of our questions answers. */
function answersOf(outer = SOLARIZED): string {
  const emulator = createEmulator({ cols: 10, rows: 2, scrollback: 0 });
  let out = "";
  const answers = new Answers(emulator, (text) => (out += text));
  answers.learn(outer);
  emulator.parseNow(Buffer.from(QUESTIONS));
  // Terminals that take a status send the question back; its place among the answers is before the last.
  return out.replace("\x1b[>", "\x1b]7501;?\x1b\\\x1b[>");
}

const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x1b, 0x5b, 0x5d, 0x3f, 0x31, 0x3b, 0x63));
const typing = fc.array(byte, { maxLength: 12 }).map((bytes) => Buffer.from(bytes));
/** Typing that is an answer itself cannot be told from one. */
const isAnswer = (bytes: Buffer) => /\u001b(?:\]\d+;|\[[?>][\d;]*[cu])/u.test(bytes.toString("latin1"));

describe("the answers of the person's terminal", () => {
  it("tell its colours and what it can", () => {
    const answers = new OuterAnswers();
    expect(answers.push(Buffer.from(answersOf())).length).toBe(0);
    expect(answers.complete).toBe(true);
    expect(answers.learned).toEqual({ outer: SOLARIZED, secondary: "0;276;0", status: true });
  });

  it("are taken out of what is typed, wherever they come and however they are cut, and nothing else is", () => {
    const parts = answersOf().match(/\u001b[\]P][^\u001b]*\u001b\\|\u001b\[[^a-z]*[a-z]/gu) ?? [];
    expect(parts.length).toBe(23);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(typing, fc.constantFrom(...parts)), { maxLength: 8 }),
        typing,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (pairs, last, cuts) => {
          // A key of the person ends before an answer begins.
          const typed = [...pairs.map(([bytes]) => Buffer.concat([bytes, Buffer.from(" ")])), last];
          fc.pre(!isAnswer(Buffer.concat(typed)));
          const stream = Buffer.concat([...pairs.flatMap(([, answer], index) => [typed[index] ?? last, Buffer.from(answer)]), last]);
          const answers = new OuterAnswers();
          const out = chunksOf(stream, cuts).map((chunk) => answers.push(Buffer.from(chunk)));
          expect(Buffer.concat([...out, answers.flush()]).toString("latin1")).toBe(Buffer.concat(typed).toString("latin1"));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("hold a lone Escape back until nothing more came", () => {
    const answers = new OuterAnswers();
    expect(answers.push(Buffer.from("a\x1b")).toString()).toBe("a");
    expect(answers.pending).toBe(true);
    expect(answers.flush().toString()).toBe("\x1b");
    expect(answers.push(Buffer.from("\x1b[A\x1bOP\x1b]x")).toString()).toBe("\x1b[A\x1bOP\x1b]x");
  });

  it("are read in every length that X11 allows, and with an opacity", () => {
    const answers = new OuterAnswers();
    answers.push(Buffer.from("\x1b]10;rgb:f/8/0\x07\x1b]11;rgb:ffff/8080/0000\x1b\\\x1b]4;3;rgba:00/80/ff/aa\x07\x1b]12;rgb:1/2\x07"));
    expect(answers.learned.outer).toMatchObject({ foreground: 0xff8800, background: 0xff8000, cursor: null });
    expect(answers.learned.outer.palette[3]).toBe(0x0080ff);
  });
});

describe("the number of colours", () => {
  const told = (secondary: string) => ({ ...new OuterAnswers().learned, secondary });

  it.each([
    [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, null, "truecolor"],
    [{ TERM: "xterm-256color" }, null, "256"],
    [{ TERM: "xterm-256color" }, told("0;276;0"), "truecolor"],
    [{ TERM: "xterm-256color" }, told(""), "truecolor"],
    [{ TERM: "xterm-256color" }, told("1;95;0"), "256"],
    [{ TERM: "xterm-256color", TERM_PROGRAM: "Apple_Terminal" }, told(""), "256"],
    [{ TERM: "screen-256color" }, told("83;50000;0"), "256"],
    [{ TERM: "xterm-kitty" }, null, "truecolor"],
    [{ TERM: "xterm" }, told("0;276;0"), "16"],
  ] as const)("of %j that tells %j is %s", (env, learned, depth) => {
    expect(colorDepth(env, true, learned)).toBe(depth);
    expect(colorDepth(env, false, learned)).toBe("none");
  });
});
