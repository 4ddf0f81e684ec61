import fc from "fast-check";
import { expect, test } from "vitest";
import { invariants } from "../../src/marathon/invariants.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, Fact, State } from "../../src/marathon/types.ts";
import type { Schedule } from "../../src/plan/types.ts";
import { plan, type TaskSketch } from "../support/plan-builder.ts";

const IN_TURN: Schedule = { by: "sessions", atOnce: 1 };
const PAIRS: Schedule = { by: "sessions", atOnce: 2 };

function begun(tasks: readonly TaskSketch[], schedule: Schedule | null): State {
  const facts = { id: "m", agent: "command", command: "sh", rehearsal: false, speed: 1, seed: null, project: "/p", scratchpad: "/p/s" };
  const of = plan({ tasks, settings: { schedule, terminals: 4 } });
  return fold(null, [{ type: "marathon-started", plan: of, ...facts, seq: 1, at: 0, t: 0 }]);
}

function then(state: State, ...facts: readonly Fact[]): State {
  return facts.reduce((now, fact) => fold(now, [{ ...fact, seq: now.seq + 1, at: now.at + 1, t: now.t + 1 } as Event]), state);
}

const done = (task: number): Fact => ({ type: "task-done", task, terminal: null, source: "test" });
const blocked = (task: number): Fact => {
  const evidence = [{ source: "test", line: "stuck", file: null, at: 0 }];
  return { type: "task-blocked", task, terminal: null, reason: "stuck", source: "test", priority: null, evidence };
};
const waits = (state: State): (string | null)[] => Object.values(state.tasks).map(({ waitsFor }) => waitsFor);

const THREE: readonly TaskSketch[] = [
  { number: 1, session: "024", stream: "A", terminal: 1 },
  { number: 2, session: "024", stream: "A", terminal: 1, dependsOn: [1] },
  { number: 3, session: "025", stream: "B", terminal: 2 },
  { number: 4, session: "026", stream: "C", terminal: 3 },
  { number: 5, stream: "D", terminal: 4 },
];

test("without a schedule, and with all streams at once, no session waits for another", () => {
  for (const schedule of [null, { by: "streams" } as const])
    expect(waits(begun(THREE, schedule))).toEqual([null, "waits for 1", null, null, null]);
});

test("one after another: a later session waits until the ones before are over, and what has no session does not", () => {
  const why = "waits for session 024 (schedule: sessions one after another)";
  const state = begun(THREE, IN_TURN);
  expect(waits(state)).toEqual([null, "waits for 1", why, why, null]);
  expect(waits(then(state, done(1)))).toEqual([null, null, why, why, null]);
  expect(waits(then(state, done(1), done(2)))).toEqual([
    null,
    null,
    null,
    "waits for session 025 (schedule: sessions one after another)",
    null,
  ]);
  expect(waits(then(state, done(1), done(2), done(3)))).toEqual([null, null, null, null, null]);
});

test("two at once: the third waits for both", () => {
  const state = begun(THREE, PAIRS);
  expect(waits(state)).toEqual([null, "waits for 1", null, "waits for sessions 024 and 025 (schedule: 2 sessions at once)", null]);
  expect(waits(then(state, done(3)))[3]).toBeNull();
});

test("two at once, but not two that work in the same domain", () => {
  const same = THREE.map((task) => (task.number === 3 ? { ...task, stream: "A" } : task));
  expect(waits(begun(same, PAIRS))).toEqual([null, "waits for 1", "waits for session 024: both work in stream A", null, null]);
});

test("a session that is blocked, or waits for a later one, does not stop the plan", () => {
  expect(waits(then(begun(THREE, IN_TURN), blocked(1)))[2]).toBeNull();
  const crossed = [
    { number: 1, session: "024", dependsOn: [2] },
    { number: 2, session: "025" },
    { number: 3, session: "026" },
  ];
  const state = begun(crossed, IN_TURN);
  expect(waits(state)).toEqual(["waits for 2", null, "waits for session 025 (schedule: sessions one after another)"]);
  expect(waits(then(state, done(2)))).toEqual([null, null, "waits for session 024 (schedule: sessions one after another)"]);
});

test("whatever the plan and whatever happens, the gates are sound and the schedule alone never stops everything", () => {
  const task = fc.record({
    session: fc.constantFrom("024", "025", "026", null),
    stream: fc.constantFrom("A", "B", null),
    terminal: fc.constantFrom(1, 2, 3, null),
    phase: fc.integer({ min: 1, max: 2 }),
    priority: fc.constantFrom("P0" as const, null, null),
    needs: fc.option(fc.integer({ min: 1, max: 8 })),
  });
  fc.assert(
    fc.property(
      fc.array(task, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(IN_TURN, PAIRS),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean()), { maxLength: 10 }),
      (rows, schedule, acts) => {
        // Dependencies lead to lower numbers alone: the plan itself has no circle.
        const tasks = rows.map(({ needs, ...row }, index) => ({
          ...row,
          number: index + 1,
          dependsOn: needs !== null && needs <= index ? [needs] : [],
        }));
        let state = begun(tasks, schedule);
        let free = begun(tasks, null);
        for (const [number, ends] of acts) {
          if (!(number in state.tasks)) continue;
          const fact = ends ? done(number) : blocked(number);
          state = then(state, fact);
          free = then(free, fact);
          expect(invariants(state)).toEqual([]);
        }
        const ready = (of: State): boolean => Object.values(of.tasks).some((one) => one.state === "ready");
        expect(ready(state)).toBe(ready(free));
      },
    ),
  );
});
