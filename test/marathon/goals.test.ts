/** What a plan wants to be true beside its tasks, and the figures that it wants to move. */
import { describe, expect, it, test } from "vitest";
import { goalsOf, judgeGoal, metOf } from "../../src/marathon/goals.ts";
import { statusJson } from "../../src/marathon/status.ts";
import { fold } from "../../src/marathon/step.ts";
import { judgeTarget, targetsOf } from "../../src/marathon/targets.ts";
import { readPlan } from "../../src/plan/read.ts";
import { hasDocuments } from "../support/documents.ts";
import { plan } from "../support/plan-builder.ts";
import { planOf, sessionPlan, streamPlan } from "../plan/shared.ts";
import { World } from "./world.ts";

const PLACE = { file: "plan.md", line: 1, column: 1 };
const criterion = (text: string, met = false) => ({ ...PLACE, text, met });
const metric = (name: string, current: string, target: string) => ({ ...PLACE, name, current, target });

const PLAN = plan({
  tasks: [{ number: 1, session: "024", terminal: 1 }],
  sessions: [
    {
      id: "024",
      branch: "claude/session-024-tools",
      criteria: [criterion("all tools answer"), criterion("documented", true)],
      deliverables: [{ ...PLACE, text: "docs/tools.md", kind: "path", path: "docs/tools.md", count: null }],
    },
    { id: "032", criteria: [criterion("no conflicts")] },
  ],
  rest: {
    preflight: ["there is room"],
    synthesis: ["run the whole suite"],
    followUps: ["update the standing orders"],
    metrics: [metric("Tools", "50/81 (62%)", "81/81"), metric("Front end", "~60%", "90%+"), metric("Audit", "ad-hoc", "Complete")],
  },
});

const begun = () => new World(PLAN).engine().up();
const says = (world: World, id: string, met: boolean, note: string | null = null): string | null => {
  const judged = judgeGoal(world.state, id, met, note, "a person");
  if ("refused" in judged) return judged.refused;
  world.take(judged.fact);
  return null;
};
const standing = (world: World) => Object.fromEntries(goalsOf(world.state).map(({ id, met }) => [id, met]));
const measure = (world: World, number: number, value: string): string | null => {
  const judged = judgeTarget(world.state, number, value, "a person");
  if ("refused" in judged) return judged.refused;
  world.take(judged.fact);
  return null;
};

describe("goals", () => {
  it("are what the plan lists, and stand as its boxes do until somebody says otherwise", () => {
    const world = begun();
    expect(standing(world)).toEqual({
      "preflight.1": false,
      "024.1": false,
      "024.2": true,
      "024.d1": false,
      "024.handoff": false,
      "024.branch": false,
      "024.pr": false,
      "032.1": false,
      "032.handoff": false,
      "synthesis.1": false,
      "follow-up.1": false,
    });
    expect(says(world, "024.1", true, "81 of 81 answered")).toBeNull();
    expect(says(world, "024.2", false)).toBeNull();
    expect(standing(world)).toMatchObject({ "024.1": true, "024.2": false });
    expect(goalsOf(world.state).find(({ id }) => id === "024.1")?.check).toMatchObject({ note: "81 of 81 answered", by: "a person" });
    // It is in the journal, and in what status says.
    expect(goalsOf(fold(null, world.events))).toEqual(goalsOf(world.state));
    expect(statusJson(world.state, world.t, null, { journal: "j" })["goals"]).toMatchObject({ criterion: { met: 1, total: 3 } });
  });

  it("of the preflight list are its items: one that is not in order is a blocker", () => {
    const world = begun();
    expect(says(world, "preflight.1", false, "2 % left")).toBeNull();
    expect(world.state.blockers["B1"]).toMatchObject({ title: "preflight: there is room" });
    expect(says(world, "PREFLIGHT.1", true)).toBeNull();
    expect(standing(world)["preflight.1"]).toBe(true);
    expect(world.state.blockers["B1"]?.state).toBe("resolved");
  });

  it("that bring everything together are open for ticks once no task is, or with the reason why before", () => {
    const world = begun();
    expect(says(world, "synthesis.1", true)).toContain("1 task is open");
    expect(says(world, "synthesis.1", true, "only documentation is left")).toBeNull();
    expect(says(world, "synthesis.1", false)).toBeNull();
    world.done(1);
    expect(says(world, "synthesis.1", true)).toBeNull();
  });

  it("include the handoff, which is there or not and cannot be ticked", () => {
    const world = begun().wait(5).done(1);
    expect(says(world, "024.handoff", true)).toContain("write it into the scratchpad");
    world.file("SESSION_024_HANDOFF.md", { kind: "handoff", session: "024" }, { handoff: { completion: 90 } });
    expect(standing(world)["024.handoff"]).toBe(true);
  });

  it("do not inherit what was said of another line of an edited plan", () => {
    const world = begun();
    says(world, "032.1", true);
    const edited = {
      ...world.state,
      plan: { ...PLAN, sessions: PLAN.sessions.map((one) => ({ ...one, criteria: [criterion("something else")] })) },
    };
    expect(goalsOf(edited).find(({ id }) => id === "032.1")).toMatchObject({ met: false, check: null });
  });

  it("that there are not are refused with those that there are", () => {
    expect(says(begun(), "099.1", true)).toBe(
      'the plan has no goal "099.1": there are preflight.1, 024.1, 024.2, 024.d1, 024.handoff and 6 more (marathon goals lists them)',
    );
  });
});

