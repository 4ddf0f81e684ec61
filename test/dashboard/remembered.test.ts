import { describe, expect, it } from "vitest";
import { remembered } from "../../src/dashboard/remembered.ts";
import type { Frame } from "../../src/dashboard/screen.ts";

/** As much of a frame as these views read. */
function frame(changes: object = {}): Frame {
  return { view: { focused: 1, area: "panes" }, facts: { counts: { done: 3 } }, marks: {}, now: 1000, ...changes } as unknown as Frame;
}

function counted<T>(view: (frame: Frame) => T) {
  let asked = 0;
  const known = remembered((now: Frame) => {
    asked++;
    return view(now);
  });
  return { known, asked: () => asked };
}

describe("a remembered view", () => {
  it("is not asked again for another frame in which all that it read is the same", () => {
    const { known, asked } = counted(({ view, facts }) => [view.focused, facts?.counts]);
    const { facts } = frame();
    const said = known(frame({ facts }));
    expect(known(frame({ facts, now: 2000, view: { focused: 1, area: "streams" } }))).toBe(said);
    expect(asked()).toBe(1);
  });

  it("is asked again when anything differs that it read", () => {
    const { known, asked } = counted(({ view, now }) => view.area + now);
    expect(known(frame())).toBe("panes1000");
    expect(known(frame({ view: { area: "streams" } }))).toBe("streams1000");
    expect(known(frame({ view: { area: "streams" }, now: 5 }))).toBe("streams5");
    expect(asked()).toBe(3);
  });

  it("notices what it reads now and did not read before", () => {
    const { known } = counted(({ view, now }) => (view.area === "panes" ? 0 : now));
    known(frame());
    expect(known(frame({ view: { area: "streams" }, now: 7 }))).toBe(7);
    expect(known(frame({ view: { area: "streams" }, now: 8 }))).toBe(8);
  });

  it("notices that a part comes or goes of which it read nothing", () => {
    const { known } = counted(({ facts }) => facts === null);
    expect([known(frame()), known(frame({ facts: null })), known(frame())]).toEqual([false, true, false]);
  });

  it("notices that something comes of which it only asked whether it is there", () => {
    const { known } = counted(({ view }) => "led" in view);
    expect(known(frame())).toBe(false);
    expect(known(frame({ view: { focused: 1, area: "panes", led: true } }))).toBe(true);
    expect(known(frame())).toBe(false);
  });

  it("notices a change in a part that it copied", () => {
    const { known } = counted(({ view }) => ({ ...view }));
    known(frame());
    expect(known(frame({ view: { focused: 1, area: "panes", led: true } }))).toMatchObject({ focused: 1 });
    expect(known(frame({ view: { focused: 2, area: "panes" } }))).toMatchObject({ focused: 2 });
  });
});
