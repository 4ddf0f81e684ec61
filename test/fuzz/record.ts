/** FUZZ.md: for each target its last run of a night's length. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TARGETS } from "./targets.ts";

const TABLE = join(import.meta.dirname, "FUZZ.md");
/** A run of fewer inputs is somebody's try. */
const WORTH_RECORDING = 100_000;

export interface FuzzRun {
  readonly target: string;
  readonly inputs: number;
  /** Of the first ten thousand; the next have the next one. */
  readonly seed: number;
  readonly seconds: number;
  /** What failed, in a word; null: nothing. */
  readonly failure: string | null;
}

export function record(run: FuzzRun, at: Date = new Date()): void {
  if (run.inputs < WORTH_RECORDING) return;
  writeFileSync(TABLE, fuzzTable(existsSync(TABLE) ? readFileSync(TABLE, "utf8") : "", run, at));
}

/** The table with this run instead of the last one of its target. */
export function fuzzTable(before: string, { target, inputs, seed, seconds, failure }: FuzzRun, at: Date): string {
  const cells = [target, inputs, seed, `${seconds} s`, at.toISOString().slice(0, 10), failure ?? "held"];
  const line = `| ${cells.join(" | ")} |`;
  const lines = TARGETS.flatMap(({ name }) =>
    name === target ? line : (before.split("\n").find((one) => one.startsWith(`| ${name} |`)) ?? []),
  );
  return `# Fuzzing, last runs

Written by \`npm run fuzz\`. What failed once is in [corpus](corpus), and a test ever since.

| target | inputs | seed | took | when | promise |
|---|---|---|---|---|---|
${lines.join("\n")}
`;
}
