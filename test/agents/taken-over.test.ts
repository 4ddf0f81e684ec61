import { describe, expect, it } from "vitest";
import { Share } from "../../src/engine/agents/share.ts";
import { takenOver } from "../../src/engine/agents/taken-over.ts";
import { World } from "../marathon/world.ts";
import { plan } from "../support/plan-builder.ts";

/** Everything is there, and nothing is a link. */
const files = { real: (path: string) => path, list: () => null };

function moved(): World {
  const tasks = [
    { number: 1, terminal: 1, title: "tests", target: "test/a.ts", from: "red", to: "green" },
    { number: 2, terminal: 2 },
    { number: 3, terminal: 2, dependsOn: [1] },
  ];
  const world = new World(plan({ tasks })).engine().up();
  world.file(
    "TASK_001_BLOCKER.md",
    { kind: "blocker", task: 1 },
    { blocker: { title: "no disk", cause: "old builds", tried: ["a clean"], notTried: ["a bigger disk"], tasks: [1] } },
  );
  world.file("secret_BLOCKER.md", { kind: "blocker" }, { blocker: { title: "no disk", reason: "the password is x", tasks: [1] } });
  return world.take({ type: "blocker-reassigned", blocker: "B1", tasks: [1], to: 2, why: "idle", by: "a person", note: "try there" });
}

describe("work that comes from another terminal", () => {
  it("brings along why, what is assumed, what was decided, what is expected and where to report, with absolute paths", () => {
    const pack = takenOver(moved().state, 1, "/p/.claude/Scratchpad", new Share("/p", [], files));
    expect(pack).toMatchObject({
      from: 1,
      blocker: "B1",
      decisionContext: "no disk",
      assumptions: ["cause, as it was reported: old builds", "not tried yet: a bigger disk"],
      expectedOutcome: "1 tests (test/a.ts), from red to green, done and checked; 3 wait for it",
      handoffFile: "/p/.claude/Scratchpad/TASK_001_HANDOFF.md",
    });
    expect(pack?.priorDecisions).toEqual([
      "tried without success: a clean",
      expect.stringMatching(/^reassigned to terminal 2 by a person: try there/u),
      expect.stringMatching(/^resolved/u),
    ]);
    expect(pack?.evidenceFiles).toContain("/p/.claude/Scratchpad/TASK_001_BLOCKER.md");
  });

  it("never names or quotes what the plan says never to share", () => {
    const pack = takenOver(moved().state, 1, "/p/.claude/Scratchpad", new Share("/p", ["secret*"], files));
    expect(JSON.stringify(pack)).not.toMatch(/secret|password/u);
    expect(pack?.evidenceFiles).toEqual(["/p/.claude/Scratchpad/TASK_001_BLOCKER.md"]);
  });

  it("is nothing for work that is where the plan put it", () => {
    expect(takenOver(moved().state, 2, "/p/s", new Share("/p", [], files))).toBeNull();
  });
});
