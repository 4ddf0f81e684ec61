/** A program that runs in a terminal now. */
import type { AssignedTask, Exit, Program } from "./agents/agent.ts";
import type { OutputTail } from "./output-tail.ts";
import type { Pty } from "./pty.ts";

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
