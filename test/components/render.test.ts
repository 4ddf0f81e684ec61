import { afterEach, describe, expect, test } from "vitest";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { showChrome, type ShownChrome } from "../support/shown-chrome.ts";

let shown: ShownChrome | null = null;
afterEach(() => {
  shown?.unmount();
  shown = null;
});

/** React draws what a change leads to before anything else of the process has its turn. */
const drawn = () => new Promise((resolve) => setImmediate(resolve));

describe("the chrome on its canvases", () => {
  function start(columns: number, rows: number) {
    const parts = dashboardParts({ columns, rows });
    shown = showChrome(parts.screen);
    return { ...parts, shown };
  }

  test("switches no mode of a terminal and erases nothing, also where CI is set", () => {
    const { shown: chrome } = start(120, 36);
    expect(chrome.written()).not.toMatch(/\u001b\[\?(?!2026|25)|\u001b\[\d*[JK]/u);
  });

  test("draws nothing when a second passes and nothing on the screen changes", async () => {
    const { shown: chrome, screen } = start(120, 36);
    const before = chrome.frames;
    screen.tick();
    await drawn();
    expect(chrome.frames).toBe(before);
  });

  test("draws the header and the clocks of blockers each second, and nothing else", async () => {
    const { shown: chrome, screen, pass } = start(160, 45);
    screen.tick();
    await drawn();
    const before = chrome.frames;
    for (let second = 0; second < 4; second++) {
      pass(1000);
      screen.tick();
      await drawn();
    }
    expect(chrome.frames - before).toBe(4);
  });

  test("lays itself out again for another size", async () => {
    const { shown: chrome, controller } = start(120, 36);
    controller.onResize(80, 24);
    await drawn();
    expect(chrome.rows()).toHaveLength(24);
    expect(chrome.rows().at(-1)).toContain("q leave");
  });

  test("shows a key's effect at once, over everything", async () => {
    const { shown: chrome, press } = start(120, 36);
    press("q");
    await drawn();
    expect(chrome.rows().join("\n")).toContain("Leave the marathon?");
    press("escape");
    await drawn();
    expect(chrome.rows().join("\n")).not.toContain("Leave the marathon?");
  });
});
