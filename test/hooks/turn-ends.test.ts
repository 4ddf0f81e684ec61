import { expect, test } from "vitest";
import { TurnEnds } from "../../src/engine/hooks/turn-ends.ts";
import { Draft } from "../../src/marathon/draft.ts";
import { apply } from "../../src/marathon/reduce/index.ts";
import { fold } from "../../src/marathon/step.ts";
import type { Event, Fact, State } from "../../src/marathon/types.ts";
import { readPlan } from "../../src/plan/read.ts";
import { shellPlan } from "../support/scene/plans.ts";

/** Terminal 1 works on task 1 of two. */
function working() {
  const { plan } = readPlan([{ file: "plan.md", text: shellPlan("Two things", [["Build it | `make`", "Ship it | `./ship`"]]) }]);
  if (!plan) throw new Error("no plan");
  const given = {
    id: "m-1",
    plan,
    agent: "claude",
    command: null,
    rehearsal: false,
    speed: 1,
    seed: null,
    project: "/p",
    scratchpad: "/p/s",
  };
  let state: State = fold(null, [{ type: "marathon-started", ...given, seq: 1, at: 0, t: 0 }]);
  const facts: Fact[] = [];
  const ends: TurnEnds = new TurnEnds({ state: () => state, submit: (...more) => more.forEach(happens) });
  function happens(fact: Fact): void {
    facts.push(fact);
    const event: Event = { ...fact, seq: state.seq + 1, at: 0, t: 0 };
    const draft = new Draft(state);
    apply(draft, event);
    state = draft.finish();
    ends.saw(event);
  }
  happens({ type: "terminal-starting", terminal: 1, reason: "a test" });
  happens({ type: "terminal-started", terminal: 1, pid: 7, pidStart: 1, program: "claude" });
  happens({ type: "task-assigned", task: 1, terminal: 1, why: "a test" });
  return {
    ends,
    facts,
    happens,
    wants: (text: string) => happens({ type: "message-queued", terminal: 1, text, purpose: "assignment", by: "marathon" }),
  };
}

const stays = () => new AbortController().signal;

test("a report that comes just after the end of a turn is waited for, and its task handed over", async () => {
  const { ends, wants } = working();
  const end = ends.ended(1, stays());
  wants("Your next task is 2");
  expect((await end).body).toEqual({ decision: "block", reason: "This is no error. Your next task is 2" });
});

test("a message is delivered when the answer has left, and not before", async () => {
  const { ends, facts, wants } = working();
  wants("Your next task is 2");
  const { sent } = await ends.ended(1, stays());
  expect(facts.at(-1)?.type).toBe("message-queued");
  sent?.();
  expect(facts.at(-1)).toMatchObject({ type: "message-delivered", message: "m5" });
});

test("an agent that waits no more gets nothing, and the message stays", async () => {
  const { ends, facts, wants } = working();
  const gone = new AbortController();
  const end = ends.ended(1, gone.signal);
  gone.abort();
  wants("Your next task is 2");
  expect(await end).toEqual({ body: {} });
  expect(facts.at(-1)?.type).toBe("message-queued");
});

test("a message that is being typed at that moment is not handed over as well", async () => {
  const { ends, happens, wants } = working();
  wants("Your next task is 2");
  happens({ type: "message-typed", message: "m5", attempt: 1 });
  const end = ends.ended(1, stays());
  ends.stop();
  expect(await end).toEqual({ body: {} });
});

test("an agent without a task in hand is let go at once", async () => {
  const { ends, happens } = working();
  happens({ type: "task-done", task: 1, terminal: 1, source: "a test" });
  expect(await ends.ended(1, stays())).toEqual({ body: {} });
});

test("turn after turn it goes on seven times, before agents override it, and again once a person has said something", async () => {
  const { ends, wants } = working();
  const handed = async (): Promise<boolean> => {
    wants("More");
    const { sent } = await ends.ended(1, stays());
    sent?.();
    // Agents tell of what they were handed, and of their own tools' results.
    ends.prompted(1, "This is no error. More");
    ends.prompted(1, "");
    return sent !== undefined;
  };
  for (let count = 0; count < 7; count++) expect(await handed()).toBe(true);
  expect(await handed()).toBe(false);
  expect(await handed()).toBe(true);
  ends.prompted(1, "and the docs");
  expect(await handed()).toBe(true);
});

test("an agent that has just started is not held to what the one before it was handed", async () => {
  const { ends, happens, wants } = working();
  const handed = async (): Promise<boolean> => {
    wants("More");
    const { sent } = await ends.ended(1, stays());
    sent?.();
    return sent !== undefined;
  };
  for (let count = 0; count < 7; count++) await handed();
  happens({ type: "terminal-exited", terminal: 1, code: 1, signal: null });
  happens({ type: "terminal-starting", terminal: 1, reason: "a test" });
  happens({ type: "terminal-started", terminal: 1, pid: 8, pidStart: 2, program: "claude" });
  for (let count = 0; count < 7; count++) expect(await handed()).toBe(true);
});