describe("targets", () => {
  it("say how much of the way is done by the figures that they begin with, and keep what was measured before", () => {
    const world = begun();
    expect(targetsOf(world.state).map(({ now, share, reached }) => [now, share, reached])).toEqual([
      [null, 0, false],
      [null, 0, false],
      [null, null, false],
    ]);
    expect([measure(world, 1, "57/81"), measure(world, 1, "66/81"), measure(world, 2, "~90 %"), measure(world, 3, "complete")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    const [tools, frontEnd, audit] = targetsOf(world.state);
    expect(tools?.share).toBeCloseTo(16 / 31);
    expect(tools?.history.map(({ value }) => value)).toEqual(["57/81", "66/81"]);
    expect(frontEnd).toMatchObject({ share: 1, reached: true });
    expect(audit).toMatchObject({ share: null, reached: true });
  });

  it("are measured by agents, too, by their names", () => {
    const world = begun().take({ type: "metric-reported", terminal: 1, task: 1, name: "tools", value: 81, unit: "/81", by: "terminal 1" });
    expect(targetsOf(world.state)[0]).toMatchObject({ now: { value: "81/81", by: "terminal 1" }, reached: true });
  });

  it("are refused without a figure, and where there is none of that number", () => {
    expect(measure(begun(), 1, "  ")).toBe("say what Tools is now, such as 81/81");
    expect(measure(begun(), 4, "1")).toBe("the plan has 3 targets, not 4");
  });
});

test.skipIf(!hasDocuments())(
  "the recorded plans have 29 criteria, 27 deliverables, 8 branches, 7 targets, 3 gates, 4 steps and 6 follow-ups",
  () => {
    const { state } = new World(planOf(readPlan([streamPlan(), sessionPlan()])), { check: false });
    const kinds = Map.groupBy(goalsOf(state), ({ kind }) => kind);
    const total = (kind: "criterion" | "deliverable" | "branch" | "pull-request" | "preflight" | "synthesis" | "follow-up") =>
      metOf(kinds.get(kind) ?? []).total;
    expect([total("criterion"), total("deliverable"), total("branch"), total("pull-request")]).toEqual([29, 27, 8, 8]);
    expect([total("preflight"), total("synthesis"), total("follow-up")]).toEqual([3, 4, 6]);
    const targets = targetsOf(state);
    expect(targets).toHaveLength(7);
    // All but the one of words have a way that can be measured.
    expect(targets.filter(({ share }) => share === 0)).toHaveLength(6);
  },
);
