import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";
import { codingAgentsInPath } from "../support/scene/coding-agents.ts";
import { addressOf, hook, hookOf } from "../support/scene/hooks.ts";

codingAgentsInPath("claude");

const PLAN = `---
title: Chain of command
agent: claude
---

# Chain of command

## Stream A: Tests (2 Tasks)

**Terminals 1-2 | Goal: unit tests pass**

**Terminal 1: all (1 task)**

| # | Task | Estimate | Role | Session |
| --- | --- | --- | --- | --- |
| 1 | Lead the work | 2h | ORCHESTRATOR | 024 |

**Terminal 2: tests (1 task)**

| # | Task | Estimate | Role | Session |
| --- | --- | --- | --- | --- |
| 2 | Write unit tests | 1h | QA_TESTER | 024 |

## Hierarchy

\`\`\`
ORCHESTRATOR
├── ARCHITECT
│   └── COORD_QUALITY
│       └── QA_TESTER
└── SYNTHESIZER
    └── COORD_OPS
\`\`\`
`;

/** Sends what an agent measured to the place that its hooks lead to. */
async function sends(story: Scene, terminal: number, path: string, payload: unknown): Promise<void> {
  const { url, headers } = addressOf(story, terminal, "Stop");
  const response = await fetch(new URL(path, url), { method: "POST", headers, body: JSON.stringify(payload) });
  expect(response.status).toBe(200);
}

