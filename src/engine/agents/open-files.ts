/** Which files a program holds open, from Linux's /proc (proc(5), fd); elsewhere it cannot be known. */
import { readdirSync, readlinkSync } from "node:fs";
import { familyOf } from "./process-family.ts";

/** Absolute paths of the files that a process and its descendants hold open. */
export function openFiles(pid: number): readonly string[] {
  return familyOf(pid).flatMap((one) => {
    try {
      return readdirSync(`/proc/${one}/fd`).flatMap((fd) => target(`/proc/${one}/fd/${fd}`) ?? []);
    } catch {
      return [];
    }
  });
}

/** Null for what is no file, or closed meanwhile. */
function target(link: string): string | null {
  try {
    const path = readlinkSync(link);
    return path.startsWith("/") ? path : null;
  } catch {
    return null;
  }
}
