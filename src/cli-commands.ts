/** Arguments to commands. Every command is loaded only when it is called: `check` never pays for Ink. */
import { Command, CommanderError } from "commander";
import { projectOption } from "./cli-options.ts";
import { planCommands } from "./cli-plan.ts";
import { reportCommands } from "./cli-report.ts";
import { blockerCommands, lookCommands, messageCommand, reviewCommand, terminalCommands } from "./cli-running.ts";
import { startCommands, timeCommands } from "./cli-start.ts";
import { inOurWords } from "./cli-words.ts";
import { EXIT, UsageError } from "./commands/exit.ts";
import { print, printError } from "./commands/print.ts";
import { VERSION } from "./version.ts";

type Done = (code: number) => void;

interface Family {
  /** Every command that it adds. */
  readonly names: readonly string[];
  readonly add: (program: Command, done: Done) => void;
}

const FAMILIES: readonly Family[] = [
  { names: ["run", "check", "import", "new"], add: startCommands },
  { names: ["timeline", "plan"], add: timeCommands },
  { names: ["status", "attach", "events", "wait"], add: lookCommands },
  { names: ["review"], add: reviewCommand },
  { names: ["stop", "restart", "screen", "log", "why", "assignment", "send"], add: terminalCommands },
  { names: ["message"], add: messageCommand },
  { names: ["block", "blockers", "blocker"], add: blockerCommands },
  { names: ["hierarchy", "add", "carry", "risks", "preflight", "goals"], add: planCommands },
  { names: ["report", "mcp"], add: reportCommands },
  { names: ["doctor", "version"], add: ownCommands },
];

/** Runs one command line and resolves with the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = build(argv[0], (code) => {
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

/** The command that is meant and its family: forty commands take 10 ms to describe. Whatever else the word is needs to know all. */
function build(word: string | undefined, done: Done): Command {
  const program = new Command("marathon")
    .description("One screen for ten agents at work on a plan: start them, watch them, unblock them.")
    .version(VERSION, "-V, --version")
    .showHelpAfterError("(marathon --help lists the commands)")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  const meant = FAMILIES.filter(({ names }) => names.some((name) => name === word));
  for (const { add } of meant.length > 0 ? meant : FAMILIES) add(program, done);
  speakFor(program, "marathon");
  pointToOwnHelp(program);
  return program;
}

/** Who gives a command wrong arguments needs that command's page, not the list of all. */
function pointToOwnHelp(parent: Command, words = parent.name()): void {
  for (const command of parent.commands) {
    const own = `${words} ${command.name()}`;
    command.showHelpAfterError(`(${own} --help tells what it takes)`);
    speakFor(command, own);
    pointToOwnHelp(command, own);
  }
}

function speakFor(command: Command, words: string): void {
  command.configureOutput({ outputError: (text, write) => write(inOurWords(text, words, command.usage())) });
}

function ownCommands(program: Command, done: Done): void {
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
}
