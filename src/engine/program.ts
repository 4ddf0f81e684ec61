/** Finds a program before it is started, because a pty only tells afterwards, as if the program itself had failed. */
import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { AgentError } from "./agents/agent.ts";

/**
 * The absolute path of a program, looked up as execvp(3) does: a name without a slash in `path`, another one from `cwd`.
 * Throws AgentError: 127 when it does not exist, 126 when it is there but cannot be run (no permission, a folder, an
 * interpreter that is missing), or when `cwd` is no folder.
 */
export function resolveProgram(file: string, cwd: string, path: string | undefined): string {
  if (!isFolder(cwd)) throw new AgentError(126, `cannot run ${file}: its folder ${cwd} does not exist`);
  if (file === "") throw new AgentError(127, "cannot run a program without a name: give its command");
  if (file.includes("/")) return checked(resolve(cwd, file), file);
  let unusable: AgentError | null = null;
  for (const folder of (path ?? "").split(delimiter)) {
    const candidate = join(isAbsolute(folder) ? folder : resolve(cwd, folder), file);
    if (!isFile(candidate)) continue;
    try {
      return checked(candidate, file);
    } catch (error) {
      if (error instanceof AgentError) unusable ??= error;
    }
  }
  throw unusable ?? new AgentError(127, `cannot run ${file}: no such program in PATH. Install it, or give its full path.`);
}

function checked(path: string, file: string): string {
  if (!isFile(path)) {
    if (isFolder(path)) throw new AgentError(126, `cannot run ${file}: ${path} is a folder`);
    throw new AgentError(127, `cannot run ${file}: ${path} does not exist`);
  }
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new AgentError(126, `cannot run ${file}: ${path} is not executable. Try: chmod +x '${path}'`);
  }
  const interpreter = interpreterOf(path);
  if (interpreter !== null && !isFile(interpreter)) {
    throw new AgentError(126, `cannot run ${file}: ${path} wants ${interpreter}, which does not exist`);
  }
  return path;
}

/** What a script's first line names (`#!/bin/sh`); the kernel looks at no more than 256 bytes, see execve(2). */
function interpreterOf(path: string): string | null {
  const head = Buffer.alloc(256);
  let length: number;
  try {
    const fd = openSync(path, "r");
    try {
      length = readSync(fd, head, 0, head.length, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    // Runnable but not readable: a program may be.
    return null;
  }
  const name = /^#![ \t]*([^\s]+)/.exec(head.toString("latin1", 0, length))?.[1];
  return name !== undefined && isAbsolute(name) ? name : null;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
