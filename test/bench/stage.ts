/** One contestant in one empty home: what the measures need to drive it, and how to be rid of it afterwards. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyHome } from "../support/empty-home.ts";
import { endLeftBehind, leftBehind, type LeftBehind } from "../support/left-behind.ts";
import { MARATHON } from "../support/marathon-run.ts";
import { openTerminal, type OuterTerminal } from "../support/outer-terminal.ts";
import type { Contestant } from "./contestants.ts";

const OUTER = { cols: 200, rows: 60 };
const PATIENCE_MS = 30_000;

export interface Stage extends AsyncDisposable {
  /** Resolves when the first frame is on the outer terminal. */
  show(): Promise<void>;
  showAgain(): Promise<void>;
  /** Resolve when the command has returned. */
  startHidden(): Promise<void>;
  startWide(): Promise<void>;
  /** Types these keys where it is shown, and resolves when the screen there is as it should be. */
  press(keys: string, shown: (terminal: OuterTerminal) => boolean): Promise<void>;
  /** Resolves when each of the ten programs has said that it runs. */
  allUp(): Promise<void>;
  /** The contestant's own processes. */
  own(): readonly LeftBehind[];
}

/** What each of the ten programs prints before it says that it is up: so many lines of so many columns. */
export interface Printed {
  readonly lines?: number;
  readonly columns?: number;
}

export function stage(contestant: Contestant, { lines = 0, columns = 84 }: Printed = {}): Stage {
  if (!existsSync(MARATHON)) throw new Error(`${MARATHON} is missing: npm run build`);
  const home = emptyHome();
  const up = join(home.folder, "up");
  mkdirSync(up);
  const inner = join(home.folder, "inner.sh");
  writeFileSync(inner, innerProgram(up, lines, columns));
  for (const [name, text] of Object.entries(contestant.files(inner))) writeFileSync(join(home.project, name), text);
  const outer: OuterTerminal[] = [];
  const open = async ([cmd = "", ...args]: readonly string[]) => {
    const terminal = openTerminal({ cmd, args, ...OUTER, env: home.env, cwd: home.project });
    outer.push(terminal);
    await terminal.waitFor((shown) => contestant.sign.test(shown.text()), PATIENCE_MS);
  };
  return {
    show: () => open(contestant.show(inner)),
    showAgain: () => open(contestant.showAgain()),
    startHidden: () => command(contestant.startHidden(inner), home.project, home.env),
    startWide: () => command(contestant.startWide(inner), home.project, home.env),
    async press(keys, shown) {
      const [terminal] = outer;
      if (!terminal) throw new Error(`${contestant.name} is not shown: there is nowhere to press a key`);
      terminal.keys(keys);
      await terminal.waitFor(shown, PATIENCE_MS);
    },
    allUp: () =>
      until(
        () => readdirSync(up).length >= 10,
        () => `only ${readdirSync(up).length} of 10 terminals of ${contestant.name} came up`,
      ),
    own: () => leftBehind(home.mark).filter((process) => contestant.own.test(process.command)),
    async [Symbol.asyncDispose]() {
      await Promise.all(outer.map((terminal) => terminal.close()));
      const [cmd = "", ...args] = contestant.stop();
      spawnSync(cmd, args, { cwd: home.project, env: home.env, stdio: "ignore", timeout: PATIENCE_MS });
      endLeftBehind(home.mark);
      home[Symbol.dispose]();
    },
  };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Prints, says that it is up by a file of its own, and stays. */
function innerProgram(up: string, lines: number, columns: number): string {
  const words = " of a terminal that has printed something of about this length, as agents do, and goes on in other words".repeat(3);
  const print = `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); printf '\\033[3%dmline %06d\\033[0m%s\\n' $((i % 8)) $i '${words.slice(0, columns - LINE_NUMBER)}'; done`;
  return `${print}\n: > ${up}/\${MARATHON_TERMINAL:-$1}\nexec cat\n`;
}

/** Columns of "line 000001". */
const LINE_NUMBER = 11;

function command([cmd = "", ...args]: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(cmd, args, { cwd, env: { ...env }, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${cmd} ${args.slice(0, 3).join(" ")} …: exit ${code}: ${complaint}`)),
    );
  });
}

async function until(there: () => boolean, complaint: () => string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!there()) {
    if (performance.now() > end) throw new Error(complaint());
    await sleep(1);
  }
}
