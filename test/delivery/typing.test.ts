import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MessageRules } from "../../src/engine/agents/agent.ts";
import { compact, type Look } from "../../src/engine/delivery/look.ts";
import { Typing, type TypingStep } from "../../src/engine/delivery/typing.ts";

const WITHOUT_LINE: MessageRules = { whileBusy: false, alternateScreen: false, onlyInRead: false, composer: null };
const WITH_LINE: MessageRules = { ...WITHOUT_LINE, composer: /^> ?(.*)$/u };
const NEVER = Number.NEGATIVE_INFINITY;

/** A settled screen with this left of its cursor. */
function shows(left: string, more: Partial<Look> = {}): Look {
  return {
    pid: 1,
    seen: { state: "idle", kind: null, source: "osc-7501", evidence: "waits" },
    settled: true,
    alternateScreen: false,
    bracketedPaste: true,
    left,
    flow: compact(left),
    above: "",
    reads: () => null,
    question: () => null,
    ...more,
  };
}

/** Looks until its Enter goes out, a tenth of a second each; what it did at last. */
function echoed(typing: Typing, look: Look): TypingStep {
  for (const now of [100, 200, 300]) expect(typing.next(look, now, NEVER)).toEqual({ kind: "wait", why: null });
  return typing.next(look, 400, NEVER);
}

function written(step: TypingStep): string | null {
  return step.kind === "write" ? step.bytes : null;
}

describe("a text on its way into an input line", () => {
  test("that was dropped, as by a program that does not read yet, is typed again; three times, then no more", () => {
    const typing = new Typing(WITH_LINE, "hello", 0);
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(written(typing.begin(shows("> "), 0))).toContain("hello");
      expect(typing.next(shows("> "), 3999, NEVER)).toEqual({ kind: "wait", why: null });
      const late = typing.next(shows("> "), 4000, NEVER);
      if (attempt < 3) expect(late).toEqual({ kind: "again" });
      else
        expect(late).toMatchObject({ kind: "failed", why: "it was typed 3 times, but did not appear at the cursor: look at the terminal" });
    }
  });

  test("is never typed twice where nobody can see whether it is there", () => {
    const typing = new Typing(WITHOUT_LINE, "hello", 0);
    typing.begin(shows("% "), 0);
    expect(typing.next(shows("% "), 4000, NEVER)).toMatchObject({ kind: "failed", stands: false });
  });

  test("is known by its end, wrapped and framed as the program likes, or by the mark of a long paste", () => {
    const text = "please commit after each function\nand push at the end of the night";
    for (const look of [
      shows("│ of the night", { flow: compact("│ please commit after each function │ and push at the end│ of the night") }),
      shows("> [Pasted text #1 +1 lines]"),
      shows("> please commit after ea"),
    ]) {
      const typing = new Typing(WITH_LINE, text, 0);
      typing.begin(shows("> "), 0);
      expect(written(echoed(typing, look))).toBe("\r");
    }
  });

  test("counts as taken when the agent goes to work, and not while a dialog hides the input line", () => {
    const typing = new Typing(WITH_LINE, "hello", 0);
    typing.begin(shows("> "), 0);
    echoed(typing, shows("> hello"));
    expect(typing.next(shows("Esc to cancel"), 500, NEVER)).toEqual({ kind: "wait", why: null });
    const busy = { state: "busy", kind: null, source: "osc-7501", evidence: "hello" } as const;
    expect(typing.next(shows("Esc to cancel", { seen: busy }), 600, NEVER)).toEqual({ kind: "delivered", evidence: "it went to work" });
  });

  test("is not called delivered because a dialog covers it, but once that is answered and work goes on", () => {
    const typing = new Typing(WITHOUT_LINE, "hello", 0);
    typing.begin(shows("> "), 0);
    expect(written(echoed(typing, shows("> hello")))).toBe("\r");
    const question = { lines: [], options: [{ key: "1", label: "Yes", selected: true, enter: true }] };
    expect(typing.next(shows("Esc", { question: () => question }), 500, NEVER)).toEqual({ kind: "wait", why: null });
    expect(typing.next(shows("Esc", { question: () => question }), 9000, NEVER)).toMatchObject({
      why: expect.stringContaining("answer that") as string,
    });
    expect(typing.next(shows("> "), 9100, NEVER)).toEqual({ kind: "delivered", evidence: "its program took the line" });
  });

  test("whose Enter became a line break, as a busy program takes it for a part of the paste, gets another one", () => {
    const typing = new Typing(WITH_LINE, "please go on", 0);
    typing.begin(shows("> "), 0);
    expect(written(echoed(typing, shows("> please go on")))).toBe("\r");
    const broken = shows("", { flow: "", above: compact("│ > please go on │") });
    expect(typing.next(broken, 4300, NEVER)).toEqual({ kind: "wait", why: null });
    expect(written(typing.next(broken, 4400, NEVER))).toBe("\r");
    expect(typing.next(shows("> "), 4500, NEVER)).toEqual({ kind: "delivered", evidence: "its input line is empty again" });
  });

  test("that is gone from a screen which shows no sign of it is not called delivered", () => {
    const typing = new Typing(WITH_LINE, "hello", 0);
    typing.begin(shows("> "), 0);
    echoed(typing, shows("> hello"));
    expect(typing.next(shows("Esc to cancel"), 4400, NEVER)).toMatchObject({ kind: "failed" });
  });

  test("whatever the screen shows: one text a try, three Enters at most, no key on a half-drawn screen or while a question is up", () => {
    const question = { lines: [], options: [{ key: "1", label: "Yes", selected: true, enter: true }] };
    const look = fc.oneof(
      fc.constantFrom("> ", "> hello", "> hel", "", "hello", "Esc to cancel").map((left) => shows(left)),
      fc.constantFrom("> ", "> hello").map((left) => shows(left, { settled: false })),
      fc.constantFrom("> ", "> hello").map((left) => shows(left, { question: () => question })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(WITH_LINE, WITHOUT_LINE),
        fc.array(fc.tuple(look, fc.integer({ min: 50, max: 3000 })), { maxLength: 60 }),
        (rules, looks) => {
          const typing = new Typing(rules, "hello", 0);
          let now = 0;
          let enters = 0;
          let texts = 1;
          typing.begin(shows("> "), now);
          for (const [one, later] of looks) {
            now += later;
            const step = typing.next(one, now, NEVER);
            if (step.kind === "write") {
              expect(one.settled).toBe(true);
              expect(one.question()).toBeNull();
              expect(step.bytes).toBe("\r");
              expect(one.flow.endsWith("hello") || one.left === "> hel").toBe(true);
              enters++;
            }
            if (step.kind === "again") {
              texts++;
              enters = 0;
              typing.begin(shows("> "), now);
            }
            if (step.kind === "delivered" || step.kind === "failed") break;
          }
          expect(enters).toBeLessThanOrEqual(3);
          expect(texts).toBeLessThanOrEqual(3);
        },
      ),
    );
  });
});
