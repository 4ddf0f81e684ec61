/**
 * F17: terminals print for minutes, as fast as they are read. What each printed is known from its agent, what was counted from the
 * recordings; memory and files from the system.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { recordedParts } from "../../../src/engine/log-reader.ts";
import { decodeEvent, decodePlace } from "../../../src/screen/asciicast.ts";
import { workplace, type Workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "./agents.ts";
import { agentsAreAccountedFor, inputIsExact, journalIsWhole, stopsWithoutStrays } from "./invariants.ts";
import { DASHBOARD, HOLDER, processLike } from "./processes.ts";
import { usageOf } from "./usage.ts";

export interface FloodOptions {
  readonly terminals: number;
  /** What each of them prints, bytes. */
  readonly bytes: number;
  readonly tell?: (line: string) => void;
}

export interface FloodReport {
  readonly seconds: number;
  readonly keys: number;
  /** The longest that a key took to reach its program, ms. */
  readonly slowestKeyMs: number;
  /** MB of memory at most. */
  readonly most: Readonly<Record<Watched, number>>;
  /** Of the terminal with most: MB of its recordings, and the number of its newest file. */
  readonly log: { readonly mb: number; readonly part: number };
  /** What did not hold, in words; empty as it should be. */
  readonly violations: readonly string[];
}

type Watched = "engine" | "holder" | "dashboard";

/** MB that each may have at most, however much is printed. */
const MOST_MB: Readonly<Record<Watched, number>> = { engine: 700, holder: 200, dashboard: 300 };
/** Of a terminal's recordings: four files of 16 MB, which may be a quarter larger while no screen is known. */
const MOST_LOG_MB = 4 * 16 * 1.25 + 1;
/** Keys are typed into this terminal. */
const TYPED = 1;

