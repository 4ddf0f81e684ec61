import { expect, test } from "vitest";
import { CELL_WORDS, Content } from "../../src/protocol/cells.ts";
import { connectEngine } from "../../src/protocol/client.ts";
import { decodeRows, type RowsMessage } from "../../src/protocol/rows.ts";
import { scene } from "../support/scene.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

/** What a keyboard may send: controls, Escape alone and in sequences, pastes, letters of all sizes. */
const BYTES = "q:?d\x03\x1b\x1b[A\x1bOP\t\x7fé漢🙂\x1b[97;5u\x00\x1a\r";

test("what is typed goes byte for byte to the terminal in front and to no other", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("4", "enter");
  await desk.shows("TAKE-OVER 4");
  desk.types(BYTES);
  await story.terminal(4).isTyped(BYTES);
  for (const number of [1, 2, 3, 5, 6, 7, 8, 9, 10]) expect(story.terminal(number).typed).toBe("");
});

test("Alt and a digit go straight to another terminal, and the next key is its own", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("1", "enter");
  // All at once, as fast fingers or a script send it.
  desk.types("one\x1b0ten\x1b3three");
  await desk.shows("TAKE-OVER 3");
  await story.terminal(1).isTyped("one");
  await story.terminal(10).isTyped("ten");
  await story.terminal(3).isTyped("three");
});

test("the release key gives the keys back, and pressed twice it goes to the terminal", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("2", "enter");
  desk.types("a\x11");
  await desk.shows("DASHBOARD");
  desk.press("enter");
  desk.types("b\x11\x11c");
  await desk.shows("TAKE-OVER 2");
  await story.terminal(2).isTyped("ab\x11c");
});

test("a paste is marked for a program that wants it so, and a release key within it releases nothing", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  story.terminal(1).prints("\x1b[?2004h> ");
  await desk.shows("> ");
  desk.press("enter");
  await desk.shows("TAKE-OVER 1");
  desk.types("\x1b[200~rm -rf\x11 /\n\x1b[201~");
  await story.terminal(1).isTyped("\x1b[200~rm -rf\x11 /\n\x1b[201~");
});

test("a paste right behind the key that leads to a terminal out of sight is marked as that terminal's program wants it", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard();
  desk.press("1", "1", "enter");
  await desk.shows("TAKE-OVER 1");
  expect(desk.text()).not.toContain("T2");
  story.terminal(2).prints("\x1b[?2004h> ");
  await desk.idle();
  desk.types("\x1b2\x1b[200~two\nlines\n\x1b[201~\x1b3\x1b[200~three\x1b[201~");
  await story.terminal(2).isTyped("\x1b[200~two\nlines\n\x1b[201~");
  await story.terminal(3).isTyped("three");
});

test("what a program wants of keys and pastes is known to a dashboard before it sees what the program printed then", async () => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  story.terminal(1).prints("\x1b[?2004h> ");
  const told: string[] = [];
  let came = Promise.withResolvers<void>();
  /** What was told right before these rows. */
  const toldBefore = async (rows: string) => {
    while (!told.includes(rows)) {
      await came.promise;
      came = Promise.withResolvers();
    }
    return told[told.indexOf(rows) - 1];
  };
  const { client } = await connectEngine({
    socketPath: story.socketPath,
    program: "test",
    role: "dashboard",
    handlers: {
      message: (message) => {
        if (message.type === "pane" && message.terminal === 1) told.push(`marks ${message.modes.bracketedPaste}`);
      },
      rows: (payload) => {
        told.push(`rows ${textOf(decodeRows(payload))}`);
        came.resolve();
      },
      closed: () => {},
    },
  });
  client.send({ type: "panes", panes: [{ terminal: 1, cols: 20, rows: 4, scroll: 0 }], focus: 1 });
  expect(await toldBefore("rows >")).toBe("marks true");
  story.terminal(1).prints("\x1b[?2004lgone");
  expect(await toldBefore("rows gone")).toBe("marks false");
  client.close();
});

function textOf({ spans }: RowsMessage): string {
  const points = spans.flatMap(({ words }) => [...words].filter((_, index) => index % CELL_WORDS === 0));
  return String.fromCodePoint(...points.map((word) => word & Content.codePoint)).trim();
}
