/** Arguments of the commands about the running plan: who leads whom, what is added, what the plan says to do when it goes wrong. */
import type { Command } from "commander";
import { terminalNumber, wholeNumber } from "./cli-arguments.ts";
import { projectOption } from "./cli-options.ts";
import type { GoalOptions } from "./commands/goals.ts";
import type { HierarchyOptions } from "./commands/hierarchy.ts";
import type { PlanAnswerOptions } from "./commands/plan-answer.ts";
import type { PlanWorkOptions } from "./commands/plan-work.ts";

/** Adds them to the program; each is loaded only when it is called. */
export function planCommands(program: Command, done: (code: number) => void): void {
  program
    .command("hierarchy")
    .description("how much is delegated, by which formula; spawns against the hierarchy; who owns what")
    .argument(
      "[words...]",
      "instead: to whom work of these words leads; for task numbers (31-40), whether a coordinator or a specialist should have them",
    )
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (words: string[], options: HierarchyOptions) =>
      done(await (await import("./commands/hierarchy.ts")).hierarchy(words, options)),
    );
  workCommands(program, done);
}

/** The answer to edited plan files, below `marathon plan`. */
export function planAnswers(plan: Command, done: (code: number) => void): void {
  const answers = [
    ["accept", "go on with the edited plan files; what is done and being done stays", true],
    ["refuse", "keep the plan that runs; the edited files are not offered again", false],
  ] as const;
  for (const [name, description, take] of answers)
    plan
      .command(name)
      .description(description)
      .option("--json", "one JSON value on stdout")
      .addOption(projectOption())
      .action(async (options: PlanAnswerOptions) => done(await (await import("./commands/plan-answer.ts")).planAnswer(take, options)));
}

function workCommands(program: Command, done: (code: number) => void): void {
  program
    .command("add")
    .description("add work to the running plan; refused without a reason, with what it would change")
    .argument("<title>", "what is to be done")
    .option("--reason <text>", "why the plan must grow")
    .option("--session <id>", "the session it belongs to")
    .option("--stream <id>", "the stream it belongs to")
    .option("--terminal <n>", "the terminal that does it; else any that is free", terminalNumber)
    .option("--estimate <time>", "45m, 2h")
    .option("--run <command>", "what the agent `shell` runs for it")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (title: string, options: PlanWorkOptions) => done(await (await import("./commands/plan-work.ts")).add(title, options)));
  program
    .command("carry")
    .description("carry an open task over to another session: it is counted there alone, and keeps where it came from")
    .argument("<task>", "its number", wholeNumber)
    .requiredOption("--to <session>", "the session that gets it")
    .requiredOption("--reason <text>", "why it moves")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (task: number, options: PlanWorkOptions) => done(await (await import("./commands/plan-work.ts")).carry(task, options)));
  program
    .command("risks")
    .description("what the plan says to do now that something goes wrong, and what each would change; with an id it is done")
    .argument("[id]", "an offer such as 1.2; with --undo what was done, such as R1")
    .option("--undo", "take it back, as far as it is still so")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (id: string | undefined, options: PlanWorkOptions) =>
      done(await (await import("./commands/plan-work.ts")).risks(id, options)),
    );
  program
    .command("preflight")
    .description("the plan's list of what to look at before the start; an item that failed becomes a blocker")
    .argument("[item]", "its number", wholeNumber)
    .argument("[outcome]", "ok or failed")
    .option("--repository", "look whether git ignores all files of a name that secrets have, and note what came of it")
    .option("--note <text>", "what was seen")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (item: number | undefined, outcome: string | undefined, options: PlanWorkOptions) =>
      done(await (await import("./commands/plan-work.ts")).preflight(item, outcome, options)),
    );
  program
    .command("goals")
    .description("criteria, deliverables and outputs of the sessions, targets, and what comes after the work: how each stands, or says so")
    .argument("[id]", "of a session (024), of one of them (024.1), or of a target (target.1)")
    .argument("[stands]", "met or open; of a target what it is now, such as 57/81")
    .option("--note <text>", "what was seen")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (id: string | undefined, stands: string | undefined, options: GoalOptions) =>
      done(await (await import("./commands/goals.ts")).goals(id, stands, options)),
    );
}
