/**
 * Prints one frame of the fixture marathon: tsx-free, with Node's type stripping it cannot run (JSX), so bundle it first:
 *   esbuild test/support/show-frame.tsx --bundle --platform=node --format=esm --packages=external --outfile=/tmp/show.mjs
 *   node /tmp/show.mjs 160 45 [--ascii] [--no-colour] [keys …]
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
