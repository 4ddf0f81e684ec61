/** Random plans and plausible random facts about them. */
import fc from "fast-check";
import type { RiskAct } from "../../src/marathon/risk-types.ts";
import type { Fact, TerminalStateName } from "../../src/marathon/types.ts";
import type { TickState } from "../../src/plan/report-types.ts";
import type { Plan, Priority } from "../../src/plan/types.ts";
import { CHAIN, plan } from "../support/plan-builder.ts";

const PRIORITIES: readonly (Priority | null)[] = [null, null, null, "P0", "P1", "P2", "P3"];

/** Plans of 1 to `most` tasks on up to four terminals, in up to three phases, without a cycle of dependencies. */
export function plans(most = 14): fc.Arbitrary<Plan> {
  const sketch = fc.record({
    terminal: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 3 }),
    phase: fc.integer({ min: 1, max: 3 }),
    priority: fc.constantFrom(...PRIORITIES),
    session: fc.constantFrom(null, "024", "025"),
    minutes: fc.constantFrom(10, 30, 60),
    needs: fc.array(fc.nat({ max: 100 }), { maxLength: 3 }),
  });
  return fc
    .tuple(fc.array(sketch, { minLength: 1, maxLength: most }), fc.constantFrom(null, 2, 4), fc.infiniteStream(fc.nat()))
    .map(([sketches, terminals, shuffle]) => {
      // Dependencies point to earlier rows, while the numbers run in any order.
      const numbers = sketches
        .map((_, index) => ({ number: index + 1, key: shuffle.next().value as number }))
        .sort((a, b) => a.key - b.key);
      const numberOf = (row: number): number => numbers[row]?.number ?? row + 1;
      return plan({
        tasks: sketches.map(({ needs, ...facts }, row) => ({
          ...facts,
          number: numberOf(row),
          dependsOn: row === 0 ? [] : needs.map((need) => numberOf(need % row)),
        })),
        settings: { terminals, buffer: 0.25 },
        hierarchy: CHAIN,
        rest: { preflight: ["there is room"] },
      });
    });
}

const terminal = fc.integer({ min: 1, max: 5 });
const task = fc.integer({ min: 1, max: 16 });
const states = fc.constantFrom<TerminalStateName>("busy", "idle", "asking", "error", "unknown", "blocked");
const ticks = fc.constantFrom<TickState>("done", "doing", "blocked", "open");

