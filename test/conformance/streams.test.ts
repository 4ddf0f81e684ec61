/** Whatever a program may write: its pane shows cell for cell what an emulator holds that is fed directly. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { chunksOf } from "../screen/vt-stream.ts";
import { PanePath } from "./pane-path.ts";
import { anyStream } from "./streams.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LARGEST = { cols: 30, rows: 8 };
const stage = fc.record({
  size: fc.record({ cols: fc.integer({ min: 2, max: LARGEST.cols }), rows: fc.integer({ min: 1, max: LARGEST.rows }) }),
  place: fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 5 }) }),
  bytes: anyStream(40),
  cuts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
});

it("is never shown in the middle of a frame that a program brackets, in whatever chunks it comes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 12 }),
      // A picture is drawn after each chunk; a frame in more than four of them would take longer than it may be held back.
      fc.array(fc.integer({ min: 60, max: 400 }), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      (frames, cuts, between) => {
        const path = new PanePath({ cols: 12, rows: 6 });
        const row = (frame: number) => `\x1b[31m${String(frame).padStart(4)}\x1b[m frame`;
        const text = Array.from({ length: frames }, (_, frame) => {
          const rows = Array.from({ length: 6 }, (_row, y) => `\x1b[${y + 1}H\x1b[K${row(frame)}`);
          return `\x1b[?2026h\x1b[2J${rows.join("")}\x1b[?2026l${between ? "\x1b[m" : ""}`;
        }).join("");
        for (const chunk of chunksOf(Buffer.from(text), cuts)) {
          path.write(chunk);
          path.draw(false);
          expect(new Set(path.text().split("\n")).size, path.text()).toBe(1);
        }
        path.draw();
        expect(path.text()).toContain(String(frames - 1));
        path.dispose();
      },
    ),
  );
});

it("is shown cell for cell, at any place, in any chunks, after any changes of size", () => {
  fc.assert(
    fc.property(fc.array(stage, { minLength: 1, maxLength: 4 }), (stages) => {
      const path = new PanePath(stages[0]?.size ?? LARGEST, { largest: LARGEST });
      for (const { size, place, bytes, cuts } of stages) {
        path.resize(size, place);
        for (const chunk of chunksOf(bytes, cuts)) path.write(chunk);
        path.draw();
        expect(path.differences()).toEqual([]);
      }
      path.dispose();
    }),
    { numRuns: Number(process.env["FUZZ_RUNS"] ?? 300) },
  );
});
