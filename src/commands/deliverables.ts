/** Which deliverables are there: those that a path, a folder or a pattern tells can be looked for on the disk; the rest is for people to say. */
import { existsSync, globSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import type { State } from "../marathon/types.ts";
import type { Deliverable } from "../plan/types.ts";
import { counted } from "../marathon/words.ts";

export interface Presence {
  readonly present: boolean;
  readonly words: string;
}

/** By the goal's id, as in goals.ts; those that nothing on the disk can tell are left out. */
export function presenceOf({ plan, project }: State): ReadonlyMap<string, Presence> {
  return new Map(
    plan.sessions.flatMap(({ id, deliverables }) =>
      deliverables.flatMap((deliverable, index) => {
        const found = look(project, deliverable);
        return found === null ? [] : [[`${id}.d${index + 1}`, found] as const];
      }),
    ),
  );
}

function look(project: string, { kind, path, count }: Deliverable): Presence | null {
  // What lies outside of the project is nobody's deliverable.
  if (path === null || isAbsolute(path) || normalize(path).startsWith("..")) return null;
  if (kind === "glob" || kind === "dated")
    return some(
      globSync(
        path.replaceAll(/Y{4}|M{2}|D{2}/gu, (word) => "[0-9]".repeat(word.length)),
        { cwd: project },
      ).length,
      1,
    );
  const full = join(project, path);
  if (kind === "count") return some(filesIn(full), count ?? 1);
  if (kind !== "path" && kind !== "folder") return null;
  return existsSync(full) ? { present: true, words: "there" } : { present: false, words: "not there" };
}

function some(found: number, wanted: number): Presence {
  return {
    present: found >= wanted,
    words: found === 0 ? "none there" : `${counted(found, "file")} there${wanted > 1 ? ` of ${wanted}` : ""}`,
  };
}

function filesIn(folder: string): number {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}
