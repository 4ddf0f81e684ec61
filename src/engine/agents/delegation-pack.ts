/** What an agent that knows nothing must be told with its work: whom it answers to and may start, and where its files are. */
import { isAbsolute, resolve } from "node:path";
import { spawnAllowed } from "../../marathon/delegation.ts";
import type { HierarchySpec } from "../../plan/types.ts";
import type { AssignedTask } from "./agent.ts";

export interface CommandChain {
  /** From whoever it reports to up to the person. */
  readonly above: readonly string[];
  /** Roles that it may start, by the hierarchy in force; null when its own role is not known, so that nothing forbids any. */
  readonly maySpawn: readonly string[] | null;
}

/** `role`: its own; `reportsTo`: the role above, as the assignment has it. */
export function commandChain(hierarchy: HierarchySpec, role: string | null, reportsTo: string | null): CommandChain {
  const above: string[] = [];
  for (let name = reportsTo; name !== null && !above.includes(name); ) {
    above.push(name);
    name = hierarchy.roles.find((spec) => spec.role === name)?.parent ?? commanderOver(hierarchy, name);
  }
  const known = role !== null && hierarchy.roles.some((spec) => spec.role === role.replace(/_\d+$/u, "") || spec.role === role);
  const spawns = hierarchy.roles.filter((spec) => spec.role !== role && spawnAllowed(hierarchy, role, spec.role)).map((spec) => spec.role);
  return { above: [...above, "human"], maySpawn: known ? spawns : null };
}

function commanderOver(hierarchy: HierarchySpec, name: string): string | null {
  const commander = hierarchy.roles.find((spec) => spec.level === "commander")?.role ?? null;
  return commander === name ? null : commander;
}

/** A path in a file column that leads somewhere only from the project's folder: an agent may work in another one. */
export function absoluteTargets(
  project: string,
  tasks: readonly AssignedTask[],
  exists: (path: string) => boolean,
): Readonly<Record<number, string>> {
  const found: Record<number, string> = {};
  for (const { number, target } of tasks) {
    if (target === null || isAbsolute(target) || !/^[\w.@-][\w./@-]*$/u.test(target)) continue;
    const path = resolve(project, target);
    if (exists(path)) found[number] = path;
  }
  return found;
}
