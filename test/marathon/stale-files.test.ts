import { describe, expect, it } from "vitest";
import { readScratch } from "../../src/plan/scratch.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const work = plan({ tasks: [1, 2, 3].map((number) => ({ number, terminal: 1, session: "024" })) });
const REPORT = "/p/.claude/Scratchpad/terminal-01.md";
const BLOCKER = "/p/.claude/Scratchpad/TASK_002_BLOCKER.md";

/** A marathon in whose scratchpad files lay before it began. */
function inherits(path: string, text: string): World {
  return new World(work)
    .engine()
    .take({ type: "file-changed", path, bytes: text.length, reading: readScratch(path, text), stale: true })
    .up();
}

function writes(world: World, path: string, text: string, ours = false): World {
  return world.take({ type: "file-changed", path, bytes: text.length, reading: { ...readScratch(path, text), ...(ours ? { ours } : {}) } });
}

describe("files from before the marathon", () => {
  it("finish and block nothing", () => {
    const world = inherits(REPORT, "- [x] 1 one\n- [!] 2 two - no disk\n");
    expect(world.tasks("done")).toEqual([]);
    expect(world.tasks("blocked")).toEqual([]);
    expect(world.work()).toEqual([1]);
    expect(world.state.files[REPORT]?.note).toContain("from before this marathon");
  });

  it("count only in what changes in them", () => {
    const world = inherits(REPORT, "- [x] 1 one\n- [x] 2 two\n");
    writes(world, REPORT, "- [~] 1 one\n- [x] 2 two\n");
    expect(world.tasks("done")).toEqual([]);
    writes(world, REPORT, "- [x] 1 one\n- [x] 2 two\n");
    expect(world.tasks("done")).toEqual([1]);
  });

  it("count whole once they name this marathon, even if the tick is the same as before", () => {
    const world = inherits(REPORT, "- [x] 1 one\n");
    writes(world, REPORT, "marathon m-1\n- [x] 1 one\n", true);
    expect(world.tasks("done")).toEqual([1]);
  });

  it("raise no blocker until their words change", () => {
    const world = inherits(BLOCKER, "# No disk\n\nPriority: P0\n");
    expect(Object.keys(world.state.blockers)).toEqual([]);
    writes(world, BLOCKER, "# No disk\n\nPriority: P0\n");
    expect(world.tasks("blocked")).toEqual([]);
    writes(world, BLOCKER, "# Still no disk\n\nPriority: P0\n");
    expect(world.tasks("blocked")).toEqual([2]);
  });

  it("leave no handoff", () => {
    const path = "/p/.claude/Scratchpad/SESSION_024_HANDOFF.md";
    expect(inherits(path, "# Handoff\n\n## Completion: 90 %\n").state.handoffs).toEqual({});
  });
});
