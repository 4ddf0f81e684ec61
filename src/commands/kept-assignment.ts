/** What a terminal was told last, from the file that its agent reads. */
import { readFileSync } from "node:fs";
import type { Assignment } from "../engine/agents/agent.ts";

/** Null where there is none: it was not started yet, or its folder is gone. */
export function keptAssignment(file: string): Assignment | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Assignment;
  } catch {
    return null;
  }
}
