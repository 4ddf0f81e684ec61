/** Starts a program, with the files that its arguments name. */
import type { Program } from "./agents/agent.ts";
import type { HeldPty } from "./holder/held-pty.ts";
import type { Label } from "./holder/wire.ts";
import type { EnginePorts } from "./ports.ts";
import type { PtySize } from "./pty.ts";

/** Throws what the file system throws. That the program cannot be started is told to the pty's listener. */
export function launch(
  ports: Pick<EnginePorts, "holder" | "writeOwn">,
  terminal: number,
  { files = [], ...program }: Program,
  size: PtySize,
  label: Label,
): HeldPty {
  for (const { path, text } of files) ports.writeOwn(path, text);
  return ports.holder.spawn(terminal, program, size, label);
}
