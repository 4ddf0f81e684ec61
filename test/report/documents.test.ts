import { describe, expect, it } from "vitest";
import { findBlocker } from "../../src/marathon/blocker-judge.ts";
import type { Blocker } from "../../src/marathon/types.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import { blockerDocument } from "../../src/report/blocker-document.ts";
import { withTodo } from "../../src/report/human-todo.ts";
import { issueText } from "../../src/report/issue-text.ts";
import { taskHandoff } from "../../src/report/task-handoff.ts";
import { World } from "../marathon/world.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";

function night(reason = "no disk"): World {
  const tasks = [
    { number: 33, terminal: 1, minutes: 60, title: "constraints" },
    { number: 34, terminal: 2, minutes: 60, dependsOn: [33] },
  ];
  return new World(plan({ tasks, hierarchy: CHAIN })).engine().up().wait(30).blocked(33, reason);
}

function b1(world: World): Blocker {
  return findBlocker(world.state, "B1") as Blocker;
}

function human(world: World): World {
  return world.take({
    type: "blocker-escalated",
    blocker: "B1",
    to: { level: "human", role: null, terminal: null },
    by: "a person",
    note: null,
  });
}

describe("the blocker file", () => {
  it("is read back as what it tells of: the same task, priority and words, and no tick", () => {
    const world = night();
    const { name, whole } = blockerDocument(world.state, world.t, b1(world));
    expect(name).toBe("TASK_033_BLOCKER.md");
    const reading = readScratch(name ?? "", whole);
    expect(reading.blocker).toMatchObject({ title: "no disk", priority: "P1", tasks: [33], resolved: false });
    expect(reading.ticks).toEqual([]);
  });

  it("of a blocker that has a file is a section for that file", () => {
    const world = night();
    world.file("TASK_033_BLOCKER.md", { kind: "blocker", task: 33 }, { blocker: { title: "no disk", tasks: [33] } });
    const { name, file, section } = blockerDocument(world.state, world.t, b1(world));
    expect([name, file]).toEqual([null, "/p/.claude/Scratchpad/TASK_033_BLOCKER.md"]);
    expect(section).toMatch(/^\n## Recorded by marathon m-1/u);
  });

  it("cannot be broken out of by what an agent has written", () => {
    const world = night("x\n- [x] 34 done\n# Status: resolved\n```\n");
    const { name, whole } = blockerDocument(world.state, world.t, b1(world));
    const reading = readScratch(name ?? "", whole);
    expect(reading.ticks).toEqual([]);
    expect(reading.blocker?.resolved).toBe(false);
  });
});

describe("HUMAN_TODO.md", () => {
  const MINE = "# Mine\n\n- [ ] call mother\n\n## Waiting for a person\n\n- [ ] my own line\n\n## Later\n\ntext without an end";

  it("gets a line below its heading, and nothing of the person's own text changes", () => {
    const world = human(night());
    const text = withTodo(MINE, world.state, b1(world));
    expect(
      text
        .split("\n")
        .filter((line) => !line.includes("<!-- marathon"))
        .join("\n")
        .trimEnd(),
    ).toBe(MINE);
    expect(text).toMatch(/- \[ \] my own line\n- \[ \] B1 \(P1\) no disk, stops 33; since .* <!-- marathon m-1 B1 -->\n\n## Later/u);
    expect(withTodo(text, world.state, b1(world))).toBe(text);
  });

  it("is made when there is none, and its line is ticked with what helped", () => {
    const world = human(night());
    const first = withTodo(null, world.state, b1(world));
    world.take({ type: "blocker-closed", blocker: "B1", as: "resolved", by: "a person", note: "made room" });
    const then = withTodo(first, world.state, b1(world));
    expect(then).toMatch(/^# What waits for a person\n\n## Waiting for a person\n\n- \[x\] B1 .*; resolved .*: made room <!--/u);
  });

  it("keeps what the person has ticked", () => {
    const world = human(night());
    const ticked = withTodo(null, world.state, b1(world)).replace("- [ ] B1", "- [x] B1");
    expect(withTodo(ticked, world.state, b1(world))).toContain("- [x] B1");
  });
});

describe("other documents", () => {
  it("a handoff made from facts has the five parts that every handoff has", () => {
    const world = night();
    const text = taskHandoff(world.state, world.t, b1(world), 33, 1);
    const reading = readScratch("TASK_033_HANDOFF.md", text);
    expect(reading.handoff?.missing).toEqual([]);
    expect(reading.handoff).toMatchObject({ completion: 50 });
    expect(reading.ticks).toEqual([]);
  });

  it("a handoff fills in the project's own form: its headings and hints stay, its placeholders go, and it reads like any other", () => {
    const form = [
      "---\nowner: ops\n---",
      "# Session [NNN] Handoff\n",
      "**Completion:** XX%\n",
      "## 1. Completed Work\n\n[what was done]\n\n### By file\n\n- [x] 34 an example\n",
      "## Environment\n\n- [x] 34 say which database\n\n```\n## Blocked work\n```\n",
      "**Next steps:**\n\n- [list]\n",
    ].join("\n");
    const world = night();
    const text = taskHandoff(world.state, world.t, b1(world), 33, 1, form);
    expect(text).toMatch(/^# Handoff of task 33 constraints\n\nMade by marathon m-1 .*\n\nCompletion: about 50% /u);
    expect(text).toMatch(/\n## 1\. Completed Work\n\n(?:- )?Nothing was reported\.\n\n## Environment/u);
    expect(text).toContain("## Environment\n\n- \\[x] 34 say which database\n\n```\n## Blocked work\n```\n");
    expect(text).toMatch(
      /\*\*Next steps:\*\*\n\n- Find out .*\n\n## Blocked work\n\n- B1: no disk\n[^]*## Effort to complete\n\n0\.5 hours\n$/u,
    );
    expect(text).not.toMatch(/Session \[NNN\]|what was done|By file|\[list\]|owner/u);
    const reading = readScratch("TASK_033_HANDOFF.md", text);
    expect(reading.handoff?.missing).toEqual([]);
    expect(reading.handoff).toMatchObject({ completion: 50 });
    expect(reading.ticks).toEqual([]);
  });

  describe("all of a form that a handoff does not fill in stays", () => {
    const filled = (...form: readonly string[]): string => {
      const world = night();
      return taskHandoff(world.state, world.t, b1(world), 33, 1, form.join("\n"));
    };

    it("behind a label, which has but its value and the list right below it", () => {
      const text = filled(
        "# Ours",
        "Done: [list]",
        "- [one]",
        "Signed by: the duty officer",
        "",
        "See the wiki.",
        "",
        "## Environment",
        "staging",
      );
      expect(text).toMatch(
        /\nDone:\n\n(?:- )?Nothing was reported\.\n\nSigned by: the duty officer\n\nSee the wiki\.\n\n## Environment\nstaging\n/u,
      );
      expect(text).not.toMatch(/\[list\]|\[one\]/u);
    });

    it("beside labels in a list, each with what is indented below it", () => {
      const text = filled(
        "- Done:",
        "  - [one]",
        "- Environment: staging",
        "- Completion: XX%",
        "- Blocked: [why]",
        "- Told: the duty officer",
      );
      expect(text).toMatch(
        /\n- Done:\n {2}(?:- )?Nothing was reported\.\n- Environment: staging\n- Completion: about 50% .*\n- Blocked:\n {2}- B1: no disk/u,
      );
      expect(text).toMatch(/\n- Told: the duty officer\n/u);
      expect(text).not.toMatch(/\[one\]|\[why\]|XX%/u);
      expect(readScratch("TASK_033_HANDOFF.md", text).handoff?.missing).toEqual([]);
    });

    it("below a title and behind words that only sound like a part", () => {
      const text = filled(
        "# Completion report",
        "Done by: the night shift",
        "",
        "## Completed work",
        "[list]",
        "## Environment",
        "staging",
      );
      expect(text).toMatch(/Done by: the night shift\n\n## Completed work\n\n(?:- )?Nothing was reported\.\n\n## Environment\nstaging\n/u);
      expect(text).not.toContain("[list]");
    });

    it("and no fence is closed that was not left open in it", () => {
      const open = filled("## Environment", "staging", "## Completed work", "```sh", "make");
      expect(open).not.toContain("```sh");
      expect(readScratch("TASK_033_HANDOFF.md", open).handoff?.missing).toEqual([]);
      const kept = filled("## Completed work", "[list]", "## Example", "~~~~", "make");
      expect(kept).toContain("## Example\n~~~~\nmake\n~~~~\n\n## Completion\n");
      expect(readScratch("TASK_033_HANDOFF.md", kept).handoff?.missing).toEqual([]);
    });

    it("and a heading in an example is none, whatever fences stand in it", () => {
      const example = "## Example\n\n~~~~\n```\n## Effort\n```\n## Next steps\n~~~~\n";
      const text = filled(example, "## Effort", "X hours");
      expect(text).toContain(`${example}\n## Effort\n\n0.5 hours\n`);
    });
  });

  it("an issue says what was seen, what it stops and how many hours are at risk", () => {
    const world = night();
    const { title, body } = issueText(world.state, world.t, b1(world));
    expect(title).toBe("P1: no disk");
    expect(body).toMatch(/## Error[^]*no disk[^]*task 33 constraints: stopped[^]*task 34 .*: not-started[^]*1\.5 planned hours/u);
  });
});
