/** A table as it can be put into RESULTS.md, with what must be known to compare it: when, of what, where, and how busy that was. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import type { BenchOptions } from "./options.ts";

const RESULTS = join(import.meta.dirname, "results");

export interface Report {
  readonly command: string;
  readonly options: BenchOptions;
  /** Load average before it began, and when that was (ms since the epoch). */
  readonly began: { readonly at: number; readonly load: number };
  readonly rows: readonly (readonly string[])[];
}

export function beginning(): Report["began"] {
  return { at: Date.now(), load: loadavg()[0] ?? 0 };
}

export function reportText({ command, options, began, rows: [head = [], ...lines] }: Report): string {
  const git = spawnSync("git", ["log", "-1", "--format=%h"], { encoding: "utf8", cwd: import.meta.dirname }).stdout.trim();
  const changed = spawnSync("git", ["status", "--porcelain", "-uno"], { encoding: "utf8", cwd: import.meta.dirname }).stdout !== "";
  const minutes = ((Date.now() - began.at) / 60_000).toFixed(1);
  const load = `load average ${began.load.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`;
  const where = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${process.platform}, Node ${process.versions.node}, ${load}, ${minutes} minutes`;
  const flags = `${options.only === "" ? "" : ` --only "${options.only}"`}${options.repetitions === null ? "" : ` --reps ${options.repetitions}`}`;
  const title = `## ${new Date(began.at).toISOString().slice(0, 10)}, commit ${git}${changed ? " with changes" : ""}, \`${command}${flags}\``;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const table = line(head) + line(head.map(() => "---")) + lines.map(line).join("");
  return `${title}\n\n${where}.${options.quick ? " QUICK: not to be reported." : ""}\n\n${table}`;
}

/** Writes the report and prints it; answers nothing. The file's name tells the time, so that no run replaces another. */
export function report(name: string, what: Report): void {
  const text = reportText(what);
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${name}-${new Date(what.began.at).toISOString().slice(0, 19).replaceAll(":", "")}.md`);
  writeFileSync(file, text);
  process.stdout.write(`${text}\n`);
  process.stderr.write(`written to ${file}\n`);
}

export function figureText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}
