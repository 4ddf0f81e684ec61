import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allows, type Choice, type Dialog, drawDialog, isChoice, permissionFor, press, questionFor } from "../../src/rehearsal/dialogs.ts";
import { type Key, Keyboard } from "../../src/rehearsal/keyboard.ts";
import { Random } from "../../src/rehearsal/random.ts";
import { subjectOf } from "../../src/rehearsal/subject.ts";

const subject = subjectOf({ number: 33, title: "constraint_service.py", target: "test_constraint_service.py" });
const permission = permissionFor(subject, new Random(1));
const question = questionFor(subject, null, new Random(1));

/** Types raw bytes into a dialog; the choice, or the dialog as it stands then. */
function type(dialog: Dialog, text: string): Dialog | Choice {
  let now: Dialog | Choice = dialog;
  for (const key of new Keyboard().keys(text)) {
    if (isChoice(now)) break;
    now = press(now, key);
  }
  return now;
}

describe("a permission dialog", () => {
  test("takes a number at once", () => {
    expect(type(permission, "2")).toMatchObject({ option: 1 });
  });

  test("takes Enter for the selected option, and arrows move the selection around", () => {
    expect(type(permission, "\r")).toMatchObject({ option: 0 });
    expect(type(permission, "\x1b[B\r")).toMatchObject({ option: 1 });
    expect(type(permission, "\x1b[A\r")).toMatchObject({ option: 2 });
  });

  test.each([
    ["y\r", true],
    ["yes\r", true],
    ["n\r", false],
    ["\x1b", false],
    ["3", false],
    ["rather use the container\r", false],
  ])("typed %j allows: %s", (text, allowed) => {
    const choice = type(permission, text);
    expect(isChoice(choice) && allows(permission, choice)).toBe(allowed);
  });
});

describe("a question", () => {
  test("offers the plan's answer, selected, even when it is none of the usual ones", () => {
    const asked = questionFor(subject, "ask Ada first", new Random(1));
    expect(asked.options[asked.selected]).toBe("ask Ada first");
  });

  test("takes an answer in the person's own words", () => {
    expect(type(question, "neither of them\r")).toEqual({ option: -1, text: "neither of them" });
  });

  test("lets a typed answer be corrected", () => {
    expect(type(question, "abd\x7fc\r")).toEqual({ option: -1, text: "abc" });
  });

  test("shows every option with its number, and what was typed", () => {
    const drawn = drawDialog({ ...question, typed: "hm" }, 80).join("\n");
    question.options.forEach((option, index) => expect(drawn).toContain(`${index + 1}. ${option}`));
    expect(drawn).toMatch(/>\S* hm/u);
  });
});

test("whatever is typed, a dialog stays usable: its selection is one of its options, and Enter always ends it", () => {
  const keys: readonly Key[] = ["up", "down", "left", "right", "escape", "backspace", "tab", "a", "7", "é", "🙂"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...keys)), (typed) => {
      let now: Dialog | Choice = question;
      for (const key of typed) {
        now = press(now, key);
        if (isChoice(now)) return;
        expect(now.options[now.selected]).toBeDefined();
      }
      expect(isChoice(press(now, "enter"))).toBe(true);
    }),
  );
});

describe("the keyboard", () => {
  test("names keys and drops sequences that mean nothing here", () => {
    expect(new Keyboard().keys("a\x1b[A\x1b[<0;1;1M\r\x1bOB\x03ü")).toEqual(["a", "up", "enter", "down", "interrupt", "ü"]);
  });

  test("takes a line break within a paste for text, also when the paste comes in two pieces", () => {
    const keyboard = new Keyboard();
    expect(keyboard.keys("\x1b[200~one\rtw")).toEqual(["o", "n", "e", "\n", "t", "w"]);
    expect(keyboard.keys("o\x1b[201~\r")).toEqual(["o", "enter"]);
  });

  test("takes a lone escape for the key", () => {
    expect(new Keyboard().keys("\x1b")).toEqual(["escape"]);
  });
});
