import xterm from "@xterm/headless";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { statusSequence } from "../../src/rehearsal/status.ts";
import { fit, paint, Surface, wrap } from "../../src/rehearsal/surface.ts";

/** What a terminal of that size shows after the surface was used. */
async function screenAfter(cols: number, rows: number, draw: (surface: Surface) => void): Promise<readonly string[]> {
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true });
  let output = "";
  draw(new Surface({ write: (text: string) => (output += text), columns: cols, rows }, true));
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, index) => active.getLine(index)?.translateToString(true) ?? "");
  terminal.dispose();
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

describe("the surface", () => {
  test("keeps what was said and draws live lines in place below it", async () => {
    const lines = await screenAfter(40, 10, (surface) => {
      surface.say(["first"]);
      surface.live(["spinner 1", "> "]);
      surface.live(["spinner 2", "> "]);
      surface.say(["second"]);
      surface.live(["> typed"]);
    });
    expect(lines).toEqual(["first", "second", "> typed"]);
  });

  test("loses no line of the transcript when it scrolls", async () => {
    const lines = await screenAfter(30, 5, (surface) => {
      for (let index = 0; index < 20; index++) surface.turn([`line ${index}`], ["~ busy", "", "> "]);
    });
    expect(lines.filter((line) => line.startsWith("line "))).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index}`));
    expect(lines.filter((line) => line === "~ busy")).toHaveLength(1);
  });

  test("cuts long lines, so that none wraps and the live lines are found again", async () => {
    const lines = await screenAfter(20, 8, (surface) => {
      surface.live(["x".repeat(200), "y".repeat(200)]);
      surface.live(["short"]);
    });
    expect(lines).toEqual(["short"]);
  });

  test("comes back from a full screen to what was there", async () => {
    const lines = await screenAfter(30, 6, (surface) => {
      surface.say(["before"]);
      surface.full(Array.from({ length: 50 }, (_, index) => `row ${index}`));
      surface.leaveFull();
      surface.say(["after"]);
    });
    expect(lines).toEqual(["before", "after"]);
  });

  test("closes without live lines, whatever was shown", async () => {
    const lines = await screenAfter(30, 6, (surface) => {
      surface.turn(["kept"], ["gone", "> "]);
      surface.full(["over it"]);
      surface.close();
    });
    expect(lines).toEqual(["kept"]);
  });
});

describe("fitting text", () => {
  test("counts wide characters as two cells and colours as none", () => {
    expect(fit("日本語", 4)).toBe("日本\x1b[0m");
    expect(fit(paint.red("abc"), 3)).toBe(paint.red("abc"));
    expect(fit("🙂🙂", 3)).toBe("🙂\x1b[0m");
  });

  test("wraps at words and keeps every one", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 12, max: 40 }), (words, cells) => {
        const lines = wrap(words.join(" "), cells);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(cells);
      }),
    );
  });
});

describe("a status report", () => {
  test("is OSC 7501 with texts in base64", () => {
    expect(statusSequence({ state: "blocked", kind: "permission", message: "Run this?" })).toBe(
      "\x1b]7501;state=blocked:kind=permission:app=rehearsal:msg=UnVuIHRoaXM/\x1b\\",
    );
    expect(statusSequence({ state: "clear", id: "task-1-1" })).toBe("\x1b]7501;state=clear:id=task-1-1\x1b\\");
  });

  test("keeps the limits of its fields and one line, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 4000 }), (text) => {
        const sequence = statusSequence({ state: "working", title: text, message: text });
        const decoded = (key: string): Buffer => Buffer.from(new RegExp(`${key}=([^:\\x1b]*)`).exec(sequence)?.[1] ?? "", "base64");
        expect(decoded("title").length).toBeLessThanOrEqual(192);
        expect(decoded("msg").length).toBeLessThanOrEqual(2048);
        expect(sequence.length).toBeLessThanOrEqual(4096);
        expect(decoded("msg").toString()).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