export async function flood({ terminals, bytes, tell = () => {} }: FloodOptions): Promise<FloodReport> {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(terminals), { cols: 200, rows: 60 });
  await screen.waitFor("READY");
  const { engine, journal } = await place.json(["status"]);
  const pids = { engine: engine.pid as number, holder: processLike(place, HOLDER), dashboard: processLike(place, DASHBOARD) };
  screen.keys(`${TYPED}\r`);
  await screen.waitFor(`TAKE-OVER ${TYPED}`);
  const began = performance.now();
  const all = Array.from({ length: terminals }, (_, index) => agents.tell(index + 1, "flood", { bytes }) as Promise<Printed>);
  const printed = Promise.all(all);
  const most = { engine: 0, holder: 0, dashboard: 0 };
  let typed = "";
  let slowestKeyMs = 0;
  let over = false;
  void printed.then(() => (over = true));
  while (!over) {
    typed += "k";
    const pressed = performance.now();
    screen.keys("k");
    await until(() => agents.received(TYPED).length === typed.length, "each key arrives", 60_000);
    slowestKeyMs = Math.max(slowestKeyMs, performance.now() - pressed);
    for (const who of ["engine", "holder", "dashboard"] as const) most[who] = Math.max(most[who], usageOf(pids[who]).rssMb);
    if (typed.length % 60 === 0) tell(`${seconds(began)} s: ${figures(most)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const took = seconds(began);
  const violations: string[] = [];
  const logs = join(dirname(journal as string), "logs");
  for (const [index, one] of (await printed).entries()) violations.push(...(await judgeTerminal({ place, agents, logs }, index + 1, one)));
  const log = largestLog(logs, terminals);
  if (log.mb > MOST_LOG_MB) violations.push(`a terminal's recordings have ${log.mb.toFixed(0)} MB; ${MOST_LOG_MB} are allowed`);
  if (bytes > MOST_LOG_MB * 2e6 && log.part < 5) violations.push(`the recordings were not rotated: the newest file is number ${log.part}`);
  for (const who of ["engine", "holder", "dashboard"] as const)
    if (most[who] > MOST_MB[who]) violations.push(`the ${who} had ${most[who].toFixed(0)} MB; ${MOST_MB[who]} are allowed`);
  const others = Array.from({ length: terminals }, (_, index) => index + 1).filter((terminal) => terminal !== TYPED);
  inputIsExact(agents, TYPED, Buffer.from(typed), others);
  await agentsAreAccountedFor(place, agents);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
  return { seconds: took, keys: typed.length, slowestKeyMs, most, log, violations };
}

interface Printed {
  readonly bytes: number;
  readonly lines: number;
}

/** Its screen ends as it should, and its recording has counted every byte. */
async function judgeTerminal(
  { place, agents, logs }: { readonly place: Workplace; readonly agents: Agents; readonly logs: string },
  terminal: number,
  { lines, bytes }: Printed,
): Promise<readonly string[]> {
  const last = `flood of ${lines} lines over`;
  // The lines before the last are the flood's last ones, in order, and nothing else.
  const rows = async () => (await place.run(["screen", String(terminal)])).stdout.trimEnd().split("\n");
  await until(async () => (await rows()).at(-1) === last, `the last line of terminal ${terminal}`, 120_000);
  const found: string[] = [];
  // A narrow terminal breaks lines: only their beginnings have a number.
  const before = (await rows()).flatMap((row) => /^(\d+) 0123456789/u.exec(row)?.[1] ?? []).map(Number);
  if (before.length < 2 || before.some((number, index) => number !== lines - before.length + index))
    found.push(`terminal ${terminal} shows the lines ${before.join(" ")} before line ${lines}`);
  const returns = lines + 2;
  // The terminal's driver puts a return before each line feed (ONLCR); keys are not echoed.
  const expected = agents.sent(terminal).length + bytes + Buffer.byteLength(`${last}\r\n`) + returns;
  let counted = 0;
  await until(async () => (counted = await countedBytes(logs, terminal)) === expected, "all is recorded").catch(() => {});
  if (counted !== expected)
    found.push(`terminal ${terminal} printed ${expected} bytes and ${counted} were counted: ${await tailOf(logs, terminal)}`);
  return found;
}

/** What the newest file of a terminal's recordings ends with: codes and lengths, and what was told of losses and places. */
async function tailOf(logs: string, terminal: number): Promise<string> {
  const newest = (await recordedParts(logs, terminal)).at(-1);
  const events = newest ? readFileSync(newest.path, "utf8").trimEnd().split("\n").slice(-8) : [];
  const told = events
    .flatMap((line) => decodeEvent(line) ?? [])
    .map(({ code, data }) => (code === "m" || code === "p" ? `${code} ${data}` : `${code} ${data.length}`));
  return `${newest?.number} ends with ${told.join(", ")}`;
}

/** Where the output of a terminal's program ends, as the newest file of its recordings knows it. */
async function countedBytes(logs: string, terminal: number): Promise<number> {
  const newest = (await recordedParts(logs, terminal)).at(-1);
  if (!newest) return 0;
  let at = 0;
  let counts = false;
  for (const line of readFileSync(newest.path, "utf8").split("\n")) {
    const event = decodeEvent(line);
    const place = event?.code === "p" ? decodePlace(event.data) : null;
    if (event?.code === "p") counts = place !== null;
    if (place) at = place.at;
    else if (event?.code === "o" && counts) at += Buffer.byteLength(event.data);
  }
  return at;
}

function largestLog(folder: string, terminals: number): { readonly mb: number; readonly part: number } {
  const all = Array.from({ length: terminals }, (_, index) => {
    const names = readdirSync(folder).filter((name) => name.startsWith(`terminal-${String(index + 1).padStart(2, "0")}-`));
    const mb = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 2 ** 20;
    return { mb, part: Math.max(0, ...names.map((name) => Number(/-(\d+)\.cast$/u.exec(name)?.[1]))) };
  });
  return { mb: Math.max(...all.map(({ mb }) => mb)), part: Math.min(...all.map(({ part }) => part)) };
}

function figures(most: Readonly<Record<Watched, number>>): string {
  return Object.entries(most)
    .map(([who, mb]) => `${who} ${mb.toFixed(0)} MB`)
    .join(", ");
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}
