import xterm from "@xterm/headless";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { statusSequence } from "../../src/rehearsal/status.ts";
import { fit, paint, Surface, wrap } from "../../src/rehearsal/surface.ts";

/** What a terminal of that size shows after the surface was used. */
function screenAfter(cols: number, rows: number, draw: (surface: Surface) => void): Promise<readonly string[]> {
  return screenAfterSizes([`${cols}x${rows}`], draw);
}

/** The same for a terminal that begins with the first size and goes through the others after `draw`; then comes `after`. */
async function screenAfterSizes(
  sizes: readonly string[],
  draw: (surface: Surface) => void,
  after: (surface: Surface) => void = () => {},
): Promise<readonly string[]> {
  const [first = { columns: 80, rows: 24 }, ...others] = sizes.map((size) => {
    const [columns = 80, rows = 24] = size.split("x").map(Number);
    return { columns, rows };
  });
  const terminal = new xterm.Terminal({ cols: first.columns, rows: first.rows, allowProposedApi: true });
  const output = { ...first, text: "", write: (text: string) => (output.text += text) };
  const surface = new Surface(output, true);
  const perform = async (act: (surface: Surface) => void): Promise<void> => {
    act(surface);
    await new Promise<void>((resolve) => terminal.write(output.text, resolve));
    output.text = "";
  };
  await perform(draw);
  for (const size of others) {
    Object.assign(output, size);
    terminal.resize(size.columns, size.rows);
    await perform(() => surface.resized());
  }
  await perform(after);
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

describe("a surface whose terminal changes its size", () => {
  const menu = (title: string) => ["─".repeat(60), title, "1. Yes, and do not ask again for this command", "2. No", "> "];

  test("shows each line once, cut at the new width only", async () => {
    const said = "words ".repeat(20).trim();
    const lines = await screenAfterSizes(["200x20", "80x20", "50x12", "160x20"], (surface) =>
      surface.turn([said, "kept"], menu("Run this?")),
    );
    expect(lines).toEqual([said, "kept", ...menu("Run this?")]);
  });

  test("goes on in place afterwards", async () => {
    const lines = await screenAfterSizes(
      ["100x10", "30x10"],
      (surface) => surface.turn(["kept"], menu("spinner 1")),
      (surface) => surface.turn(["said"], ["spinner 2", "> "]),
    );
    expect(lines).toEqual(["kept", "said", "spinner 2", "> "]);
  });

  test("makes again what depends on the width", async () => {
    const lines = await screenAfterSizes(["40x10", "24x10"], (surface) => {
      surface.turn(
        () => wrap("one two three four five six", surface.columns - 4),
        () => ["─".repeat(surface.columns - 1)],
      );
    });
    expect(lines).toEqual(["one two three four", "five six", "─".repeat(23)]);
  });

  test("fills the new screen with the end of a long transcript", async () => {
    const lines = await screenAfterSizes(["40x8", "60x20", "30x6"], (surface) => {
      for (let index = 1; index <= 40; index++) surface.turn([`line ${index}`], ["~ busy", "> "]);
    });
    expect(lines.slice(-6)).toEqual(["line 37", "line 38", "line 39", "line 40", "~ busy", "> "]);
    expect(lines.filter((line) => line === "~ busy")).toHaveLength(1);
  });

  test("draws a full screen whole, and what is beneath it when it is left", async () => {
    const view = (surface: Surface) => () => ["top", "─".repeat(surface.columns - 1), "bottom"];
    const show = (surface: Surface): void => {
      surface.turn(["kept"], menu("Run this?"));
      surface.full(view(surface));
    };
    expect(await screenAfterSizes(["100x10", "40x10", "70x10"], show)).toEqual(["top", "─".repeat(69), "bottom"]);
    const left = await screenAfterSizes(["100x10", "40x10", "70x10"], show, (surface) => surface.leaveFull());
    expect(left).toEqual(["kept", ...menu("Run this?")]);
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