/** Any fact but the first one, as wild as an engine, agents and people could make it. */
export function facts(): fc.Arbitrary<Fact> {
  const fact = <T>(arbitrary: fc.Arbitrary<T>): { arbitrary: fc.Arbitrary<T>; weight: number } => ({ arbitrary, weight: 2 });
  return fc.oneof(
    { arbitrary: fc.constant<Fact>({ type: "engine-started", pid: 1, version: "0", resumed: false }), weight: 2 },
    {
      arbitrary: fc.constantFrom<Fact>(
        { type: "engine-lost", pid: 1 },
        { type: "engine-stopped", reason: "asked to" },
        { type: "marathon-stopped", by: "person" },
        { type: "timer-fired", timer: "blocker-30m:B1" },
      ),
      weight: 1,
    },
    {
      arbitrary: terminal.map(
        (number): Fact => ({ type: "terminal-started", terminal: number, pid: 1000 + number, pidStart: 1, program: "p" }),
      ),
      weight: 8,
    },
    {
      arbitrary: terminal.map((number): Fact => ({ type: "terminal-started", terminal: number, pid: 0, pidStart: null, program: "shell" })),
      weight: 2,
    },
    fact(terminal.map((number): Fact => ({ type: "terminal-starting", terminal: number, reason: "key" }))),
    { arbitrary: reports(terminal), weight: 2 },
    fact(
      fc
        .tuple(terminal, fc.constantFrom(0, 1))
        .map(([number, code]): Fact => ({ type: "terminal-exited", terminal: number, code, signal: null })),
    ),
    {
      arbitrary: terminal.map((number): Fact => ({ type: "terminal-failed", terminal: number, code: 127, message: "not found" })),
      weight: 1,
    },
    { arbitrary: terminal.map((number): Fact => ({ type: "terminal-retired", terminal: number, reason: "enough" })), weight: 1 },
    {
      arbitrary: fc.tuple(terminal, states).map(
        ([number, state]): Fact => ({
          type: "terminal-state",
          terminal: number,
          state,
          kind: state === "asking" ? "question" : null,
          source: "osc-7501",
          evidence: null,
        }),
      ),
      weight: 4,
    },
    {
      arbitrary: terminal.map(
        (number): Fact => ({
          type: "terminal-state",
          terminal: number,
          state: "idle",
          kind: null,
          source: "process",
          evidence: "ended",
          pid: null,
          pidStart: null,
        }),
      ),
      weight: 4,
    },
    {
      arbitrary: fc
        .tuple(task, terminal)
        .map(([number, by]): Fact => ({ type: "task-done", task: number, terminal: by, source: "exit code 0" })),
      weight: 6,
    },
    fact(
      fc.tuple(task, fc.constantFrom("no disk", "conflict")).map(
        ([number, reason]): Fact => ({
          type: "task-blocked",
          task: number,
          terminal: null,
          reason,
          source: "command",
          priority: null,
          evidence: [],
        }),
      ),
    ),
    fact(fc.tuple(task, terminal).map(([number, to]): Fact => ({ type: "task-assigned", task: number, terminal: to, why: "person" }))),
    fact(task.map((number): Fact => ({ type: "task-released", task: number, reason: "turned away" }))),
    fact(task.map((number): Fact => ({ type: "task-reopened", task: number, reason: "not good" }))),
    { arbitrary: task.map((number): Fact => ({ type: "task-dropped", task: number, reason: "not needed" })), weight: 1 },
    fact(
      fc
        .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom<"resolved" | "known">("resolved", "known"))
        .map(([id, as]): Fact => ({ type: "blocker-closed", blocker: `B${id}`, as, by: "person", note: null })),
    ),
    { arbitrary: messageFacts(terminal), weight: 6 },
    { arbitrary: planFacts(task, terminal), weight: 6 },
    { arbitrary: blockerActs(task, terminal), weight: 8 },
    {
      arbitrary: fc
        .tuple(terminal, fc.array(fc.record({ task, state: ticks }), { maxLength: 4 }))
        .map(([number, read]) => report(number, read)),
      weight: 4,
    },
    fact(fc.tuple(fc.constantFrom("024", "025"), fc.boolean()).map(([session, resolved]) => blockerFile(session, resolved))),
    fact(fc.constantFrom("024", "025").map((session): Fact => ({ type: "file-removed", path: `/s/SESSION_${session}_BLOCKER.md` }))),
    fact(
      fc
        .tuple(terminal, fc.constantFrom("QA_TESTER_1", "x"), fc.constantFrom<TerminalStateName | "gone">("busy", "idle", "gone"))
        .map(([number, agent, state]): Fact => ({ type: "agent-reported", terminal: number, agent, state, title: null, message: null })),
    ),
  );
}

