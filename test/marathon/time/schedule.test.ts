import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastOf } from "../../../src/marathon/time/forecast.ts";
import { chanceFrom } from "../../../src/marathon/time/chance.ts";
import { sessionProgress } from "../../../src/marathon/progress.ts";
import { adviceOf } from "../../../src/marathon/time/advice.ts";
import { lanesJson } from "../../../src/marathon/time/lanes-json.ts";
import { timeLanes } from "../../../src/marathon/time/lanes.ts";
import { plannedCourse } from "../../../src/marathon/time/planned-course.ts";
import { blocksOf, overlapOf } from "../../../src/marathon/time/sessions.ts";
import { timelineOf } from "../../../src/marathon/time/slots.ts";
import { whatIf } from "../../../src/marathon/time/what-if.ts";
import type { TimelineSlot } from "../../../src/plan/types.ts";
import { plan } from "../../support/plan-builder.ts";
import { World } from "../world.ts";

const HOUR = 3_600_000;
const allocate = (count: number) => [{ terminals: Array.from({ length: count }, (_, index) => index + 1), label: "", tasks: [] }];
/** Four sessions of the recorded plan with the terminals that they ask for; F is what overflows. */
const sessions = plan({
  tasks: [
    { number: 1, session: "025", stream: "B", minutes: 60, terminal: 1 },
    { number: 2, session: "026", stream: "C", minutes: 60, terminal: 2 },
    { number: 3, session: "028", stream: "E", minutes: 120, terminal: 3 },
    { number: 4, session: "031", stream: "F", minutes: 60, terminal: null, dependsOn: [3] },
  ],
  streams: [
    { id: "B", terminals: [1] },
    { id: "C", terminals: [2] },
    { id: "E", terminals: [3] },
    { id: "F", terminals: [] },
  ],
  sessions: [
    { id: "025", hours: 4, allocations: allocate(7) },
    { id: "026", hours: 4, allocations: allocate(4) },
    { id: "028", hours: 4, allocations: allocate(4) },
    { id: "031", hours: 3, allocations: allocate(4) },
  ],
});

describe("sessions side by side", () => {
  it("are refused where they need more terminals than there are, with the sum", () => {
    expect(overlapOf(sessions, ["025", "026"])).toMatchObject({
      allowed: false,
      reason: "they need 7 + 4 = 11 terminals, and there are 10",
    });
    expect(overlapOf(sessions, ["028", "031"])).toMatchObject({ allowed: true });
    expect(overlapOf(sessions, ["028", "031"], 7)).toMatchObject({ allowed: false });
  });

  it("are refused in one domain, where one depends on the other, and where there is none of that name", () => {
    const same = plan({
      tasks: [1, 2].map((number) => ({ number, stream: "A", session: `s${number}`, terminal: 1 })),
      streams: [{ id: "A", terminals: [1] }],
    });
    expect(overlapOf(same, ["s1", "s2"]).reason).toBe("both work in stream A");
    const three = plan({
      tasks: ["A", "B", "A"].map((stream, index) => ({ number: index + 1, session: `s${index + 1}`, stream })),
      streams: [
        { id: "A", terminals: [1] },
        { id: "B", terminals: [2] },
      ],
    });
    expect(overlapOf(three, ["s1", "s2", "s3"]).reason).toBe("s1 and s3 both work in stream A");
    expect(overlapOf(sessions, ["025", "099"]).reason).toContain("099");
    const after = {
      ...sessions,
      sessions: sessions.sessions.map((session) => (session.id === "031" ? { ...session, dependsOn: ["028"] } : session)),
    };
    expect(overlapOf(after, ["028", "031"])).toMatchObject({ allowed: false, reason: "031 depends on 028" });
  });

  it("follow each other in a sequence, and run two at once as far as terminals suffice", () => {
    const ends = (atOnce: number) => blocksOf(sessions, { by: "sessions", atOnce }, 10).map(({ start, end }) => [start, end]);
    expect(ends(1)).toEqual([
      [0, 4],
      [4, 8],
      [8, 12],
      [12, 15],
    ]);
    // 025 takes seven terminals: nobody fits beside it.
    expect(ends(2)).toEqual([
      [0, 4],
      [4, 8],
      [4, 8],
      [8, 11],
    ]);
  });
});

