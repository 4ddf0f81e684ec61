/** The shell script and the launcher in dist/marathon.js, in front of small programs that stand for the dashboard. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyHome, type EmptyHome } from "../support/empty-home.ts";
import { MARATHON } from "../support/marathon-run.ts";
import { openTerminal, type OuterTerminal } from "../support/outer-terminal.ts";

/** Everything a dashboard turns on; then it says so, and stays. */
const FULL_SCREEN = `
  process.stdin.setRawMode(true); process.stdin.resume();
  process.stdout.write("\\x1b[?1049h\\x1b[?25l\\x1b[?1002;1006h\\x1b[?1004h\\x1b[?2004h\\x1b[>1u\\x1b[>4;2m\\x1b[?1h\\x1b[?2026h\\x1b[?2026lDRAWN " + process.pid);
  setInterval(() => {}, 1000);`;

/** The built program with another body. */
function guarded(home: EmptyHome, body: string): string {
  const file = join(home.project, "marathon.js");
  copyFileSync(MARATHON, file);
  writeFileSync(join(home.project, "package.json"), '{"type":"module"}');
  mkdirSync(join(home.project, "chunks"));
  const main = `(function (exports, require, imported, meta) { exports.main = async (argv) => { ${body}; return new Promise(() => {}); }; })`;
  writeFileSync(join(home.project, "chunks", "cli.js"), main);
  for (const pack of ["pack-dashboard.js", "pack-engine.js"]) writeFileSync(join(home.project, "chunks", pack), "({})");
  return file;
}

function shell(home: EmptyHome, script: string): OuterTerminal {
  return openTerminal({ cmd: "/bin/sh", args: ["-c", script], cols: 100, rows: 20, env: home.env, cwd: home.project });
}

test("a dashboard that is killed leaves the terminal as it was", async () => {
  using home = emptyHome();
  const program = guarded(home, FULL_SCREEN);
  await using terminal = shell(
    home,
    `echo before; stty -a >then; ${program} run; echo "exit $?"; stty -a >now; cmp then now && echo same; read x; echo "read: $x"`,
  );
  await terminal.waitFor(/DRAWN \d+/);
  const modes = terminal.modes();
  expect(modes).toMatchObject({ alternateScreen: true, mouse: "drag", kittyKeyboard: 1 });
  const [, pid] = /DRAWN (\d+)/.exec(terminal.text()) ?? [];
  // A mouse report that is on its way when it dies must not reach the shell.
  terminal.keys("\x1b[<35;10;10M");
  process.kill(Number(pid), "SIGKILL");
  await terminal.waitFor("same");
  expect(terminal.text()).toContain("before");
  expect(terminal.text()).toContain("exit 137");
  expect(terminal.text()).toContain("marathon attach");
  expect(terminal.modes()).toEqual({
    alternateScreen: false,
    cursorVisible: true,
    mouse: "none",
    bracketedPaste: false,
    focusEvents: false,
    applicationCursorKeys: false,
    synchronizedOutput: false,
    kittyKeyboard: 0,
    modifyOtherKeys: false,
  });
  terminal.keys("typed\r");
  await terminal.waitFor("read: typed");
});

test("a dashboard that leaves by itself is not interfered with, and its exit code comes through", async () => {
  using home = emptyHome();
  const program = guarded(home, 'console.log("bye", argv.join("|")); return 3;');
  await using terminal = shell(home, `${program} attach "two words" ''; echo "exit $?"`);
  await terminal.waitFor("exit 3");
  expect(terminal.screen().slice(0, 2)).toEqual(["bye attach|two words|", "exit 3"]);
  expect(terminal.raw().includes("\x1b")).toBe(false);
});

test.each(["TERM", "HUP", "INT"])("SIG%s to the guard reaches the dashboard, whose own exit code counts", async (signal) => {
  using home = emptyHome();
  const program = guarded(
    home,
    `process.on("SIG${signal}", () => { console.log("told"); setTimeout(() => process.exit(5), 50); }); console.log("guard", process.ppid); setInterval(() => {}, 1000);`,
  );
  await using terminal = shell(home, `trap '' HUP INT; (trap - HUP INT; exec ${program} run); echo "exit $?"`);
  await terminal.waitFor(/guard \d+/);
  const [, guard] = /guard (\d+)/.exec(terminal.text()) ?? [];
  process.kill(Number(guard), `SIG${signal}` as NodeJS.Signals);
  await terminal.waitFor("exit 5");
  expect(terminal.text()).toContain("told");
});

