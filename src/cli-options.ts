/** Options that several commands have. */
import { Option } from "commander";
import { terminalNumber } from "./cli-arguments.ts";

export function projectOption(): Option {
  return new Option("--project <dir>", "the project folder").default(process.cwd(), "the current folder");
}

export function layoutOption(): Option {
  return new Option(
    "--layout <name>",
    "how the dashboard begins: grid, focus, attention, wall; with `,frameless` for no frames (default: as it was left, else grid)",
  );
}

export function terminalOption(): Option {
  return new Option("--terminal <n>", "a terminal, 1 to 10").argParser(terminalNumber);
}

export function historyOption(): Option {
  return new Option("--history <review>", "an after-action review that estimates learn from where the plan gives none");
}