describe("what if", () => {
  it("says in numbers what dropping and overlapping would change, and what cannot be", () => {
    const answer = whatIf(sessions, {
      drop: ["B", "Z"],
      overlap: [
        ["028", "031"],
        ["025", "026"],
      ],
      terminals: null,
      schedule: null,
    });
    expect(answer.before).toMatchObject({ tasks: 4, sessionHours: 15, workHours: 3 });
    expect(answer.after).toMatchObject({ tasks: 3, sessionHours: 8, criticalPath: [3, 4] });
    expect(answer.refused).toEqual([
      "Z: the plan has no stream, session or task of that name",
      "025 + 026: they need 7 + 4 = 11 terminals, and there are 10",
    ]);
  });

  it("minds tasks that depend on what is dropped, and more sessions than can be looked after", () => {
    const { warnings } = whatIf(sessions, { drop: ["E"], overlap: [], terminals: 2, schedule: { by: "sessions", atOnce: 5 } });
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).toContain("task 4 depends on 3");
  });

  it("says when a session that is to overlap would be dropped as a whole", () => {
    const { warnings } = whatIf(sessions, { drop: ["F"], overlap: [["028", "031"]], terminals: null, schedule: null });
    expect(warnings).toEqual(["session 031 would have nothing left to overlap: all of it is dropped"]);
  });

  it("advises to split many independent tasks of one agent, and coordinators for many terminals", () => {
    const crowd = plan({
      tasks: Array.from({ length: 25 }, (_, index) => ({ number: index + 1, terminal: 1, stream: "A" })),
      streams: [{ id: "A", terminals: [1] }],
    });
    expect(adviceOf(crowd).join()).toContain("25 independent tasks for one agent");
    expect(adviceOf(sessions).some((advice) => advice.includes("independent"))).toBe(false);
  });

  it("gives an advice once to all whom it concerns, and names at most eight tasks one by one", () => {
    const lanes = [1, 2, 3].flatMap((terminal) =>
      Array.from({ length: 13 }, (_, index) => ({
        number: terminal * 100 + index,
        terminal,
        stream: "ABC".charAt(terminal - 1),
        dependsOn: [1],
      })),
    );
    const many = plan({
      tasks: [{ number: 1, stream: "D" }, ...lanes],
      streams: [
        { id: "A", terminals: [1] },
        { id: "B", terminals: [2] },
        { id: "C", terminals: [3] },
        { id: "D", terminals: [] },
      ],
    });
    expect(adviceOf(many)).toEqual([
      expect.stringMatching(/^terminals 1, 2 and 3: 13 independent tasks for one agent each; 2 or more agents/u),
      "streams A, B and C: 1 terminal each; direct work, a coordinator would cost more than it saves",
    ]);
    const { warnings } = whatIf(many, { drop: ["D"], overlap: [], terminals: null, schedule: null });
    expect(warnings).toHaveLength(9);
    expect(warnings.at(-1)).toBe("31 more tasks depend on what would be dropped");
  });
});

describe("the timeline", () => {
  it("has neither hole nor overlap, whatever the plan says", () => {
    const slot = fc.record({
      start: fc.integer({ min: -2, max: 20 }),
      length: fc.integer({ min: -1, max: 8 }),
      kind: fc.constantFrom("session" as const, "buffer" as const),
    });
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 8 }), fc.option(fc.integer({ min: 0, max: 40 })), (rows, horizonHours) => {
        const timeline: TimelineSlot[] = rows.map(({ start, length, kind }, index) => ({
          start,
          end: start + length,
          kind,
          session: kind === "session" ? `${index}` : null,
          label: `${index}`,
        }));
        const { slots } = timelineOf(plan({ tasks: [{ number: 1 }], rest: { timeline, horizonHours } }), null, 0);
        slots.forEach((one, index) => {
          expect(one.start).toBe(slots[index - 1]?.end ?? 0);
          expect(one.end).toBeGreaterThan(one.start);
        });
      }),
    );
  });

  it("is made of the sessions' hours, or of the estimates, where the plan draws none", () => {
    expect(timelineOf(sessions, null, 0).slots.map(({ session, planned }) => [session, planned])).toEqual([
      ["025", 4],
      ["026", 4],
      ["028", 4],
      ["031", 3],
    ]);
    const bare = plan({ tasks: [{ number: 1, minutes: 60, terminal: 1 }], settings: { buffer: 0.5 } });
    expect(timelineOf(bare, null, 0)).toMatchObject({
      horizonHours: 1.5,
      slots: [
        { kind: "session", session: null },
        { kind: "buffer", planned: 0.5 },
      ],
    });
  });

  it("says of sessions that are over what they took, and forecasts only the others, however old the forecast", () => {
    const world = new World(sessions).engine().up().wait(30);
    const forecast = forecastOf(world.state, world.t, chanceFrom("x"));
    if (forecast) world.take(forecast);
    world.done(1).wait(60);
    const slots = timelineOf(world.state.plan, world.state, world.t).slots.map(({ session, over, actual, forecast: ends }) => ({
      session,
      over,
      actual,
      ends: ends !== null,
    }));
    expect(forecast?.sessions).toHaveProperty("025");
    expect(slots.find(({ session }) => session === "025")).toEqual({ session: "025", over: true, actual: 0.5, ends: false });
    expect(slots.find(({ session }) => session === "026")).toMatchObject({ over: false, ends: true });
  });

  it("says nothing where nothing is known", () => {
    expect(timelineOf(plan({ tasks: [{ number: 1 }] }), null, 0)).toEqual({ horizonHours: 0, slots: [] });
  });

  it("of a plan that states no length is what was, up to where it will likely end, and nothing planned", () => {
    const world = new World(
      plan({
        tasks: [
          { number: 1, terminal: 1 },
          { number: 2, terminal: 1 },
        ],
      }),
    )
      .engine()
      .up();
    expect(timelineOf(world.state.plan, world.state, 0).slots).toEqual([]);
    world.wait(60);
    expect(timelineOf(world.state.plan, world.state, world.t)).toMatchObject({
      horizonHours: 1,
      slots: [{ start: 0, end: 1, kind: "session", session: null, planned: null, actual: 1, forecast: null, over: false }],
    });
    world.done(1);
    const made = forecastOf(world.state, world.t, chanceFrom("x"));
    if (made) world.take(made);
    const { horizonHours, slots } = timelineOf(world.state.plan, world.state, world.t);
    expect(horizonHours).toBeGreaterThan(1);
    expect(slots).toHaveLength(1);
    expect(slots[0]).toMatchObject({ planned: null, actual: 1 });
    expect(slots[0]?.forecast?.p50).toBeCloseTo(horizonHours, 2);
  });

  it("does not call a session over that has no tasks, before its handoff is there", () => {
    const people = plan({
      tasks: [{ number: 1, session: "025", terminal: 1 }],
      sessions: [
        { id: "025", hours: 1 },
        { id: "032", hours: 1 },
      ],
    });
    const world = new World(people).engine().up().wait(30).done(1);
    const over = () => [
      sessionProgress(world.state, world.t).map(({ state }) => state),
      timelineOf(people, world.state, world.t).slots.map((slot) => slot.over),
    ];
    expect(over()).toEqual([
      ["done", "waiting"],
      [true, false],
    ]);
    world.file("SESSION_032_HANDOFF.md", { kind: "handoff", session: "032" }, { handoff: { completion: 100 } });
    expect(over()).toEqual([
      ["done", "done"],
      [true, true],
    ]);
  });
});

