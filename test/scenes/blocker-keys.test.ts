import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scene, type Scene } from "../support/scene.ts";

/** Two testers under one coordinator, a database terminal, and a task that needs the first. */
const PLAN = `---
title: Night watch
agent: command
command: sh agent.sh
---

# Night watch

## Stream A: Tests (4 Tasks)

**Terminals 1-2 | Goal: unit tests pass**

**Terminal 1: QA_TESTER (2 tasks)**

| # | Task | Estimate | Priority | Role | Fallback |
| --- | --- | --- | --- | --- | --- |
| 1 | Unit tests | 2h | P1 | QA_TESTER | task 6 |
| 2 | Slow tests | 1h | P2 | QA_TESTER | |

**Terminal 2: QA_TESTER (2 tasks)**

| # | Task | Estimate | Priority | Role | Depends on |
| --- | --- | --- | --- | --- | --- |
| 3 | Page tests | 1h | P2 | QA_TESTER | |
| 4 | After the unit tests | 1h | P2 | QA_TESTER | 1 |

## Stream B: Database (2 Tasks)

**Terminal 3 | Goal: schema**

**Terminal 3: DBA (2 tasks)**

| # | Task | Estimate | Role |
| --- | --- | --- | --- |
| 5 | Schema | 1h | DBA |
| 6 | Indexes | 90m | DBA |
`;

async function night(): Promise<Scene> {
  const story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 5 });
  return story;
}

test("work that moves is handed over in the project's own form, where it has one", async () => {
  await using story = await night();
  const templates = join(story.state.project, ".claude/templates");
  mkdirSync(templates, { recursive: true });
  writeFileSync(join(templates, "SESSION_HANDOFF.md"), "# Ours\n\n## Completed work\n\n[list]\n\n## Who was told\n\nthe duty officer\n");
  const desk = await story.dashboard();
  blocks(story);
  await desk.shows("■ 1 blocker");
  desk.press("b", "r");
  await desk.shows("Reassign B1: who takes over?");
  desk.press("enter");
  await story.until("blocker-reassigned", { to: 2 });
  await story.comesTo("the handoff", () => story.paper(".claude/Scratchpad/TASK_001_HANDOFF.md") !== undefined);
  expect(story.paper(".claude/Scratchpad/TASK_001_HANDOFF.md")).toMatch(
    /# Handoff of task 1 Unit tests[^]*## Completed work[^]*## Who was told\n\nthe duty officer[^]*## Blocked work[^]*no space left/u,
  );
});

function blocks(story: Scene): void {
  story.scratchpad.writes("terminal-01.md", "- [!] 1 Unit tests - no space left on the disk\n");
}

test("e moves the blocker up level by level until it waits for a person, who is rung, told and listed", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  blocks(story);
  await desk.shows("■ 1 blocker");
  desk.press("b", "e");
  await story.until("blocker-escalated");
  await desk.shows(/with COORD_\w+/u);
  for (const role of ["ARCHITECT", "ORCHESTRATOR"]) {
    desk.press("e");
    await desk.shows(`with ${role}`);
  }
  desk.press("e");
  await desk.shows("waits for you");
  await story.comesTo("the list for people", () => story.paper("HUMAN_TODO.md") !== undefined);
  expect(story.paper("HUMAN_TODO.md")).toMatch(
    /- \[ \] B1 \(P1\) no space left on the disk, stops 1; since .* <!-- marathon m-scene B1 -->/u,
  );
  expect(story.paper(".claude/Scratchpad/ESCALATION_B1.md")).toContain("How it came here");
  expect(desk.notifications).toEqual(["marathon: B1 waits for you: no space left on the disk"]);
  // At the top of the chain there is nobody to pass it to.
  desk.press("e");
  await desk.shows("with a person already");
  expect(story.events.filter((event) => event.type === "blocker-escalated")).toHaveLength(4);

  desk.press("x");
  await desk.shows("what helped?");
  desk.types("made room on the disk");
  desk.press("enter");
  await story.until("blocker-closed", { as: "resolved", note: "made room on the disk" });
  await desk.shows("■ 0 blockers");
  expect(story.paper("HUMAN_TODO.md")).toMatch(/- \[x\] B1 .*resolved .*: made room on the disk/u);
});

test("the clock of an automatic escalation fires once per level", async () => {
  await using story = await scene({ plan: PLAN.replace("agent: command", "agent: command\nescalation: 20m auto"), agent: "command" });
  const desk = await story.dashboard();
  blocks(story);
  await story.until("task-blocked");
  story.passes(20);
  await story.until("blocker-escalated", { by: "the clock" });
  await desk.shows(/COORD_\w+/u);
  story.passes(19);
  await desk.idle();
  expect(story.events.filter((event) => event.type === "blocker-escalated")).toHaveLength(1);
  story.passes(1);
  await story.comesTo("the second level", (state) => state.blockers["B1"]?.holder.level === "deputy");
});

