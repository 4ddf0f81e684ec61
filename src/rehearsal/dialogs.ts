/** Questions that the stand-in asks on its screen, and what keys do to them. Pure: a key in, the next picture or a choice out. */
import { inputLines } from "./input-lines.ts";
import { isText, type Key, withoutLast } from "./keyboard.ts";
import { paint } from "./surface.ts";
import type { Random } from "./random.ts";
import type { Subject } from "./subject.ts";

export interface Dialog {
  readonly kind: "question" | "permission";
  readonly title: string;
  readonly detail: readonly string[];
  readonly options: readonly string[];
  readonly selected: number;
  /** What was typed instead of choosing; Enter takes it. */
  readonly typed: string;
}

export interface Choice {
  /** Index of the option; -1 for an answer in the person's own words. */
  readonly option: number;
  readonly text: string;
}

/** The last option of a permission is the refusal. */
export function permissionFor(subject: Subject, random: Random): Dialog {
  const command = random.pick([
    `${subject.check} ${subject.test}`,
    `git add ${subject.file}`,
    `rm -rf build/${subject.symbol}`,
    `npm install --save-dev ${subject.symbol.replaceAll("_", "-")}-types`,
  ]);
  return {
    kind: "permission",
    title: "Run this command?",
    detail: [`  ${command}`, `  in the project folder, for ${subject.file}`],
    options: ["Yes", "Yes, and do not ask again for this command", "No, and say what to do instead"],
    selected: 0,
    typed: "",
  };
}

/** `answer`: the plan's own answer becomes an option, and the one that stand-in people choose. */
export function questionFor(subject: Subject, answer: string | null, random: Random): Dialog {
  const [title, ...options] = random.pick(QUESTIONS)(subject);
  const given = answer?.trim() ?? "";
  const known = options.findIndex((option) => option.toLowerCase() === given.toLowerCase());
  const all = given !== "" && known === -1 ? [given, ...options] : options;
  return {
    kind: "question",
    title: title ?? "",
    detail: [],
    options: all,
    selected: Math.max(0, given === "" ? 0 : all.findIndex((option) => option.toLowerCase() === given.toLowerCase())),
    typed: "",
  };
}

type Question = (subject: Subject) => readonly string[];

const QUESTIONS: readonly Question[] = [
  ({ symbol }) => [`${symbol} is public. May its signature change?`, "Keep it and add an overload", "Change it and all callers"],
  ({ file }) => [`${file} mixes two concerns. Split it now?`, "Leave it, note it as debt", "Split it in this task"],
  ({ test }) => [
    `${test} needs data. Which kind?`,
    "A small fixture in the test",
    "A generated set of 1,000 rows",
    "A copy of the staging data, cleaned",
  ],
  ({ symbol }) => [`What should ${symbol} do with duplicates?`, "Refuse them with an error", "Keep the newest", "Keep the first"],
  ({ file }) => [`Two older branches touch ${file}. Which one is to be followed?`, "Neither, start from main", "The newer one"],
];

/** What a key does: the changed dialog, or the choice. */
export function press(dialog: Dialog, key: Key): Dialog | Choice {
  const { options, selected, typed } = dialog;
  if (key === "up" || key === "down") return { ...dialog, selected: (selected + (key === "up" ? options.length - 1 : 1)) % options.length };
  if (key === "backspace") return { ...dialog, typed: withoutLast(typed) };
  if (key === "enter") return typed === "" ? chosen(dialog, selected) : answered(dialog, typed);
  if (key === "escape")
    return typed === "" ? chosen(dialog, dialog.kind === "permission" ? options.length - 1 : selected) : { ...dialog, typed: "" };
  if (!isText(key)) return dialog;
  const digit = typed === "" ? Number(key) - 1 : Number.NaN;
  return options[digit] === undefined ? { ...dialog, typed: typed + key } : chosen(dialog, digit);
}

export function isChoice(result: Dialog | Choice): result is Choice {
  return "option" in result;
}

function chosen(dialog: Dialog, option: number): Choice {
  return { option, text: dialog.options[option] ?? "" };
}

/** Typed words mean the option that begins with them, "y" and "n" included; anything else is an answer of its own. */
function answered(dialog: Dialog, typed: string): Choice {
  const word = typed.trim().toLowerCase();
  const option = dialog.options.findIndex((text) => text.toLowerCase().startsWith(word));
  return option === -1 ? { option, text: typed.trim() } : chosen(dialog, option);
}

/** Whether the choice lets the agent do what it asked for. */
export function allows(dialog: Dialog, choice: Choice): boolean {
  return dialog.kind === "question" || (choice.option !== -1 && choice.option !== dialog.options.length - 1);
}

export function drawDialog(dialog: Dialog, columns: number): readonly string[] {
  const rule = paint.yellow("─".repeat(Math.max(1, Math.min(columns - 1, 78))));
  const options = dialog.options.map((option, index) =>
    index === dialog.selected ? paint.cyan(`❯ ${index + 1}. ${option}`) : `  ${index + 1}. ${option}`,
  );
  return [
    rule,
    paint.bold(dialog.title),
    ...dialog.detail.map(paint.dim),
    ...options,
    paint.dim("↑↓ or a number to choose · Enter to confirm · Esc to decline"),
    ...inputLines(dialog.typed, columns),
  ];
}
