/**
 * Records what programs write, once, for the conformance tests: `npm run record [NAME…]`. Needs vttest, vim,
 * less, htop and tmux (Debian packages of these names) and nothing of the product. Each session gives two files in
 * recordings/: NAME.raw, every byte, and NAME.screens.txt, what stood on the screen each time the program waited, with the
 * number of bytes written by then. Look at the screens before you commit them: they are what the tests hold us to.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OuterTerminal } from "../support/outer-terminal.ts";

interface Session {
  readonly name: string;
  readonly command: string;
  /** Keys, each typed once the program waits. */
  readonly keys: readonly string[] | ((screen: string) => string | null);
  readonly cols?: number;
  readonly rows?: number;
}

/** A program that has written nothing for so long waits for a key, ms. */
const QUIET_MS = 400;
const MAX_LOOKS = 80;
const ROOT = join(import.meta.dirname, "..", "..");
const ESC = "\x1b";

/** Answers vttest: RETURN where it asks for it, and these choices, one for each menu. */
function walk(...choices: readonly string[]): (screen: string) => string | null {
  const left = [...choices];
  return (screen) => {
    if (/Enter choice number/.test(screen)) {
      const choice = left.shift();
      return choice === undefined ? null : `${choice}\r`;
    }
    return screen.trim() === "" || /(?:push|hit|press) <RETURN>/i.test(screen) ? "\r" : null;
  };
}

const SESSIONS: readonly Session[] = [
  { name: "vttest-cursor", command: "vttest", keys: walk("1", "0") },
  { name: "vttest-screen", command: "vttest", keys: walk("2", "0") },
  { name: "vttest-charsets", command: "vttest", keys: walk("3", "8", "0") },
  { name: "vttest-double", command: "vttest", keys: walk("4", "0") },
  { name: "vttest-vt102", command: "vttest", keys: walk("8", "9", "0") },
  { name: "vttest-reset", command: "vttest", keys: walk("10", "1", "3", "0", "0") },
  { name: "vttest-colours", command: "vttest", keys: walk("11", "6", "2", "3", "4", "5", "6", "0", "0", "0") },
  { name: "vttest-moves", command: "vttest", keys: walk("11", "5", "1", "2", "3", "4", "5", "6", "7", "0", "0", "0") },
  { name: "vttest-xterm", command: "vttest", keys: walk("11", "8", "7", "2", "3", "4", "0", "0", "0", "0") },
  {
    name: "vim",
    command: `vim -u NONE -i NONE -n -c 'syntax on' -c 'set number hlsearch laststatus=2 background=dark' src/screen/screen.ts`,
    keys: [
      "\x04",
      "\x04",
      "/emulator\r",
      "n",
      ":vsplit README.md\r",
      "\x17w",
      "G",
      "50dd",
      "u",
      "ihello 世界 👍🏽 ",
      ESC,
      ":set list\r",
      ":qa!\r",
    ],
  },
  { name: "less", command: "less -R -N README.md", keys: [" ", " ", "/marathon\r", "n", "G", "k", "k", "g", "q"] },
  // Only itself: other processes are nobody's business.
  { name: "htop", command: "env -u HOSTNAME sh -c 'exec htop -d 5 -p $$'", keys: ["\x1bOQ", "\x1b[B", "\x1b[B", "\x1b[21~", "q"] },
  {
    name: "tmux",
    command: `tmux -L record -f /dev/null new-session -x 80 -y 24 'sh -i' \\; set status-right '' \\; set mouse on \\; split-window -h 'sh -i' \\; split-window -v 'sh -i'`,
    keys: [
      "ls --color=always\r",
      "\x02o",
      "seq 1 200\r",
      "\x02z",
      "\x02z",
      "\x02[\x1b[5~\x1b[5~",
      "q",
      "\x02%",
      "\x02 ",
      "\x02:kill-server\r",
    ],
  },
];

const wanted = process.argv.slice(2);
for (const session of SESSIONS) if (wanted.length === 0 || wanted.includes(session.name)) await record(session);

async function record({ name, command, keys, cols = 80, rows = 24 }: Session): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "record-"));
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, TERM: "xterm-256color", LANG: "C.UTF-8", PS1: "$ ", LESSHISTFILE: "-" };
  const terminal = new OuterTerminal({ cmd: "/bin/sh", args: ["-c", command], cols, rows, env, cwd: ROOT });
  let ended = false;
  void terminal.exit.then(() => (ended = true));
  const next = typeof keys === "function" ? keys : scripted(keys);
  const screens: string[] = [];
  for (let look = 0; look < MAX_LOOKS; look++) {
    await quiet(terminal);
    if (ended) break;
    screens.push(`== after ${terminal.raw().length} bytes\n${terminal.text().replace(/\s+$/u, "")}\n`);
    const key = next(terminal.text());
    if (key === null) break;
    terminal.keys(key);
  }
  const folder = join(import.meta.dirname, "recordings");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.raw`), terminal.raw());
  writeFileSync(join(folder, `${name}.screens.txt`), screens.join(""));
  process.stdout.write(`${name}: ${terminal.raw().length} bytes, ${screens.length} screens${ended ? "" : ", ended by us"}\n`);
  await terminal.close();
  rmSync(home, { recursive: true, force: true });
}

function scripted(keys: readonly string[]): () => string | null {
  const left = [...keys];
  return () => left.shift() ?? null;
}

async function quiet(terminal: OuterTerminal): Promise<void> {
  let bytes = -1;
  while (bytes !== terminal.raw().length) {
    bytes = terminal.raw().length;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}
