import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Bg, CELL_WORDS, Content, type Extra } from "../../src/protocol/cells.ts";
import { encodeRows } from "../../src/protocol/encode-rows.ts";
import { decodeRows, RowsError, type RowsMessage } from "../../src/protocol/rows.ts";

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const extra: fc.Arbitrary<Extra> = fc.record({
  text: fc.string({ unit: "grapheme", maxLength: 3 }),
  underline: fc.integer({ min: 0, max: 5 }),
  underlineColor: u32,
  link: fc.constantFrom("", "https://example.org/ä?x=1"),
  linkId: fc.oneof(fc.constant(0), u32),
});
const span = fc
  .record({
    y: u16,
    x: u16,
    cells: fc.array(fc.tuple(u32, u32, u32), { maxLength: 8 }),
    blankAfter: fc.boolean(),
    wrapped: fc.boolean(),
    extra: fc.array(extra, { maxLength: 8 }),
  })
  .map(({ cells, extra: extras, ...rest }) => ({
    ...rest,
    words: Uint32Array.from(cells.flat()),
    extras: new Map(extras.slice(0, cells.length).map((one, index) => [index, one])),
  }));
const message: fc.Arbitrary<RowsMessage> = fc.record(
  {
    terminal: fc.integer({ min: 1, max: 10 }),
    cols: u16,
    rows: u16,
    full: fc.boolean(),
    cursor: fc.record({ x: u16, y: u16, visible: fc.boolean() }),
    scroll: u32,
    scrollback: u32,
    top: fc.record({ era: u32, line: fc.maxSafeNat() }),
    spans: fc.array(span, { maxLength: 6 }),
  },
  { requiredKeys: ["terminal", "cols", "rows", "full", "cursor", "scroll", "scrollback", "spans"] },
);

describe("rows on the wire", () => {
  it("arrive as they were sent, wherever they lie in a buffer", () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 0, max: 7 }), (sent, offset) => {
        const bytes = encodeRows(sent);
        const inBuffer = new Uint8Array(bytes.length + offset);
        inBuffer.set(bytes, offset);
        expect(decodeRows(inBuffer.subarray(offset))).toEqual(sent);
      }),
    );
  });

  it("refuse what is cut off or claims more than it has, and never anything else", () => {
    fc.assert(
      fc.property(
        message,
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
        (sent, cut, changes) => {
          const bytes = encodeRows(sent);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            decodeRows(bytes.subarray(0, cut % (bytes.length + 1)));
          } catch (error) {
            expect(error).toBeInstanceOf(RowsError);
          }
        },
      ),
    );
    expect(() => decodeRows(new Uint8Array(31))).toThrow(RowsError);
  });

  it("are frozen by example: a link of two cells, a cluster, a blank end", () => {
    const words = Uint32Array.of(0x400061, 0, Bg.extended, 0x400062, 7, Bg.extended, Content.combined | (1 << 22), 0, 0);
    const link: Extra = { text: "", underline: 3, underlineColor: 0x1000009, link: "http://x", linkId: 258 };
    const extras = new Map([
      [0, link],
      [1, link],
      [2, { ...link, text: "e\u0301", underline: 0, underlineColor: 0, link: "", linkId: 0 }],
    ] as const);
    const bytes = encodeRows({
      terminal: 2,
      cols: 5,
      rows: 1,
      full: true,
      cursor: { x: 3, y: 0, visible: true },
      scroll: 0,
      scrollback: 9,
      spans: [{ y: 0, x: 0, words, extras, blankAfter: true, wrapped: false }],
    });
    expect(
      Buffer.from(bytes)
        .toString("hex")
        .replace(/(.{64})/gu, "$1\n"),
    ).toMatchInlineSnapshot(`
      "0302050001000300000001000000000009000000030000000200000002000000
      6100400000000000000000106200400007000000000000100000600000000000
      0000000000000000020000000200000001000100000000000300010003090000
      0100000800687474703a2f2f7800000000000300000065cc8102010000000000
      00"
    `);
  });

  it("name an extra once for all cells that have it", () => {
    const link: Extra = {
      text: "",
      underline: 3,
      underlineColor: 7,
      link: "https://example.org/a-long-address-that-should-travel-only-once",
      linkId: 5,
    };
    const words = new Uint32Array(80 * CELL_WORDS).fill(Bg.extended | Content.combined);
    const extras = new Map(Array.from({ length: 80 }, (_, index) => [index, link]));
    const bytes = encodeRows({
      terminal: 1,
      cols: 80,
      rows: 1,
      full: true,
      cursor: { x: 0, y: 0, visible: true },
      scroll: 0,
      scrollback: 0,
      spans: [{ y: 0, x: 0, words, extras, blankAfter: false, wrapped: false }],
    });
    expect(bytes.length).toBeLessThan(80 * 12 + 150);
  });
});
