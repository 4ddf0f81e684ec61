/** Whom a role answers to, by the marathon's hierarchy. */
import type { HierarchySpec, RoleSpec } from "../../plan/types.ts";

/**
 * The role above `role`: its parent; for a role without one, the end of the chain that owns the work (`hints`: label,
 * stream, goal); else the commander. Null only for the commander itself and for a hierarchy without one.
 */
export function reportsTo(hierarchy: HierarchySpec, role: string | null, hints: readonly (string | null | undefined)[]): string | null {
  const spec = role === null ? undefined : findRole(hierarchy, role);
  if (spec && spec.parent !== null) return spec.parent;
  const commander = hierarchy.roles.find((one) => one.level === "commander")?.role ?? null;
  if (spec?.level === "commander") return null;
  if (spec?.level === "deputy" || spec?.level === "staff") return commander;
  return routed(hierarchy, role, hints) ?? commander;
}

/** Instances (`QA_TESTER_2`) share their role's place. */
function findRole(hierarchy: HierarchySpec, role: string): RoleSpec | undefined {
  const byName = (name: string): RoleSpec | undefined => hierarchy.roles.find((one) => one.role === name);
  return byName(role) ?? byName(role.replace(/_\d+$/, ""));
}

function routed(hierarchy: HierarchySpec, role: string | null, hints: readonly (string | null | undefined)[]): string | null {
  const words = new Set(hints.flatMap((hint) => wordsOf(hint ?? "")));
  const route = hierarchy.routes.find((one) => wordsOf(one.domain).some((word) => words.has(word)));
  return route?.chain.findLast((one) => one !== role) ?? null;
}

/** Words without their plural s, so that "test" owns "tests". */
function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[a-z]{2,}/g) ?? []).map((word) => word.replace(/s$/, ""));
}
