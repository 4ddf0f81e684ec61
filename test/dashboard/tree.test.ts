import { expect, test } from "vitest";
import { treeFacts } from "../../src/dashboard/facts/tree.ts";
import type { State } from "../../src/marathon/types.ts";
import { textOf } from "../../src/dashboard/lines.ts";
import { hierarchyRows } from "../../src/dashboard/views/hierarchy.ts";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureState, fixtureT } from "../support/marathon-fixture.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";
import { World } from "../marathon/world.ts";

const roles = (state: State, collapsed: Readonly<Record<string, boolean>> = {}) =>
  treeFacts(state, fixtureT, collapsed, new Set()).map((node) => (node.kind === "unfilled" ? `${node.count} unfilled` : node.role));

test("the tree has the chain above those who work, and one line for all roles that nobody uses", () => {
  const shown = roles(fixtureState());
  expect(shown.slice(0, 2)).toEqual(["ORCHESTRATOR", "ARCHITECT"]);
  expect(shown).toContain("COORD_QUALITY");
  expect(shown.at(-1)).toMatch(/^\d+ unfilled$/u);
  expect(shown.filter((role) => ["COORD_INTEL", "COORD_OPS", "HISTORIAN"].includes(role))).toEqual([]);
});

test("a role that a task asks for is shown with its commander before anybody has it", () => {
  const state = fixtureState();
  const tasks = state.plan.tasks.map((task, index) => (index === 0 ? { ...task, role: "TOOLSMITH" } : task));
  expect(roles({ ...state, plan: { ...state.plan, tasks } })).toContain("COORD_TOOLING");
});

test("a role that holds an open blocker is shown", () => {
  const state = fixtureState();
  const [id, blocker] = Object.entries(state.blockers)[0] ?? [];
  if (id === undefined || blocker === undefined) throw new Error("the fixture has lost its blockers");
  const held = { ...blocker, state: "open" as const, holder: { ...blocker.holder, role: "COORD_INTEL" } };
  expect(roles({ ...state, blockers: { ...state.blockers, [id]: held } })).toContain("COORD_INTEL");
});

test("a hierarchy that a person wrote is shown as a whole", () => {
  const state = fixtureState();
  const shown = roles({ ...state, hierarchy: { ...state.hierarchy, source: "roles.md" } });
  expect(shown).toContain("COORD_INTEL");
  expect(shown.join("\n")).not.toContain("unfilled");
});

test("a branch counts each kind of trouble below it by itself", () => {
  const rows = treeFacts(fixtureState(), fixtureT, {}, new Set());
  const leaves = rows.filter(({ kind }) => kind === "terminal");
  const count = (sign: string) => leaves.filter((leaf) => leaf.stuck && leaf.state === sign).length;
  expect([count("blocked"), count("asking")].every((each) => each > 0)).toBe(true);
  const signs = new Map(rows[0]?.below.signs.map((one) => [one.sign, one.count]));
  expect(Object.fromEntries(signs)).toMatchObject({ blocked: count("blocked"), asking: count("asking") });
  const top = hierarchyRows(dashboardParts({ columns: 200, rows: 60 }).screen.frame(), { width: 40, height: 54 })[0];
  expect(textOf(top?.line ?? [])).toMatch(new RegExp(`\\D${count("blocked")} \\D${count("asking")} `, "u"));
});

test("the line of unfilled roles unfolds to all of them as they stand in the chain, and folds again", () => {
  const parts = dashboardParts({ columns: 200, rows: 60 });
  const lines = () => hierarchyRows(parts.screen.frame(), { width: 40, height: 54 }).map(({ line }) => textOf(line).trimEnd());
  expect(lines()).toContainEqual(expect.stringMatching(/^▸ \d+ roles unfilled$/u));
  parts.press("H", "G", "l");
  expect(lines()).toContainEqual(expect.stringMatching(/^▾ \d+ roles unfilled$/u));
  const head = lines().findIndex((line) => line.includes("unfilled"));
  expect(lines().slice(head).join("\n")).toContain("COORD_OPS");
  parts.press("G", "h", "h", "h");
  expect(lines()).toContainEqual(expect.stringMatching(/^▸ \d+ roles unfilled$/u));
  expect(lines().join("\n")).not.toContain("COORD_OPS");
});

test("a role, and an agent that a session numbers, say what the plan has them do while the session is under way", () => {
  const crew = plan({
    hierarchy: CHAIN,
    tasks: [{ number: 1, session: "025", terminal: 1 }],
    sessions: [
      {
        id: "025",
        work: [
          { name: "COORD_QUALITY", role: "COORD_QUALITY", work: "keeps the gate", tasks: null },
          { name: "QA_TESTER_2", role: "QA_TESTER", work: "services n to z", tasks: 8 },
        ],
      },
    ],
  });
  const world = new World(crew).engine().up();
  world.take({ type: "agent-reported", terminal: 1, agent: "QA_TESTER_2", state: "busy", title: null, message: null });
  const titles = () => new Map(treeFacts(world.state, world.t, {}, new Set()).map(({ role, title }) => [role, title]));
  expect([titles().get("COORD_QUALITY"), titles().get("QA_TESTER")]).toEqual(["025 keeps the gate", "025 services n to z (8 tasks)"]);
  world.wait(5).done(1);
  expect(titles().get("COORD_QUALITY")).toBe("");
});
