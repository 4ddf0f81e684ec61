/** Both tables, one after the other, told the same: `npm run bench -- --only drain`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

for (const table of ["bench.ts", "side-by-side.ts"]) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, table), ...process.argv.slice(2)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
