/** `npm start`: installs what is missing, builds, and runs the first marathon. Arguments are handed on: `npm start -- --headless`. */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT, setUp } from "./setup.mjs";

const { node, env } = setUp();
const build = spawnSync(node, [join(ROOT, ".ci", "build.mjs")], { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit"] });
if (build.status !== 0) process.exit(build.status ?? 1);

const marathon = join(ROOT, "dist", "marathon.js");
const program = spawn(marathon, ["run", "plans/first-marathon.md", ...process.argv.slice(2)], { cwd: ROOT, env, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => program.kill(signal));
program.on("error", (error) => {
  console.error(`marathon: cannot start ${marathon}: ${error.message}`);
  process.exitCode = 126;
});
program.on("exit", (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
