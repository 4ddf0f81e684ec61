import { expect, it } from "vitest";
import { statusText } from "../../src/commands/status-text.ts";
import { courseText } from "../../src/commands/timeline.ts";
import type { State } from "../../src/marathon/types.ts";
import { World } from "../marathon/world.ts";
import { fixtureState, fixtureT } from "../support/marathon-fixture.ts";
import { plan } from "../support/plan-builder.ts";

const MINUTE = 60_000;

function withoutLength(): World {
  return new World(
    plan({
      tasks: [
        { number: 1, terminal: 1 },
        { number: 2, terminal: 2 },
        { number: 3, terminal: 2 },
      ],
    }),
  )
    .engine()
    .up();
}

function forecast(state: State, ends: { readonly p50: number; readonly p90: number }, t: number): State {
  const nothing = { ratio: 1, measured: 1, samples: 500, criticalPath: [], past: [], streams: {}, sessions: {} };
  return { ...state, forecast: { ...nothing, marathon: ends, terminals: { 2: ends }, t, at: state.at } };
}

it("the timeline of a plan without a length says what was, and where it will end", () => {
  const world = withoutLength().wait(30).done(1).wait(30);
  const lines = courseText(forecast(world.state, { p50: 90 * MINUTE, p90: 120 * MINUTE }, world.t), world.t).split("\n");
  expect(lines[0]).toBe("the plan states no length: what was (=), and the forecast (-)");
  expect(lines[1]).toMatch(/^all +=+-+ +so far 1:00, ends 1:30-2:00$/u);
  expect(lines[2]).toMatch(/^terminal 1 +=+ +took 30m$/u);
  expect(lines[3]).toMatch(/^terminal 2 +=+-+ +so far 1:00, ends 1:30-2:00$/u);
});

it("the timeline of a plan without a length says what it took once it is done", () => {
  const world = withoutLength().wait(30).done(1).done(2).wait(10).done(3).wait(60);
  const text = courseText(world.state, 40 * MINUTE);
  expect(text).toMatch(/^all +=+ +took 40m$/mu);
  expect(text).not.toMatch(/ends|forecast/u);
});

it("the timeline of a plan without a length says that there is no forecast yet", () => {
  const world = withoutLength().wait(5);
  expect(courseText(world.state, world.t)).toContain("the forecast (-); none yet");
});

it("status has the forecast in words, as its JSON has it", () => {
  const state = forecast(fixtureState(), { p50: fixtureT + 30 * MINUTE, p90: fixtureT + 60 * MINUTE }, fixtureT);
  expect(statusText(state, fixtureT)).toContain("\nforecast: ends at 3:11 as likely as not, by 3:41 nine times in ten\n");
});

it("status of a marathon that is done says so, how to see it, and what its engine waits for", () => {
  const done: State = { ...fixtureState(), status: "done" };
  const without = statusText({ ...done, engine: null }, fixtureT);
  expect(without).toContain("it is done: `marathon attach` shows it");
  expect(without).not.toContain("takes it up again");
  const { engine } = fixtureState();
  expect(engine).not.toBeNull();
  expect(statusText(done, fixtureT)).toContain("`marathon stop` ends it");
});

it("status calls terminals by their names, and their agents only where these differ", () => {
  const state = fixtureState();
  const terminals = Object.values(state.terminals);
  const rehearsed: State = {
    ...state,
    terminals: Object.fromEntries(terminals.map((terminal) => [terminal.number, { ...terminal, agent: "rehearsal", role: null }])),
  };
  const text = statusText(rehearsed, fixtureT);
  expect(text).toMatch(/^ {2}4 domain services +\w/mu);
  expect(text).not.toContain("rehearsal");
  const [first, ...others] = terminals;
  if (first === undefined) throw new Error("the fixture has terminals");
  const mixed: State = { ...rehearsed, terminals: { ...rehearsed.terminals, [first.number]: { ...first, agent: "codex" } } };
  expect(others.length).toBeGreaterThan(0);
  expect(statusText(mixed, fixtureT)).toMatch(/^ {2}4 domain services +rehearsal +\w/mu);
});

it("status cuts a long name with an ellipsis", () => {
  const state = fixtureState();
  const long = "Everything about the import of schedules from spreadsheets";
  const streams = state.plan.streams.map((stream, index) => (index === 0 ? { ...stream, name: long } : stream));
  expect(statusText({ ...state, plan: { ...state.plan, streams } }, fixtureT)).toContain("Everything about the import of … ");
});

it("status of a marathon that is done calls its terminals done, whether their programs ended or wait, with no clock that goes on", () => {
  const world = withoutLength().wait(30).done(1).done(2).wait(10).done(3);
  world.take({ type: "terminal-exited", terminal: 1, code: 0, signal: null });
  world.take({ type: "terminal-exited", terminal: 2, code: 1, signal: null });
  const text = statusText(world.state, world.t + 600 * MINUTE);
  expect(text).toMatch(/^ {2}1 done$/mu);
  expect(text).toMatch(/^ {2}2 exited$/mu);
});
