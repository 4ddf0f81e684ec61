import { describe, expect, test } from "vitest";
import { dashboardParts } from "../support/dashboard-parts.ts";

/** What the engine has answered by then is there. */
const answered = () => new Promise((resolve) => setImmediate(resolve));

// That it opens where they have waited for it is a story of test/scenes/answer.test.ts.
describe("a page that the engine's answer opens", () => {
  test.each([
    ["a", "/"],
    ["w", "/"],
    ["a", "?"],
    ["a", "1"],
    ["w", "p"],
  ])("after %s is not opened over what they have turned to since (%s): its keys are meant for that", async (asks, turns) => {
    const { stores, press } = dashboardParts();
    press("7", asks, turns);
    const { overlay, search, view, focused } = stores.view.getState();
    await answered();
    expect(stores.view.getState()).toMatchObject({ overlay, search, view, focused });
    expect(stores.view.getState().overlay.kind).not.toBe("answer");
  });
});
