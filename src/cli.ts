/** Arguments to commands. Every command is loaded only when it is called: `check` never pays for Ink. */
import { Command, CommanderError, Option } from "commander";
import { nonNegative, positive, scrollback, seconds, size, terminalNumber, wholeNumber } from "./cli-arguments.ts";
import { EXIT, UsageError } from "./commands/exit.ts";
import { planAnswers, planCommands } from "./cli-plan.ts";
import { reportCommands } from "./cli-report.ts";
import { ENGINE_WORD } from "./engine/spec.ts";
import { VERSION } from "./version.ts";
import { print, printError } from "./commands/print.ts";

/** Runs one command line (without node and script) and resolves with the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [first, specFile] = argv;
  if (first === ENGINE_WORD && specFile !== undefined) {
    const { runEngine } = await import("./engine/engine-process.ts");
    await runEngine(specFile);
    return new Promise(() => {});
  }
  let exitCode: number = EXIT.ok;
  const program = build((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    printError(`marathon: ${(error as Error).message}\n`);
    if (process.env["MARATHON_DEBUG"]) printError(`${(error as Error).stack}\n`);
    return error instanceof UsageError ? error.exitCode : EXIT.failed;
  }
}

type Done = (code: number) => void;

function build(done: Done): Command {
  const program = new Command("marathon")
    .description("One screen for ten agents at work on a plan: start them, watch them, unblock them.")
    .version(VERSION, "-V, --version")
    .showHelpAfterError("(marathon --help lists the commands)")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  runCommand(program, done);
  timeCommands(program, done);
  lookCommands(program, done);
  terminalCommands(program, done);
  messageCommand(program, done);
  blockerCommands(program, done);
  planCommands(program, done, projectOption);
  reportCommands(program, done);
  program
    .command("doctor")
    .description("whether a marathon would work here, and what to do where not")
    .option("--json", "one JSON value on stdout")
    .option("--fix", "do the part of it that is safe, and say what was done")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/doctor.ts")).doctor(options)));
  program
    .command("version")
    .description("print the version")
    .action(() => print(`${VERSION}\n`));
  return program;
}

function projectOption(): Option {
  return new Option("--project <dir>", "the project folder").default(process.cwd(), "the current folder");
}

function layoutOption(): Option {
  return new Option(
    "--layout <name>",
    "how the dashboard begins: grid, focus, attention, wall; with `,frameless` for no frames (default: as it was left, else grid)",
  );
}

function terminalOption(): Option {
  return new Option("--terminal <n>", "a terminal, 1 to 10").argParser(terminalNumber);
}

function historyOption(): Option {
  return new Option("--history <review>", "an after-action review that estimates learn from where the plan gives none");
}

function runCommand(program: Command, done: Done): void {
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
    .option("--terminals <n>", "at most so many terminals", terminalNumber)
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
  program
    .command("import")
    .description("an after-action review as history, or the tasks of another tool (task lists, spec-kit, Task Master, beads)")
    .argument("<file>")
    .option("--json", "one JSON value on stdout")
    .option("--write <plan>", "write the tasks as a plan; never over a file that is there")
    .option("--tag <name>", "the list of a Task Master file that has several")
    .action(async (file: string, options) => done(await (await import("./commands/import.ts")).importPlan(file, options)));
  program
    .command("new")
    .description("write a plan to begin with; asks on a terminal if no option is given")
    .argument("[file]", "the file to write", "plan.md")
    .option("--title <text>", "what the marathon is called")
    .option("--streams <names>", "names of the streams, by comma")
    .option("--tasks <n>", "tasks of each stream", wholeNumber)
    .option("--terminals <n>", "terminals in all", terminalNumber)
    .option("--agent <name>", "who works")
    .option("--minutes <n>", "estimate of each task", positive)
    .option("--buffer <percent>", "time on top of the estimates", wholeNumber)
    .action(async (file: string, options) => done(await (await import("./commands/new.ts")).newFile(file, options)));
}

function timeCommands(program: Command, done: Done): void {
  program
    .command("timeline")
    .description("hours of the plan in slots; of the project's marathon also what came of them and where they will end")
    .argument("[plan...]", "plan files; without any, the project's marathon")
    .option("--json", "one JSON value on stdout")
    .option("--text", "as text, which is the default")
    .addOption(projectOption())
    .action(async (plans: string[], options) => done(await (await import("./commands/timeline.ts")).timeline(plans, options)));
  const plan = program.command("plan").description("what would change about a plan");
  planAnswers(plan, done, projectOption);
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
    .option("--terminals <n>", "with so many terminals", terminalNumber)
    .option("--schedule <model>", "sessions, streams, '2 sessions' or '3 sessions'")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (plans: string[], options) => done(await (await import("./commands/what-if.ts")).planWhatIf(plans, options)));
}

function lookCommands(program: Command, done: Done): void {
  program
    .command("status")
    .description("where the marathon stands; from its journal alone if no engine runs")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/status.ts")).status(options)));
  program
    .command("attach")
    .description("show the running marathon; several dashboards may be attached")
    .addOption(projectOption())
    .addOption(layoutOption())
    .action(async (options) => done(await (await import("./commands/attach.ts")).attach(options)));
  program
    .command("events")
    .description("what happened, from the journal")
    .option("--json", "one JSON value a line")
    .option("--follow", "go on with what happens")
    .option("--since <seq>", "from this sequence number on", wholeNumber, 1)
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/events.ts")).events(options)));
  program
    .command("wait")
    .description("return when something holds: 0 reached, 124 timed out, 1 cannot be reached any more")
    .addOption(
      new Option("--until <what>", "what to wait for").choices(["done", "blocked", "asking", "idle", "settled"]).makeOptionMandatory(),
    )
    .addOption(terminalOption())
    .option("--timeout <seconds>", "give up after so many seconds, or 5m, 1h", seconds)
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/wait.ts")).wait(options)));
}

function terminalCommands(program: Command, done: Done): void {
  program
    .command("stop")
    .description("end every program we started and then the engine; with --terminal, one terminal")
    .addOption(terminalOption())
    .option("--now", "do not wait for programs to end by themselves")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/terminals.ts")).stop(options)));
  program
    .command("restart")
    .description("start a terminal's agent again; its unfinished tasks are still its own, and a coding agent takes up its conversation")
    .addOption(terminalOption().makeOptionMandatory())
    .option("--fresh", "a coding agent begins a new conversation")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/terminals.ts")).restart(options)));
  program
    .command("screen")
    .description("print what a terminal shows")
    .argument("<terminal>", "1 to 10", terminalNumber)
    .option("--ansi", "with colours")
    .addOption(projectOption())
    .action(async (terminal: number, options) => done(await (await import("./commands/terminals.ts")).screen(terminal, options)));
  program
    .command("log")
    .description("print what a terminal has shown, as an asciicast: marathon log 4 | asciinema play -")
    .argument("<terminal>", "1 to 10", terminalNumber)
    .option("--plain", "as text: what scrolled by, then the last screen, without escape sequences")
    .option("--follow", "go on with what it shows until the engine ends")
    .addOption(projectOption())
    .action(async (terminal: number, options) => done(await (await import("./commands/log.ts")).log(terminal, options)));
  program
    .command("why")
    .description("why a terminal's state is shown: every signal that was seen, and its age")
    .argument("<terminal>", "1 to 10", terminalNumber)
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (terminal: number, options) => done(await (await import("./commands/why.ts")).why(terminal, options)));
  program
    .command("send")
    .description("type into a terminal")
    .argument("<terminal>", "1 to 10", terminalNumber)
    .argument("<text>")
    .option("--enter", "press Enter after it")
    .addOption(projectOption())
    .action(async (terminal: number, text: string, options) =>
      done(await (await import("./commands/terminals.ts")).send(terminal, text, options)),
    );
}

function messageCommand(program: Command, done: Done): void {
  program
    .command("message")
    .description("deliver a message to agents: typed when they can take it, and seen to be taken")
    .argument("<words...>", "terminals (4 5, all, idle), and last the text in quotes; - reads it from stdin")
    .option("--timeout <seconds>", "wait so long for the delivery; 0 only hands it over", nonNegative, 30)
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (words: string[], options) => done(await (await import("./commands/message.ts")).message(words, options)));
}

function blockerCommands(program: Command, done: Done): void {
  program
    .command("block")
    .description("say that a task cannot go on; prints the blocker's id")
    .argument("<task>", "its number", wholeNumber)
    .requiredOption("--reason <text>", "what stops it")
    .addOption(new Option("--priority <priority>", "how urgent").choices(["P0", "P1", "P2", "P3"]))
    .addOption(projectOption())
    .action(async (task: number, options) => done(await (await import("./commands/blockers.ts")).block(task, options)));
  program
    .command("blockers")
    .description("the open blockers, the most urgent first")
    .option("--json", "one JSON value on stdout")
    .option("--all", "also those that are parked, known or resolved")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/blockers.ts")).blockers(options)));
  program
    .command("blocker")
    .description("everything about a blocker; or act on it: escalate, reassign, fallback, resume, resolve, known, learn, undo, document")
    .argument("<id>", "B1, B2 …")
    .argument("[act]", "what to do; without it, everything about the blocker is told")
    .option("--to <n>", "reassign: the terminal that takes over", terminalNumber)
    .option("--task <n>", "fallback: this task of the plan instead", wholeNumber)
    .option("--note <text>", "why, for those who read it later")
    .option("--issue", "prepare the text of a GitHub issue and keep it")
    .option("--create", "with --issue: open it with gh")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (id: string, act: string | undefined, options) =>
      done(await (await import("./commands/blockers.ts")).blocker(id, act, options)),
    );
}
