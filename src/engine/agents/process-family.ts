/** A process and what it has started, from Linux's /proc; elsewhere the process alone. */
import { readFileSync } from "node:fs";

/** More descendants than this are no single program. */
const MOST_PROCESSES = 64;

/** The process and its descendants, parents first. */
export function familyOf(pid: number): readonly number[] {
  const found = [pid];
  for (const one of found) {
    if (found.length > MOST_PROCESSES) break;
    for (const child of childrenOf(one)) found.push(child);
  }
  return found;
}

function childrenOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return text === "" ? [] : text.split(" ").map(Number);
  } catch {
    return [];
  }
}
