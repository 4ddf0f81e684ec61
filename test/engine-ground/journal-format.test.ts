import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeSegment, encodeLine } from "../../src/engine/journal-format.ts";
import { noticed, notices } from "./events.ts";

const segment = (events: readonly ReturnType<typeof noticed>[]): Buffer => Buffer.concat(events.map(encodeLine));

describe("the journal's lines", () => {
  test("a line is checksum, length and JSON", () => {
    expect(encodeLine({ type: "marathon-done", seq: 1, at: 2, t: 3 }).toString()).toBe(
      '5cd7bbfc 45 {"type":"marathon-done","seq":1,"at":2,"t":3}\n',
    );
  });

  test("any text comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (texts) => {
        const events = texts.map((text, index) => noticed(index + 1, text));
        const bytes = segment(events);
        expect(decodeSegment(bytes)).toEqual({ events: JSON.parse(JSON.stringify(events)), good: bytes.length, damage: null });
      }),
    );
  });

  test("cut at any byte, all whole lines before the cut are kept and nothing else", () => {
    const events = [noticed(1, "é 漢 \u{1f389}"), noticed(2), noticed(3, "\n\0\u001b")];
    const bytes = segment(events);
    const ends = events.map((_, index) => segment(events.slice(0, index + 1)).length);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      // A line that lacks only its newline is whole.
      const whole = ends.filter((end) => end - 1 <= cut).length;
      const read = decodeSegment(bytes.subarray(0, cut));
      expect(read.events).toEqual(events.slice(0, whole));
      const clean = ends.includes(cut) || ends.includes(cut + 1) || cut === 0;
      expect(read.damage === null, `cut at ${cut}`).toBe(clean);
    }
  });

  test("with one bit flipped anywhere, what is read is a true beginning and the damage is noticed", () => {
    const events = notices(4);
    const bytes = segment(events);
    const ends = events.map((_, index) => segment(events.slice(0, index + 1)).length);
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const read = decodeSegment(flipped);
        const untouched = ends.filter((end) => end - 1 <= at).length;
        expect(read.events, `byte ${at} bit ${bit}`).toEqual(events.slice(0, untouched));
        expect(read.damage).not.toBeNull();
      }
    }
  });

  test("arbitrary bytes never throw and give no events", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const read = decodeSegment(Buffer.from(bytes));
        expect(read.events).toEqual([]);
        expect(read.damage).not.toBeNull();
      }),
    );
  });

  test("a jump in the sequence ends the reading", () => {
    const read = decodeSegment(segment([noticed(1), noticed(3)]));
    expect(read.events).toEqual([noticed(1)]);
    expect(read.damage).toBe("the sequence goes from 1 to 3");
  });
});
