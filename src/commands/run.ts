/** `marathon run`: from plan files to a running marathon, and its dashboard where there is a terminal. */
import { realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { AgentError } from "../engine/agents/agent.ts";
import { runnable } from "../engine/agents/command.ts";
import { programOf } from "../engine/agents/coding-cli.ts";
import { agentByName } from "../engine/agents/registry.ts";
import { agentChoice } from "../plan/agent-choice.ts";
import { type Fleet, fleetOf, refuseWrong, withFleet } from "./fleet.ts";
import { firstEvent, type EngineSpec, type StartSpec } from "../engine/spec.ts";
import { planTerminals } from "../marathon/initial.ts";
import { fold } from "../marathon/step.ts";
import { problemLine } from "../plan/check-text.ts";
import type { Permissions, Plan, Problem } from "../plan/types.ts";
import { canShow } from "./can-show.ts";
import { EXIT, UsageError } from "./exit.ts";
import { launchEngine, programFile, waitingEngine, type WaitingEngine } from "./launch.ts";
import { rememberedLook } from "./look.ts";
import { outlived } from "./outlived.ts";
import { readPlanFiles } from "../engine/plan-files.ts";
import { planStamps } from "../engine/plan-print.ts";
import { logSettings } from "./log-settings.ts";
import { locate, type Located } from "./project.ts";
import { scrollbackLines } from "./scrollback.ts";
import { print, printError } from "./print.ts";

export interface RunOptions {
  readonly agent?: string;
  readonly command?: string;
  readonly speed: number;
  readonly seed?: number;
  readonly people: "stand-in" | "none";
  readonly headless?: boolean;
  readonly resume?: boolean;
  readonly fresh?: boolean;
  readonly project: string;
  readonly terminals?: number;
  readonly size: { readonly cols: number; readonly rows: number };
  readonly scrollback?: number;
  readonly trust?: boolean;
  readonly dryRun?: boolean;
  readonly layout?: string;
  readonly history?: string;
  readonly permissions?: Permissions;
}

export async function run(files: readonly string[], options: RunOptions): Promise<number> {
  const shown = canShow() && !options.headless;
  // Where somebody waits for ten terminals, the engine's process starts while it is being found out what it is to run.
  const ground: Ground = { shown, waiting: shown && !options.dryRun ? waitingEngine(options.people === "stand-in") : null };
  try {
    return await runOn(ground, files, options);
  } finally {
    await ground.waiting?.cancel();
  }
}

interface Ground {
  /** On a dashboard, here. */
  readonly shown: boolean;
  waiting: WaitingEngine | null;
}

async function runOn(ground: Ground, files: readonly string[], options: RunOptions): Promise<number> {
  const { shown } = ground;
  // Before they are read: whoever edits them from now on is told what it would change.
  const stamps = planStamps(files);
  const { reading, paths } = readPlanFiles(files, options.history, options.project);
  const wrong = reading.problems.filter((problem) => problem.severity === "error" && !isOverruled(problem, reading.plan, options));
  if (reading.plan === null || wrong.length > 0) return refusePlan(files, wrong, reading.problems.length - wrong.length);
  const start = startSpec(reading.plan, options);
  if (options.dryRun) return (await import("./dry-run.ts")).dryRun(reading.plan, start);
  const located = await locate(options.project);
  refuseSecondEngine(located);
  // A layout that does not exist is refused without a terminal too, rather than at the next `attach`.
  const look = rememberedLook(located.paths.folder, options.layout, shown ? process.env : {});
  if (!shown && !options.headless && start.note !== null) {
    throw new UsageError("the plan has no commands and names no agent, and nobody is here to start one: choose it with --agent");
  }
  refuseMissingAgents(start, options.project);
  const unfinished = options.fresh ? null : located.unfinished(paths);
  await refuseOutlived(located, unfinished);
  const spec = engineSpec({ ...start, plan: { ...start.plan, files: paths } }, { stamps, located, unfinished, options, shown });
  if (spec.start && !options.trust) await wantTrust(spec.start, located, options, ground);
  if (shown) {
    // The engine begins while this process loads what it draws with.
    const engine = ground.waiting?.launch(spec, located.paths) ?? launchEngine(spec, located.paths);
    engine.catch(() => {});
    const { showDashboard } = await import("./show-dashboard.ts");
    // A new marathon's board is known before its engine answers: what it begins with needs no engine.
    const preview = spec.start ? fold(null, [firstEvent(spec, spec.start, Date.now())]) : null;
    return showDashboard({ engine, preview, look, folder: located.paths.folder });
  }
  const ready = await launchEngine(spec, located.paths);
  if (!ready.ok) throw new UsageError(ready.error, EXIT.failed);
  if (ready.dropped) printError(`marathon: ${ready.dropped}\n`);
  if (unfinished !== null) printError(`marathon: taking up ${spec.id}, which was interrupted (--fresh starts anew)\n`);
  if (options.headless) {
    print(`marathon ${ready.id}\nsocket ${ready.socket}\npid ${ready.pid}\n`);
    if (ready.seed !== null) print(`seed ${ready.seed}\n`);
    return EXIT.ok;
  }
  const { followPlainly } = await import("./plain-run.ts");
  return followPlainly(ready.socket, (line) => print(`${line}\n`));
}

/** A plan of somebody else is asked about where somebody can answer; elsewhere it runs, as a script wants it to, and that is said. */
async function wantTrust(start: StartSpec, { paths }: Located, options: RunOptions, ground: Ground): Promise<void> {
  const { askToTrust, strangersPlan } = await import("./trust.ts");
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const program = dirname(dirname(realpathSync(programFile())));
  const trust = { files: start.plan.files, start, paths, given: options, program, interactive };
  const strange = await strangersPlan(trust);
  if (strange === null) return;
  if (interactive) {
    // Whoever is asked may leave in any way: nothing of ours runs meanwhile.
    await ground.waiting?.cancel();
    ground.waiting = null;
    return askToTrust(strange.why, strange.powers, trust);
  }
  printError(`marathon: ${strange.why}: its commands run without a question, as nobody is here to answer one\n`);
}

/** Another agent for all terminals takes the place of the one that the front matter names, whatever is wrong with that. */
function isOverruled({ code, file, line }: Problem, plan: Plan | null, { agent, command }: RunOptions): boolean {
  if (code !== "unknown-agent" && code !== "bad-model") return false;
  const ofATask = plan === null || plan.tasks.some((task) => task.file === file && task.line === line);
  return !ofATask && (command !== undefined || fleetOf(agent).all !== null);
}

function refusePlan(files: readonly string[], errors: readonly Problem[], rest: number): number {
  for (const problem of errors) printError(`${problemLine(problem)}\n`);
  const more = rest > 0 ? `; ${rest} more remarks: marathon check ${files.join(" ")}` : "";
  printError(`marathon: nothing was started: ${errors.length} ${errors.length === 1 ? "error" : "errors"} in the plan${more}\n`);
  return EXIT.planErrors;
}

function startSpec(plan: Plan, options: RunOptions): StartSpec {
  const fleet = fleetOf(options.agent);
  const { agent, command, note } = chooseAgent(plan, fleet, options);
  const rehearsal = agent === "rehearsal";
  return {
    plan: withFleet(applyTerminals(plan, fleet, options), fleet),
    agent,
    command,
    rehearsal,
    speed: rehearsal ? options.speed : 1,
    seed: rehearsal ? (options.seed ?? Math.floor(Math.random() * 2 ** 31)) : null,
    scratchpad: resolve(options.project, plan.settings.scratchpad ?? ".claude/Scratchpad"),
    note,
  };
}

/**
 * What was asked for, else what the plan names, else the shell for a plan with commands. A plan without any command and
 * without an agent gives each terminal the person's own shell: start any agent there, and let it report in the scratchpad.
 */
function chooseAgent(plan: Plan, { all, terminals }: Fleet, options: RunOptions): Pick<StartSpec, "agent" | "command" | "note"> {
  const command = options.command ?? plan.settings.command;
  const named = all ?? (options.command ? "command" : plan.settings.agent) ?? (command ? "command" : null);
  if (named === null && terminals.size === 0 && !plan.tasks.some((task) => task.run !== null || task.agent !== null)) {
    const note =
      "no agent was named and the plan has no commands: each terminal is your shell; start any agent there, its reports in the scratchpad count";
    return { agent: "command", command: process.env["SHELL"] ?? "sh", note };
  }
  const agent = named ?? "shell";
  refuseWrong(agent);
  const usesCommand = [agent, ...plan.terminals.map((terminal) => terminal.agent), ...terminals.values()].includes("command");
  if (usesCommand && !command) {
    throw new UsageError('the agent `command` needs a program: --command "PROGRAM ARGS", or `command:` in the front matter');
  }
  if (usesCommand && command) refuseMissingProgram(command, options.project);
  return { agent, command, note: null };
}

/** Ten terminals that all say "not found" help nobody: better to start nothing. */
function refuseMissingProgram(command: string, project: string): void {
  try {
    runnable(command, resolve(project));
  } catch (error) {
    if (error instanceof AgentError) throw new UsageError(`nothing was started: ${error.message}`, error.code);
    throw error;
  }
}

/** The same for every coding agent that a terminal of the plan names. A rehearsal starts none. */
function refuseMissingAgents({ plan, agent, rehearsal }: StartSpec, project: string): void {
  if (rehearsal) return;
  // Where every terminal has its own, the one for all is not needed.
  for (const text of new Set(planTerminals(plan).map((terminal) => terminal.agent ?? agent))) {
    const { cli } = agentByName(agentChoice(text).name);
    try {
      if (cli) programOf(cli, resolve(project));
    } catch (error) {
      if (error instanceof AgentError) throw new UsageError(`nothing was started: ${error.message}`, error.code);
      throw error;
    }
  }
}

/** `--terminals` lowers how many terminals there are; the core spreads the tasks of those that are left out. */
function applyTerminals(plan: Plan, { all }: Fleet, options: RunOptions): Plan {
  const terminals = options.terminals ?? plan.settings.terminals;
  const agent = all ?? plan.settings.agent;
  const permissions = options.permissions ?? plan.settings.permissions ?? null;
  return { ...plan, settings: { ...plan.settings, agent, terminals, permissions } };
}

function refuseSecondEngine(located: Located): void {
  if (!located.owner) return;
  throw new UsageError(
    `an engine already runs a marathon in ${located.project} (pid ${located.owner.pid}): \`marathon attach\` shows it, \`marathon stop\` ends it`,
    EXIT.failed,
  );
}

/** Two marathons must not work on one project, the one without anybody who looks after it. */
async function refuseOutlived({ paths, current, project }: Located, takenUp: string | null): Promise<void> {
  if (current === null || current === takenUp) return;
  const running = await outlived(paths, current);
  if (running === 0) return;
  throw new UsageError(
    `${running === 1 ? "a program" : `${running} programs`} of the marathon before still ${running === 1 ? "works" : "work"} in ${project}, without an engine: \`marathon attach\` takes them over, \`marathon stop\` ends them`,
    EXIT.failed,
  );
}

interface Circumstances {
  /** Of the plan files, see plan-print.ts. */
  readonly stamps: string;
  readonly located: Located;
  /** The marathon that is taken up; null: a new one begins. */
  readonly unfinished: string | null;
  readonly options: RunOptions;
  readonly shown: boolean;
}

function engineSpec(start: StartSpec, { stamps, located, unfinished, options, shown }: Circumstances): EngineSpec {
  const id = unfinished ?? located.newId();
  return {
    schema: 1,
    project: located.project,
    id,
    ...(unfinished ? { start: null } : { start, planStamps: stamps }),
    restartLost: true,
    unattended: !shown && !options.headless,
    standInPeople: options.people === "stand-in",
    ...options.size,
    scrollback: scrollbackLines(options.scrollback, located.paths.marathon(id).folder),
    logs: logSettings(process.env),
  };
}
