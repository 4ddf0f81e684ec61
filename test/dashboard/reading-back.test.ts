import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { paneTitleBlocks } from "../../src/dashboard/views/panes.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureState } from "../support/marathon-fixture.ts";

test("the title of a pane whose terminal is being read back says so, at any width, until it is there", () => {
  for (const columns of [200, 120, 80]) {
    const { stores, screen } = dashboardParts({ state: fixtureState(), columns });
    const marks = { bell: false, notice: null, progress: null, title: "" };
    const titles = () =>
      paneTitleBlocks(screen.frame())
        .map(({ text }) => stripVTControlCharacters(text))
        .join("\n");
    stores.marks.update({ terminal: 1, ...marks, readingBack: true });
    expect(titles()).toContain("reading back…");
    stores.marks.update({ terminal: 1, ...marks });
    expect(titles()).not.toContain("reading back");
  }
});
