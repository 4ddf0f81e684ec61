import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ownReport } from "../../src/engine/hooks/own-reports.ts";
import { realPath } from "../../src/engine/hooks/real-path.ts";
import { fixtureState } from "../support/marathon-fixture.ts";

const project = realpathSync(mkdtempSync(join(tmpdir(), "own-reports-")));
mkdirSync(join(project, ".claude", "Scratchpad"), { recursive: true });
symlinkSync(project, join(project, ".claude", "Scratchpad", "out"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

function judged(tool: string, path: string, scratchpad = ".claude/Scratchpad") {
  return ownReport({ ...fixtureState(), project, scratchpad: join(project, scratchpad) }, tool, realPath(join(project, path)));
}

describe("what an agent writes into the scratchpad", () => {
  test("needs no permission, and is asked for once only where Claude Code would ask for each file", () => {
    expect(judged("Write", ".claude/Scratchpad/terminal-01.md")).toEqual({
      update: {
        type: "addRules",
        rules: [{ toolName: "Edit", ruleContent: "/.claude/Scratchpad/**" }],
        behavior: "allow",
        destination: "session",
      },
    });
    expect(judged("Edit", "reports/terminal-01.md", "reports")).toEqual({ update: null });
  });

  test.each([
    ["Write", ".claude/settings.json"],
    ["Write", ".claude/Scratchpad/../settings.json"],
    ["Write", ".claude/Scratchpad/out/package.json"],
    ["Write", ".claude/ScratchpadElsewhere/a.md"],
    ["Bash", ".claude/Scratchpad/terminal-01.md"],
  ])("but not %s of %s", (tool, path) => {
    expect(judged(tool, path)).toBeNull();
  });
});
