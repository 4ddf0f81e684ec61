/** What processes have used, from /proc (Linux; proc(5)). */
import { readFileSync } from "node:fs";
import type { LeftBehind } from "../support/left-behind.ts";

/** Ticks of the kernel's clock in a second, as seen by programs: 100 on every Linux. */
const TICKS = 100;

/** CPU time of these processes until now, user and system, ms. In steps of 10 ms for each process. */
export function cpuMs(processes: readonly LeftBehind[]): number {
  return (sum(processes, ({ pid }) => ticks(pid)) / TICKS) * 1_000;
}

/** Resident memory, MB; what processes share is counted for each. */
export function memoryMb(processes: readonly LeftBehind[]): number {
  return sum(processes, ({ pid }) => Number(/^VmRSS:\s+(\d+) kB/m.exec(proc(pid, "status"))?.[1] ?? 0)) / 1_024;
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
