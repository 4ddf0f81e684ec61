/**
 * Ten real Claude Codes at once: our engine, holder and dashboard beside the least that any host needs (peers/bare-emulators.ts), one after
 * the other in the same run, with the same work for the agents. `node test/bench/ten-agents.ts`, after `npm run build`.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { LeftBehind } from "../support/left-behind.ts";
import type { Json, Workplace } from "../support/marathon-run.ts";
import { realAgents, type RealPlace } from "../support/real-agents.ts";
import { cpuMs, memoryMb } from "./processes.ts";

interface Figures {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly pssMb: number;
}

const AGENTS = 10;
/** For ten agents on a machine that is busy with other things, ms. */
const PATIENCE_MS = 240_000;
const folderOf = (real: RealPlace, index: number): string => join(real.place.home.project, `agent-${index + 1}`);

/** Seeds trust for the folders of all ten. */
async function tenPlaces(): Promise<RealPlace> {
  const real = await realAgents(["claude"]);
  const projects = Array.from({ length: AGENTS }, (_, index) => folderOf(real, index));
  for (const project of projects) mkdirSync(project);
  const trusted = Object.fromEntries([real.place.home.project, ...projects].map((path) => [path, { hasTrustDialogAccepted: true }]));
  const settings = { hasCompletedOnboarding: true, theme: "dark", projects: trusted };
  writeFileSync(join(real.place.home.env["HOME"] ?? "", ".claude.json"), JSON.stringify(settings));
  return real;
}

async function bare(): Promise<Figures> {
  await using real = await tenPlaces();
  const commands = Array.from({ length: AGENTS }, (_, index) => {
    const cwd = folderOf(real, index);
    const assignment = { current: 1, reportFile: join(cwd, "report.md"), tasks: [{ number: 1, title: "Report [[do:scratch]]" }] };
    writeFileSync(join(cwd, "work.json"), JSON.stringify(assignment, null, 1));
    return { file: "claude", args: ["--permission-mode", "acceptEdits", `Read ${join(cwd, "work.json")}: do it`], cwd };
  });
  const list = real.place.file("commands.json", JSON.stringify(commands));
  const program = join(import.meta.dirname, "peers", "bare-emulators.ts");
  const started = performance.now();
  const child = spawn(process.execPath, [program, list], { env: { ...real.place.home.env }, stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const wallMs = performance.now() - started;
  const [own] = real.place.leftBehind().filter(({ pid }) => pid === child.pid);
  const figures = { wallMs, cpuMs: cpuMs(own ? [own] : []), pssMb: memoryMb(own ? [own] : [], "pss") };
  child.stdin.end();
  await once(child, "exit");
  return figures;
}

interface Ours extends Figures {
  /** CPU until all ten agents run: what is paid once, however long they work. */
  readonly startUpMs: number;
  /** By process, for the one that looks for where it goes. */
  readonly parts: readonly string[];
  /** What is wrong with the run; empty: it counts. */
  readonly wrong: readonly string[];
}

/** Our own processes: what is below an agent belongs to the agent, but the servers that it starts of our program (`marathon mcp`). */
function ownOf(place: Workplace, servers = false): readonly LeftBehind[] {
  const all = place.leftBehind().filter(({ command }) => /^(\S*\/)?node( --\S+)* \S*\b(marathon|holder)\.js\b/u.test(command));
  return all.filter(({ command }) => / mcp\b/u.test(command) === servers);
}

/** The CPU that ours have used when the last of the agents has begun, ms. Looked for in the process table, which costs them nothing. */
async function startUp(real: RealPlace): Promise<number> {
  const agents = () => real.place.leftBehind().filter(({ command }) => /^(\S*\/)?claude\b/u.test(command));
  for (let waited = 0; agents().length < AGENTS && waited < PATIENCE_MS; waited += 50) await sleep(50);
  return cpuMs(ownOf(real.place));
}

async function ours(): Promise<Ours> {
  await using real = await tenPlaces();
  const { place } = real;
  const rows = Array.from({ length: AGENTS }, (_, index) => `| ${index + 1} | Report [[do:scratch]] | ${index + 1} | 10m |`);
  const table = `| # | Task | Terminal | Estimate |\n|---|---|---|---|\n${rows.join("\n")}`;
  const plan = place.file("plan.md", `---\ntitle: Ten\nagent: claude\npermissions: edits\n---\n\n# Ten\n\n${table}\n`);
  const started = performance.now();
  const screen = place.open(["run", plan]);
  const startUpMs = await startUp(real);
  await screen.waitFor(/\b10\/10\b/u, PATIENCE_MS);
  const until = performance.now() + PATIENCE_MS;
  let status = await place.json(["status"]);
  while (!status.terminals.every(isDone) && performance.now() < until) {
    // Each question costs the engine something, too.
    await sleep(3000);
    status = await place.json(["status"]);
  }
  const wallMs = performance.now() - started;
  const undone = status.tasks.filter(({ state }: Json) => state !== "done").map(({ number, state }: Json) => `task ${number} is ${state}`);
  const strange = status.terminals
    .filter((one: Json) => !isDone(one))
    .map(({ number, state, source }: Json) => `terminal ${number} is ${state} (${source})`);
  const own = ownOf(place);
  const servers = ownOf(place, true);
  const figures = { wallMs, cpuMs: cpuMs(own), pssMb: memoryMb(own, "pss"), startUpMs, wrong: [...undone, ...strange] };
  const parts = [...own, ...servers].map(
    (one) => `  ${(cpuMs([one]) / 1000).toFixed(2)} CPU-s ${memoryMb([one], "pss").toFixed(0)} MB  ${one.command.slice(-90)}`,
  );
  await place.run(["stop"]);
  await screen.close();
  const left = [...place.leftBehind(), ...real.inside()];
  if (left.length > 0) throw new Error(`left behind: ${JSON.stringify(left)}`);
  return { ...figures, parts };
}

/** Its turn is over, as Claude Code itself says: by its own report, or by its hook. */
function isDone({ state, source }: Json): boolean {
  return state === "idle" && (source === "osc-7501" || source === "hook:Stop");
}

const least = await bare();
const own = await ours();
const line = (name: string, { wallMs, cpuMs: cpu, pssMb }: Figures) =>
  `${name.padEnd(26)} ${(wallMs / 1000).toFixed(1).padStart(7)} s ${(cpu / 1000).toFixed(2).padStart(7)} CPU-s ${pssMb.toFixed(0).padStart(5)} MB`;
console.log(line("ten bare emulators", least));
console.log(line("engine, holder, dashboard", own));
const [before, after] = [own.startUpMs, own.cpuMs - own.startUpMs].map((ms) => (ms / 1000).toFixed(2));
console.log(`  of it ${before} CPU-s until all ten agents had begun, ${after} CPU-s while they worked`);
console.log(`ratio                      CPU ${(own.cpuMs / least.cpuMs).toFixed(2)}, memory ${(own.pssMb / least.pssMb).toFixed(2)}`);
console.log(["by process; `mcp` are the servers that agents start, not counted above:", ...own.parts].join("\n"));
for (const wrong of own.wrong) console.error(`this run does not count: ${wrong}`);
process.exitCode = own.wrong.length > 0 ? 1 : 0;
