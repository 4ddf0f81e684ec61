/** CPU time of one frame of the compositor at 200×60 with ten panes, each of them with new content in every row. */
import { Compositor } from "../../src/dashboard/terminal/compositor.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { layerAt } from "../../src/dashboard/terminal/layers.ts";
import { ColorMode, Content } from "../../src/protocol/cells.ts";

const PANES = { count: 10, cols: 38, rows: 26, across: 5 };
const FRAMES = 400;
const WARM_UP = 100;

/** Milliseconds a frame, averaged over a few hundred different ones; the filling of the panes is not counted. */
export function compositorFrame(): Promise<number> {
  const compositor = new Compositor({ cols: 200, rows: 60, depth: "truecolor", links: false });
  const panes = Array.from({ length: PANES.count }, () => new Grid(PANES.cols, PANES.rows));
  const layers = panes.map((pane, index) => layerAt(pane, (index % PANES.across) * 40 + 1, Math.floor(index / PANES.across) * 29 + 2));
  let spent = 0;
  let bytes = 0;
  for (let frame = 0; frame < WARM_UP + FRAMES; frame++) {
    panes.forEach((pane, index) => scrolled(pane, frame + index));
    const before = process.cpuUsage();
    bytes += compositor.frame(layers, null).length;
    const { user, system } = process.cpuUsage(before);
    if (frame >= WARM_UP) spent += (user + system) / 1_000;
  }
  if (bytes < (WARM_UP + FRAMES) * 1_000) throw new Error("the compositor wrote hardly anything: these frames did not change");
  return Promise.resolve(spent / FRAMES);
}

/** Text of an agent as it scrolls by: words in a few colours, every row another one than in the last frame. */
function scrolled(pane: Grid, frame: number): void {
  for (let y = 0; y < pane.rows; y++) {
    const line = frame + y;
    const fg = ColorMode.p16 | (line % 8);
    const length = 12 + ((line * 7) % (pane.cols - 12));
    for (let x = 0; x < pane.cols; x++) {
      const code = x < length && (x + line) % 6 !== 5 ? 97 + ((x * 3 + line * 5) % 26) : 32;
      pane.set(x, y, code | (1 << Content.widthShift), x < length ? fg : 0, 0);
    }
  }
}
