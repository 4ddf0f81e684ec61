/**
 * Prints one frame of the fixture marathon, to be looked at. Node runs no JSX, so bundle it first, to where its packages are found:
 *   esbuild test/support/show-frame.ts --bundle --platform=node --format=esm --packages=external --jsx=automatic --outfile=node_modules/.cache/show-frame.mjs
 *   node node_modules/.cache/show-frame.mjs 160 45 [--ascii] [--no-colour] [keys …]
 */
import { dashboardParts } from "./dashboard-parts.ts";
import { showChrome } from "./shown-chrome.ts";

const [columns = "160", rows = "45", ...rest] = process.argv.slice(2);
const keys = rest.filter((word) => !word.startsWith("--"));
const parts = dashboardParts({
  columns: Number(columns),
  rows: Number(rows),
  theme: { ascii: rest.includes("--ascii"), colour: !rest.includes("--no-colour") },
});
parts.press(...keys);
process.stdout.write(`\x1b[2J${showChrome(parts.screen).written()}\n`);
process.exit();
