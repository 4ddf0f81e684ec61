/** I9: what a process uses, from /proc. */
import { readdirSync, readFileSync } from "node:fs";

export interface Usage {
  readonly rssMb: number;
  readonly handles: number;
  readonly threads: number;
  /** CPU time so far, ms. */
  readonly cpuMs: number;
}

/** Throws when the process is gone. */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const figure = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "mu").exec(status)?.[1]);
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /su, "")
    .split(" ");
  return {
    rssMb: figure("VmRSS") / 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    threads: figure("Threads"),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
  };
}
