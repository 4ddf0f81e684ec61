import { expect, test } from "vitest";
import { Screen } from "../../src/screen/screen.ts";
import { snapshotOf } from "../../src/screen/snapshot.ts";

async function shows(screen: Screen, ...output: readonly string[]): Promise<void> {
  for (const text of output) screen.write(Buffer.from(text));
  await new Promise<void>((resolve) => screen.drained(resolve));
}

const PROGRAMS: Readonly<Record<string, string>> = {
  "a line editor": "\x1b[?2004h\x1b[?1h\x1b=\x1b[>4;2m\x1b[=5u> half a",
  "an editor": "\x1b[?1049h\x1b[?1002h\x1b[?1006h\x1b[2;8r\x1b[3;4H\x1b[1;4;38:2::10:200:30mtext\x1b[4 q\x1b[?25l",
  "a form": "\x1b[3;9r\x1b[?6h\x1b[2;2Hfield\x1b[4h\x1b[?7l\x1b[31m",
  "a mouse of old": "\x1b[?1003h\x1b[?1016h\x1b[?1004h",
  nothing: "",
};

test.each(Object.keys(PROGRAMS))("a snapshot of %s goes on like the screen itself", async (program) => {
  const screen = new Screen({ cols: 30, rows: 10, scrollback: 100 });
  await shows(screen, "before\r\n", PROGRAMS[program] ?? "");
  const again = new Screen({ cols: 30, rows: 10, scrollback: 100 });
  await shows(again, snapshotOf(screen) ?? "it is not settled");
  expect(again.modes()).toEqual(screen.modes());
  expect(again.cursor).toEqual(screen.cursor);
  const next = "XY\x1b[10Hlast\n\n\nmore and more and more of it than a line has room for\x1bM\x1b[1;1HZ";
  await shows(screen, next);
  await shows(again, next);
  expect(again.ansi()).toBe(screen.ansi());
  expect(again.cursor).toEqual(screen.cursor);
});
