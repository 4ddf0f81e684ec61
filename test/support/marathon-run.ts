/** Runs commands of the built program, as a person or a script would, in an empty home. */
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyHome, type EmptyHome } from "./empty-home.ts";
import { endLeftBehind, leftBehind, type LeftBehind } from "./left-behind.ts";
import { openTerminal, type OuterTerminal } from "./outer-terminal.ts";

export const MARATHON = join(import.meta.dirname, "..", "..", "dist", "marathon.js");

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workplace extends AsyncDisposable {
  readonly home: EmptyHome;
  /** Writes a file into the project and returns its path. */
  file(name: string, text: string): string;
  /** Runs `marathon ARGS` in the project without a terminal. A command that takes longer than `timeoutMs` is killed and the promise rejects. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The same with `--json`; rejects, with all of the output, unless exactly one JSON value came and the exit code is 0. */
  json<T = Json>(args: readonly string[], options?: RunOptions): Promise<T>;
  /** Opens `marathon ARGS` in an outer terminal. */
  open(
    args: readonly string[],
    size?: { readonly cols: number; readonly rows: number },
    env?: Readonly<Record<string, string>>,
  ): OuterTerminal;
  leftBehind(): readonly LeftBehind[];
}

export interface RunOptions {
  /** Another build of the program. */
  readonly marathon?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is the contract's, checked where a test reads it
export type Json = any;

/** A new home with a project in it. At its end it stops the marathon, kills what is left, and removes everything. */
export function workplace(env: Readonly<Record<string, string>> = {}): Workplace {
  if (!existsSync(MARATHON)) throw new Error(`${MARATHON} is missing: npm run build`);
  const home = emptyHome(env);
  const terminals: OuterTerminal[] = [];
  const run: Workplace["run"] = (args, options = {}) => runMarathon(home, args, options);
  return {
    home,
    run,
    file(name, text) {
      const path = join(home.project, name);
      writeFileSync(path, text);
      return path;
    },
    async json<T>(args: readonly string[], options: RunOptions = {}) {
      const ran = await run([...args, "--json"], options);
      if (ran.code !== 0) throw new Error(`marathon ${args.join(" ")} --json: exit ${ran.code}\n${ran.stderr}${ran.stdout}`);
      return JSON.parse(ran.stdout) as T;
    },
    open(args, size = { cols: 200, rows: 60 }, more = {}) {
      const terminal = openTerminal({ cmd: MARATHON, args, ...size, env: { ...home.env, ...more }, cwd: home.project });
      terminals.push(terminal);
      return terminal;
    },
    leftBehind: () => leftBehind(home.mark),
    async [Symbol.asyncDispose]() {
      await Promise.all(terminals.map((terminal) => terminal.close()));
      if (leftBehind(home.mark).length > 0) await run(["stop", "--now"]).catch(() => {});
      endLeftBehind(home.mark);
      home[Symbol.dispose]();
    },
  };
}

function runMarathon(
  home: EmptyHome,
  args: readonly string[],
  { env = {}, input, timeoutMs = 120_000, marathon = MARATHON }: RunOptions,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(marathon, args, { cwd: home.project, env: { ...home.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdin.on("error", () => {}).end(input ?? "");
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`marathon ${args.join(" ")} did not end within ${timeoutMs} ms. It had said:\n${stdout}${stderr}`));
    }, timeoutMs);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? 128 + (signal ? 9 : 0), stdout, stderr });
    });
  });
}