test("the dashboard reads the terminal's keys although it is a child", async () => {
  using home = emptyHome();
  const program = guarded(
    home,
    'process.stdin.setRawMode(true); process.stdin.once("data", (d) => { console.log("key", d.toString("hex")); process.stdin.setRawMode(false); process.exit(0); }); console.log("ready");',
  );
  await using terminal = shell(home, `${program} run; echo "exit $?"`);
  await terminal.waitFor("ready");
  terminal.keys("\x03");
  await terminal.waitFor("key 03");
  await terminal.waitFor("exit 0");
});

test("commands that do not draw get no guard above them", async () => {
  using home = emptyHome();
  const program = guarded(home, 'console.log("parent", process.ppid, "guard", process.env.MARATHON_GUARD); return 0;');
  await using terminal = shell(home, `echo "shell $$"; ${program} status; ${program} run </dev/null; echo end`);
  await terminal.waitFor("end");
  const [, pid] = /shell (\d+)/.exec(terminal.text()) ?? [];
  expect(terminal.screen().slice(1, 3)).toEqual([`parent ${pid} guard undefined`, `parent ${pid} guard undefined`]);
});

test("a link to the program works as npm's links do", async () => {
  using home = emptyHome();
  const program = guarded(home, 'console.log("module", meta.url, process.argv[1]); return 0;');
  symlinkSync(program, join(home.folder, "marathon"));
  await using terminal = shell(home, `PATH=${home.folder}:$PATH; marathon run; echo end`);
  await terminal.waitFor("end");
  expect(terminal.text().replace(/\n/g, "")).toContain(`module file://${home.project}/chunks/cli.js`);
});

test("started as `node dist/marathon.js`, a dashboard gets the guard all the same", async () => {
  using home = emptyHome();
  const program = guarded(home, FULL_SCREEN);
  await using terminal = shell(home, `echo "shell $$"; node ${program} run; echo "exit $?"`);
  await terminal.waitFor(/DRAWN \d+/);
  const [, pid] = /DRAWN (\d+)/.exec(terminal.text()) ?? [];
  process.kill(Number(pid), "SIGKILL");
  await terminal.waitFor("exit 137");
  expect(terminal.modes()).toMatchObject({ alternateScreen: false, cursorVisible: true, mouse: "none" });
});

test("the dashboard's own children do not take themselves for guarded", async () => {
  using home = emptyHome();
  const program = guarded(home, 'console.log("guard", process.env.MARATHON_GUARD); return 0;');
  await using terminal = shell(home, `MARATHON_GUARD=1 ${program} run; MARATHON_GUARD=1 node ${program} run; echo end`);
  await terminal.waitFor("end");
  expect(terminal.screen().slice(0, 2)).toEqual(["guard undefined", "guard undefined"]);
});

/** Makes a Node.js of today pass for an older one. */
const OLD = "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";

test("an old Node.js is told what is needed, in one sentence", async () => {
  using home = emptyHome();
  const program = guarded(home, 'process.stdout.write("started")');
  await using terminal = shell(home, `node --import "${OLD}" ${program} version; echo "exit $?"`);
  await terminal.waitFor("exit 1");
  expect(terminal.screen()[0]).toContain("marathon: Node.js 22.22 or newer is needed; this is 20.1.0");
  expect(terminal.text()).not.toContain("started");
});

test("in a clone, an old Node.js hands over to the pinned one", async () => {
  using home = emptyHome();
  await using terminal = shell(home, `node --import "${OLD}" ${MARATHON} version; echo "exit $?"`);
  await terminal.waitFor("exit 0");
  expect(terminal.screen()[0]).toMatch(/^\d+\.\d+\.\d+$/);
});
