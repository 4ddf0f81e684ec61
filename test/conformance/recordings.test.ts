/** What programs wrote, through a whole pane, beside an emulator that is fed directly: every cell must be the same. */
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { random } from "./random.ts";
import { PanePath, type PaneSize } from "./pane-path.ts";

const FOLDERS = [join(import.meta.dirname, "recordings"), join(import.meta.dirname, "..", "..", "..", "shared", "recordings")];
const files = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".raw"))
    .map((name) => join(folder, name)),
);

/** Screens that a person has looked at; see record.ts. */
const looked = files.filter((file) => existsSync(screensOf(file)));

const SIZES: readonly PaneSize[] = [
  { cols: 80, rows: 24 },
  { cols: 44, rows: 16 },
  { cols: 190, rows: 58 },
];
const LARGEST = { cols: 190, rows: 58 };
/** What record.ts records at. */
const RECORDED = { cols: 80, rows: 24 };
/** Looks at the screen in the middle of a recording. */
const LOOKS = 40;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a recording shows in a pane what the emulator holds", () => {
  it.each(files.flatMap((file) => SIZES.map((size) => [basename(file), size.cols, size.rows, file] as const)))(
    "%s at %i×%i, in chunks of any length",
    (_name, cols, rows, file) => {
      const bytes = readFileSync(file);
      const next = random(cols);
      const path = new PanePath({ cols, rows });
      const gap = Math.max(1, Math.floor(bytes.length / LOOKS));
      for (let at = 0, lookAt = gap; at < bytes.length; ) {
        const end = Math.min(bytes.length, at + 1 + next(next(2) === 0 ? 40 : 4000));
        path.write(bytes.subarray(at, end));
        at = end;
        if (at < lookAt && at < bytes.length) continue;
        lookAt += gap;
        path.draw();
        expect(path.differences(), `after ${at} of ${bytes.length} bytes`).toEqual([]);
      }
      for (let back = rows; back < path.scroll(back) + rows; back += rows) {
        path.draw();
        expect(path.differences(), `scrolled back by ${back} lines`).toEqual([]);
      }
      path.dispose();
    },
  );

  it.each(files.map((file) => [basename(file), file] as const))("%s while the pane changes its size and place", (_name, file) => {
    const bytes = readFileSync(file);
    const next = random(7);
    const path = new PanePath(SIZES[0] as PaneSize, { largest: LARGEST });
    const gap = Math.max(1, Math.floor(bytes.length / LOOKS));
    for (let at = 0; at < bytes.length; at += gap) {
      path.write(bytes.subarray(at, at + gap));
      const size = next(3) === 0 ? (SIZES[next(SIZES.length)] as PaneSize) : { cols: 2 + next(188), rows: 1 + next(57) };
      path.resize(size, { x: next(9), y: next(5) });
      path.draw();
      expect(path.differences(), `after ${at} bytes, at ${size.cols}×${size.rows}`).toEqual([]);
    }
    path.dispose();
  });
});

describe("a session looks right in a pane", () => {
  it.each(looked.map((file) => [basename(file), file] as const))("%s, each time the program waits", (_name, file) => {
    const bytes = readFileSync(file);
    const path = new PanePath(RECORDED);
    let at = 0;
    for (const [, end, screen] of readFileSync(screensOf(file), "utf8").matchAll(/^== after (\d+) bytes\n([^]*?)(?=^== |$(?![^]))/gmu)) {
      path.write(bytes.subarray(at, Number(end)));
      at = Number(end);
      path.draw();
      const text = path.shown().map((row) => row.map((cell) => cell?.text ?? "").join(""));
      expect(
        text
          .map((line) => line.trimEnd())
          .join("\n")
          .trimEnd(),
        `after ${at} bytes`,
      ).toBe(withoutEnds(screen ?? ""));
    }
    expect(at).toBeGreaterThan(bytes.length / 2);
    path.dispose();
  });
});

function screensOf(file: string): string {
  return file.replace(/\.raw$/u, ".screens.txt");
}

function withoutEnds(screen: string): string {
  return screen.replace(/[^\S\n]+$/gmu, "").trimEnd();
}