test("r lists who could take over with the reasons; the task moves in one event, and both agents are told", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  blocks(story);
  await desk.shows("■ 1 blocker");
  desk.press("b", "r");
  await desk.shows("Reassign B1: who takes over?", /terminal 2 QA_TESTER/u, /sibling under COORD_\w+/u);
  desk.press("escape");
  await desk.hides("who takes over?");
  expect(story.state.tasks[1]).toMatchObject({ terminal: 1, state: "blocked" });

  desk.press("r", "enter");
  const moved = await story.until("blocker-reassigned", { to: 2 });
  expect(moved.tasks).toEqual([1]);
  await desk.shows(/B1: 1 reassigned to terminal 2 by a person/u);
  expect(story.state.tasks[1]).toMatchObject({ terminal: 2, movedFrom: 1 });
  expect(story.paper(".claude/Scratchpad/TASK_001_HANDOFF.md")).toMatch(
    /# Handoff of task 1 Unit tests[\s\S]*no space left[\s\S]*Next steps/u,
  );
  const told = Object.values(story.state.messages ?? {}).map((message) => [message.terminal, message.purpose]);
  expect(told).toEqual([
    [1, "reassignment"],
    [2, "reassignment"],
  ]);
  // It comes first as soon as terminal 2 is through with what it has in hand.
  story.scratchpad.writes("terminal-02.md", "- [x] 3 Page tests\n");
  await story.until("task-assigned", { task: 1, terminal: 2 });
  expect(story.state.tasks[1]?.state).toBe("running");
});

test("f parks the work and pulls the planned fallback forward, with the hours said; f again brings it back; u takes it back", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 160, rows: 45 });
  blocks(story);
  await desk.shows("■ 1 blocker");
  desk.press("b", "f");
  await desk.shows("Fall back from B1", "task 6", /brings back 1\.5 h of \d(?:\.\d)? h/u, "audit the security");
  desk.press("enter");
  await story.until("blocker-fell-back");
  expect(story.state.tasks[1]?.state).toBe("parked");
  expect(story.state.tasks[6]).toMatchObject({ terminal: 1, movedFrom: 3 });
  await desk.shows("■ 0 blockers", "parked");
  desk.press("f");
  await story.until("blocker-resumed");
  expect(story.state.tasks[1]).toMatchObject({ terminal: 1, blocker: null });
  desk.press("u");
  await story.comesTo("the parked work", (state) => state.tasks[1]?.state === "parked");
});

test("Enter opens everything about a blocker, and the keys work there", async () => {
  await using story = await night();
  const desk = await story.dashboard({ columns: 160, rows: 45 });
  story.scratchpad.writes(
    "TASK_001_BLOCKER.md",
    "# Two libraries exclude each other\n\nPriority: P0\n\nCause: a pin\n\nTried: the newest release\n\nNot tried: a container\n\n```\nERROR: cannot install both\n```\n",
  );
  await desk.shows("■ 1 blocker");
  desk.press("b", "enter");
  await desk.shows(
    "Blocker B1",
    "Where it stands",
    "What was seen",
    "ERROR: cannot install both",
    "Who could take over (r)",
    "cause: a pin",
  );
  desk.press("e");
  await story.until("blocker-escalated");
  desk.press("pagedown");
  await desk.shows("escalated from QA_TESTER (terminal 1) to COORD_QUALITY, by a person");
  desk.press("K");
  await desk.shows("known");
  expect(story.state.tasks[1]?.state).toBe("blocked");
  desk.press("u");
  await story.until("blocker-undone", { act: "known" });
  desk.press("D");
  await story.until("blocker-documented");
  const text = story.paper(".claude/Scratchpad/TASK_001_BLOCKER.md") ?? "";
  expect(text.startsWith("# Two libraries exclude each other\n\nPriority: P0")).toBe(true);
  expect(text).toMatch(/## Recorded by marathon m-scene/u);
  // What we wrote is read back, and is no second blocker.
  await desk.idle();
  expect(Object.keys(story.state.blockers)).toEqual(["B1"]);
  expect(story.state.blockers["B1"]?.evidence.map(({ line }) => line).join("\n")).not.toContain("It is known, with");
  desk.press("escape");
  await desk.hides("Where it stands");
});

test("B says by hand that a task cannot go on; the same task blocked again is the same blocker with both signals", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  desk.press("1", "B");
  await desk.shows("Block 1 Unit tests: why?");
  desk.types("the database is down");
  desk.press("enter");
  await story.until("task-blocked", { task: 1, source: "a person" });
  blocks(story);
  await desk.idle();
  expect(Object.keys(story.state.blockers)).toEqual(["B1"]);
  expect(story.state.blockers["B1"]?.evidence.map((item) => item.line)).toEqual(["the database is down", "no space left on the disk"]);
});

test("keys say why they cannot be used", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  for (const key of ["e", "r", "f", "x", "K", "D"]) {
    desk.press(key);
    await desk.shows("nothing is blocked");
  }
  desk.press("u");
  await desk.shows("nothing was done about a blocker");
});

test("a text that is looked for from a list is no row of commands, and an act says how to take it back", async () => {
  await using story = await night();
  const desk = await story.dashboard();
  blocks(story);
  await desk.shows("■ 1 blocker");
  desk.press("b", "/");
  await desk.shows("SEARCH");
  desk.types("fixer");
  await desk.shows("fixer");
  expect(story.events.some((event) => event.type === "blocker-escalated")).toBe(false);
  desk.press("escape", "b", "e");
  await desk.shows("B1 escalated to", "u takes it back");
});
