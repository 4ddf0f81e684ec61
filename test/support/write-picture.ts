/**
 * `npm run picture`: makes the README's picture from the real screen: rehearses a plan of this repository at speed, waits
 * until about half of it is done, and draws what the outer terminal shows then. `-- PLAN COLSxROWS FILE` for another one.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { workplace } from "./marathon-run.ts";
import { screenSvg } from "./screen-svg.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const [plan = join(ROOT, "plans", "first-marathon.md"), size = "160x45", file = join(ROOT, "test", "pictures", "dashboard.svg")] =
  process.argv.slice(2);
const [cols = 160, rows = 45] = size.split("x").map(Number);

await using place = workplace();
cpSync(resolve(plan), join(place.home.project, basename(plan)));
const terminal = place.open(["run", basename(plan), "--agent", "rehearsal", "--speed", "60", "--seed", "7", "--trust"], { cols, rows });
await terminal.waitFor((shown) => halfDone(shown.text()), 120_000);
mkdirSync(dirname(resolve(file)), { recursive: true });
writeFileSync(resolve(file), screenSvg(terminal, "The dashboard of Marathon while ten terminals work on a plan"));
console.log(`${file}\n${terminal.text()}`);

/** The header counts tasks as `16/32`. */
function halfDone(text: string): boolean {
  const [, done, total] = /(\d+)\/(\d+)/.exec(text) ?? [];
  return done !== undefined && Number(done) * 2 >= Number(total);
}