describe("lanes", () => {
  it.each([
    [0.25, 4, 5],
    [0.5, 4, 6],
    [0.25, 3, 4],
    [0.5, 3, 5],
    [0.25, 1, 1.25],
    [0.1, 1.5, 1.75],
    [0.25, 8, 10],
  ])("a buffer of %d makes %d h of a session to %d h, rounded up", (buffer, planned, hours) => {
    const one = plan({
      tasks: [{ number: 1, session: "025", minutes: 10, terminal: 1 }],
      sessions: [{ id: "025", hours: planned }],
      settings: { buffer },
    });
    const { state, t } = new World(one).engine().up();
    expect(sessionProgress(state, t)[0]).toMatchObject({ estimateMs: planned * HOUR, bufferedMs: hours * HOUR });
    expect(timeLanes(state, t, "sessions")[0]).toMatchObject({ planned: { from: 0, to: planned * HOUR }, bufferEnd: hours * HOUR });
  });

  it("hold plan, what was, and what stopped it", () => {
    const world = new World(sessions).engine().up().wait(30).blocked(1).wait(30).done(3);
    const lanes = new Map(timeLanes(world.state, world.t, "streams").map((lane) => [lane.id, lane]));
    expect(lanes.get("B")).toMatchObject({ planned: { from: 0, to: HOUR }, blocked: [{ from: HOUR / 2, to: HOUR }], forecast: null });
    expect(lanes.get("E")).toMatchObject({ actual: { from: 0, to: HOUR }, pushedMs: -HOUR });
    expect(lanes.get("F")?.planned).toEqual({ from: 2 * HOUR, to: 3 * HOUR });
    expect(timeLanes(world.state, world.t, "sessions").map((lane) => lane.planned?.from)).toEqual([0, 4 * HOUR, 8 * HOUR, 12 * HOUR]);
    expect(timeLanes(world.state, world.t, "terminals")).toHaveLength(3);
  });

  it("say in JSON what the time view draws, in hours", () => {
    const world = new World(sessions).engine().up().wait(30).blocked(1).wait(30).done(3);
    const lanes = lanesJson(world.state, world.t);
    expect(new Set(lanes.map(({ by }) => by))).toEqual(new Set(["sessions", "streams", "terminals"]));
    expect(lanes.find(({ by, id }) => by === "streams" && id === "B")).toMatchObject({
      planned: { start: 0, end: 1 },
      blocked: [{ start: 0.5, end: 1 }],
      forecast: null,
      state: "blocked",
    });
    expect(lanes.find(({ by, id }) => by === "streams" && id === "E")).toMatchObject({ actual: { start: 0, end: 1 }, pushed: -1 });
  });

  it("have no course without estimates, and none for ever where no terminal is", () => {
    expect(plannedCourse(plan({ tasks: [{ number: 1 }] }))).toBeNull();
    expect(plannedCourse(sessions, 0)?.lengthMs).toBe(Number.POSITIVE_INFINITY);
  });
});
