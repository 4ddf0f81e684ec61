/**
 * `npm run picture`: makes the README's picture from the real screen: rehearses a plan of this repository at speed, waits
 * until a part of it is done while something is blocked and somebody asks, and draws what the outer terminal shows then. `-- PLAN COLSxROWS FILE` for another one.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { workplace } from "./marathon-run.ts";
import { screenSvg } from "./screen-svg.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const [plan = join(ROOT, "plans", "hundred-tasks.md"), size = "160x48", file = join(ROOT, "test", "pictures", "dashboard.svg")] =
  process.argv.slice(2);
const [cols = 160, rows = 45] = size.split("x").map(Number);

await using place = workplace();
cpSync(resolve(plan), join(place.home.project, basename(plan)));
const terminal = place.open(["run", basename(plan), "--agent", "rehearsal", "--speed", "600", "--seed", "7", "--trust"], { cols, rows });
await terminal.waitFor((shown) => telling(shown.text()), 120_000);
mkdirSync(dirname(resolve(file)), { recursive: true });
writeFileSync(resolve(file), screenSvg(terminal, "The dashboard of Marathon while ten terminals work on a plan"));
console.log(`${file}\n${terminal.text()}`);

/** The header counts tasks as `16/32`, and what needs a person. */
function telling(text: string): boolean {
  const [, done, total] = /(\d+)\/(\d+)/.exec(text) ?? [];
  const share = Number(done) / Number(total);
  return share >= 0.3 && share < 0.8 && /[1-9]\d* blocker/.test(text) && /\? [1-9]\d* asking/.test(text);
}
