import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dashboardParts } from "../support/dashboard-parts.ts";
import { fixtureAt, fixtureState, fixtureT } from "../support/marathon-fixture.ts";
import { showChrome } from "../support/shown-chrome.ts";

type Parts = ReturnType<typeof dashboardParts>;
type Step = (parts: Parts) => void;

const KEYS = ["z", "escape", "enter", "?", ":", "q", "p", "b", "s", "H", "T", "t", "i", "m", "n", "j", "k", "tab", "shift+tab", "v"];
const keys = fc.constantFrom(...KEYS, ..."1234567890").map((name): Step => {
  return ({ press, controller }) => (name === "enter" && !controller.run("take-over") ? press(name) : press(name));
});
const seconds = fc.constantFrom(1, 4, 70).map((count): Step => {
  return ({ pass, screen }) => {
    pass(count * 1000);
    screen.tick();
  };
});
const sizes = fc.constantFrom([200, 60], [120, 36], [80, 24], [50, 12], [49, 11]).map(([columns = 0, rows = 0]): Step => {
  return ({ controller }) => controller.onResize(columns, rows);
});

/** An agent's state and what it is called, as they change while it works. */
function news(texts: fc.Arbitrary<string>): fc.Arbitrary<Step> {
  const states = fc.constantFrom("busy", "idle", "asking", "error", "starting");
  return fc.record({ terminal: fc.integer({ min: 1, max: 10 }), state: states, text: texts }).map(({ terminal, state, text }): Step => {
    return ({ stores, pass }) => {
      const before = stores.marathon.getState().state ?? fixtureState();
      const one = before.terminals[terminal];
      if (!one) return;
      const terminals = { ...before.terminals, [terminal]: { ...one, state, label: text, evidence: text, since: before.t } };
      const titles = before.plan.tasks.map((task) => (task.number === one.task ? { ...task, title: text } : task));
      const plan = { ...before.plan, tasks: titles };
      stores.marathon.welcome({ ...before, title: text, terminals, plan } as typeof before, { at: fixtureAt, t: fixtureT, rate: 1 });
      stores.view.toast(text);
      pass(60);
    };
  });
}

/** All that Ink and we agree on: what it is made of, and plain letters. */
const plainTexts = fc.string({ unit: fc.constantFrom(..."abc xyz …│─█▌●■✓→é·"), maxLength: 60 });
/** Whatever a program may call itself. */
const anyTexts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom("世", "👩‍👩‍👧", "é", "\u0301", "✳", "⠂", "🏳️‍🌈", "ｱ", "\u200b", "\u001b[2J", "\t", " ", "a"),
    maxLength: 40,
  }),
);

/** Ink has its turn when the test says so. */
function turns() {
  const waiting = new Set<() => void>();
  return {
    later: (_ms: number, callback: () => void) => {
      waiting.add(callback);
      return () => void waiting.delete(callback);
    },
    async taken() {
      for (let round = 0; round < 100 && waiting.size > 0; round++) {
        const callbacks = [...waiting];
        waiting.clear();
        for (const callback of callbacks) callback();
        // React works in microtasks.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** What a terminal is sent for the whole screen: the same only if every cell is. */
function drawnByInk({ screen }: Parts): string {
  const fresh = showChrome(screen);
  try {
    return fresh.written();
  } finally {
    fresh.unmount();
  }
}

/** What is drawn a moment after a key or an event is drawn now. */
const nothingWaits: Step = ({ pass }) => pass(100);

function begin() {
  const parts = dashboardParts({ columns: 120, rows: 36, theme: { colour: true } });
  const ink = turns();
  return { parts, ink, shown: showChrome(parts.screen, ink.later) };
}

describe("what is on the screen is cell for cell what Ink draws of the last frame", () => {
  test("before Ink has drawn any of what happened", async () => {
    const step = fc.oneof(keys, seconds, sizes, news(plainTexts));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { parts, shown } = begin();
        // Who listens to the screen does so once React has finished its first work.
        await new Promise((resolve) => setImmediate(resolve));
        for (const one of [...steps, nothingWaits]) one(parts);
        const [ours, inks] = [shown.written(), drawnByInk(parts)];
        shown.unmount();
        expect(ours).toBe(inks);
      }),
      { numRuns: 25 },
    );
  });

  test("once Ink had its turn, whatever the texts are made of and however often it was late", async () => {
    const inksTurn = "Ink's turn";
    const step = fc.oneof(keys, seconds, sizes, news(anyTexts), fc.constant(inksTurn));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { parts, ink, shown } = begin();
        for (const one of steps) {
          if (typeof one === "string") await ink.taken();
          else one(parts);
        }
        nothingWaits(parts);
        await ink.taken();
        const [ours, inks] = [shown.written(), drawnByInk(parts)];
        shown.unmount();
        expect(ours).toBe(inks);
      }),
      { numRuns: 25 },
    );
  });
});
