/** The program behind the launcher: an engine, or a command line. Neither loads what only the other needs. */
import { ENGINE_WORD } from "./engine/spec.ts";

/** Runs one command line (without node and script) and resolves with the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === ENGINE_WORD) {
    const { runEngine } = await import("./engine/engine-start.ts");
    await runEngine();
    return new Promise(() => {});
  }
  const { runCommandLine } = await import("./cli-commands.ts");
  return runCommandLine(argv);
}
