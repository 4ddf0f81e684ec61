import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { paneTitleBlocks } from "../../src/dashboard/views/panes.ts";
import { hierarchyRows } from "../../src/dashboard/views/hierarchy.ts";
import { whyNotice } from "../../src/dashboard/views/why-notice.ts";
import { textOf } from "../../src/dashboard/lines.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureState } from "../support/marathon-fixture.ts";

/** The marathon of a plan that gives its terminals no names. */
function nameless() {
  const state = fixtureState();
  const terminals = Object.values(state.terminals).map((terminal) => [
    terminal.number,
    { ...terminal, stream: null, role: null, label: null },
  ]);
  return dashboardParts({ state: { ...state, terminals: Object.fromEntries(terminals), hierarchy: { ...state.hierarchy, roles: [] } } });
}

it("a terminal without a name has its task's number beside its own, with a word between them", () => {
  const { screen } = nameless();
  const titles = paneTitleBlocks(screen.frame())
    .filter(({ key }) => key.startsWith("pane-left"))
    .map(({ text }) => stripVTControlCharacters(text));
  expect(
    titles.some((title) => /^ \d+ {2}task \d+ /u.test(title)),
    titles.join("\n"),
  ).toBe(true);
  expect(titles.join("\n")).not.toMatch(/^ \d+ +·/mu);
});

it("the tree parts the number of a terminal without a name from that of its task", () => {
  const { screen } = nameless();
  const rows = hierarchyRows(screen.frame(), { width: 60, height: 30 }).map(({ line }) => textOf(line));
  expect(rows.join("\n")).toMatch(/terminal 1 · \d+ /u);
});

it("why tells a rehearsal's own time apart from real time", () => {
  const answer = {
    now: "2026-11-21T12:41:11Z",
    state: "busy",
    kind: null,
    source: "task",
    evidence: null,
    since: "2026-11-21T12:41:00Z",
    usage: null,
    context: null,
    limits: [],
    considered: [{ source: "process", state: "busy", evidence: null, at: "2026-11-21T12:41:08Z" }],
  };
  const body = (ownMs: number | null) => {
    const notice = whyNotice(1, answer, ownMs);
    return notice.kind === "notice" ? notice.body.join("\n") : "";
  };
  expect(body(11 * 60_000)).toMatch(/for 11m \(11s of real time\)[^]*3s of real time ago/u);
  expect(body(null)).toMatch(/for 11s\n[^]*, 3s ago/u);
});
