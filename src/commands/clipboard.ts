/**
 * The person's clipboard. A program in a terminal can reach it in several ways of which each fails somewhere and none tells, so
 * a copied text goes every way there is, and is kept in a file besides.
 *   - OSC 52 (XTerm Control Sequences): the terminal itself, over ssh too. tmux takes it only where it is set to.
 *   - a program of the desktop or of tmux, where there is one.
 */
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { writeFileAtomic } from "../engine/atomic-file.ts";

export interface ClipboardPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Writes to the person's terminal. */
  readonly write: (sequence: string) => void;
  /** Keeps the text; throws when it cannot. */
  readonly keep: (file: string, text: string) => void;
  /** Runs a program with this input; false when there is none of that name or it fails. */
  readonly run: (program: string, args: readonly string[], input: string) => Promise<boolean>;
}

/** Terminals cut off or drop longer sequences (hterm and many plug-ins at 100,000 bytes of base64). */
const MAX_OSC52_BYTES = 100_000;
/** A program that does not take the text in this time is not waited for, ms. */
const PROGRAM_MS = 2000;

/** Copies a text; answers where it went, in words for the person. `file` is replaced. Throws when it went nowhere. */
export async function copyText(text: string, file: string, ports: ClipboardPorts): Promise<string> {
  const ways: string[] = [];
  const encoded = Buffer.from(text, "utf8").toString("base64");
  const tooLong = encoded.length > MAX_OSC52_BYTES;
  // The Linux console would print what follows the sequence's start.
  const understands = !["linux", "dumb", "", undefined].includes(ports.env["TERM"]);
  if (understands && !tooLong) {
    ports.write(`\x1b]52;c;${encoded}\x07`);
    ways.push("your terminal (OSC 52)");
  }
  for (const { name, tries } of programs(ports)) {
    if (await firstThatRuns(tries, text, ports)) ways.push(name);
  }
  const note = tooLong && understands ? `; too long for OSC 52 (over ${MAX_OSC52_BYTES / 1000} KB)` : "";
  const problem = kept(text, file, ports);
  if (problem === null) return `${[...ways, shown(file, ports)].join(", ")}${note}`;
  if (ways.length === 0) throw new Error(`nothing was copied: ${shown(file, ports)} cannot be written (${problem})${note}`);
  return `${ways.join(", ")}${note}; not kept in ${shown(file, ports)}: ${problem}`;
}

interface Way {
  readonly name: string;
  /** The first that runs is enough. */
  readonly tries: readonly (readonly [program: string, ...args: string[]])[];
}

function programs({ env, platform }: ClipboardPorts): readonly Way[] {
  const ways: Way[] = [];
  if (env["TMUX"]) {
    // With -w (tmux 3.2) tmux hands it on to the clipboard of the terminal around it.
    ways.push({
      name: "tmux",
      tries: [
        ["tmux", "load-buffer", "-w", "-"],
        ["tmux", "load-buffer", "-"],
      ],
    });
  }
  // Over ssh a desktop here is not the person's.
  if (env["SSH_CONNECTION"] || env["SSH_TTY"]) return ways;
  if (platform === "darwin") ways.push({ name: "pbcopy", tries: [["pbcopy"]] });
  else if (env["WAYLAND_DISPLAY"]) ways.push({ name: "wl-copy", tries: [["wl-copy"]] });
  else if (env["DISPLAY"])
    ways.push({
      name: "the X clipboard",
      tries: [
        ["xclip", "-selection", "clipboard"],
        ["xsel", "--clipboard", "--input"],
      ],
    });
  return ways;
}

async function firstThatRuns(tries: Way["tries"], text: string, { run }: ClipboardPorts): Promise<boolean> {
  for (const [program, ...args] of tries) if (await run(program, args, text)) return true;
  return false;
}

/** Why the file could not be written, or null. */
function kept(text: string, file: string, { keep }: ClipboardPorts): string | null {
  try {
    keep(file, text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function shown(file: string, { env }: ClipboardPorts): string {
  const home = env["HOME"] ?? "";
  return home !== "" && file.startsWith(`${home}/`) ? `~${file.slice(home.length)}` : file;
}

/** The ports of this process; `write` goes to the person's terminal. */
export function realClipboard(write: (sequence: string) => void): ClipboardPorts {
  return { env: { HOME: homedir(), ...process.env }, platform: process.platform, write, keep: writeFileAtomic, run };
}

/** The program may stay in the background to serve the text: it is done when it has taken it and its first process ends. */
function run(program: string, args: readonly string[], input: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["pipe", "ignore", "ignore"] });
    const timer = setTimeout(() => {
      child.kill();
      resolve(false);
    }, PROGRAM_MS);
    const done = (good: boolean) => {
      clearTimeout(timer);
      resolve(good);
    };
    child.on("error", () => done(false));
    child.on("exit", (code) => done(code === 0));
    // It may end without reading; its exit code says so.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
