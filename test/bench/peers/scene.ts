/** One peer with ten programs in an empty home, driven by keys and judged by its screen. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyHome } from "../../support/empty-home.ts";
import { endLeftBehind, leftBehind, type LeftBehind } from "../../support/left-behind.ts";
import type { Peer } from "./contestants.ts";
import { Watcher } from "./watcher.ts";

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);
const PATIENCE_MS = 40_000;

export interface PeerScene extends AsyncDisposable {
  readonly peer: Peer;
  readonly watcher: Watcher;
  /** From exec until the peer's ten programs run and all that it shows of them at once is on the screen, ms. */
  readonly startMs: number;
  /** The row of the screen where terminal 1 answers, which has the keys. */
  readonly row: number;
  /** Bytes that the terminals of 2 to 10 have taken of their programs so far. */
  wrote(): number;
  own(): readonly LeftBehind[];
  /** Lets those that wait for it begin to drain; resolves when all have. */
  drained(): Promise<void>;
}

/**
 * Says that it is up and answers one letter, as inner.ts does, without a start of Node.js: ten of those take longer than a peer does.
 * `shell.sh FOLDER`, the terminal's number as inner.ts gets it.
 */
const SHELL = `n=\${MARATHON_TERMINAL:-$2}
stty raw -echo
printf '<%s:0:->' "$n"
: > "$1/up-$n"
letter=$(dd bs=1 count=1 2>/dev/null)
printf '\\r<%s:1:%s>' "$n" "$letter"
exec cat
`;

/** `loads`: of terminal 1 and of the others, such as `quiet,flood`, see inner.ts; `shell`: ten shells. */
export async function peerScene(peer: Peer, loads: string): Promise<PeerScene> {
  const home = emptyHome();
  const shell = join(home.folder, "shell.sh");
  writeFileSync(shell, SHELL);
  const program =
    loads === "shell" ? ["sh", shell, home.folder] : [process.execPath, join(import.meta.dirname, "inner.ts"), home.folder, loads];
  const inner = program.join(" ");
  for (const [name, text] of Object.entries(peer.files(inner))) writeFileSync(join(home.project, name), text);
  const began = performance.now();
  const watcher = new Watcher({ command: peer.start(inner), cols: 200, rows: 60, env: home.env, cwd: home.project });
  const dispose = async () => {
    watcher.close();
    const stop = peer.stop();
    if (stop) spawnSync(stop[0] ?? "", stop.slice(1), { cwd: home.project, env: home.env, stdio: "ignore", timeout: PATIENCE_MS });
    endLeftBehind(home.mark);
    await sleep(50);
    home[Symbol.dispose]();
  };
  try {
    await there(() => TEN.every((n) => existsSync(join(home.folder, `up-${n}`))), "ten programs");
    const shown = () => TEN.filter((n) => watcher.text().includes(`<${n}:0:`)).length;
    const quiet = loads.endsWith("quiet") || loads === "shell";
    const startMs =
      (await watcher.until(() => !quiet || shown() >= (peer.tiles ? 10 : 1), "the programs on the screen", PATIENCE_MS)) - began;
    await watcher.until(() => peer.sign.test(watcher.text()), "its own words", PATIENCE_MS);
    await settle(peer, watcher);
    const row = await answeringRow(watcher);
    return {
      peer,
      watcher,
      startMs,
      row,
      wrote: () => TEN.slice(1).reduce((sum, n) => sum + written(join(home.folder, `wrote-${n}`)), 0),
      own: () => leftBehind(home.mark).filter((process) => peer.own.test(process.command)),
      drained: () => {
        writeFileSync(join(home.folder, "go"), "");
        return there(() => TEN.every((n) => existsSync(join(home.folder, `done-${n}`))), "ten times 10 MB", 10 * PATIENCE_MS);
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** On a busy machine a program may be on the screen a while before it hears its keys: they are typed again until it does. */
async function settle(peer: Peer, watcher: Watcher): Promise<void> {
  for (let attempt = 0; attempt === 0 || !peer.settled.test(watcher.text()); attempt++) {
    if (attempt === 5) throw new Error(`${peer.name} does not hear its keys; the screen:\n${watcher.text()}`);
    for (const keys of peer.settle) {
      watcher.keys(keys);
      await sleep(300);
    }
    await watcher.until(() => peer.settled.test(watcher.text()), "its keys to be heard", 3_000).catch(() => {});
  }
}

/** Not there until the program has run for a moment. */
function written(file: string): number {
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
}

/** Types one letter and sees where it is answered. */
async function answeringRow(watcher: Watcher): Promise<number> {
  const find = () =>
    watcher
      .text()
      .split("\n")
      .findIndex((line) => line.includes("<1:1:k>"));
  watcher.keys("k");
  await watcher.until(() => find() >= 0, "an answer of terminal 1");
  return find();
}

async function there(holds: () => boolean, what: string, patience = PATIENCE_MS): Promise<void> {
  const end = performance.now() + patience;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${patience} ms for ${what}`);
    await sleep(2);
  }
}
