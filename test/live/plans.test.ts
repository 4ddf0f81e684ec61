/** What happens to files: corrected in place, imported, begun anew, and never written over. */
import { readFileSync, statSync, symlinkSync, chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workplace } from "../support/marathon-run.ts";

const WRONG =
  "\uFEFF# P\r\n\r\n## Stream A: x (5 Tasks)\r\n\r\n| # | Task | Run |\r\n|---|---|---|\r\n| 1 | a | `true` |\r\n| 2 | b | `true` |";

describe("check --fix", () => {
  it("shows a diff and writes nothing; with --write it changes the figure and no other byte, through a link, with its mode", async () => {
    await using place = workplace();
    const path = place.file("plan.md", WRONG);
    chmodSync(path, 0o640);
    const link = join(place.home.project, "link.md");
    symlinkSync(path, link);
    const shown = await place.run(["check", "--fix", "link.md"]);
    expect(shown.stdout).toContain("-## Stream A: x (5 Tasks)\r\n+## Stream A: x (2 Tasks)\r\n");
    expect(readFileSync(path, "utf8")).toBe(WRONG);
    const written = await place.run(["check", "--fix", "--write", "link.md"]);
    expect([written.code, written.stdout]).toEqual([0, shown.stdout]);
    expect(readFileSync(path, "utf8")).toBe(WRONG.replace("(5 Tasks)", "(2 Tasks)"));
    expect(statSync(link).mode & 0o777).toBe(0o640);
    expect((await place.json(["check", "link.md"])).problems).toEqual([]);
  });

  it("refuses to write without --fix", async () => {
    await using place = workplace();
    place.file("plan.md", WRONG);
    const ran = await place.run(["check", "--write", "plan.md"]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("--fix");
  });
});

describe("import", () => {
  it("writes a plan that passes check with the same tasks and dependencies, and never over a file", async () => {
    await using place = workplace();
    place.file("tasks.md", "# Tasks: P\n\n## Phase 1: Setup\n\n- [x] T001 Begin\n- [ ] T002 Go on (depends on T001)\n");
    const value = await place.json(["import", "tasks.md", "--write", "plan.md"]);
    const check = await place.json(["check", "plan.md"]);
    const brief = (task: { number: number; title: string; dependsOn: number[] }) => [task.number, task.title, task.dependsOn];
    expect(check.tasks.map(brief)).toEqual(value.tasks.map(brief));
    const again = await place.run(["import", "tasks.md", "--write", "plan.md"]);
    expect([again.code, again.stdout]).toEqual([1, ""]);
    expect(again.stderr).toContain("plan.md is there already");
  });

  it("writes nothing that could not be run, and says why", async () => {
    await using place = workplace();
    const issue = (id: string, on: string) => JSON.stringify({ id, title: id, dependencies: [{ depends_on_id: on, type: "blocks" }] });
    place.file("issues.jsonl", [issue("a", "b"), issue("b", "a")].join("\n"));
    const ran = await place.run(["import", "issues.jsonl", "--write", "plan.md"]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain("these tasks wait for one another");
    expect((await place.run(["check", "plan.md"])).stdout).toContain("there is no such file");
  });
});

describe("new", () => {
  it("writes a plan without a fault from options, and never over a file", async () => {
    await using place = workplace();
    expect((await place.run(["new", "p.md", "--title", "A night", "--streams", "One, Two", "--tasks", "4"])).code).toBe(0);
    const value = await place.json(["check", "p.md"]);
    expect([value.title, value.totals.tasks, value.problems]).toEqual(["A night", 8, []]);
    const again = await place.run(["new", "p.md"]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("not written over");
  });

  it("asks on a terminal, and asks again after an answer that cannot be", async () => {
    await using place = workplace();
    const terminal = place.open(["new", "night.md"], { cols: 80, rows: 24 });
    const answer = async (question: string, text: string) => {
      await terminal.waitFor(question);
      terminal.keys(`${text}\r`);
    };
    await answer("called?", "Night");
    await answer("comma?", "Paint, Sand");
    await answer("How many tasks", "none");
    await answer("a whole number from 1 to 100", "2");
    await answer("How many terminals", "");
    await answer("Which agent", "");
    await answer("Minutes", "");
    await terminal.waitFor("wrote night.md");
    expect((await place.json(["check", "night.md"])).totals.tasks).toBe(4);
  });
});
