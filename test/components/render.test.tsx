import { PassThrough, Writable } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { renderChrome, type Chrome } from "../../components/render.tsx";
import { dashboardParts } from "../support/dashboard-parts.ts";

class VirtualStdout extends Writable {
  columns: number;
  rows: number;
  readonly isTTY = false;
  readonly chunks: string[] = [];
  #next: ((chunk: string) => void) | null = null;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const text = chunk.toString();
    this.chunks.push(text);
    if (text.includes("\n")) this.#next?.(text);
    done();
  }

  /** The next frame that Ink writes. */
  frame(): Promise<string> {
    return new Promise((resolve) => {
      this.#next = resolve;
    });
  }
}

let chrome: Chrome | null = null;
afterEach(() => {
  chrome?.unmount();
  chrome = null;
});

describe("the chrome in a virtual stdout", () => {
  function start(columns: number, rows: number) {
    const parts = dashboardParts({ columns, rows });
    const stdout = new VirtualStdout(columns, rows);
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin });
    const first = stdout.frame();
    chrome = renderChrome({ screen: parts.screen, stdout, stdin });
    return { ...parts, stdout, first };
  }
  /** A frame is what follows the erasing of the one before, which ends with "cursor to column 1". */
  const rowsIn = (written: string) => (written.split("\u001b[G").at(-1) ?? "").replace(/\n$/u, "").split("\n").length;

  test("writes frames of exactly the size, without an alternate screen, also where CI is set", async () => {
    const { first, stdout } = start(120, 36);
    expect(rowsIn(await first)).toBe(36);
    expect(stdout.chunks.join("")).not.toContain("\u001b[?1049h");
  });

  test("writes nothing when a second passes and nothing on the screen changes", async () => {
    const { first, stdout, screen } = start(120, 36);
    await first;
    const before = stdout.chunks.length;
    screen.tick();
    await new Promise((resolve) => setImmediate(resolve));
    expect(stdout.chunks.length).toBe(before);
  });

  test("lays itself out again for another size", async () => {
    const { first, stdout, controller } = start(120, 36);
    await first;
    const next = stdout.frame();
    controller.onResize(80, 24);
    chrome?.resize({ columns: 80, rows: 24 });
    // Ink may first write what it has, at the new width; the layout for the new size follows it.
    let rows = rowsIn(await next);
    while (rows !== 24) rows = rowsIn(await stdout.frame());
    expect(rows).toBe(24);
  });

  test("shows a key's effect in the next frame", async () => {
    const { first, stdout, press } = start(120, 36);
    await first;
    const next = stdout.frame();
    press("q");
    expect(await next).toContain("Leave the marathon?");
  });
});
