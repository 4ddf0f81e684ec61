/** Arguments of the commands about the running plan: who leads whom, what is added, what the plan says to do when it goes wrong. */
import type { Command, Option } from "commander";
import type { HierarchyOptions } from "./commands/hierarchy.ts";

/** Adds them to the program; each is loaded only when it is called. */
export function planCommands(program: Command, done: (code: number) => void, projectOption: () => Option): void {
  program
    .command("hierarchy")
    .description("how much is delegated, by which formula; spawns against the hierarchy; who owns what")
    .argument("[words...]", "instead: to whom work of these words leads")
    .option("--json", "one JSON value on stdout")
    .addOption(projectOption())
    .action(async (words: string[], options: HierarchyOptions) =>
      done(await (await import("./commands/hierarchy.ts")).hierarchy(words, options)),
    );
}
