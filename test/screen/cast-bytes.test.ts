import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decodeEvent, decodeHeader, decodeSize, encodeEvent, encodeHeader } from "../../src/screen/asciicast.ts";
import { jsonString } from "../../src/screen/json-bytes.ts";
import { BytesToText, textToBytes, withoutEscapedBytes } from "../../src/screen/cast-bytes.ts";

function through(chunks: readonly Uint8Array[]): string {
  const text = new BytesToText();
  return Buffer.concat([...chunks.map((chunk) => text.push(chunk)), text.end()]).toString("utf8");
}

/** Bytes that are likely to be parts of characters, and of those that stand for bytes. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => Uint8Array.from(Buffer.from(text, "utf8"))),
  fc
    .array(fc.constantFrom(0xf4, 0x8f, 0xb9, 0xba, 0xbb, 0x80, 0xbf, 0xe2, 0x82, 0xac, 0x41, 0x1b), { maxLength: 12 })
    .map((list) => Uint8Array.from(list)),
);

describe("bytes as the text of a cast", () => {
  it("come back as they were, whatever they are and however they are cut", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 8 }), (chunks) => {
        expect(Buffer.from(textToBytes(through(chunks)))).toEqual(Buffer.concat(chunks));
      }),
      { numRuns: 500 },
    );
  });

  it("are their characters, also those that are cut between two reads", () => {
    const euro = Buffer.from("1 € 👩‍👩‍👧");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: euro.length }), (cut) => {
        expect(through([euro.subarray(0, cut), euro.subarray(cut)])).toBe("1 € 👩‍👩‍👧");
      }),
    );
  });

  it("keep a character back until it is finished, and nothing that is", () => {
    const text = new BytesToText();
    expect(text.push(Buffer.from([0x61, 0xe2, 0x82])).toString()).toBe("a");
    expect(text.push(Buffer.from([0xac])).toString()).toBe("€");
    expect(text.push(Buffer.from([0x80])).toString()).toBe("\u{10fe80}");
  });

  it("show as replacement characters to other players where they are none", () => {
    expect(withoutEscapedBytes(through([Buffer.from([0x61, 0xff, 0x62])]))).toBe("a\ufffdb");
  });

  it("survive the JSON of the cast", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const event = { time: 1.5, code: "o", data: through([given]) } as const;
        expect(decodeEvent(encodeEvent(event).trimEnd())).toEqual(event);
      }),
    );
  });
});

test("text becomes the JSON that everybody else writes for it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const utf8 = Buffer.from(text, "utf8");
      expect(JSON.parse(jsonString(utf8).toString("utf8"))).toBe(utf8.toString("utf8"));
    }),
  );
  const all = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code));
  expect(JSON.parse(jsonString(Buffer.from(all)).toString())).toBe(all);
});

describe("a line of a cast", () => {
  it("is as the format has it", () => {
    const header = { width: 80, height: 24, timestamp: 1_504_467_315, title: "marathon terminal 1", begins: "" };
    const line = encodeHeader(header);
    expect(JSON.parse(line)).toMatchObject({ version: 2, width: 80, height: 24, timestamp: 1_504_467_315 });
    expect(decodeHeader(line.trimEnd())).toEqual(header);
    expect(encodeEvent({ time: 1.0013, code: "o", data: "\x1b[1mé\r\n" })).toBe('[1.001,"o","\\u001b[1mé\\r\\n"]\n');
  });

  it("is passed over when it is cut or something else", () => {
    for (const line of ["", "[1.0,", '[1.0,"o","half', "[]", '[1,"i","typed"]', '["1","o","x"]', "null", '{"version":3}']) {
      expect(decodeEvent(line)).toBeNull();
      expect(decodeHeader(line)).toBeNull();
    }
    expect(decodeSize("80x24")).toEqual({ cols: 80, rows: 24 });
    for (const size of ["80", "0x24", "80x99999999", "x", "-1x2"]) expect(decodeSize(size)).toBeNull();
  });
});
