import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TreeFacts } from "../../src/dashboard/facts/types.ts";
import { lineWidth, span, textOf } from "../../src/dashboard/lines.ts";
import { createTheme } from "../../src/dashboard/theme.ts";
import { compactTree } from "../../src/dashboard/views/compact-tree.ts";
import { listRows } from "../../src/dashboard/views/list.ts";
import { paceShort } from "../../src/dashboard/views/pace.ts";
import { terminalRows } from "../../src/dashboard/views/terminals.ts";
import { statusLine } from "../../src/dashboard/views/status.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureState } from "../support/marathon-fixture.ts";

const { glyphs } = createTheme({ ascii: false, colour: false });

describe("a list", () => {
  test("fits, shows the selected item, and says how much it leaves out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
        fc.nat(40),
        fc.integer({ min: 1, max: 20 }),
        (heights, at, height) => {
          const items = heights.map((lines, item) => Array.from({ length: lines }, () => [span(`item ${item}`)]));
          const selected = at < items.length && (heights[at] ?? 0) > 0 && (heights[at] ?? 0) < height ? at : null;
          const rows = listRows(items, selected, height, glyphs);
          expect(rows.length).toBeLessThanOrEqual(height);
          if (selected !== null) expect(rows.some((row) => row.selected && row.item === selected)).toBe(true);
          const all = heights.reduce((sum, lines) => sum + lines, 0);
          if (all > height && height > 1) expect(textOf(rows.at(-1)?.line ?? [])).toMatch(/^⋯ .*(above|more)$/u);
        },
      ),
    );
  });
});

describe("a hierarchy that is too tall", () => {
  const node = fc.record({ depth: fc.nat(3), stuck: fc.boolean(), filled: fc.boolean() });
  const tree = fc.array(node, { maxLength: 40 }).map((nodes): TreeFacts[] => {
    const depths = nodes.reduce<number[]>((all, { depth }) => [...all, Math.min(depth, (all.at(-1) ?? -1) + 1)], []);
    const end = (index: number) => depths.findIndex((depth, other) => other > index && depth <= (depths[index] ?? 0));
    return nodes.map(({ stuck, filled }, index) => {
      const last = end(index) < 0 ? nodes.length : end(index);
      const children = last > index + 1;
      const leaf = !children && filled;
      const stuckBelow = nodes
        .slice(index + 1, last)
        .filter(
          (other, offset) => other.stuck && other.filled && depths[index + 1 + offset + 1] !== (depths[index + 1 + offset] ?? 0) + 1,
        ).length;
      return {
        id: String(index),
        kind: "role",
        depth: depths[index] ?? 0,
        role: `R${index}`,
        title: "",
        state: leaf ? (stuck ? "blocked" : "busy") : "absent",
        stuck: leaf && stuck,
        terminal: null,
        age: 0,
        children,
        folded: false,
        count: 1,
        span: null,
        below: { busy: 0, stuck: children ? stuckBelow : 0, signs: [] },
      };
    });
  });

  test("leaves out what is calm, and never what is stuck", () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 30 }), (nodes, height) => {
        const { rows } = compactTree(nodes, height);
        for (const one of nodes) if (one.stuck) expect(rows.has(one)).toBe(true);
        if (nodes.length <= height) expect(rows.size).toBe(nodes.length);
      }),
    );
  });
});