function tokens(value: number, model = "claude-opus-5-5") {
  const attributes = [
    { key: "type", value: { stringValue: "output" } },
    { key: "model", value: { stringValue: model } },
  ];
  const metric = (name: string, asDouble: number) => ({ name, sum: { aggregationTemporality: 1, dataPoints: [{ attributes, asDouble }] } });
  const metrics = [metric("claude_code.token.usage", value), metric("claude_code.cost.usage", value / 1000)];
  return { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
}

async function working(): Promise<Scene> {
  const story = await scene({ plan: PLAN, agent: "claude" });
  await story.until("task-assigned", { task: 2 });
  return story;
}

test("an orchestrator that edits or runs something itself is told of the decision gate, once for each reason", async () => {
  await using story = await working();
  const desk = await story.dashboard();
  const edit = (path: string) => ({ tool_name: "Edit", tool_input: { file_path: path } });
  await hook(story, 1, "PreToolUse", edit("/project/src/quality.ts"));
  await hook(story, 1, "PreToolUse", edit("/project/src/quality2.ts"));
  const gates = () => story.state.notices.map(({ text }) => text).filter((text) => text.startsWith("decision gate"));
  expect(gates()).toHaveLength(1);
  expect(gates()[0]).toMatch(/^decision gate: ORCHESTRATOR \(terminal 1\) edits \/project\/src\/quality\.ts itself: .* Spawn first$/);
  await desk.shows("decision gate: ORCHESTRATOR");
  await hook(story, 1, "PreToolUse", { tool_name: "Bash", tool_input: { command: "npm test" } });
  expect(gates()).toHaveLength(2);
});

test("reports, sub-agents and those who do not lead pass the gate", async () => {
  await using story = await working();
  await hook(story, 1, "PreToolUse", { tool_name: "Write", tool_input: { file_path: `${story.state.scratchpad}/terminal-01.md` } });
  await hook(story, 1, "PreToolUse", { tool_name: "Bash", tool_input: { command: '"$MARATHON_BIN" status' } });
  await hook(story, 1, "PreToolUse", { tool_name: "Read", tool_input: { file_path: "/project/a.ts" } });
  await hook(story, 1, "PreToolUse", {
    tool_name: "Edit",
    tool_input: { file_path: "/project/a.ts" },
    agent_id: "a0c911",
    agent_type: "QA_TESTER",
  });
  await hook(story, 2, "PreToolUse", { tool_name: "Edit", tool_input: { file_path: "/project/b.ts" } });
  expect(story.events.filter(({ type }) => type === "acted-directly")).toEqual([]);
});

test("the direct edit rate is that of edits which were told", async () => {
  await using story = await working();
  const edited = (terminal: number, more = {}) =>
    hook(story, terminal, "PostToolUse", { tool_name: "Edit", tool_input: { file_path: "/project/a.ts" }, ...more });
  await edited(1);
  await edited(1, { agent_id: "a0c911", agent_type: "QA_TESTER" });
  await edited(2);
  await edited(2);
  for (const terminal of [1, 2]) await hook(story, terminal, "SessionEnd");
  const hierarchy = story.engine.status()["hierarchy"] as { readonly metrics: Record<string, unknown> };
  expect(hierarchy.metrics["directEditRate"]).toBe(0.25);
});

test("tokens, cost and context stand by terminal, session and marathon; what nobody tells is not known", async () => {
  await using story = await working();
  await sends(story, 1, "/otlp/v1/metrics", tokens(1000));
  await sends(story, 2, "/otlp/v1/metrics", tokens(500, "claude-haiku-4"));
  await sends(story, 2, "/status", {
    model: { id: "claude-haiku-4" },
    context_window: { used_percentage: 91, context_window_size: 200_000 },
  });
  const status = story.engine.status() as { readonly usage: unknown; readonly terminals: readonly unknown[] };
  expect(status.usage).toMatchObject({
    total: { tokens: { output: 1500 }, costUsd: 1.5, models: { "claude-haiku-4": { costUsd: 0.5 } } },
    terminals: 2,
    sessions: [{ id: "024", tokens: { output: 1500 } }],
  });
  expect(status.terminals[0]).toMatchObject({ usage: { costUsd: 1 }, context: null, limits: [] });
  expect(status.terminals[1]).toMatchObject({ usage: { costUsd: 0.5 }, context: { usedPercent: 91, size: 200_000 } });
});

test("a context that runs low and a limit with its end stand on the board, and why tells all of it", async () => {
  await using story = await working();
  const desk = await story.dashboard();
  const resets = Math.round(story.clock.now().at / 1000) + 3600;
  await sends(story, 2, "/otlp/v1/metrics", tokens(500));
  await sends(story, 2, "/status", {
    model: { id: "claude-opus-5-5" },
    context_window: { used_percentage: 91, context_window_size: 200_000 },
    rate_limits: { five_hour: { used_percentage: 100, resets_at: resets } },
  });
  await desk.shows("context 91%");
  await hook(story, 2, "StopFailure", { error: "rate_limit" });
  await desk.shows("limited", "until 21:00");
  desk.press("2", "w");
  await desk.shows("uses     $0.50, 500 tokens", "context  91 % of 200k tokens", "limit    5 hours: 100 % used, begins anew at 21:00");
});

test("a file that two streams edit is told of, also when the engine died in between", async () => {
  const plan = PLAN.replace(
    "**Terminal 2: tests (1 task)**",
    "## Stream B: More tests (1 Task)\n\n**Terminal 2 | Goal: more of them pass**",
  );
  await using story = await scene({ plan, agent: "claude" });
  await story.until("task-assigned", { task: 2 });
  const edits = (terminal: number, path: string) =>
    hookOf(story, terminal, "PostToolUse", { tool_name: "Edit", tool_input: { file_path: path } });
  await edits(1, "src/auth.ts");
  story.engineDies();
  await story.engineComesBack();
  const shared = () => story.state.notices.map(({ text }) => text).filter((text) => text.includes("both edit"));
  expect(shared()).toEqual([]);
  await edits(2, `${story.state.project}/src/../src/auth.ts`);
  await edits(2, "src/auth.ts");
  expect(shared()).toEqual([
    "streams A (terminal 1) and B (terminal 2) both edit src/auth.ts: give it to one of them, or let the other wait",
  ]);
});

test("a flood of figures is few events, and nothing of it is lost", async () => {
  await using story = await working();
  for (let count = 0; count < 50; count++) await sends(story, 1, "/otlp/v1/metrics", tokens(10));
  expect(story.events.filter(({ type }) => type === "usage-measured").length).toBeLessThanOrEqual(2);
  await story.terminal(1).exits(0);
  await story.comesTo("all of it to be booked", (state) => Object.values(state.usage?.terminals[1]?.models ?? {})[0]?.output === 500);
});

test("what was gathered and not told yet is booked before the engine ends", async () => {
  await using story = await working();
  await hook(story, 2, "PostToolUse", { tool_name: "Edit", tool_input: { file_path: "/project/a.ts" } });
  for (let count = 0; count < 3; count++) await sends(story, 1, "/otlp/v1/metrics", tokens(10));
  await story.engine.stop("a person", true);
  const { events, state } = story;
  expect(events.at(-1)).toMatchObject({ type: "engine-stopped", reason: "a person" });
  expect(events.filter(({ type }) => type === "edits-made")).toMatchObject([{ terminal: 2, edits: 1 }]);
  expect(Object.values(state.usage?.terminals[1]?.models ?? {})[0]?.output).toBe(30);
});

test("a marathon whose agents tell nothing has no usage, and not none of it", async () => {
  await using story = await scene({ plan: PLAN.replace("agent: claude", "agent: command\ncommand: sh x.sh"), agent: "command" });
  expect(story.engine.status()).toMatchObject({ usage: { total: null, terminals: 0, sessions: [] } });
});
