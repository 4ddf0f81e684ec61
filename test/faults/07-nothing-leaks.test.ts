/** F19: what wants the person's terminal gets nothing of it, wherever the words come from. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ENDLESS, HOSTILE } from "../conformance/hostile.ts";
import { firstStrange } from "../conformance/repertoire.ts";
import { workplace } from "../support/marathon-run.ts";
import type { OuterTerminal } from "../support/outer-terminal.ts";
import { Agents, until } from "./bench/agents.ts";
import { stopsWithoutStrays, terminalIsGivenBack } from "./bench/invariants.ts";

/** In file names and Markdown: a clipboard write, a title, 8-bit controls, text that turns around. */
const NASTY = "\x1b]52;c;cm0=\x07\x1b]0;evil\x07\x9b2J\u009d52;c;cm0=\u009c\u202egnp\u202c";

/** Escape in kitty's form: the plain one, read together with the key behind it, would be Alt with that key. */
const ESCAPE = "\x1b[27u";

test("hostile output, titles, names, reports, reasons and file names reach the person's terminal only as text", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open([...agents.run(2, `---\ntitle: "Bench ${NASTY.replaceAll("\x07", "").replaceAll("\x1b", "")}"\n---\n`)], {
    cols: 200,
    rows: 60,
  });
  await screen.waitFor("READY");
  await screen.waitFor(betweenFrames);
  const before = screen.modes();
  for (const [, bytes] of HOSTILE) {
    await agents.print(1, bytes);
    await agents.print(2, bytes);
  }
  for (const [, begin] of ENDLESS) await agents.print(1, `${begin}${"A".repeat(20_000)}\x1b\\`);
  for (const terminal of [1, 2]) await agents.print(terminal, "\x18\x1bc\x1b[2J\x1b[HALIVE");
  const pad = join(place.home.project, ".claude", "Scratchpad");
  writeFileSync(join(pad, `note-${NASTY.replaceAll("/", "")}.md`), `# ${NASTY}\n`);
  writeFileSync(join(pad, "terminal-02.md"), `# ${NASTY}\n\n- [x] 2 done ${NASTY}\n- [ ] 77 ${NASTY}\n`);
  writeFileSync(join(pad, "BLOCKER-terminal-01.md"), `# BLOCKER ${NASTY}\n\n**Task:** 1\n**Reason:** ${NASTY}\n`);
  expect((await place.run(["block", "1", "--reason", `because ${NASTY}`])).code).toBe(0);
  await place.run(["message", "2", `words ${NASTY}`, "--timeout", "0"]);
  await screen.waitFor(/ALIVE[\s\S]*ALIVE/u);
  await screen.waitFor("because");
  for (const keys of ["p", ESCAPE, "b", "\r", ESCAPE, "i", ESCAPE, "t", ESCAPE, "T", ESCAPE, "w", ESCAPE, "/ALIVE\r", ESCAPE, "z", "z"]) {
    screen.keys(keys);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await screen.waitFor(betweenFrames);
  expect(screen.modes()).toMatchObject({ ...before, cursorVisible: expect.any(Boolean) as boolean });
  // What the guard prints before and after is not the dashboard's; what lies between must match to the letter.
  const drawn = screen.raw().toString("utf8");
  expect(firstStrange(drawn, true)).toBe("");
  for (const command of [["status"], ["events"], ["blockers"], ["log", "1", "--plain"], ["screen", "1"]]) {
    const { stdout } = await place.run(command);
    expect(stdout, command.join(" ")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
  }
  let left = false;
  void screen.exit.then(() => (left = true));
  // A page that came late is closed first.
  await until(async () => {
    screen.keys(`${ESCAPE}d`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return left;
  }, "the dashboard is left");
  terminalIsGivenBack(screen);
  await stopsWithoutStrays(place);
});

/** While a frame is on its way the terminal is told to hold its picture. */
function betweenFrames(terminal: OuterTerminal): boolean {
  return !terminal.modes().synchronizedOutput;
}
