import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { invariants } from "../../src/marathon/invariants.ts";
import { changesAnything, planEdit } from "../../src/marathon/plan-edit.ts";
import { fold, step } from "../../src/marathon/step.ts";
import type { Event, Fact, State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan } from "../../src/plan/types.ts";
import { plan } from "../support/plan-builder.ts";

function started(of: Plan): Event {
  const facts = { id: "m", agent: "command", command: "sh", rehearsal: false, speed: 1, seed: null, project: "/p", scratchpad: "/p/s" };
  return { type: "marathon-started", plan: of, ...facts, seq: 1, at: 0, t: 0 };
}

/** Folds the facts, and all that is decided because of them, in. */
function after(state: State, events: Event[], ...facts: readonly Fact[]): State {
  let now = state;
  for (const fact of facts) {
    const event: Event = { ...fact, seq: now.seq + 1, at: now.at + 1000, t: now.t + 1000 };
    const result = step(now, event);
    events.push(event);
    now = result.state;
    for (const effect of result.effects) {
      if (effect.kind !== "record") continue;
      const decided: Event = { ...effect.fact, seq: now.seq + 1, at: now.at, t: now.t, cause: event.seq };
      events.push(decided);
      now = step(now, decided).state;
    }
  }
  return now;
}

test.each(readdirSync("plans").filter((name) => name.endsWith(".md")))("%s, only saved again, changes nothing", (name) => {
  const read = (): Plan | null => readPlan([{ file: `plans/${name}`, text: readFileSync(`plans/${name}`, "utf8") }]).plan;
  const [now, files] = [read(), read()];
  if (!now || !files) return;
  const edit = planEdit(fold(null, [started(now)]), files);
  expect([changesAnything(edit), edit.fixed, edit.refused]).toEqual([false, [], null]);
});

const tasks = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 9 }),
    title: fc.constantFrom("a", "b"),
    terminal: fc.constantFrom(null, 1, 2),
    minutes: fc.constantFrom(10, 20),
    dependsOn: fc.constantFrom([], [1], [2, 3]),
  }),
  { selector: ({ number }) => number, minLength: 1 },
);

const happens = fc.array(fc.constantFrom<Fact["type"]>("task-done", "task-dropped", "task-blocked", "terminal-started"), { maxLength: 8 });

test("whatever is edited when, no work is lost, the state is sound, and the taken files are what runs", () => {
  fc.assert(
    fc.property(tasks, fc.array(fc.tuple(happens, tasks), { minLength: 1, maxLength: 4 }), (first, edits) => {
      const begin = started(plan({ tasks: first, settings: { terminals: 2 } }));
      const events: Event[] = [begin];
      let state = after(fold(null, [begin]), events, { type: "engine-started", pid: 1, version: "x", resumed: false });
      for (const [facts, rows] of edits) {
        facts.forEach((type, index) => {
          const task = Number(Object.keys(state.tasks)[index % Object.keys(state.tasks).length]);
          const fact: Fact =
            type === "terminal-started"
              ? { type, terminal: 1 + (index % 2), pid: 7, pidStart: null, program: "sh" }
              : type === "task-done"
                ? { type, task, terminal: null, source: "test" }
                : type === "task-blocked"
                  ? {
                      type,
                      task,
                      terminal: null,
                      reason: "r",
                      source: "test",
                      priority: null,
                      evidence: [{ source: "t", line: "r", file: null, at: 0 }],
                    }
                  : { type: "task-dropped", task, reason: "r" };
          state = after(state, events, fact);
        });
        const files = plan({ tasks: rows, settings: { terminals: 2 } });
        if (!changesAnything(planEdit(state, files))) continue;
        state = after(state, events, { type: "plan-offered", plan: files, fingerprint: "f", summary: "s" });
        const before = state;
        state = after(state, events, { type: "plan-changed", offer: state.planOffer?.seq ?? 0, summary: "s", by: "a person" });
        expect(invariants(state)).toEqual([]);
        for (const task of Object.values(before.tasks)) {
          const now = state.tasks[task.number];
          expect(now).toBeDefined();
          if (task.state === "running" || task.state === "done") expect(now?.state).toBe(task.state);
          expect(now?.workedMs).toBeGreaterThanOrEqual(task.workedMs);
        }
        expect(changesAnything(planEdit(state, files))).toBe(false);
      }
      expect(fold(null, events)).toEqual(state);
    }),
  );
});
