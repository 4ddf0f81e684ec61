import { describe, expect, test } from "vitest";
import { verdictOf, type Until } from "../../src/commands/wait.ts";
import { scene, type Scene } from "../support/scene.ts";
import { shellPlan } from "../support/scene/plans.ts";

const plan = shellPlan("Two terminals", [["Build it | `make`"], ["Read the mail | `mail`"]]);

type Row = Readonly<Record<Until, "reached" | "not-yet" | "never">>;

const CASES: readonly (readonly [string, (story: Scene) => void | Promise<void>, Row])[] = [
  ["both work", () => {}, { done: "not-yet", blocked: "not-yet", asking: "not-yet", idle: "not-yet", settled: "not-yet" }],
  [
    "one asks",
    (story) => story.terminal(2).asks("Really? [y/N] "),
    { done: "not-yet", blocked: "not-yet", asking: "reached", idle: "not-yet", settled: "not-yet" },
  ],
  [
    "both ask",
    async (story) => {
      await story.terminal(1).asks("Really? [y/N] ");
      await story.terminal(2).asks("Really? [y/N] ");
    },
    { done: "not-yet", blocked: "not-yet", asking: "reached", idle: "not-yet", settled: "reached" },
  ],
  [
    "one failed",
    (story) => story.terminal(1).exits(1),
    { done: "not-yet", blocked: "reached", asking: "not-yet", idle: "not-yet", settled: "not-yet" },
  ],
  [
    "one failed and the other is done",
    async (story) => {
      await story.terminal(1).exits(1);
      await story.terminal(2).exits(0);
    },
    { done: "not-yet", blocked: "reached", asking: "not-yet", idle: "not-yet", settled: "reached" },
  ],
  [
    "both are done",
    async (story) => {
      await story.terminal(1).exits(0);
      await story.terminal(2).exits(0);
    },
    { done: "reached", blocked: "never", asking: "never", idle: "reached", settled: "reached" },
  ],
  [
    "a person stopped it",
    (story) => story.engine.stop("a person", true),
    { done: "never", blocked: "never", asking: "never", idle: "reached", settled: "never" },
  ],
];

describe.each(CASES)("wait, when %s:", (_when, happens, verdicts) => {
  test(
    Object.entries(verdicts)
      .map((one) => one.join(" "))
      .join(", "),
    async () => {
      await using story = await scene({ plan });
      await happens(story);
      const found = Object.fromEntries(Object.keys(verdicts).map((until) => [until, verdictOf(story.state, { until: until as Until })]));
      expect(found).toEqual(verdicts);
    },
  );
});

test("wait for one terminal looks at that one only", async () => {
  await using story = await scene({ plan });
  await story.terminal(1).exits(0);
  expect(verdictOf(story.state, { until: "done", terminal: 1 })).toBe("reached");
  expect(verdictOf(story.state, { until: "done", terminal: 2 })).toBe("not-yet");
  expect(verdictOf(story.state, { until: "idle", terminal: 1 })).toBe("reached");
  expect(verdictOf(story.state, { until: "blocked", terminal: 2 })).toBe("not-yet");
});
