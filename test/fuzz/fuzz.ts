/** Runs inputs against a target; a failure comes back as the smallest input that still fails. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { random } from "../conformance/random.ts";
import { mutated, shrunk } from "./mutate.ts";
import type { Target } from "./targets.ts";

const CORPUS = join(import.meta.dirname, "corpus");

export interface Failure {
  readonly bytes: Uint8Array;
  readonly error: Error;
}

/** Answers the first failure of `count` inputs, or null. */
export function fuzz(target: Target, count: number, seed: number): Failure | null {
  const next = random(seed);
  for (let input = 0; input < count; input++) {
    const bytes = mutated(next, target.examples, target.tokens);
    if (errorOf(target, bytes) === null) continue;
    const least = shrunk(bytes, (fewer) => errorOf(target, fewer) !== null);
    return { bytes: least, error: errorOf(target, least) ?? new Error("it fails only now and then") };
  }
  return null;
}

export function errorOf(target: Target, bytes: Uint8Array): Error | null {
  try {
    target.check(Uint8Array.from(bytes));
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** Every input that has failed once, kept as a test. */
export function corpusOf(target: Target): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const folder = join(CORPUS, target.name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

/** Keeps the input of a failure; answers its path. */
export function keep(target: Target, { bytes }: Failure): string {
  const folder = join(CORPUS, target.name);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}.bin`);
  writeFileSync(path, bytes);
  return path;
}
