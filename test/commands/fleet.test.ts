import { describe, expect, test } from "vitest";
import { fleetOf, withFleet } from "../../src/commands/fleet.ts";
import { initialState } from "../../src/marathon/initial.ts";
import { agentChoice, modelProblem } from "../../src/plan/agent-choice.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan } from "../../src/plan/types.ts";

const MIXED = `# Mixed

## Stream A: A (3 Tasks)

**Terminal 1: one (1 task)**

| # | Task | Agent |
|---|---|---|
| 1 | Think | \`claude:opus[1m]\` |

**Terminal 2: two (1 task)**

| # | Task | Agent |
|---|---|---|
| 2 | Build | codex:gpt-5.2 |

**Terminal 3: three (1 task)**

| # | Task |
|---|---|
| 3 | Look |
`;

function planOf(text: string): Plan {
  const { plan } = readPlan([{ file: "plan.md", text }]);
  if (plan === null) throw new Error("no plan");
  return plan;
}

/** Agent and model of each terminal that a marathon of this plan begins with. */
function fleet(plan: Plan, agent = "shell", rehearsal = false): readonly string[] {
  const state = initialState({
    type: "marathon-started",
    id: "m",
    plan,
    agent,
    command: null,
    rehearsal,
    speed: 1,
    seed: null,
    project: "/p",
    scratchpad: "/s",
    seq: 1,
    at: 0,
    t: 0,
  });
  return Object.values(state.terminals).map((terminal) => `${terminal.number} ${terminal.agent} ${terminal.model ?? "-"}`);
}

describe("agents of several vendors in one marathon", () => {
  test("are named by the plan for each terminal, with their model", () => {
    expect(fleet(planOf(MIXED), "gemini")).toEqual(["1 claude opus[1m]", "2 codex gpt-5.2", "3 gemini -"]);
  });

  test("are named by the flag for all, for some, and for a range; what the plan names stays where the flag names none", () => {
    const given = fleetOf("qwen,1=copilot:gpt-5,2-3=opencode:anthropic/claude-sonnet-4-5");
    expect(given.all).toBe("qwen");
    expect(fleet(withFleet(planOf(MIXED), given))).toEqual([
      "1 copilot gpt-5",
      "2 opencode anthropic/claude-sonnet-4-5",
      "3 opencode anthropic/claude-sonnet-4-5",
    ]);
    expect(fleet(withFleet(planOf(MIXED), fleetOf("3=gemini")), "shell")).toEqual(["1 claude opus[1m]", "2 codex gpt-5.2", "3 gemini -"]);
    expect(fleetOf(undefined)).toEqual({ all: null, terminals: new Map() });
  });

  test("are all stand-ins in a rehearsal", () => {
    expect(fleet(planOf(MIXED), "rehearsal", true)).toEqual(["1 rehearsal -", "2 rehearsal -", "3 rehearsal -"]);
  });

  test.each([
    ["", "there is no agent"],
    ["cluade", "Did you mean claude?"],
    ["claude,codex", "which of claude and codex?"],
    ["11=codex", "terminals are 1 to 10"],
    ["3-2=codex", "terminals are 1 to 10"],
    ["shell:gpt-5", "the agent shell takes no model"],
    ["codex:--dangerously-bypass-approvals-and-sandbox", "is no name of a model"],
    ["codex:", "is no name of a model"],
    ["codex:a b", "is no name of a model"],
    ["1=", "there is no agent"],
  ])("are refused as %j", (text, reason) => {
    expect(() => fleetOf(text)).toThrow(reason);
  });

  test("are refused for a terminal that there is not", () => {
    expect(() => withFleet(planOf(MIXED), fleetOf("7=codex"))).toThrow("this marathon has 3 terminals, and 7 is none of them");
  });
});

test("check names an unknown agent, a model that cannot be, and a terminal with several agents, with line and column", () => {
  const text = MIXED.replace("codex:gpt-5.2", "cdoex").replace("claude:opus[1m]", "command:x");
  const rows = "| 3 | Look | claude |\n| 4 | Look again | codex |\n";
  const { problems } = readPlan([
    { file: "plan.md", text: text.replace("| # | Task |\n|---|---|\n| 3 | Look |\n", `| # | Task | Agent |\n|---|---|---|\n${rows}`) },
  ]);
  const found = problems.filter(({ code }) => ["unknown-agent", "bad-model", "agents-differ"].includes(code));
  expect(found.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`)).toEqual([
    "error bad-model 9:15",
    "error unknown-agent 15:15",
    "warning agents-differ 21:1",
  ]);
});

test("a choice is a name and, behind the first colon, a model", () => {
  expect(agentChoice(" claude ")).toEqual({ name: "claude", model: null });
  expect(agentChoice("opencode:ollama/qwen3:32b")).toEqual({ name: "opencode", model: "ollama/qwen3:32b" });
  expect(modelProblem(agentChoice("opencode:ollama/qwen3:32b"))).toBeNull();
});
