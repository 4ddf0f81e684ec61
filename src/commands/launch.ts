/** Starts an engine process that outlives the command, and waits until it answers. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../engine/atomic-file.ts";
import { oneArena } from "../engine/environment.ts";
import { prepareMarathon, preparePaths, type MarathonPaths } from "../engine/paths.ts";
import { ENGINE_WORD, type EngineReady, type EngineSpec } from "../engine/spec.ts";

/** A new engine that says nothing for this long has hung, real ms. A slow machine needs about 1 s. */
const READY_TIMEOUT_MS = 20_000;

/** V8 would let the garbage of a night's output grow to 100 MB before it looks; swept often, it is a few, and each sweep is short. */
const SMALL_YOUNG_GENERATION = "--max-semi-space-size=2";

/** Resolves with what the engine said of itself; `ok: false` carries its reason. Rejects when it dies without a word. */
export async function launchEngine(spec: EngineSpec, paths: MarathonPaths): Promise<EngineReady> {
  const folder = paths.marathon(spec.id);
  preparePaths(paths);
  prepareMarathon(folder);
  const file = specFile(folder.folder);
  writeFileAtomic(file, JSON.stringify(spec));
  // What Node.js itself says at its end (out of memory, say); the engine's own words go to its log.
  const log = openSync(join(folder.folder, "engine-crash.log"), "a", 0o600);
  const child = spawn(process.execPath, [SMALL_YOUNG_GENERATION, programFile(), ENGINE_WORD, file], {
    cwd: spec.project,
    env: oneArena(spec.standInPeople ? process.env : { ...process.env, MARATHON_PEOPLE: "none" }),
    detached: true,
    stdio: ["ignore", log, log, "pipe"],
  });
  closeSync(log);
  child.unref();
  const pipe = child.stdio[3] as NodeJS.ReadableStream & { unref?(): void; destroy(): void };
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => fail(`it did not answer within ${READY_TIMEOUT_MS / 1000} s`), READY_TIMEOUT_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      pipe.destroy();
      act();
    };
    const fail = (why: string) => settle(() => reject(new Error(`the engine did not start: ${why}; its log: ${folder.engineLog}`)));
    pipe.setEncoding("utf8");
    pipe.on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) settle(() => resolve(JSON.parse(text.slice(0, end)) as EngineReady));
    });
    pipe.on("end", () => fail("it ended at once"));
    child.on("error", (error) => fail(error.message));
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
