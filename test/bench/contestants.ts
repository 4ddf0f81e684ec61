/** How each contestant is told to run ten programs, to show them, and to end. */
import { MARATHON } from "../support/marathon-run.ts";

export interface Contestant {
  readonly name: string;
  /** Files that it needs beside the inner program; names are relative to the project's folder. */
  files(inner: string): Readonly<Record<string, string>>;
  /** The command lines: ten terminals and a look at them; ten terminals alone; another look; the end. */
  show(inner: string): readonly string[];
  startHidden(inner: string): readonly string[];
  showAgain(): readonly string[];
  /** Ten terminals of 120×40, none of them shown. */
  startWide(inner: string): readonly string[];
  /** The keys that let the terminal in front fill the screen. */
  readonly zoomKeys: string;
  stop(): readonly string[];
  /** What the outer terminal shows as soon as its first frame is there. */
  readonly sign: RegExp;
  /** Its own processes, by command line; the inner programs are left out. */
  readonly own: RegExp;
}

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);

const ours: Contestant = {
  name: "marathon",
  files: (inner) => ({ "ten.md": plan(inner) }),
  show: () => [MARATHON, "run", "ten.md", "--trust"],
  startHidden: () => [MARATHON, "run", "ten.md", "--trust", "--headless", "--size", "120x40"],
  showAgain: () => [MARATHON, "attach"],
  startWide: () => [MARATHON, "run", "ten.md", "--trust", "--headless", "--size", "120x40"],
  zoomKeys: "z",
  stop: () => [MARATHON, "stop", "--now"],
  sign: /Bench of ten/,
  own: /(?:marathon|holder)\.js/,
};

function plan(inner: string): string {
  const tasks = TEN.map((number) => `**Terminal ${number}: inner (1 task)**\n\n| # | Task |\n|---|------|\n| ${number} | Stay |\n`);
  const head = `---\ntitle: Bench of ten\nagent: command\ncommand: sh ${inner}\nterminals: 10\n---\n\n# Bench of ten\n`;
  return `${head}\n## Stream A: All (10 Tasks)\n\n**Terminals 1-10 | Goal: Be there**\n\n${tasks.join("\n")}`;
}

/** A server of its own, without the person's configuration, all ten tiled in one window. It keeps as many lines as we do. */
const TMUX = ["tmux", "-L", "bench", "-f", "/dev/null"];
const KEEPING = ["start-server", ";", "set-option", "-g", "history-limit", "10000", ";"];

const tmux: Contestant = {
  name: "tmux",
  files: () => ({}),
  show: (inner) => [...TMUX, ...KEEPING, "new-session", ...tiles(inner)],
  startHidden: (inner) => [...TMUX, ...KEEPING, "new-session", "-d", "-x", "200", "-y", "60", ...tiles(inner)],
  showAgain: () => [...TMUX, "attach"],
  startWide: (inner) => [...TMUX, ...KEEPING, "new-session", "-d", "-x", "120", "-y", "41", ...windows(inner)],
  zoomKeys: "\x02z",
  stop: () => [...TMUX, "kill-server"],
  sign: /\[0\] 0:/,
  own: /^tmux/,
};

function tiles(inner: string): readonly string[] {
  const more = TEN.slice(1).flatMap((number) => [";", "split-window", `sh ${inner} ${number}`, ";", "select-layout", "tiled"]);
  return [`sh ${inner} 1`, ...more];
}

function windows(inner: string): readonly string[] {
  return [`sh ${inner} 1`, ...TEN.slice(1).flatMap((number) => [";", "new-window", `sh ${inner} ${number}`])];
}

export const CONTESTANTS = { ours, tmux } as const;
