/**
 * Prints one frame of the fixture marathon, to be looked at. Node runs no JSX, so bundle it first, to where its packages are found:
 *   esbuild test/support/show-frame.tsx --bundle --platform=node --format=esm --packages=external --jsx=automatic --outfile=node_modules/.cache/show-frame.mjs
 *   node node_modules/.cache/show-frame.mjs 160 45 [--ascii] [--no-colour] [keys …]
 */
import { renderToString } from "ink";
import { App } from "../../components/App.tsx";
import { dashboardParts } from "./dashboard-parts.ts";

const [columns = "160", rows = "45", ...rest] = process.argv.slice(2);
const keys = rest.filter((word) => !word.startsWith("--"));
const parts = dashboardParts({
  columns: Number(columns),
  rows: Number(rows),
  theme: { ascii: rest.includes("--ascii"), colour: !rest.includes("--no-colour") },
});
parts.press(...keys);
process.stdout.write(`${renderToString(<App screen={parts.screen} />, { columns: Number(columns) })}\n`);
