import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { skill } from "../../src/commands/skill.ts";
import { REPORT_VERBS } from "../../src/protocol/report-verbs.ts";
import { readScratch } from "../../src/plan/scratch.ts";

test("the skill is written where somebody says so, teaches every report, and goes over no other file", () => {
  const folder = mkdtempSync(join(tmpdir(), "skill-"));
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    expect(skill(folder)).toBe(0);
    const file = join(folder, "marathon-report", "SKILL.md");
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^---\nname: marathon-report\ndescription: /u);
    for (const verb of Object.keys(REPORT_VERBS)) expect(text).toContain(`report ${verb} `);
    expect(skill(folder)).toBe(0);
    writeFileSync(file, "mine");
    expect(() => skill(folder)).toThrow("nothing was written");
    expect(readFileSync(file, "utf8")).toBe("mine");
    // Its example is what the program reads.
    const example = /```markdown\n([\s\S]*?)```/u.exec(text)?.[1] ?? "";
    expect(readScratch("terminal-04.md", example).ticks.map(({ task, state }) => `${task} ${state}`)).toEqual([
      "31 doing",
      "32 done",
      "33 blocked",
    ]);
  } finally {
    said.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }
});
