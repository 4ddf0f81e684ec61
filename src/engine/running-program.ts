/** A program that runs in a terminal now: its output goes to the terminal's screen, its end is told once all of it is shown. */
import type { AssignedTask, Exit, Program } from "./agents/agent.ts";
import type { HostPorts } from "./host-ports.ts";
import { OutputTail } from "./output-tail.ts";
import type { Pty } from "./pty.ts";
import type { RecordedScreen } from "./recorded-screen.ts";

export interface Running {
  readonly pty: Pty;
  readonly program: Program;
  readonly pidStart: number | null;
  /** The task whose end the program's end is; null for a program that outlives its tasks. */
  readonly task: AssignedTask | null;
  readonly output: OutputTail;
  readonly ended: Promise<Exit>;
  /** We end it ourselves: its exit says nothing about its task. */
  ending: boolean;
}

interface Around {
  readonly ports: Pick<HostPorts, "spawn" | "startTime">;
  readonly shown: RecordedScreen;
  /** It has ended, and what it wrote is on the screen. */
  over(exit: Exit): void;
}

/** Starts the program at the size of the screen; `program.env` is all of its environment. Throws AgentError as `spawnPty` does. */
export function startProgram(program: Program, task: AssignedTask | null, around: Around): Running {
  const { ports, shown } = around;
  const pty = ports.spawn(program, { cols: shown.cols, rows: shown.rows });
  const { promise: ended, resolve } = Promise.withResolvers<Exit>();
  const output = new OutputTail();
  pty.onData((bytes) => {
    output.add(bytes);
    shown.show(bytes);
  });
  pty.onExit((exit) => {
    shown.drained(() => {
      pty.dispose();
      around.over(exit);
      resolve(exit);
    });
  });
  return { pty, program, pidStart: ports.startTime(pty.pid), task, output, ended, ending: false };
}
