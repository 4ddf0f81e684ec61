/** Who is compared: how each is told to show ten programs, to go to one of them, and to end. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { MARATHON } from "../../support/marathon-run.ts";

export interface Peer {
  readonly name: string;
  /** All ten are on the screen at once. */
  readonly tiles: boolean;
  /** For orientation: taken in the first repetition only. */
  readonly once: boolean;
  /** Files that it needs, by name in the project's folder. `inner` is the command line of the ten programs without their number. */
  files(inner: string): Readonly<Record<string, string>>;
  start(inner: string): readonly string[];
  /** What its screen shows as soon as it takes keys. */
  readonly sign: RegExp;
  /** Typed once when everything is up, so that keys go to terminal 1. */
  readonly settle: readonly string[];
  /** What its screen shows once they do. */
  readonly settled: RegExp;
  /** Goes to a terminal whose keys it then takes; null where there is no single key. */
  focus(terminal: number): string | null;
  stop(): readonly string[] | null;
  /** Its own processes, by command line. */
  readonly own: RegExp;
  /** Why it cannot take part here, or null. */
  missing(): string | null;
}

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);
const digit = (terminal: number) => String(terminal % 10);

const ours: Peer = {
  name: "marathon",
  tiles: true,
  once: false,
  files: (inner) => ({
    "plan.md": `---\nagent: command\ncommand: ${inner}\nterminals: 10\n---\n\n# Ten\n\n| # | Task | Terminal |\n|---|---|---|\n${TEN.map((n) => `| ${n} | Stay | ${n} |\n`).join("")}`,
  }),
  start: () => [MARATHON, "run", "plan.md", "--trust"],
  sign: /DASHBOARD/,
  settle: ["1", "\r"],
  settled: /TAKE-OVER 1/,
  focus: (terminal) => `\x1b${digit(terminal)}`,
  stop: () => [MARATHON, "stop", "--now"],
  own: /(?:marathon|holder)\.js/,
  missing: () => (existsSync(MARATHON) ? null : "npm run build"),
};

const TMUX = ["tmux", "-L", "peer", "-f", "tmux.conf"];

const tmux: Peer = {
  name: "tmux",
  tiles: true,
  once: false,
  files: () => ({
    "tmux.conf": `set -g history-limit 10000\nset -s escape-time 10\n${TEN.map((n) => `bind -n M-${digit(n)} select-pane -t :.${n - 1}\n`).join("")}`,
  }),
  start: (inner) => [
    ...TMUX,
    "new-session",
    `${inner} 1`,
    ...TEN.slice(1).flatMap((n) => [";", "split-window", `${inner} ${n}`, ";", "select-layout", "tiled"]),
    ";",
    "select-pane",
    "-t",
    ":.0",
  ],
  sign: /\[0\] 0:/,
  settle: [],
  settled: /\[0\] 0:/,
  focus: (terminal) => `\x1b${digit(terminal)}`,
  stop: () => [...TMUX, "kill-server"],
  own: /^tmux/,
  missing: () => (spawnSync("tmux", ["-V"]).status === 0 ? null : "not installed"),
};

/** Where peers of the npm registry are put; never a dependency of ours. */
const PEERS = join(import.meta.dirname, "..", "results", "peers");
const MPROCS = join(PEERS, "node_modules", ".bin", "mprocs");
const MPROCS_VERSION = "0.9.6";

/** Shows one program at a time, beside a list. */
const mprocs: Peer = {
  name: "mprocs",
  tiles: false,
  once: true,
  files: (inner) => ({
    "mprocs.yaml": `scrollback: 10000\nprocs:\n${TEN.map((n) => `  t${n}:\n    shell: ${JSON.stringify(`${inner} ${n}`)}\n`).join("")}`,
  }),
  start: () => [MPROCS, "--config", "mprocs.yaml"],
  sign: /Processes/,
  // From the list to the program.
  settle: ["\x01"],
  settled: /Processes/,
  focus: () => null,
  stop: () => null,
  own: /mprocs/,
  missing: () => {
    if (existsSync(MPROCS)) return null;
    mkdirSync(PEERS, { recursive: true });
    const { status, stderr } = spawnSync("npm", ["install", "--prefix", PEERS, "--no-save", `mprocs@${MPROCS_VERSION}`], {
      encoding: "utf8",
    });
    return status === 0 && existsSync(MPROCS)
      ? null
      : `npm install mprocs@${MPROCS_VERSION}: ${stderr.trim().split("\n").at(-1) ?? "failed"}`;
  },
};

export const PEERS_TO_COMPARE: readonly Peer[] = [ours, tmux, mprocs];
