/** Starts a program, with the files that its arguments name. */
import type { Program } from "./agents/agent.ts";
import type { EnginePorts } from "./ports.ts";
import type { Pty, PtySize } from "./pty.ts";

/** Throws what the file system or the pty throws. */
export function launch(ports: Pick<EnginePorts, "spawn" | "writeOwn">, program: Program, size: PtySize): Pty {
  for (const { path, text } of program.files ?? []) ports.writeOwn(path, text);
  return ports.spawn(program, size);
}
