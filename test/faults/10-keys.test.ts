/** F24: every byte that a person types reaches the one terminal that it is for, once and in order. */
import { expect, test } from "vitest";
import { random } from "../conformance/random.ts";
import { workplace } from "../support/marathon-run.ts";
import { Agents, until } from "./bench/agents.ts";
import { inputIsExact, journalIsWhole, stopsWithoutStrays } from "./bench/invariants.ts";

const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));
const PASTE = `\x1b[200~line one\nline two é 漢 👩‍👩‍👧\x1b[201~`;
const MOUSE = "\x1b[<0;60;10M\x1b[<0;60;10m\x1b[<35;61;11M";
/** What arrives in pieces on a slow line; none of these is the dashboard's own. */
const INPUTS = [
  "plain words ",
  "\x1b",
  "\x1b[A",
  "\x1bOP",
  "\x1b[1;5D",
  PASTE,
  "é漢👩‍👩‍👧",
  "\t",
  "\x7f",
  "\x03",
  "\x1b\x1b",
  "\x1b[15~",
  "\r",
];

test(`keys in any pieces and at any pace arrive exactly, pastes split at every byte included (seed ${SEED})`, async () => {
  const next = random(SEED);
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  // A program that did not ask for the marks of a paste is not sent them.
  await agents.print(1, "\x1b[?2004hPASTES WELCOME\r\n");
  await screen.waitFor("PASTES WELCOME");
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  const typed: Buffer[] = [];
  const type = async (bytes: Buffer, cut: number, gapMs: number) => {
    typed.push(bytes);
    for (let at = 0; at < bytes.length; at += cut) {
      screen.keys(bytes.subarray(at, at + cut));
      if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
    }
  };
  const paste = Buffer.from(PASTE);
  for (let at = 1; at < paste.length; at++) {
    typed.push(paste);
    screen.keys(paste.subarray(0, at));
    await new Promise((resolve) => setImmediate(resolve));
    screen.keys(paste.subarray(at));
  }
  for (let round = 0; round < 150; round++) {
    const input = Buffer.from(INPUTS[next(INPUTS.length)] ?? "");
    await type(input, 1 + next(8), [0, 0, 1, 5][next(4)] ?? 0);
    // The person's window changes while they type.
    if (next(30) === 0) screen.resize(100 + next(60), 30 + next(10));
  }
  const all = Buffer.concat(typed);
  // What differs says more than that something is missing.
  await until(() => agents.received(1).length >= all.length, "all that was typed has arrived").catch(() => {});
  inputIsExact(agents, 1, all, [2]);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
});

test("keys go where the person looks: a switch between two keys splits nothing, and mouse reports are typed to nobody who did not ask", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(3), { cols: 200, rows: 60 });
  await screen.waitFor("READY");
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  const typed = [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)];
  let at = 0;
  for (let round = 0; round < 30; round++) {
    const word = `${round}:word ${MOUSE}`;
    typed[at] = Buffer.concat([typed[at] ?? Buffer.alloc(0), Buffer.from(`${round}:word `)]);
    at = (at + 1) % 3;
    // All in one piece: the keys, the mouse, and the switch (Alt and the number).
    screen.keys(`${word}\x1b${at + 1}`);
  }
  await until(() => typed.every((bytes, index) => agents.received(index + 1).length >= bytes.length), "all has arrived");
  for (const [index, bytes] of typed.entries()) inputIsExact(agents, index + 1, bytes, []);
  await stopsWithoutStrays(place);
});

test("an agent that does not read keeps nobody else from being typed to, and gets all of it later", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  await agents.tell(1, "pause");
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  const much = Buffer.alloc(300_000, "much ");
  screen.keys(much);
  screen.keys("\x1b2");
  await screen.waitFor("TAKE-OVER 2");
  screen.keys("for the other");
  await until(() => agents.received(2).toString() === "for the other", "the other has got it");
  await agents.tell(1, "resume");
  await until(() => agents.received(1).length >= much.length, "the first has got everything");
  inputIsExact(agents, 1, much, []);
  expect(agents.received(2).toString()).toBe("for the other");
  await stopsWithoutStrays(place);
});
