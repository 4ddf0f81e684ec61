import { expect, test } from "vitest";
import { agentBegins, taskEnds } from "../../src/engine/task-banner.ts";
import { lineText } from "../../src/screen/text.ts";
import { Screen } from "../../src/screen/screen.ts";

function after(output: string): Promise<Screen> {
  const screen = new Screen({ cols: 40, rows: 6, scrollback: 10 });
  return new Promise((resolve) => {
    screen.write(Buffer.from(output));
    screen.drained(() => {
      screen.write(
        Buffer.from(taskEnds({ code: 0, signal: null }, { column: screen.cursor.x, alternateScreen: screen.modes().alternateScreen })),
      );
      screen.drained(() => resolve(screen));
    });
  });
}

test("the end of a task stands on a line of its own, whatever its program left behind", async () => {
  expect((await after("no newline")).text().slice(0, 2)).toEqual(["no newline", "✔ done"]);
  expect((await after("a line\r\n")).text().slice(0, 2)).toEqual(["a line", "✔ done"]);
});

test("the next program inherits neither alternate screen nor mouse, paste or focus reports", async () => {
  const screen = await after("\x1b[?1049h\x1b[?1003h\x1b[?2004h\x1b[?1004h\x1b[?1h");
  expect(screen.modes()).toMatchObject({
    alternateScreen: false,
    mouse: "none",
    bracketedPaste: false,
    focusEvents: false,
    applicationCursorKeys: false,
  });
});

test("where an agent is started again nothing of the last one is left on the screen, and all of it above", async () => {
  const screen = await after("\x1b[?1049h\x1b[?2004h\x1b[2;1HAPI Error: 429");
  screen.write(Buffer.from("\x1b[?1049h\x1b[?2004h\x1b[2;1HAPI Error: 429"));
  await new Promise<void>((resolve) => screen.drained(resolve));
  screen.write(Buffer.from(agentBegins("claude --resume 1", { column: 0, rows: screen.rows, fullScreen: screen.ansi() })));
  await new Promise<void>((resolve) => screen.drained(resolve));
  expect(screen.text().join("")).toBe("");
  expect(screen.cursor).toMatchObject({ x: 0, y: 0 });
  expect(screen.modes()).toMatchObject({ alternateScreen: false, bracketedPaste: false });
  const above = Array.from({ length: screen.scrollbackLength }, (_, row) => lineText(screen.line(row)));
  expect(above).toEqual(expect.arrayContaining(["API Error: 429", expect.stringContaining("── above: before claude")]));
});
