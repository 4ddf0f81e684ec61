import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planIndex } from "../../../src/marathon/plan-index.ts";
import { Course } from "../../../src/marathon/time/course.ts";
import { workOf } from "../../../src/marathon/time/work.ts";
import { plan, type TaskSketch } from "../../support/plan-builder.ts";

/** Runs the tasks on so many terminals, each for its minutes; answers start, end and terminal by task. */
function course(tasks: readonly TaskSketch[], terminals: number) {
  const of = plan({ tasks });
  const work = workOf(of, {
    open: () => true,
    terminalOf: (number) => planIndex(of).tasks.get(number)?.terminal ?? null,
    terminals: Array.from({ length: terminals }, (_, index) => index + 1),
  });
  const run = new Course(work);
  const minutes = new Map(tasks.map((task) => [task.number, task.minutes ?? 0]));
  const end = run.run({
    durations: Float64Array.from(work.numbers, (number) => minutes.get(number) ?? 0),
    free: new Float64Array(terminals),
    inHand: new Int32Array(terminals).fill(-1),
  });
  return {
    end,
    tasks: new Map(
      work.numbers.map((number, at) => [
        number,
        { start: run.starts[at] ?? -1, end: run.ends[at] ?? -1, terminal: work.terminals[run.takenBy[at] ?? -1] ?? null },
      ]),
    ),
  };
}

describe("the course of work", () => {
  it("gives each terminal its own tasks one after the other, and what is for any to whoever is free", () => {
    const { end, tasks } = course(
      [
        { number: 1, terminal: 1, minutes: 10 },
        { number: 2, terminal: 1, minutes: 10 },
        { number: 3, terminal: 2, minutes: 5 },
        { number: 4, terminal: null, minutes: 20 },
      ],
      2,
    );
    expect(tasks.get(4)).toEqual({ start: 5, end: 25, terminal: 2 });
    expect(end).toBe(25);
  });

  it("keeps phases: what is for any is taken by a terminal that is through with the phases before, what is bound waits for all", () => {
    const { tasks } = course(
      [
        { number: 1, terminal: 1, minutes: 10, phase: 0 },
        { number: 2, terminal: 2, minutes: 30, phase: 0 },
        { number: 3, terminal: null, minutes: 5, phase: 1 },
        { number: 4, terminal: 1, minutes: 5, phase: 1 },
      ],
      2,
    );
    expect(tasks.get(3)).toMatchObject({ start: 10, terminal: 1 });
    expect(tasks.get(4)).toMatchObject({ start: 30 });
  });

  it("holds the rest of a phase while a P0 is open, but not what the P0 needs", () => {
    const { tasks } = course(
      [
        { number: 1, terminal: 1, minutes: 10, dependsOn: [3], priority: "P0" },
        { number: 2, terminal: 2, minutes: 10 },
        { number: 3, terminal: 3, minutes: 10 },
      ],
      3,
    );
    expect([tasks.get(3)?.start, tasks.get(1)?.start, tasks.get(2)?.start]).toEqual([0, 10, 20]);
  });

  it("says Infinity when nobody can do the work", () => {
    expect(course([{ number: 1, minutes: 10 }], 0).end).toBe(Number.POSITIVE_INFINITY);
  });

  it("does everything once, no two tasks at a time in one terminal, none before what it depends on", () => {
    const sketch = fc
      .array(
        fc.record({
          terminal: fc.option(fc.integer({ min: 1, max: 3 })),
          minutes: fc.integer({ min: 1, max: 50 }),
          phase: fc.integer({ min: 0, max: 2 }),
          priority: fc.constantFrom("P0" as const, "P1" as const, null),
          needs: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 30 },
      )
      .map((rows) =>
        rows.map(({ needs, ...row }, index) => ({
          ...row,
          number: index + 1,
          dependsOn: needs.filter((need) => need > 0 && need <= index),
        })),
      );
    fc.assert(
      fc.property(sketch, (rows) => {
        const { end, tasks } = course(rows, 3);
        expect(Number.isFinite(end)).toBe(true);
        for (const row of rows) {
          const own = tasks.get(row.number);
          expect((own?.end ?? 0) - (own?.start ?? 0)).toBe(row.minutes);
          if (row.terminal !== null) expect(own?.terminal).toBe(row.terminal);
          for (const need of row.dependsOn) expect(own?.start).toBeGreaterThanOrEqual(tasks.get(need)?.end ?? Number.NaN);
          for (const other of rows) {
            const at = tasks.get(other.number);
            if (other === row || at?.terminal !== own?.terminal || !at || !own) continue;
            expect(at.end <= own.start || own.end <= at.start).toBe(true);
          }
        }
      }),
    );
  });
});
