import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PlainTerminal, type SeenCell } from "../conformance/plain-terminal.ts";
import { scene } from "../support/scene.ts";
import type { Desk } from "../support/scene/desk.ts";
import { HUNDRED_TASKS } from "../support/scene/plans.ts";

const FOLDERS = [
  join(import.meta.dirname, "..", "conformance", "recordings"),
  join(import.meta.dirname, "..", "..", "..", "shared", "recordings"),
];
const recordings = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".raw"))
    .map((name) => join(folder, name)),
);

/** Ends whatever the recording was in the middle of, and stands at the top left of a pane, so that its place can be found. */
const CORNER = "\x18\x1b[!p\x1b[H@CORNER@";

/** A person's terminal that got every byte of the dashboard: what they see, from this place on. */
function seen(
  desk: Desk,
  size: readonly [number, number],
  rect: { x: number; y: number; width: number; height: number },
): (SeenCell | null)[][] {
  const terminal = new PlainTerminal(...size, 0);
  terminal.write(Buffer.from(desk.written));
  return terminal.cells(rect);
}

/** A third of the recordings at each size. */
test.each([
  [160, 45, 0],
  [120, 36, 1],
  [80, 24, 2],
])("recorded sessions on a board of %i×%i: every cell of every pane is as an emulator has it", async (columns, rows, third) => {
  await using story = await scene({ plan: HUNDRED_TASKS, agent: "command" });
  const desk = await story.dashboard({ columns, rows });
  for (const [index, file] of recordings.filter((_, index) => index % 3 === third).entries()) {
    const terminal = story.terminal(index + 1);
    desk.press(`${(index + 1) % 10}`);
    await desk.idle();
    const bytes = Buffer.concat([readFileSync(file), Buffer.from(CORNER)]);
    const middle = Math.floor(bytes.length / 2);
    terminal.prints(bytes.subarray(0, middle));
    await desk.idle();
    terminal.prints(bytes.subarray(middle));
    await desk.shows("@CORNER@");
    await desk.idle();
    const { cols, rows: height } = terminal.size;
    const reference = new PlainTerminal(cols, height);
    reference.write(bytes);
    const place = { ...desk.find("@CORNER@"), width: cols, height };
    expect(seen(desk, [columns, rows], place), file).toEqual(reference.cells());
    terminal.prints("\x1b[2J");
    await desk.hides("@CORNER@");
  }
});
