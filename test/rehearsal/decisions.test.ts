import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/rehearsal/decisions.ts";
import { Random } from "../../src/rehearsal/random.ts";
import { defaultRates, readSettings } from "../../src/rehearsal/settings.ts";

const forced = { ask: [], permit: [], block: [], crash: [] };
const usual = { seed: 7, rates: defaultRates, forced };
const estimated = (number: number, estimateMinutes: number | null = 30): { number: number; estimateMinutes: number | null } => ({
  number,
  estimateMinutes,
});

describe("decisions of a rehearsal", () => {
  test("are the same for the same seed, terminal and task", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 999 }),
        fc.boolean(),
        (seed, terminal, number, again) => {
          const first = decide({ ...usual, seed }, terminal, estimated(number), again);
          expect(decide({ ...usual, seed }, terminal, estimated(number), again)).toEqual(first);
        },
      ),
    );
  });

  test("differ between seeds, terminals and tasks", () => {
    const minutes = [
      decide(usual, 1, estimated(1), false),
      decide({ ...usual, seed: 8 }, 1, estimated(1), false),
      decide(usual, 2, estimated(1), false),
      decide(usual, 1, estimated(2), false),
    ].map((one) => one.minutes);
    expect(new Set(minutes).size).toBe(4);
  });

  test("come in order of time, and nothing comes after what ends the attempt", () => {
    const rates = { questions: 0.5, permissions: 0.5, blockers: 0.3, crashes: 0.3, subAgents: 0.5, fullScreens: 0.5 };
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 999 }), (seed, number) => {
        const { incidents } = decide({ seed, rates, forced }, 1, estimated(number), false);
        expect(incidents.map((one) => one.at)).toEqual(incidents.map((one) => one.at).toSorted((a, b) => a - b));
        const ends = incidents.findIndex((one) => one.kind === "crash" || one.kind === "blocker");
        expect([-1, incidents.length - 1]).toContain(ends);
      }),
    );
  });

  test("never stop a task twice, so that every rehearsal ends", () => {
    const all = { ...usual, rates: { ...defaultRates, blockers: 1, crashes: 1 } };
    for (let number = 1; number <= 200; number++) {
      expect(decide(all, 1, estimated(number), true).incidents.filter((one) => one.kind === "crash" || one.kind === "blocker")).toEqual([]);
    }
  });

  test("of one kind do not change when the rate of another does", () => {
    const calm = { ...usual, rates: { ...defaultRates, questions: 0, subAgents: 0 } };
    for (let number = 1; number <= 100; number++) {
      const kinds = (from: typeof usual): readonly unknown[] =>
        decide(from, 3, estimated(number), false).incidents.filter((one) => one.kind === "permission");
      expect(kinds(calm)).toEqual(kinds(usual));
    }
  });

  test("spread the time around the estimate, within limits, and take 20 minutes for a task without one", () => {
    const draws = Array.from({ length: 2000 }, (_, number) => decide(usual, 1, estimated(number, null), false).minutes / 20);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0.3);
    expect(Math.max(...draws)).toBeLessThanOrEqual(3);
    const median = draws.toSorted((a, b) => a - b)[1000] ?? 0;
    expect(median).toBeGreaterThan(0.9);
    expect(median).toBeLessThan(1.1);
  });

  test("happen about as often as their rates say", () => {
    const count = Array.from({ length: 5000 }, (_, number) =>
      decide({ ...usual, rates: { ...defaultRates, questions: 0.25 } }, 2, estimated(number), true),
    ).filter((one) => one.incidents.some(({ kind }) => kind === "question")).length;
    expect(count / 5000).toBeGreaterThan(0.22);
    expect(count / 5000).toBeLessThan(0.28);
  });

  test("can be forced for single tasks", () => {
    const settings = {
      seed: 1,
      rates: { ...defaultRates, blockers: 0, crashes: 0, questions: 0 },
      forced: { ask: [4], permit: [], block: [5], crash: [6] },
    };
    const kinds = (number: number): readonly string[] => decide(settings, 1, estimated(number), false).incidents.map((one) => one.kind);
    expect(kinds(4)).toContain("question");
    expect(kinds(5).at(-1)).toBe("blocker");
    expect(kinds(6).at(-1)).toBe("crash");
  });
});

describe("chance", () => {
  test("is frozen: a seed that was noted down gives the same rehearsal in a later version", () => {
    const random = new Random(1, 4, 33, "decisions");
    expect([random.next(), random.next(), random.next()].map((value) => value.toFixed(6))).toEqual(["0.500935", "0.567779", "0.899867"]);
  });

  test("stays in its bounds", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 }), (seed, low, span) => {
        const random = new Random(seed);
        const whole = random.whole(low, low + span);
        expect(whole).toBeGreaterThanOrEqual(low);
        expect(whole).toBeLessThanOrEqual(low + span);
        expect(random.logNormal(0.5)).toBeGreaterThan(0);
      }),
    );
  });
});

describe("settings", () => {
  test("have defaults for all but the assignment", () => {
    expect(readSettings({ MARATHON_ASSIGNMENT: "/a.json" })).toEqual({
      assignmentFile: "/a.json",
      speed: 1,
      seed: 1,
      people: true,
      rates: defaultRates,
      forced,
    });
  });

  test("take rates and forced tasks from MARATHON_REHEARSAL", () => {
    const settings = readSettings({
      MARATHON_ASSIGNMENT: "/a.json",
      MARATHON_REHEARSAL: '{"crashes":0,"block":[33]}',
      MARATHON_PEOPLE: "none",
      MARATHON_SPEED: "600",
    });
    expect(settings).toMatchObject({
      speed: 600,
      people: false,
      rates: { crashes: 0, questions: defaultRates.questions },
      forced: { block: [33] },
    });
  });

  test.each(['{"crashes":2}', '{"block":"33"}', "[]", '{"block":[1.5]}'])("refuse %s with the variable's name", (text) => {
    expect(() => readSettings({ MARATHON_ASSIGNMENT: "/a", MARATHON_REHEARSAL: text })).toThrow(/MARATHON_REHEARSAL/);
  });
});
