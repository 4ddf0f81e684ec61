/** What processes have used, from /proc (Linux; proc(5)). */
import { readFileSync } from "node:fs";
import type { LeftBehind } from "../support/left-behind.ts";

/** Ticks of the kernel's clock in a second, as seen by programs: 100 on every Linux. */
const TICKS = 100;

/** CPU time of these processes until now, user and system, ms. In steps of 10 ms for each process. */
export function cpuMs(processes: readonly LeftBehind[]): number {
  return (sum(processes, ({ pid }) => ticks(pid)) / TICKS) * 1_000;
}

/**
 * Memory, MB. `rss`: resident; what processes share, such as the code of Node.js, is counted for each. `pss`: every shared page
 * is divided among those who share it, also with others on this machine.
 */
export function memoryMb(processes: readonly LeftBehind[], kind: "rss" | "pss"): number {
  const kilobytes = ({ pid }: LeftBehind) =>
    kind === "rss" ? field(proc(pid, "status"), /^VmRSS:\s+(\d+) kB/m) : field(proc(pid, "smaps_rollup"), /^Pss:\s+(\d+) kB/m);
  return sum(processes, kilobytes) / 1_024;
}

function field(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the kernel does not tell ${pattern}`);
  return Number(found);
}

/** Fields 14 and 15 of stat; counted from behind the name, which may hold anything. */
function ticks(pid: number): number {
  const stat = proc(pid, "stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function proc(pid: number, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, "utf8");
}

function sum(processes: readonly LeftBehind[], value: (process: LeftBehind) => number): number {
  if (processes.length === 0) throw new Error("none of its processes was found");
  return processes.reduce((total, process) => total + value(process), 0);
}
