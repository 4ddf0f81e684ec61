/** `marathon doctor`: whether a marathon would work here, what to do where not, and with --fix the part of it that is safe. */
import type { MarathonPaths } from "../engine/paths.ts";
import { themeOptions } from "../dashboard/theme.ts";
import { agentChecks, nodeCheck, NOT_INSTALLED } from "./doctor/agents.ts";
import { type Check, count } from "./doctor/check.ts";
import { lookAtJournal } from "./doctor/journal.ts";
import { repositoryChecks } from "./doctor/repository.ts";
import { engineCheck, orphansCheck } from "./doctor/running.ts";
import { nearestExisting, pathsOrCheck, stateChecks } from "./doctor/state.ts";
import { diskCheck, limitsCheck, ptyCheck, realSystem, watchCheck } from "./doctor/system.ts";
import { askTerminal, terminalChecks } from "./doctor/terminal.ts";
import { EXIT } from "./exit.ts";
import { print, printJson } from "./print.ts";

export interface DoctorOptions {
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly project: string;
}

/** A check with what came of its fix: null where nothing was to be mended, or --fix was not given. */
type Outcome = Check & { readonly fixed: string | null };

/** Exit 0 unless something would keep a marathon from working (an `error` that is not mended). */
export async function doctor(options: DoctorOptions): Promise<number> {
  const checks = await examine(options.project);
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(options.fix ? await mend(check) : { ...check, fixed: null });
  if (options.json) printJson(answer(outcomes));
  else print(page(outcomes));
  return outcomes.some(({ ok, severity }) => !ok && severity === "error") ? EXIT.failed : EXIT.ok;
}

async function examine(project: string): Promise<readonly Check[]> {
  const path = process.env["PATH"] ?? "";
  const paths = pathsOrCheck(project, process.env);
  const located = "folder" in paths ? paths : null;
  const journal = located === null ? null : lookAtJournal(located);
  // The terminal is asked alone: what it answers must not come between the output of others.
  const terminal = terminalChecks(await terminalFacts());
  const [agents, repository, pty, own] = await Promise.all([
    agentChecks({ cwd: project, path, needed: journal?.agents ?? [] }),
    repositoryChecks(located?.project ?? project, path, Date.now(), journal?.scratchpad ? [journal.scratchpad] : []),
    ptyCheck(realSystem),
    located === null ? [paths as Check] : ownChecks(located),
  ]);
  return [
    nodeCheck(process.versions.node, process.execPath),
    ...terminal,
    ...agents,
    ...repository,
    pty,
    ...limitsCheck(realSystem),
    ...own,
    ...(journal?.checks ?? []),
  ];
}

async function ownChecks(paths: MarathonPaths): Promise<readonly Check[]> {
  const [state, engine] = await Promise.all([stateChecks(paths), engineCheck(paths)]);
  const disks = [diskCheck("disk-state", nearestExisting(paths.folder)), diskCheck("disk-project", paths.project)];
  return [watchCheck(realSystem, paths.project), ...disks, ...state, engine, orphansCheck(paths)];
}

async function terminalFacts(): Promise<Parameters<typeof terminalChecks>[0]> {
  const { stdin: input, stdout: output, env } = process;
  if (!input.isTTY || !output.isTTY) return { env, size: null, learned: null };
  // The console of Linux prints some of the questions.
  const ask = !["linux", "dumb", ""].includes(env["TERM"] ?? "");
  return { env, size: { columns: output.columns, rows: output.rows }, learned: ask ? await askTerminal({ input, output }) : null };
}

async function mend(check: Check): Promise<Outcome> {
  if (check.fix === undefined) return { ...check, fixed: null };
  try {
    return { ...check, ok: true, severity: "note", fixed: await check.fix() };
  } catch (error) {
    return { ...check, fixed: `could not be mended: ${(error as Error).message}` };
  }
}

function answer(outcomes: readonly Outcome[]): unknown {
  const checks = outcomes.map(({ id, ok, severity, message, advice, fixed, fix }) => ({
    id,
    ok,
    severity,
    message,
    advice,
    fixable: fix !== undefined,
    fixed,
  }));
  return { schema: 1, checks };
}

function page(outcomes: readonly Outcome[]): string {
  const { ascii } = themeOptions(process.env);
  const width = Math.max("other agents".length, ...outcomes.map(({ id }) => id.length));
  const absent = outcomes.filter(({ message }) => message === NOT_INSTALLED);
  const lines = outcomes
    .filter((one) => !absent.includes(one))
    .flatMap(({ id, ok, severity, message, advice, fixed }) => {
      const sign = ok ? (ascii ? "ok" : "✓") : severity === "error" ? (ascii ? "NO" : "✗") : "!";
      const indent = " ".repeat(width + 5);
      return [
        `${sign.padEnd(3)}${id.padEnd(width)}  ${message}`,
        ...(fixed === null ? [] : [`${indent}${ascii ? "->" : "→"} ${fixed}`]),
        ...(advice === null || fixed !== null ? [] : [`${indent}${advice}`]),
      ];
    });
  const without =
    absent.length === 0
      ? []
      : [
          `${(ascii ? "-" : "–").padEnd(3)}${"other agents".padEnd(width)}  not installed: ${absent.map(({ id }) => id.replace("agent-", "")).join(", ")}`,
        ];
  return `${[...lines, ...without].join("\n")}\n\n${verdict(outcomes)}\n`;
}

function verdict(outcomes: readonly Outcome[]): string {
  const errors = outcomes.filter(({ ok, severity }) => !ok && severity === "error").length;
  const warnings = outcomes.filter(({ ok, severity }) => !ok && severity === "warning").length;
  const fixable = outcomes.filter(({ fix, fixed }) => fix !== undefined && fixed === null).length;
  const help = fixable > 0 ? `; \`marathon doctor --fix\` mends ${fixable} of them` : "";
  if (errors > 0)
    return `${count(errors, "thing")} would keep a marathon from working, ${count(warnings, "more to look at", "more to look at")}${help}`;
  if (warnings > 0) return `a marathon works here; ${count(warnings, "thing")} to look at${help}`;
  return "all is well: a marathon works here";
}
