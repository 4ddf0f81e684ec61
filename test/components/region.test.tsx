/** Single components, alone, as ink-testing-library mounts them. */
import { cleanup, render } from "ink-testing-library";
import { Profiler, type ReactNode } from "react";
import { afterEach, describe, expect, test } from "vitest";
import { PaneTitles } from "../../components/PaneTitles.tsx";
import { StatusLine } from "../../components/StatusLine.tsx";
import { GroundContext } from "../../components/use-ground.ts";
import { later } from "../../src/dashboard/later.ts";
import { Canvas } from "../../src/dashboard/terminal/canvas.ts";
import { Grid } from "../../src/dashboard/terminal/grid.ts";
import { InkTurns } from "../../src/dashboard/terminal/ink-turns.ts";
import { seenInGrid } from "../dashboard-terminal/outer-terminal.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { eventually } from "../support/eventually.ts";

afterEach(cleanup);

describe("a component that draws one view", () => {
  function mount(Component: () => ReactNode) {
    const parts = dashboardParts({ columns: 100, rows: 30 });
    // Ink's frames go to the test and not to the canvas.
    const canvas = Object.assign(new Canvas({ colors: true, onFrame: () => {} }), { isDrawn: () => true });
    const drawn = render(
      <GroundContext.Provider value={{ screen: parts.screen, canvas, turns: new InkTurns(later) }}>
        <Component />
      </GroundContext.Provider>,
    );
    return {
      ...parts,
      ...drawn,
      onCanvas: () =>
        seenInGrid(canvas.layers[0]?.grid ?? new Grid(0, 0))
          .map(textOf)
          .join("\n"),
    };
  }

  test("says what has the keys, and shows it at once when a key changes that", () => {
    const { lastFrame, press, onCanvas } = mount(StatusLine);
    expect(lastFrame()).toMatch(/panes|board|dashboard/iu);
    press("z");
    expect(onCanvas()).toMatch(/zoom/iu);
  });

  test("has Ink lay out what has other places, once, and nothing for a text that changes in its place", async () => {
    const draws = { titles: 0, status: 0 };
    const counted = (name: keyof typeof draws, drawn: ReactNode) => (
      <Profiler key={name} id={name} onRender={() => draws[name]++}>
        {drawn}
      </Profiler>
    );
    const { press } = mount(() => [counted("titles", <PaneTitles />), counted("status", <StatusLine />)]);
    expect(draws).toEqual({ titles: 1, status: 1 });
    press("z", "escape", "z");
    await eventually(() => expect(draws.titles).toBe(2));
    expect(draws.status).toBe(1);
  });

  test("cannot be drawn outside of the dashboard, and says what is missing", async () => {
    const { frames } = render(<StatusLine />);
    await eventually(() => expect(frames.join("")).toMatch(/GroundContext\.Provider/u));
  });

  test("lets go of the stores when it is unmounted", () => {
    const parts = dashboardParts({ columns: 100, rows: 30 });
    let open = 0;
    const screen = {
      ...parts.screen,
      frame: () => parts.screen.frame(),
      subscribe: (listener: () => void) => {
        const stop = parts.screen.subscribe(listener);
        open++;
        return () => {
          open--;
          stop();
        };
      },
    };
    const { unmount } = render(
      <GroundContext.Provider value={{ screen, canvas: new Canvas({ colors: true, onFrame: () => {} }), turns: new InkTurns(later) }}>
        <StatusLine />
      </GroundContext.Provider>,
    );
    expect(open).toBeGreaterThan(0);
    unmount();
    expect(open).toBe(0);
  });
});

function textOf(row: readonly ({ readonly text: string } | null)[]): string {
  return row.map((cell) => cell?.text ?? "").join("");
}