describe("nothing jumps", () => {
  test("signs, ages and counts of the terminals keep their columns while time goes on", () => {
    const parts = dashboardParts();
    const columnsNow = () =>
      terminalRows(parts.screen.frame(), { width: 70, height: 10 }).map(({ line }) => {
        const text = textOf(line);
        return [text.search(/[●○■?◌□]/u), text.search(/\d+\/ ?\d+/u), text.indexOf("/")].join(" ");
      });
    const before = columnsNow();
    expect(new Set(before.map((row) => row.split(" ")[0])).size).toBe(1);
    for (const seconds of [1, 9, 50, 60, 3600, 36_000]) {
      parts.pass(seconds * 1000);
      parts.screen.tick();
      expect(columnsNow()).toEqual(before);
    }
  });

  test("the status line keeps help and leaving at every width, and offers a restart only where something is dead", () => {
    const parts = dashboardParts();
    for (const width of [50, 60, 80, 120, 200]) expect(textOf(statusLine(parts.screen.frame(), width))).toMatch(/\? keys.*q leave/u);
    expect(textOf(statusLine(parts.screen.frame(), 200))).not.toContain("restart");
    parts.press("9");
    expect(textOf(statusLine(parts.screen.frame(), 200))).toContain("R restart it");
  });

  test("the status line at a blocker says what can be done about it, from 120 columns on all of it", () => {
    const parts = dashboardParts();
    parts.press("b");
    expect(textOf(statusLine(parts.screen.frame(), 120))).toMatch(/e escalate {2}r reassign {2}f fall back {2}x resolve.*q leave/u);
    expect(textOf(statusLine(parts.screen.frame(), 80))).toMatch(/e escalate.*q leave/u);
  });

  test("the status line offers the answer first while somebody asks, however little room there is", () => {
    const parts = dashboardParts();
    for (const width of [80, 120, 200]) {
      expect(textOf(statusLine(parts.screen.frame(), width))).toMatch(/ DASHBOARD {3}! who needs me {2}a answer.*q leave/u);
    }
  });

  test.each([
    ["t", "TIME"],
    ["p", "SCRATCHPAD"],
    ["z", "ZOOM"],
  ])("what fills the screen (%s) says how to come back, however little room there is", (key, title) => {
    const parts = dashboardParts();
    parts.press(key);
    for (const width of [80, 120, 200])
      expect(textOf(statusLine(parts.screen.frame(), width))).toMatch(new RegExp(` ${title}.*Esc back`, "u"));
  });

  test("the question how to leave counts those who wait for an answer", () => {
    const parts = dashboardParts();
    parts.press("q");
    expect(parts.screen.frame().view.overlay).toMatchObject({ body: [expect.stringMatching(/working; 1 waits for an answer\.$/u)] });
  });

  test("a stream that is on plan keeps the columns of those that are not", () => {
    const widths = [null, 0, 90_000, -7_200_000].map((behind) => lineWidth(paceShort(behind, glyphs)));
    expect(new Set(widths)).toEqual(new Set([6]));
  });

  test("a terminal that died with its engine is told as lost, and how to bring it back", () => {
    const state = fixtureState();
    const two = state.terminals[2];
    if (two === undefined) throw new Error("the fixture has lost terminal 2");
    const parts = dashboardParts({ state: { ...state, terminals: { ...state.terminals, 2: { ...two, state: "exited", lost: true } } } });
    expect(terminalRows(parts.screen.frame(), { width: 70, height: 10 }).map(({ line }) => textOf(line))[1]).toContain("† lost");
    parts.press("2", "enter");
    expect(parts.stores.view.getState().toasts.map((toast) => toast.text)).toEqual(["terminal 2 died with its engine: R restarts it"]);
  });
});

describe("the list of terminals of a mixed fleet", () => {
  const mixed = (width: number): readonly string[] => {
    const state = fixtureState();
    const [one, two] = [state.terminals[1], state.terminals[2]];
    if (!one || !two) throw new Error("the fixture has no terminals");
    const terminals = {
      ...state.terminals,
      1: { ...one, agent: "claude", model: "opus" },
      2: { ...two, agent: "codex", model: "gpt-5.2-codex" },
    };
    const { screen } = dashboardParts({ state: { ...state, terminals } });
    return terminalRows(screen.frame(), { width, height: 30 }).map(({ line }) => textOf(line));
  };

  test("names agent and model where there is room for both, and else the agent whole", () => {
    expect(mixed(110).join("\n")).toContain("claude:opus");
    expect(mixed(44).join("\n")).not.toMatch(/claude:|codex:|…:/u);
    expect(mixed(44).join("\n")).toMatch(/\bclaude\b[\s\S]*\bcodex\b/u);
  });
});
