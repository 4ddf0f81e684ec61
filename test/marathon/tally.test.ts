import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Draft } from "../../src/marathon/draft.ts";
import { missingHandoffs } from "../../src/marathon/handoffs.ts";
import { invariants } from "../../src/marathon/invariants.ts";
import { fold } from "../../src/marathon/step.ts";
import { tallyOf, tasksOfTerminal, terminalTally, wholeTally, type Tally } from "../../src/marathon/tally.ts";
import type { State, Task } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const TASKS = 12;

function begun(): State {
  const tasks = Array.from({ length: TASKS }, (_, index) => ({
    number: index + 1,
    stream: "ABC".charAt(index % 3),
    session: index % 2 === 0 ? "024" : "025",
    terminal: index % 4 === 3 ? null : 1 + (index % 4),
    ...(index % 5 === 0 ? {} : { minutes: 10 + index }),
    doneInPlan: index === 7,
  }));
  return new World(plan({ tasks, settings: { terminals: 5 } })).state;
}

/** A task as it may never come to be by the rules: sums must not depend on them. */
const anyChange = fc.record({
  number: fc.integer({ min: 1, max: TASKS }),
  state: fc.constantFrom<Task["state"]>("waiting", "ready", "running", "done", "blocked", "parked", "dropped"),
  terminal: fc.option(fc.integer({ min: 1, max: 5 })),
  startedAt: fc.option(fc.nat({ max: 9 })),
  endedAt: fc.option(fc.nat({ max: 9 })),
  workedMs: fc.nat({ max: 99 }),
  blockedMs: fc.nat({ max: 99 }),
});

const everything = (state: State): readonly Tally[] => [
  wholeTally(state),
  ...[...state.plan.streams, ...state.plan.sessions].map(({ tasks }) => tallyOf(state, tasks)),
  ...Object.values(state.terminals).map(({ number }) => terminalTally(state, number)),
];

const inAnyOrder = ({ moving, terminals, ...sums }: Tally) => ({
  ...sums,
  moving: moving.toSorted((a, b) => a.number - b.number),
  terminals: terminals.toSorted((a, b) => a - b),
});

function changed(state: State, tasks: readonly Partial<Task>[]): State {
  const draft = new Draft(state);
  for (const task of tasks) draft.setTask({ ...(draft.state.tasks[task.number ?? 0] as Task), ...task });
  return draft.finish();
}

it("sums carried from change to change are those of a look at every task", () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyChange, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), fc.nat({ max: 12 }), (changes, asked) => {
      let state = begun();
      changes.forEach((tasks, at) => {
        // What nobody has asked for yet is not carried; from then on it is.
        if (at >= asked) everything(state);
        state = changed(state, tasks);
      });
      const anew = everything({ ...state, tasks: { ...state.tasks } });
      expect(everything(state).map(inAnyOrder)).toEqual(anew.map(inAnyOrder));
    }),
    { numRuns: 300 },
  );
});

it("one task that changes costs no look at the others: lists and sums that it is not in stay the same objects", () => {
  const before = begun();
  everything(before);
  const after = changed(before, [{ number: 1, state: "done", endedAt: 5, startedAt: 1 }]);
  const stays = (of: (state: State) => unknown) => of(before) === of(after);
  expect(stays((state) => tallyOf(state, before.plan.streams[0]?.tasks ?? []))).toBe(false);
  expect(stays((state) => tallyOf(state, before.plan.streams[1]?.tasks ?? []))).toBe(true);
  expect(stays((state) => terminalTally(state, 2))).toBe(true);
  expect(stays((state) => tasksOfTerminal(state, 1))).toBe(true);
  expect(wholeTally(after).counts.done).toBe(wholeTally(before).counts.done + 1);
});

it("a whole journal folds to the sums that its steps came to, though its end was described on the way", () => {
  const tasks = [1, 2, 3].map((number) => ({ number, terminal: number, session: "024" }));
  const world = new World(plan({ tasks })).engine().up().done(1).done(2).done(3);
  world.take({ type: "task-reopened", task: 3, reason: "not good enough" });
  const folded = fold(null, world.events);
  expect(folded).toEqual(world.state);
  expect(everything(folded).map(inAnyOrder)).toEqual(everything(world.state).map(inAnyOrder));
  expect(invariants(folded)).toEqual([]);
  expect(missingHandoffs(folded)).toEqual([]);
});

it("sums asked for in the midst of a draft are those of the tasks at that moment", () => {
  const draft = new Draft(begun());
  const whole = () => wholeTally(draft.state).counts.dropped;
  const drop = (number: number) => draft.setTask({ ...(draft.state.tasks[number] as Task), state: "dropped", endedAt: 1 });
  drop(1);
  expect(whole()).toBe(1);
  drop(2);
  expect(whole()).toBe(2);
  expect(wholeTally(draft.finish()).counts.dropped).toBe(2);
});

it("sums of a list that is nobody's are made anew for other tasks", () => {
  const before = begun();
  const own = [1, 2, 3];
  const was = tallyOf(before, own).counts.done;
  const after = changed(before, [{ number: 2, state: "done", endedAt: 5, startedAt: 1 }]);
  expect(tallyOf(after, own).counts.done).toBe(was + 1);
});

it("sums of a list that is a stream and a session at once take each change once", () => {
  const state = begun();
  const shared = state.plan.sessions[0]?.tasks ?? [];
  const [stream] = state.plan.streams;
  let now: State = { ...state, plan: { ...state.plan, streams: stream ? [{ ...stream, tasks: shared }] : [] } };
  const [first = 0, second = 0] = shared;
  now = changed(now, [
    { number: first, state: "running", startedAt: 1 },
    { number: second, state: "running", startedAt: 1 },
  ]);
  everything(now);
  now = changed(now, [{ number: first, state: "done", startedAt: 1, endedAt: 5 }]);
  const tally = tallyOf(now, shared);
  expect(tally.moving.map(({ number }) => number)).toEqual([second]);
  expect(inAnyOrder(tally)).toEqual(inAnyOrder(tallyOf({ ...now, tasks: { ...now.tasks } }, shared)));
});

it("what is carried keeps no earlier state alive", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let state = begun();
  const refs: WeakRef<object>[] = [];
  for (let round = 0; round < 20; round += 1) {
    everything(state);
    refs.push(new WeakRef(state.tasks));
    state = changed(state, [{ number: 1 + (round % TASKS), workedMs: round + 1 }]);
  }
  // A reference that was made in this turn of the event loop is kept until its end.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const alive = refs.slice(0, -2).filter((ref) => ref.deref() !== undefined).length;
  expect(alive).toBe(0);
  expect(state.tasks[1]?.workedMs).toBeGreaterThan(0);
});
