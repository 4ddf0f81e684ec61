import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceFrom } from "../../../src/marathon/time/chance.ts";
import { forecastOf } from "../../../src/marathon/time/forecast.ts";
import { plannedCourse } from "../../../src/marathon/time/planned-course.ts";
import { whatIf } from "../../../src/marathon/time/what-if.ts";
import type { Plan, Schedule } from "../../../src/plan/types.ts";
import { plan, type TaskSketch } from "../../support/plan-builder.ts";
import { World } from "../world.ts";

const MINUTE = 60_000;
const IN_TURN: Schedule = { by: "sessions", atOnce: 1 };
const PAIRS: Schedule = { by: "sessions", atOnce: 2 };

/** Three sessions of an hour each, in three terminals and three domains. */
const three = (schedule: Schedule | null): Plan =>
  plan({
    tasks: [1, 2, 3].map((number) => ({ number, session: `02${number}`, stream: "ABC".charAt(number - 1), terminal: number, minutes: 60 })),
    settings: { schedule, terminals: 3 },
  });

describe("a schedule of sessions", () => {
  it("is part of the planned course, of a forecast, and of what-if", () => {
    const hours = (schedule: Schedule | null) => (plannedCourse(three(schedule))?.lengthMs ?? 0) / (60 * MINUTE);
    expect([null, { by: "streams" } as const, PAIRS, IN_TURN].map(hours)).toEqual([1, 1, 2, 3]);
    const end = (schedule: Schedule | null) =>
      (forecastOf(new World(three(schedule)).engine().up().state, 0, chanceFrom("s"))?.marathon?.p50 ?? 0) / (60 * MINUTE);
    expect(end(IN_TURN)).toBeGreaterThan(end(null) + 1.2);
    const none = { drop: [], overlap: [], terminals: null };
    expect(whatIf(three(null), { ...none, schedule: IN_TURN }).after.workHours).toBe(3);
    expect(whatIf(three(null), { ...none, schedule: null }).after.workHours).toBe(1);
  });

  it("forecasts later sessions after the ones before them", () => {
    const made = forecastOf(new World(three(IN_TURN)).engine().up().state, 0, chanceFrom("s"));
    const [first, second, third] = ["021", "022", "023"].map((id) => made?.sessions[id]?.p50 ?? 0);
    expect(second).toBeGreaterThan((first ?? 0) + 40 * MINUTE);
    expect(third).toBeGreaterThan((second ?? 0) + 40 * MINUTE);
  });

  it("runs its course as the marathon itself does, whatever the plan", () => {
    const row = fc.record({
      session: fc.constantFrom("024", "025", "026", null),
      stream: fc.constantFrom("A", "B", "C", null),
      terminal: fc.constantFrom(1, 2, 3),
      phase: fc.integer({ min: 0, max: 1 }),
      priority: fc.constantFrom("P0" as const, "P1" as const, null),
      // Of different lengths each, so that nothing ends at the same moment as something else.
      minutes: fc.integer({ min: 1, max: 60 }),
      needs: fc.option(fc.integer({ min: 1, max: 10 })),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 10 }), fc.constantFrom(IN_TURN, PAIRS, null), (rows, schedule) => {
        const tasks = rows.map(({ needs, ...each }, index) => ({
          ...each,
          number: index + 1,
          minutes: each.minutes + 2 ** index / 4096,
          dependsOn: needs !== null && needs <= index ? [needs] : [],
        }));
        const of = plan({ tasks, settings: { schedule, terminals: 3 } });
        const course = new Map(plannedCourse(of)?.tasks.map(({ task, startMs }) => [task, startMs]));
        const lived = startsOf(of, tasks);
        for (const { number } of tasks) expect(course.get(number), `start of task ${number}`).toBeCloseTo(lived.get(number) ?? -1, 0);
      }),
      { numRuns: 60 },
    );
  });
});

/** When each task begins if the marathon's own rules give out the work and every task takes its minutes. */
function startsOf(of: Plan, tasks: readonly TaskSketch[]): Map<number, number> {
  const minutes = new Map(tasks.map((task) => [task.number, task.minutes ?? 0]));
  const world = new World(of, { check: false }).engine().up();
  const starts = new Map<number, number>();
  const running = new Map<number, number>();
  for (;;) {
    for (const number of world.tasks("running")) {
      if (starts.has(number)) continue;
      starts.set(number, world.t);
      running.set(number, world.t + (minutes.get(number) ?? 0) * MINUTE);
    }
    const [next] = [...running].toSorted((a, b) => a[1] - b[1]);
    if (next === undefined) return starts;
    running.delete(next[0]);
    world.t = next[1];
    world.done(next[0]);
  }
}
