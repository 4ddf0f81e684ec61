/** Arguments of the commands about the running marathon; each command is loaded only when it is called. */
import { type Command, Option } from "commander";
import { nonNegative, seconds, terminalNumber, wholeNumber } from "./cli-arguments.ts";
import { layoutOption, projectOption, terminalOption } from "./cli-options.ts";

type Done = (code: number) => void;

export function lookCommands(program: Command, done: Done): void {
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

export function reviewCommand(program: Command, done: Done): void {
  program
    .command("review")
    .description("the after-action review as far as it is measured; what only people can say is marked")
    .option("--write", "write it into the scratchpad as MARATHON_AAR.md, over nothing that somebody else wrote")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (options) => done(await (await import("./commands/review.ts")).review(options)));
}

export function terminalCommands(program: Command, done: Done): void {
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
    .command("assignment")
    .description("what a terminal was told: tasks, files and what lets them in, what is left out, and what is missing for a delegation")
    .argument("<terminal>", "1 to 10", terminalNumber)
    .option("--json", "one JSON value on stdout, as its agent reads it")
    .addOption(projectOption())
    .action(async (terminal: number, options) => done(await (await import("./commands/assignment.ts")).assignment(terminal, options)));
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

export function messageCommand(program: Command, done: Done): void {
  program
    .command("message")
    .description("deliver a message to agents: typed when they can take it, and seen to be taken")
    .argument("<words...>", "terminals (4 5, all, idle), and last the text in quotes; - reads it from stdin")
    .option("--timeout <seconds>", "wait so long for the delivery; 0 only hands it over", nonNegative, 30)
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (words: string[], options) => done(await (await import("./commands/message.ts")).message(words, options)));
}

export function blockerCommands(program: Command, done: Done): void {
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
