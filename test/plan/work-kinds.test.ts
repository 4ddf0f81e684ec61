import { describe, expect, it } from "vitest";
import { assignmentFor } from "../../src/engine/agents/assignment.ts";
import { assignmentText } from "../../src/commands/assignment-text.ts";
import { planChanges } from "../../src/marathon/time/plan-changes.ts";
import { statusJson, whyJson } from "../../src/marathon/status.ts";
import { checkJson } from "../../src/plan/check-json.ts";
import { kindWords } from "../../src/plan/work-kinds.ts";
import { World } from "../marathon/world.ts";
import { codes, planOf, read, taskOf } from "./shared.ts";

const table = (cell: string, header = "Kind") =>
  `# P\n\n| # | Task | ${header} | Terminal |\n|---|---|---|---|\n| 1 | Look at every security hole | ${cell} | 1 |\n`;
const said = (cell: string, header?: string) => {
  const { kind, security } = taskOf(planOf(read(table(cell, header))), 1);
  return [kind, security];
};

describe("the kind of a task", () => {
  it.each([
    ["edits", "edits"],
    ["Similar edits", "edits"],
    ["validation", "checks"],
    ["for-each", "each"],
    ["`each`", "each"],
    ["search", "search"],
    ["**Batches**", "batch"],
  ])("%s is %s", (cell, kind) => expect(said(cell)).toEqual([kind, undefined]));

  it("may say that it is a security item, alone or beside one sort of work, in any order", () => {
    expect(said("security")).toEqual([undefined, true]);
    expect(said("search, security")).toEqual(["search", true]);
    expect(said("Security / search")).toEqual(["search", true]);
  });

  it("is not guessed from a title", () => {
    expect(said("")).toEqual([undefined, undefined]);
    expect(said("-")).toEqual([undefined, undefined]);
  });

  it("may be headed in other words, and stand below an item of a task list", () => {
    expect(said("batch", "Kind of work")).toEqual(["batch", undefined]);
    expect(said("batch", "Work kind")).toEqual(["batch", undefined]);
    const list = planOf(read("# P\n\n- [ ] 1 Sweep\n  - Kind: search, security\n"));
    expect(taskOf(list, 1)).toMatchObject({ kind: "search", security: true });
  });

  it("stays a security item beside a word that is none of the plan's", () => {
    const reading = read(table("security, sideways"));
    expect(taskOf(planOf(reading), 1)).toMatchObject({ security: true });
    expect(reading.problems.map(({ code }) => code)).toEqual(["bad-kind"]);
  });

  it.each(["sideways", "search and batch", "constructor", "security, sideways"])(
    "%s is a warning, where it stands, with what it may be",
    (cell) => {
      const reading = read(table(cell));
      expect(codes(reading, "warning")).toEqual(["bad-kind"]);
      expect(reading.problems).toMatchObject([{ file: "plan.md", line: 5, column: 37, message: `"${cell}" is no kind` }]);
      expect(reading.problems[0]?.advice).toContain("edits, checks, each, search or batch; and security");
      expect(taskOf(planOf(reading), 1)).not.toHaveProperty("kind");
    },
  );

  it("is no column of a plan that has none: journals and edits of such plans stay as they were", () => {
    const plan = planOf(read("# P\n\n| # | Task | Terminal |\n|---|---|---|\n| 1 | One | 1 |\n"));
    expect(taskOf(plan, 1)).not.toHaveProperty("kind");
    expect(taskOf(plan, 1)).not.toHaveProperty("security");
    expect(planChanges(plan, plan).changed).toEqual([]);
  });
});

describe("the kind of a task is told", () => {
  const plan = planOf(read(table("search, security")));
  const world = new World(plan).engine().up();

  it("by check and status as JSON; null and false where the plan says nothing", () => {
    expect(checkJson({ plan, problems: [] })).toMatchObject({ tasks: [{ kind: "search", security: true }] });
    const bare = planOf(read(table("")));
    expect(checkJson({ plan: bare, problems: [] })).toMatchObject({ tasks: [{ kind: null, security: false }] });
    expect(statusJson(world.state, 0, null, { journal: "/j" })).toMatchObject({ tasks: [{ number: 1, kind: "search" }] });
  });

  it("to the agent, and by what shows its assignment", () => {
    const assignment = assignmentFor(world.state, 1);
    expect(assignment.tasks).toMatchObject([{ kind: "search", security: true }]);
    expect(assignmentText(assignment, "/state/a.json")).toContain("1 Look at every security hole (running) · search, security\n");
  });

  it("beside the task in hand, on the page about a terminal", () => {
    expect(whyJson(world.state, 1)).toMatchObject({ work: { number: 1, kind: "search", security: { done: 0, of: 4 } } });
    expect(whyJson(new World(plan).engine().state, 1)).not.toHaveProperty("work");
    expect(kindWords({ kind: "each" })).toBe("the same for each");
  });

  it("as a change, when an edit of the plan files changes it", () => {
    const { changed } = planChanges(plan, planOf(read(table("batch"))));
    expect(changed.map(({ what }) => what)).toEqual([["kind", "security"]]);
  });
});