/** Acts about blockers, whether they make sense at that moment or not. */
function blockerActs(task: fc.Arbitrary<number>, terminal: fc.Arbitrary<number>): fc.Arbitrary<Fact> {
  const id = fc.integer({ min: 1, max: 4 }).map((number) => `B${number}`);
  const act = { by: "a person", note: null };
  const levels = fc.constantFrom<"coordinator" | "deputy" | "orchestrator" | "human">("coordinator", "deputy", "orchestrator", "human");
  return fc.oneof(
    fc
      .tuple(id, levels)
      .map(([blocker, level]): Fact => ({ type: "blocker-escalated", blocker, to: { level, role: null, terminal: null }, ...act })),
    fc
      .tuple(id, fc.array(task, { maxLength: 3 }), terminal)
      .map(([blocker, tasks, to]): Fact => ({ type: "blocker-reassigned", blocker, tasks: [...new Set(tasks)], to, why: "idle", ...act })),
    fc.tuple(id, fc.array(task, { maxLength: 2 }), fc.boolean()).map(
      ([blocker, tasks, run]): Fact => ({
        type: "blocker-fell-back",
        blocker,
        fallback: { from: "task", text: "else", tasks: [...new Set(tasks)], run: run ? "else" : null },
        ...act,
      }),
    ),
    id.map((blocker): Fact => ({ type: "blocker-resumed", blocker, ...act })),
    id.map((blocker): Fact => ({ type: "blocker-undone", blocker, act: "escalated", ...act })),
    id.map((blocker): Fact => ({ type: "blocker-learnt", blocker, ...act })),
    terminal.map((number): Fact => ({ type: "fallback-ended", terminal: number, code: 0, signal: null })),
    id.map((blocker): Fact => ({ type: "timer-fired", timer: `blocker-30m:${blocker}` })),
  );
}

function report(terminal_: number, read: readonly { task: number; state: TickState }[]): Fact {
  return {
    type: "file-changed",
    path: `/s/terminal-0${terminal_}.md`,
    bytes: 10,
    reading: {
      name: { kind: "report", session: null, task: null, terminal: terminal_, placeholder: false },
      ticks: read.map((tick, index) => ({ ...tick, text: "words", line: index + 1 })),
      handoff: null,
      blocker: null,
      lines: read.length,
    },
  };
}

function blockerFile(session: string, resolved: boolean): Fact {
  return {
    type: "file-changed",
    path: `/s/SESSION_${session}_BLOCKER.md`,
    bytes: 10,
    reading: {
      name: { kind: "BLOCKER", session, task: null, terminal: null, placeholder: false },
      ticks: [],
      handoff: null,
      blocker: {
        title: "conflict",
        reason: null,
        priority: "P0",
        tasks: [],
        cause: null,
        tried: [],
        notTried: [],
        evidence: null,
        resolved,
      },
      lines: 3,
    },
  };
}

/** The plan changes while it runs, whether that makes sense at the moment or not. */
function planFacts(task: fc.Arbitrary<number>, terminal: fc.Arbitrary<number>): fc.Arbitrary<Fact> {
  const by = "a person";
  const session = fc.constantFrom("024", "025", "099");
  const some = fc.array(task, { maxLength: 3 });
  const risk = fc.integer({ min: 1, max: 3 }).map((number) => `R${number}`);
  const blockers = fc.array(
    fc.integer({ min: 1, max: 4 }).map((number) => `B${number}`),
    { maxLength: 2 },
  );
  const act: fc.Arbitrary<RiskAct> = fc.oneof(
    some.map((tasks) => ({ kind: "drop", tasks }) as const),
    fc.tuple(some, session).map(([tasks, to]) => ({ kind: "carry", tasks, to }) as const),
    blockers.map((ids) => ({ kind: "known", blockers: ids }) as const),
    blockers.map((ids) => ({ kind: "escalate", blockers: ids }) as const),
  );
  return fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.option(terminal), fc.integer({ min: 1, max: 4 }), session)
      .map(([number, bound, phase, to]): Fact => {
        const [added] = plan({ tasks: [{ number, terminal: bound, phase, session: to, minutes: 10 }] }).tasks;
        if (!added) throw new Error("a plan of one task has one");
        return { type: "task-added", task: added, reason: "it is needed", by };
      }),
    fc.tuple(task, session).map(([number, to]): Fact => ({ type: "task-carried", task: number, to, reason: "late", by })),
    fc
      .tuple(risk, act)
      .map(([id, what]): Fact => ({ type: "risk-taken", id, rule: 1, response: 1, text: "do it", act: what, change: "less", by })),
    risk.map((id): Fact => ({ type: "risk-undone", id, by })),
    fc.boolean().map((ok): Fact => ({ type: "preflight-checked", item: 1, ok, note: null, by })),
    fc.tuple(task, fc.constantFrom("found" as const, "tested" as const), fc.boolean()).map(
      ([number, step, done]): Fact => ({
        type: "security-reported",
        terminal: 1,
        task: number,
        step,
        done,
        isolated: done,
        note: null,
        by,
      }),
    ),
    fc.boolean().map((clean): Fact => ({ type: "repository-checked", clean, said: "looked", by })),
    fc.boolean().map((met): Fact => ({ type: "goal-checked", goal: "024.1", text: "it works", met, note: null, by })),
    fc.constantFrom("57/81", "done").map((value): Fact => ({ type: "target-measured", name: "Tools", value, by })),
    fc.boolean().map((holds): Fact => ({ type: "risk-offered", rule: 1, holds, why: "late" })),
    fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 12 }).map((numbers): Fact => {
      const tasks = [...new Set(numbers)].map((number) => ({ number, terminal: number % 3 === 0 ? null : 1, session: "024" }));
      return { type: "plan-offered", plan: plan({ tasks }), fingerprint: numbers.join(), summary: "edited" };
    }),
    fc.integer({ min: 1, max: 40 }).map((offer): Fact => ({ type: "plan-changed", offer, summary: "edited", by })),
    fc.integer({ min: 1, max: 40 }).map((offer): Fact => ({ type: "plan-refused", offer, by })),
    fc.constant<Fact>({ type: "plan-withdrawn", why: "edited again" }),
  );
}

