/** Whatever a program writes, nothing of it reaches the person's terminal but the cells of its pane, and nothing its own input. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chunksOf } from "../screen/vt-stream.ts";
import { ENDLESS, HOSTILE } from "./hostile.ts";
import { PanePath } from "./pane-path.ts";
import { ANSWERS, COMPOSITOR_WRITES } from "./repertoire.ts";
import { anyStream } from "./streams.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SIZE = { cols: 30, rows: 8 };
const CUTS = [7, 1, 300, 2, 5000];

/** The modes of the person's terminal, which are ours alone. */
function modesOf(path: PanePath): unknown {
  const { modes, buffer } = path.outer.terminal;
  return { ...modes, synchronizedOutputMode: null, screen: buffer.active.type };
}

describe("a program", () => {
  it.each(HOSTILE)("gets nowhere with %s", (_what, text) => {
    const bytes = Buffer.from(text as string);
    const path = new PanePath(SIZE, { judged: false });
    const before = modesOf(path);
    for (const chunk of chunksOf(bytes, CUTS)) path.write(chunk);
    path.draw();
    expect(path.written).toMatch(COMPOSITOR_WRITES);
    expect(path.replies).toMatch(ANSWERS);
    expect(modesOf(path)).toEqual(before);
    expect(path.outer.replies).toBe("");
    expect(path.outsideChanged()).toEqual([]);
    path.dispose();
  });

  it.each(ENDLESS)("is seen again after %s without an end", (_what, begin) => {
    const path = new PanePath(SIZE, { judged: false });
    path.write(Buffer.from(`before${begin}`));
    for (let part = 0; part < 40; part++) path.write(Buffer.alloc(64 * 1024, "A"));
    path.draw();
    expect(path.text()).toContain("before");
    path.write(Buffer.from("\x1b\\\x1b[2J\x1b[Hafter"));
    path.draw();
    expect(path.text().startsWith("after")).toBe(true);
    expect(path.written).toMatch(COMPOSITOR_WRITES);
    path.dispose();
  });

  it("gets nowhere with any bytes in any order", () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      anyStream(12),
      fc.constantFrom(...HOSTILE.map(([, bytes]) => Buffer.from(bytes as string).subarray(0, 400))),
      fc
        .constantFrom("\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\u009b", "\u009d", "\x18", "\x1b\\", "\x07")
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 12 }), (parts) => {
        const path = new PanePath(SIZE, { judged: false });
        const before = modesOf(path);
        for (const part of parts) {
          path.write(part);
          path.draw(false);
        }
        path.draw();
        expect(path.written).toMatch(COMPOSITOR_WRITES);
        expect(path.replies).toMatch(ANSWERS);
        expect(modesOf(path)).toEqual(before);
        expect(path.outsideChanged()).toEqual([]);
        path.dispose();
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 200) },
    );
  });
});
