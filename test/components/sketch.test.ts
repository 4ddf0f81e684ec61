import { describe, expect, test } from "vitest";
import { later } from "../../src/dashboard/later.ts";
import { Chrome } from "../../src/dashboard/terminal/chrome.ts";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { sketchBlocks } from "../../src/dashboard/views/sketch.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { showChrome } from "../support/shown-chrome.ts";

describe("the sketch that is shown while Ink is loaded", () => {
  test.each([
    [200, 60],
    [160, 45],
    [120, 36],
    [80, 24],
    [50, 12],
  ])("is at %i×%i the frame that Ink then draws, byte for byte", (cols, rows) => {
    const { screen } = dashboardParts({ columns: cols, rows });
    const shown = showChrome(screen);
    const chrome = new Chrome({ colors: true, onFrame: () => {}, later });
    chrome.sketch(() => sketchBlocks(screen.frame()));
    const sketch = new Compositor({ cols, rows, depth: "truecolor", links: false }).frame(chrome.layers("below the terminals"), null);
    expect(sketch.toString("utf8")).toBe(shown.written());
    shown.unmount();
  });
});
