/** Single components, alone, as ink-testing-library mounts them. */
import { cleanup, render } from "ink-testing-library";
import { Profiler, type ReactNode } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { EventLine } from "../../components/EventLine.tsx";
import { StatusLine } from "../../components/StatusLine.tsx";
import { GroundContext } from "../../components/use-frame.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";

afterEach(cleanup);

const nowhere = { arrange: () => {} };

describe("a component that draws one view", () => {
  function mount(Component: () => ReactNode) {
    const parts = dashboardParts({ columns: 100, rows: 30 });
    const drawn = render(
      <GroundContext.Provider value={{ screen: parts.screen, canvas: nowhere }}>
        <Component />
      </GroundContext.Provider>,
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
    await vi.waitFor(() => expect(frames.join("")).toMatch(/GroundContext\.Provider/u));
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
      <GroundContext.Provider value={{ screen, canvas: nowhere }}>
        <StatusLine />
      </GroundContext.Provider>,
    );
    expect(open).toBeGreaterThan(0);
    unmount();
    expect(open).toBe(0);
  });
});
