/** The chrome as a person sees it: the real components on their canvases, put together by the compositor. */
import { renderChrome } from "../../components/render.tsx";
import type { Screen } from "../../src/dashboard/screen.ts";
import { later } from "../../src/dashboard/later.ts";
import { Chrome } from "../../src/dashboard/terminal/chrome.ts";
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import type { ColorDepth } from "../../src/protocol/colors.ts";
import { createEmulator } from "../../src/screen/xterm.ts";

export interface ShownChrome {
  /** One text per row of the screen, blank ends cut. */
  rows(): readonly string[];
  /** What would be written to a terminal that shows nothing yet. */
  written(depth?: ColorDepth): string;
  /** How often a region was drawn so far. */
  readonly frames: number;
  unmount(): void;
}

/** `when` decides when Ink has its turn. */
export function showChrome(screen: Screen, when = later): ShownChrome {
  const drawn = { frames: 0 };
  const chrome = new Chrome({ colors: true, onFrame: () => drawn.frames++, later: when });
  const stop = renderChrome(screen, chrome);
  const written = (depth: ColorDepth = "truecolor") => {
    const { columns: cols, rows } = screen.frame().layout.size;
    const layers = [...chrome.layers("below the terminals"), ...chrome.layers("over the terminals")];
    return new Compositor({ cols, rows, depth, links: false }).frame(layers, null).toString("utf8");
  };
  return {
    written,
    rows() {
      const { columns: cols, rows } = screen.frame().layout.size;
      const emulator = createEmulator({ cols, rows, scrollback: 0 });
      emulator.parseNow(Buffer.from(`\x1b[?7l${written()}`));
      const { active } = emulator.terminal.buffer;
      return Array.from({ length: rows }, (_, y) => active.getLine(y)?.translateToString(true) ?? "");
    },
    get frames() {
      return drawn.frames;
    },
    unmount() {
      stop();
      chrome.dispose();
    },
  };
}

/** The rows once, for tests that look and go. */
export function chromeRows(screen: Screen): readonly string[] {
  const shown = showChrome(screen);
  try {
    return shown.rows();
  } finally {
    shown.unmount();
  }
}
