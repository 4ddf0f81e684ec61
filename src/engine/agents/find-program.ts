/** Finds a program as a shell would, and says precisely why it cannot be run: 127 not found, 126 not runnable. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { AgentError } from "./agent.ts";

const INSTALL = "Install it, or name another program with --command";

/**
 * Absolute path of `program`. A name with a slash is taken relative to `cwd`; any other is looked up in `path`
 * (the value of PATH); `advice` says what to do when there is none. Throws AgentError 127 when there is no such file, 126 when it is there but cannot be executed.
 */
export function findProgram(program: string, cwd: string, path: string, advice = INSTALL): string {
  if (isAbsolute(program) || program.includes("/")) {
    const file = resolve(cwd, program);
    const verdict = look(file);
    if (verdict === "runnable") return file;
    throw verdict === "missing" ? notFound(program, `there is no file ${file}`, advice) : notRunnable(program, file);
  }
  let refused: string | null = null;
  for (const folder of path.split(delimiter)) {
    const file = join(resolve(cwd, folder), program);
    const verdict = look(file);
    if (verdict === "runnable") return file;
    if (verdict === "refused") refused ??= file;
  }
  throw refused === null ? notFound(program, `no folder of PATH has it`, advice) : notRunnable(program, refused);
}

/** The first of `programs` that can be run, or null. */
export function findFirst(programs: readonly string[], cwd: string, path: string): string | null {
  for (const program of programs) {
    try {
      return findProgram(program, cwd, path);
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
    }
  }
  return null;
}

function look(file: string): "runnable" | "refused" | "missing" {
  try {
    if (!statSync(file).isFile()) return "refused";
  } catch {
    return "missing";
  }
  try {
    accessSync(file, constants.X_OK);
    return "runnable";
  } catch {
    return "refused";
  }
}

function notFound(program: string, why: string, advice: string): AgentError {
  return new AgentError(127, `cannot start ${program}: ${why}. ${advice}.`);
}

function notRunnable(program: string, file: string): AgentError {
  return new AgentError(126, `cannot start ${program}: ${file} is not an executable file. Try chmod +x, or name the interpreter first.`);
}