/** Messages come and change; most of the ids are of no message, as after a journal was cut. */
function messageFacts(terminal: fc.Arbitrary<number>): fc.Arbitrary<Fact> {
  const message = fc.integer({ min: 2, max: 40 }).map((seq) => `m${seq}`);
  return fc.oneof(
    terminal.map((number): Fact => ({ type: "message-queued", terminal: number, text: "hello", purpose: "message", by: "a person" })),
    message.map((id): Fact => ({ type: "message-waiting", message: id, why: "it is busy" })),
    message.map((id): Fact => ({ type: "message-typed", message: id, attempt: 1 })),
    message.map((id): Fact => ({ type: "message-delivered", message: id, evidence: "it went to work" })),
    message.map((id): Fact => ({ type: "message-failed", message: id, why: "it did not appear" })),
    message.map((id): Fact => ({ type: "message-dropped", message: id, by: "a person" })),
  );
}

/** What agents report in so many words; questions by ids that exist now and then. */
function reports(terminal: fc.Arbitrary<number>): fc.Arbitrary<Fact> {
  const question = fc.integer({ min: 1, max: 40 }).map((seq) => `q${seq}`);
  const by = "terminal 1";
  return fc.oneof(
    terminal.map((number): Fact => ({ type: "question-asked", terminal: number, text: "which?", options: ["this", "that"] })),
    question.map((id): Fact => ({ type: "question-answered", question: id, answer: "this", by: "a person" })),
    question.map((id): Fact => ({ type: "question-withdrawn", question: id, why: "nobody waits" })),
    terminal.map((number): Fact => ({ type: "finding-reported", terminal: number, task: null, text: "a leak", severity: "warning", by })),
    terminal.map((number): Fact => ({ type: "metric-reported", terminal: number, task: 1, name: "coverage", value: 80, unit: "%", by })),
    fc
      .tuple(terminal, fc.constantFrom("A", "B", "C"), fc.constantFrom("A", "B", "C"), fc.constantFrom("busy" as const, "gone" as const))
      .map(
        ([number, agent, parent, state]): Fact => ({
          type: "agent-reported",
          terminal: number,
          agent,
          parent,
          state,
          title: null,
          message: null,
        }),
      ),
  );
}
