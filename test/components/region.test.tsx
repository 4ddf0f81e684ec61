/** Single components, alone, as ink-testing-library mounts them: at its one size, 100 columns. */
import { cleanup, render } from "ink-testing-library";
import { Box } from "ink";
import { Profiler, type ReactNode } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { EventLine } from "../../components/EventLine.tsx";
import { StatusLine } from "../../components/StatusLine.tsx";
import { ScreenContext } from "../../components/use-frame.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";

afterEach(cleanup);

describe("a component that draws one view", () => {
  function mount(Component: () => ReactNode) {
    const parts = dashboardParts({ columns: 100, rows: 30 });
    // Blocks lie at absolute places and so need a box of the screen's size around them, as <App> gives them.
    const drawn = render(
      <ScreenContext.Provider value={parts.screen}>
        <Box width={100} height={30}>
          <Component />
        </Box>
      </ScreenContext.Provider>,
    );
    return { ...parts, ...drawn };
  }

  test("says what has the keys, and follows when a key changes that", async () => {
    const { lastFrame, press } = mount(StatusLine);
    expect(lastFrame()).toMatch(/panes|board/iu);
    const before = lastFrame();
    press("z");
    await vi.waitFor(() => expect(lastFrame()).toMatch(/zoom/iu));
    expect(lastFrame()).not.toBe(before);
  });

  test("does not draw again for what it does not show", async () => {
    const draws = { events: 0, status: 0 };
    const counted = (name: keyof typeof draws, drawn: ReactNode) => (
      <Profiler key={name} id={name} onRender={() => draws[name]++}>
        {drawn}
      </Profiler>
    );
    const { press } = mount(() => [counted("events", <EventLine />), counted("status", <StatusLine />)]);
    expect(draws).toEqual({ events: 1, status: 1 });
    press("z");
    await vi.waitFor(() => expect(draws.status).toBe(2));
    expect(draws.events).toBe(1);
  });

  test("cannot be drawn outside of the dashboard, and says what is missing", async () => {
    const { frames } = render(<StatusLine />);
    await vi.waitFor(() => expect(frames.join("")).toMatch(/ScreenContext\.Provider/u));
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
      <ScreenContext.Provider value={screen}>
        <StatusLine />
      </ScreenContext.Provider>,
    );
    expect(open).toBeGreaterThan(0);
    unmount();
    expect(open).toBe(0);
  });
});
