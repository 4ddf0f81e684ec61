/** Arguments of `marathon report` and `marathon mcp`, made from the table of what may be reported. */
import type { Command } from "commander";
import { anyNumber, positive, terminalNumber, wholeNumber } from "./cli-arguments.ts";
import type { ReportOptions } from "./commands/report.ts";
import { REPORT_VERBS, type Field, type Verb, type VerbName } from "./protocol/report-verbs.ts";

/** Adds them to the program; each is loaded only when it is called. */
export function reportCommands(program: Command, done: (code: number) => void): void {
  const report = program
    .command("report")
    .description("for agents: say what is done, blocked, asked, found or measured; the terminal is known by MARATHON_TERMINAL");
  for (const name of Object.keys(REPORT_VERBS) as VerbName[]) verbCommand(report, name, done);
  report
    .command(SKILL)
    .description("write a skill that teaches agents all this, such as into .claude/skills; never over another file")
    .argument("<folder>", "the folder of skills; - prints it, for an AGENTS.md or another instructions file")
    .action(async (folder: string) => done((await import("./commands/skill.ts")).skill(folder)));
  const mcp = program.command("mcp").description("for agents: the same reports as tools of an MCP server on stdin and stdout");
  reporterOptions(mcp).action(async (options: Pick<ReportOptions, "project" | "terminal">) =>
    done(await (await import("./commands/mcp.ts")).mcp(options)),
  );
}

const SKILL = "skill";

function reporterOptions(command: Command): Command {
  return command
    .addOption(command.createOption("--terminal <n>", "the terminal that reports (default: $MARATHON_TERMINAL)").argParser(terminalNumber))
    .option("--project <dir>", "the project folder (default: $MARATHON_PROJECT, else the current folder)");
}

function verbCommand(report: Command, name: VerbName, done: (code: number) => void): void {
  const verb: Verb = REPORT_VERBS[name];
  const command = report.command(name).description(verb.about);
  const fields = Object.entries(verb.fields);
  const words = fields.filter(([, field]) => field.word !== undefined);
  for (const [key, field] of words) command.addArgument(wordOf(command, key, field));
  for (const [key, field] of fields) if (field.word === undefined) command.addOption(optionOf(command, key, field));
  if (name === "ask") command.option("--timeout <seconds>", "with --wait: wait so long at most (exit 124)", positive);
  command.option("--json", "one JSON value on stdout");
  reporterOptions(command).action(async (...args: unknown[]) => {
    const options = args[words.length] as ReportOptions & Readonly<Record<string, unknown>>;
    const given = fields.map(([key, field]) => [
      key,
      field.word === undefined ? options[key] : args[words.findIndex(([word]) => word === key)],
    ]);
    const input = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Readonly<Record<string, unknown>>;
    done(await (await import("./commands/report.ts")).report(name, input, options));
  });
}

function wordOf(command: Command, key: string, field: Field) {
  const about = key === "text" && field.word === "file" ? "a Markdown file; - reads it from stdin" : field.about;
  const argument = command.createArgument(`<${field.word}>`, about);
  if (field.kind === "choice") return argument.choices(field.of);
  if (field.kind === "whole") return argument.argParser(wholeNumber);
  return field.kind === "number" ? argument.argParser(anyNumber) : argument;
}

function optionOf(command: Command, key: string, field: Field) {
  if (field.kind === "flag") return command.createOption(`--${key}`, field.about);
  const option = command.createOption(`--${key} <${field.kind === "number" || field.kind === "whole" ? "n" : "text"}>`, field.about);
  if (field.kind === "choice") return option.choices(field.of);
  if (field.kind !== "texts") return option;
  return option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
}
