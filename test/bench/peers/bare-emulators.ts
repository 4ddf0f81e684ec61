/**
 * The least that a program needs to host ten agents: a pty and an emulated screen each, queries answered as our terminals answer them,
 * nothing drawn. `node bare-emulators.ts COMMAND.json`: a list of `{ file, args, cwd }`. Says "ready" once every agent has said
 * by OSC 7501 that it is done, and stays until its standard input ends.
 */
import { readFileSync } from "node:fs";
import xterm from "@xterm/headless";
import { spawn, type IPty } from "node-pty";

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

const commands = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as readonly Command[];
const ptys: IPty[] = [];
let open = commands.length;

for (const { file, args, cwd } of commands) {
  const screen = new xterm.Terminal({ cols: 100, rows: 30, scrollback: 10_000, allowProposedApi: true, logLevel: "off" });
  const env = { ...(process.env as Record<string, string>), TERM: "xterm-256color", COLORTERM: "truecolor", TERM_PROGRAM: "bare" };
  const pty = spawn(file, [...args], { name: "xterm-256color", cols: 100, rows: 30, cwd, env, encoding: null });
  let done = false;
  screen.parser.registerOscHandler(7501, (text) => {
    if (text.startsWith("?")) pty.write("\x1b]7501;?\x1b\\");
    if (/(^|:)state=done/u.test(text) && !done) {
      done = true;
      open -= 1;
      if (open === 0) console.log("ready");
    }
    return true;
  });
  screen.parser.registerCsiHandler({ prefix: ">", final: "q" }, () => {
    pty.write("\x1bP>|bare(1)\x1b\\");
    return true;
  });
  screen.onData((answer) => pty.write(answer));
  pty.onData((bytes) => screen.write(bytes as unknown as Uint8Array));
  ptys.push(pty);
}
process.stdin.on("end", () => {
  for (const pty of ptys) pty.kill("SIGTERM");
  setTimeout(() => process.exit(0), 5000);
});
process.stdin.resume();
