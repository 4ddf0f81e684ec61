import { describe, expect, test } from "vitest";
import { planPowers, powersText } from "../../src/marathon/plan-powers.ts";
import { readPlan } from "../../src/plan/read.ts";

const PLAN = `---
title: P
command: ./agent --fast
permissions: all
scratchpad: ../elsewhere
---

# P

| # | Task | Run | Fallback | Estimate |
|---|------|-----|----------|----------|
| 1 | One | \`make\` | \`make -k\` | 1m |
| 2 | Two | \`make\` | | 1m |
`;

function powers(text: string, agent: string) {
  const { plan } = readPlan([{ file: "plan.md", text }]);
  if (plan === null) throw new Error("no plan");
  const { command, permissions } = plan.settings;
  return planPowers(plan, { agent, command, permissions, isCoding: (name) => name === "claude" });
}

describe("what a plan would do by itself", () => {
  test("the shell runs its commands, each told once with its tasks", () => {
    expect(powers(PLAN, "shell").commands).toEqual([
      { kind: "run", tasks: [1, 2], text: "make" },
      { kind: "fallback", tasks: [1], text: "make -k" },
    ]);
  });

  test("the agent `command` runs the program that the plan names", () => {
    expect(powers(PLAN, "command").commands).toEqual([{ kind: "program", tasks: [], text: "./agent --fast" }]);
  });

  test("a coding agent runs none of them, but gets the plan's permissions", () => {
    const { commands, rights } = powers(PLAN, "claude");
    expect(commands).toEqual([]);
    expect(rights).toEqual([
      "coding agents may do anything without asking (permissions: all)",
      "reports are read and written in ../elsewhere",
    ]);
  });

  test("what it allows to coding agents without asking is a power, and another rule is another one", () => {
    const allowing = PLAN.replace("permissions: all", "allow: [Bash(npm run *), Edit(src/**)]");
    expect(powers(allowing, "claude").rights).toContain("coding agents are allowed without asking: Bash(npm run *), Edit(src/**) (allow)");
    expect(powersText(powers(allowing.replace("src/**", "**"), "claude"))).not.toBe(powersText(powers(allowing, "claude")));
  });

  test("other titles and estimates are the same powers, another command is not", () => {
    const text = powersText(powers(PLAN, "shell"));
    expect(powersText(powers(PLAN.replace("| One |", "| Uno |").replace("| 1m |", "| 9m |"), "shell"))).toBe(text);
    expect(powersText(powers(PLAN.replace("make -k", "make -j"), "shell"))).not.toBe(text);
    expect(powersText(powers(PLAN.replace("permissions: all", "clipboard: write"), "shell"))).not.toBe(text);
  });
});
