/** Starts an engine process that outlives the command, and waits until it answers. */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { replaceFile } from "../engine/atomic-file.ts";
import { oneArena } from "../engine/environment.ts";
import { prepareMarathon, preparePaths, type MarathonPaths } from "../engine/paths.ts";
import { ENGINE_WORD, type EngineReady, type EngineSpec } from "../engine/spec.ts";

/** A new engine that says nothing for this long has hung, real ms. A slow machine needs about 1 s. */
const READY_TIMEOUT_MS = 20_000;

/**
 * V8 would let the garbage of a night's output grow to 100 MB before it looks; swept often, it is a few, and each sweep is short. Eight
 * seconds after it has collected all, V8 collects twice more to give memory back: a few MB, for which a key waits 5 to 20 ms.
 */
const CALM_COLLECTOR = ["--max-semi-space-size=2", "--no-memory-reducer"];

/** An engine process that has not been told yet what to run: it gets ready, and touches nothing. */
export interface WaitingEngine {
  /** Resolves with what the engine said of itself; `ok: false` carries its reason. Rejects when it dies without a word. */
  launch(spec: EngineSpec, paths: MarathonPaths): Promise<EngineReady>;
  /** Resolves when the process is gone. After a launch it does nothing. */
  cancel(): Promise<void>;
}

/** Starts the process while it is still to be found out what for: Node.js and the program take it as long as a plan takes to be read. */
export function waitingEngine(standInPeople: boolean): WaitingEngine {
  const child = spawn(process.execPath, [...CALM_COLLECTOR, programFile(), ENGINE_WORD], {
    env: oneArena(standInPeople ? process.env : { ...process.env, MARATHON_PEOPLE: "none" }),
    detached: true,
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  let launched = false;
  let failed: Error | null = null;
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      failed = error;
      resolve();
    });
  });
  child.unref();
  // Node.js makes such pipes of unix sockets, which go in both directions.
  const line = child.stdio[3] as Socket;
  line.on("error", () => {});
  return {
    launch: (spec, paths) => {
      const folder = paths.marathon(spec.id);
      preparePaths(paths);
      prepareMarathon(folder);
      const file = specFile(folder.folder);
      replaceFile(file, JSON.stringify(spec));
      launched = true;
      line.write(`${file}\n`);
      return answered(line, gone, () => failed, folder.engineLog);
    },
    cancel: async () => {
      if (launched) return;
      child.ref();
      child.kill("SIGKILL");
      line.destroy();
      await gone;
    },
  };
}

/** Starts an engine that is told at once. */
export async function launchEngine(spec: EngineSpec, paths: MarathonPaths): Promise<EngineReady> {
  const engine = waitingEngine(spec.standInPeople);
  try {
    return await engine.launch(spec, paths);
  } finally {
    // Where no folder could be made for it, it was not launched.
    await engine.cancel();
  }
}

function answered(line: Socket, gone: Promise<void>, failed: () => Error | null, log: string): Promise<EngineReady> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => fail(`it did not answer within ${READY_TIMEOUT_MS / 1000} s`), READY_TIMEOUT_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      line.destroy();
      act();
    };
    const fail = (why: string) => settle(() => reject(new Error(`the engine did not start: ${why}; its log: ${log}`)));
    line.setEncoding("utf8");
    line.on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) settle(() => resolve(JSON.parse(text.slice(0, end)) as EngineReady));
    });
    line.on("end", () => fail(failed()?.message ?? "it ended at once"));
    void gone.then(() => {
      const error = failed();
      if (error !== null) fail(error.message);
    });
  });
}

/** What the last engine of a marathon was told, in the marathon's own folder. */
export function specFile(folder: string): string {
  return join(folder, "spec.json");
}

/** The script that this process was started with: the same program runs the engine. */
export function programFile(): string {
  const file = process.argv[1];
  if (file === undefined) throw new Error("cannot tell which program this is: process.argv[1] is empty");
  return file;
}
