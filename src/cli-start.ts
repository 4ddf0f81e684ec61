/** Arguments of the commands that begin with plan files; each command is loaded only when it is called. */
import { type Command, Option } from "commander";
import { positive, scrollback, size, terminalCount, wholeNumber } from "./cli-arguments.ts";
import { historyOption, layoutOption, projectOption } from "./cli-options.ts";
import { planAnswers } from "./cli-plan.ts";

type Done = (code: number) => void;

export function startCommands(program: Command, done: Done): void {
  program
    .command("run")
    .description("start the marathon of these plans and show it; takes up an interrupted one")
    .argument("<plan...>", "plan files (Markdown); a stream plan and a session plan may be given together")
    .option(
      "--agent <name>",
      "agent for every terminal: shell, rehearsal, command, claude, codex, gemini, qwen, opencode, copilot; with a model: codex:gpt-5; for some: claude,4-6=codex:gpt-5",
    )
    .option("--command <program>", "program and arguments for the agent `command`")
    .option("--speed <n>", "rehearsal: so many times real time", positive, 60)
    .option("--seed <n>", "rehearsal: repeat the run with this seed", wholeNumber)
    .addOption(new Option("--people <who>", "rehearsal: who answers its questions").choices(["stand-in", "none"]).default("stand-in"))
    .option("--headless", "start it, print its id and socket, and return")
    .option("--resume", "restart the terminals that died with work unfinished")
    .option("--fresh", "start anew although the last marathon of this plan is unfinished")
    .addOption(projectOption())
    .option("--terminals <n>", "at most so many terminals", terminalCount)
    .addOption(
      new Option("--size <cols>x<rows>", "size of the terminals until a dashboard shows them")
        .argParser(size)
        .default({ cols: 100, rows: 30 }, "100x30"),
    )
    .option("--scrollback <lines>", "lines that each terminal keeps above its screen, 0 to 200000 (default: 10000)", scrollback)
    .addOption(layoutOption())
    .addOption(new Option("--permissions <what>", "what coding agents may do without asking").choices(["ask", "edits", "all", "never"]))
    .option("--trust", "run the plan's commands without asking, also if the plan is somebody else's")
    .addOption(historyOption())
    .option("--dry-run", "say what would be done; start nothing")
    .action(async (plans: string[], options) => done(await (await import("./commands/run.ts")).run(plans, options)));
  program
    .command("check")
    .description("what the plans mean, and what is wrong with them; starts nothing")
    .argument("<plan...>")
    .option("--json", "one JSON value on stdout")
    .option("--fix", "show the corrections that are safe, as a diff")
    .option("--write", "with --fix: make them")
    .addOption(historyOption())
    .action(async (plans: string[], options) => done(await (await import("./commands/check.ts")).check(plans, options)));
  importCommand(program, done);
  program
    .command("new")
    .description("write a plan to begin with; asks on a terminal if no option is given")
    .argument("[file]", "the file to write", "plan.md")
    .option("--title <text>", "what the marathon is called")
    .option("--streams <names>", "names of the streams, by comma")
    .option("--tasks <n>", "tasks of each stream", wholeNumber)
    .option("--terminals <n>", "terminals in all", terminalCount)
    .option("--agent <name>", "who works")
    .option("--minutes <n>", "estimate of each task", positive)
    .option("--buffer <percent>", "time on top of the estimates", wholeNumber)
    .action(async (file: string, options) => done(await (await import("./commands/new.ts")).newFile(file, options)));
}

export function timeCommands(program: Command, done: Done): void {
  program
    .command("timeline")
    .description("hours of the plan in slots; of the project's marathon also what came of them and where they will end")
    .argument("[plan...]", "plan files; without any, the project's marathon")
    .option("--json", "one JSON value on stdout")
    .option("--text", "as text, which is the default")
    .addOption(projectOption())
    .action(async (plans: string[], options) => done(await (await import("./commands/timeline.ts")).timeline(plans, options)));
  const plan = program.command("plan").description("what would change about a plan");
  planAnswers(plan, done);
  plan
    .command("diff")
    .description("what the plan files say now against the plan that runs; changes nothing")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/plan-diff.ts")).planDiff(options)));
  plan
    .command("what-if")
    .description("figures before and after; exit 1 when something of it cannot be")
    .argument("[plan...]", "plan files; without any, the project's marathon")
    .option("--drop <ids>", "streams, sessions or task numbers, by comma")
    .option("--overlap <ids...>", "sessions to run side by side, such as 028,031")
    .option("--terminals <n>", "with so many terminals", terminalCount)
    .option("--schedule <model>", "sessions, streams, '2 sessions' or '3 sessions'")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (plans: string[], options) => done(await (await import("./commands/what-if.ts")).planWhatIf(plans, options)));
}

function importCommand(program: Command, done: (code: number) => void): void {
  program
    .command("import")
    .description("an after-action review as history, or the tasks of another tool (task lists, spec-kit, Task Master, beads)")
    .argument("<file>")
    .option("--json", "one JSON value on stdout")
    .option("--write <plan>", "write the tasks as a plan; never over a file that is there")
    .option("--tag <name>", "the list of a Task Master file that has several")
    .option("--blockers <folder>", "write a blocker file for each session that a review calls blocked; a running marathon raises them")
    .action(async (file: string, options) => done(await (await import("./commands/import.ts")).importPlan(file, options)));
}
