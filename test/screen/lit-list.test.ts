import { expect, test } from "vitest";
import { highlightsOn } from "../../src/screen/highlights.ts";
import { questionOf } from "../../src/screen/question.ts";
import { Screen } from "../../src/screen/screen.ts";

/** The options of a screen with these lines, and its marked one behind ">". */
async function offered(...lines: readonly string[]): Promise<readonly string[]> {
  const screen = new Screen({ cols: 80, rows: 12, scrollback: 0, now: () => 0 });
  screen.write(Buffer.from(lines.map((line, row) => `\x1b[${row + 1};1H${line}`).join(""), "utf8"));
  await new Promise<void>((resolve) => screen.drained(resolve));
  const { options } = questionOf(screen.text(), null, (row) => highlightsOn(screen, row));
  screen.dispose();
  return options.map(({ label, selected, key }) => `${selected ? ">" : ""}${label}${key === "" ? "" : ` ${key.replaceAll("\x1b[", "")}`}`);
}

const lit = (text: string) => `\x1b[48;2;245;167;66m ${text} \x1b[49m`;
const HINT = "⇆ select  enter confirm";

test("options side by side are reached from the one that stands out, whatever stands beside them", async () => {
  expect(await offered("┃  Delete it?", `┃   Yes  ${lit("No")}  Later        ${HINT}`)).toEqual(["Yes D", ">No", "Later C"]);
  expect(await offered("┃  Delete it?", `┃  ${lit("Yes")}  No   ${HINT}`)).toEqual([">Yes", "No C"]);
  expect(await offered("┃  Delete it?", `┃  ${lit("Yes")}  No`, "┃", `┃  ${HINT}`)).toEqual([">Yes", "No C"]);
  expect(await offered("┃  Delete it?", "┃   Yes  \x1b[7m No \x1b[27m", `┃  ${HINT}`)).toEqual(["Yes D", ">No"]);
});

test("coloured words are no options without a hint, without a marked one, with two of them, or alone", async () => {
  expect(await offered("┃  Delete it?", `┃   Yes  ${lit("No")}`)).toEqual([]);
  expect(await offered("┃  Delete it?", `┃   Yes   No   ${HINT}`)).toEqual([]);
  expect(await offered("┃  Delete it?", `┃  ${lit("Yes")} ${lit("No")}   ${HINT}`)).toEqual([]);
  expect(await offered("┃  Delete it?", `┃  ${lit("Yes")}     ${HINT}`)).toEqual([]);
  expect(await offered("┃  Delete it?", `┃   Yes   No     ${lit("enter")} confirm`)).toEqual([]);
  expect(await offered(`┃  ${lit("Yes")}  No`, "┃", "┃", "┃", `┃  ${HINT}`)).toEqual([]);
});

test("a counted list may mark its option by the look of its number or of its words", async () => {
  const list = (one: string, two: string) => ["┃  Which?", "┃", `┃  ${one}`, `┃  ${two}`, "┃", "┃  ↑↓ select  enter submit"];
  expect(await offered(...list("\x1b[7m1.\x1b[27m sqlite", "2. postgres"))).toEqual([">sqlite 1", "postgres 2"]);
  expect(await offered(...list("1. sqlite", "\x1b[44m2. postgres\x1b[49m"))).toEqual(["sqlite 1", ">postgres 2"]);
  expect(await offered(...list("1. sqlite", "2. \x1b[44mpostgres\x1b[49m"))).toEqual([]);
  expect(await offered(...list("\x1b[7m1.\x1b[27m sqlite            \x1b[44mbeside\x1b[49m", "2. postgres"))).toEqual([
    ">sqlite 1",
    "postgres 2",
  ]);
  expect(await offered("┃  \x1b[7m1.\x1b[27m sqlite", "┃  2. postgres", "┃", "┃  what to do next")).toEqual([]);
});
