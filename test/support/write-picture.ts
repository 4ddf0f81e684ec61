/**
 * `npm run picture`: makes the README's pictures from the real screen: rehearses a plan of this repository at speed, waits
 * until a part of it is done while something is blocked and somebody asks, and draws what the outer terminal shows then; and
 * later, when there is something to forecast from, the time view as `time.svg` beside it. `-- PLAN COLSxROWS FILE` for others.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { workplace } from "./marathon-run.ts";
import { screenSvg } from "./screen-svg.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const [plan = join(ROOT, "plans", "hundred-tasks.md"), size = "160x48", file = join(ROOT, "test", "pictures", "dashboard.svg")] =
  process.argv.slice(2);
const [cols = 160, rows = 45] = size.split("x").map(Number);

const ARGS = ["run", basename(plan), "--agent", "rehearsal", "--speed", "600", "--seed", "7", "--trust"];
/** The lanes of six streams need no more rows, with the line that says what the strokes mean. */
const TIME_ROWS = 28;

mkdirSync(dirname(resolve(file)), { recursive: true });
await picture(
  join(dirname(resolve(file)), "time.svg"),
  "The time view of Marathon: plan above what was, and where each stream will end",
  TIME_ROWS,
  "t",
  lanes,
);
await picture(resolve(file), "The dashboard of Marathon while ten terminals work on a plan", rows, "", telling);

async function picture(to: string, title: string, height: number, keys: string, ready: (text: string) => boolean): Promise<void> {
  await using place = workplace();
  cpSync(resolve(plan), join(place.home.project, basename(plan)));
  const terminal = place.open(ARGS, { cols, rows: height });
  // Before the engine answers, the board stands there and keys do not count yet.
  await terminal.waitFor((shown) => /[1-9]\d*\/\d+ busy/u.test(shown.text()), 20_000);
  if (keys !== "") terminal.keys(keys);
  await terminal.waitFor((shown) => ready(shown.text()), 120_000);
  writeFileSync(to, screenSvg(terminal, title));
  console.log(`${to}\n${terminal.text()}`);
}

/** Much of the work is done, and what is left has a forecast and a critical path. */
function lanes(text: string): boolean {
  const [, done, total] = /(\d+)\/(\d+)/.exec(text) ?? [];
  return Number(done) / Number(total) >= 0.6 && /on the critical path/.test(text) && /finish \d/.test(text);
}

/** The header counts tasks as `16/32`, and what needs a person. */
function telling(text: string): boolean {
  const [, done, total] = /(\d+)\/(\d+)/.exec(text) ?? [];
  const share = Number(done) / Number(total);
  return share >= 0.3 && share < 0.8 && /[1-9]\d* blocker/.test(text) && /\? [1-9]\d* asking/.test(text);
}
