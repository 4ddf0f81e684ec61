import { expect, test } from "vitest";
import { emptyHome } from "./empty-home.ts";
import { endLeftBehind, leftBehind } from "./left-behind.ts";
import { openTerminal } from "./outer-terminal.ts";

function shell(script: string, size: { cols: number; rows: number } = { cols: 60, rows: 10 }) {
  const home = emptyHome();
  const terminal = openTerminal({ cmd: "/bin/sh", args: ["-c", script], ...size, env: home.env, cwd: home.project });
  return { home, terminal };
}

test("the outer terminal shows what a program draws, with colours and wide characters", async () => {
  const { home, terminal } = shell("printf 'plain \\033[1;31mred\\033[0m \\033[48;2;1;2;3m界\\033[0m\\n'; read line; echo \"got $line\"");
  using _home = home;
  await using _terminal = terminal;
  await terminal.waitFor("界");
  expect(terminal.screen()[0]).toBe("plain red 界");
  expect(terminal.cell(6, 0)).toMatchObject({ char: "r", fg: 1, bg: "default", bold: true });
  expect(terminal.cell(10, 0)).toMatchObject({ char: "界", width: 2, bg: "#010203" });
  expect(terminal.cell(11, 0)).toMatchObject({ char: "", width: 0 });
  terminal.keys("hello\r");
  await terminal.waitFor(/got hello/);
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
});

test("the outer terminal tells which modes are still on", async () => {
  const { home, terminal } = shell(
    "printf '\\033[?1049h\\033[?25l\\033[?1002;1006h\\033[?2004h\\033[?1004h\\033[>1u\\033[>4;2mon'; read x; printf '\\033[<u\\033[>4;0m\\033[?1049;1002;2004;1004l\\033[?25hoff'",
  );
  using _home = home;
  await using _terminal = terminal;
  await terminal.waitFor("on");
  expect(terminal.modes()).toMatchObject({
    alternateScreen: true,
    cursorVisible: false,
    mouse: "drag",
    bracketedPaste: true,
    focusEvents: true,
    kittyKeyboard: 1,
    modifyOtherKeys: true,
  });
  terminal.keys("\r");
  await terminal.waitFor("off");
  expect(terminal.modes()).toMatchObject({
    alternateScreen: false,
    cursorVisible: true,
    mouse: "none",
    kittyKeyboard: 0,
    modifyOtherKeys: false,
  });
});

test("the outer terminal answers queries and tells its new size", async () => {
  const { home, terminal } = shell(
    "stty raw -echo; printf '\\033[6n'; dd bs=6 count=1 2>/dev/null | od -c | head -1; stty sane; echo tidy; read x; stty size",
  );
  using _home = home;
  await using _terminal = terminal;
  await terminal.waitFor("033   [   1   ;   1   R");
  // Before that the terminal is raw, and RETURN ends no line.
  await terminal.waitFor("tidy");
  terminal.resize(77, 12);
  terminal.keys("\r");
  await terminal.waitFor("12 77");
});

test("a wait that fails draws the screen", async () => {
  const { home, terminal } = shell("echo something else; read x");
  using _home = home;
  await using _terminal = terminal;
  await terminal.waitFor("something else");
  await expect(terminal.waitFor("never", 1)).rejects.toThrow(/waited 1 ms for "never"[\s\S]*60×10[\s\S]*│something else/);
});

test("a wait ends when the program does", async () => {
  const { home, terminal } = shell("echo last words; exit 3");
  using _home = home;
  await using _terminal = terminal;
  await expect(terminal.waitFor("never")).rejects.toThrow(/ended \(exit 3\)[\s\S]*last words/);
  expect(await terminal.exit).toEqual({ code: 3, signal: 0 });
});

test("processes left behind are found by the test's mark, and by no other", async () => {
  const { home, terminal } = shell("(trap '' HUP; sleep 1000 & echo started) ; exit 0");
  using _home = home;
  using other = emptyHome();
  await using _terminal = terminal;
  await terminal.exit;
  expect(leftBehind(other.mark)).toEqual([]);
  expect(endLeftBehind(home.mark).map(({ command }) => command)).toEqual(["sleep 1000"]);
});
