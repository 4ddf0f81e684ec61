import { describe, expect, test } from "vitest";
import { type CastEvent, encodePlace } from "../../src/screen/asciicast.ts";
import type { Past } from "../../src/engine/log-reader.ts";
import { RecordedScreen, type Living } from "../../src/engine/recorded-screen.ts";

const ASKS = "\x1b]7501;state=blocked:kind=question:msg=Which?\x1b\\";
const WORKS = "\x1b]7501;state=working:msg=on it\x1b\\";
const RESTS = "\x1b]7501;state=idle\x1b\\";

/** A recording in which that program printed these pieces, after words of our own. */
function recording(...pieces: readonly string[]): Past {
  const event = (code: CastEvent["code"], data: string): CastEvent => ({ time: 0, code, data });
  const events = [
    event("p", encodePlace(null)),
    event("o", "it begins\r\n"),
    event("p", encodePlace({ id: "p1", at: 0 })),
    ...pieces.map((data) => event("o", data)),
  ];
  return { cols: 40, rows: 6, begins: "", events };
}

/** Takes over a program that has printed `pieces`, all of them recorded, and was heard up to that byte: the states that it tells (of several at once, the last). */
async function told(heard: number, ...pieces: readonly string[]): Promise<{ readonly states: readonly string[]; readonly text: string }> {
  const states: string[] = [];
  const shown = new RecordedScreen(
    { cols: 40, rows: 6, scrollback: 10, onSelf: (signal) => void (signal.kind === "status" && states.push(signal.report.state)) },
    () => ({ output: () => {}, resized: () => {}, mark: () => {} }),
    () => 0,
  );
  const living: Living = { id: "p1", size: { cols: 40, rows: 6 }, heard, begins: null, goesOn: () => Promise.resolve() };
  await shown.livesOn(Promise.resolve(recording(...pieces)), living);
  return { states, text: shown.screen.text().join("\n").trim() };
}

describe("a program that outlived its engine", () => {
  test("tells again nothing that was heard", async () => {
    const pieces = ["one ", ASKS, "two ", WORKS];
    expect(await told(pieces.join("").length, ...pieces)).toEqual({ states: [], text: "it begins\none two" });
  });

  test("is heard from where its engine left off, though what it said is recorded already", async () => {
    const pieces = ["one ", ASKS, "two ", WORKS, "three", RESTS];
    expect(await told("one ".length + ASKS.length, ...pieces)).toEqual({ states: ["idle"], text: "it begins\none two three" });
  });

  test("is heard from the middle of a piece, and of a report", async () => {
    const piece = `one ${ASKS}two ${RESTS}`;
    expect((await told(piece.length - 5, piece)).states).toEqual(["idle"]);
    expect((await told(0, piece)).states).toEqual(["idle"]);
  });
});
