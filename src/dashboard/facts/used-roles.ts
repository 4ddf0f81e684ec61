import { roleOf } from "../../marathon/delegation.ts";
import type { TreeNode } from "../../marathon/hierarchy.ts";
import { commander } from "../../marathon/routing.ts";
import type { State } from "../../marathon/types.ts";
import type { HierarchySpec, Plan } from "../../plan/types.ts";
import { plannedWork } from "./planned-work.ts";

/**
 * Whether a part of the hierarchy is made use of: somebody is in it, a task of the plan asks for it, a session that is under way has work for it, or it has a blocker to deal with.
 * A hierarchy that a person wrote is used as a whole: whoever stands in it is meant to be seen.
 */
export function inUse(state: State): (node: TreeNode) => boolean {
  const { hierarchy } = state;
  if (hierarchy.source !== "built-in") return () => true;
  const named = new Set([commander(hierarchy), ...rolesOfPlan(state), ...holders(state)]);
  const used = (node: TreeNode): boolean =>
    (node.kind !== "role" && node.kind !== "staff") ||
    node.state !== "absent" ||
    named.has(node.role) ||
    plannedWork(state, node.role) !== "" ||
    node.children.some(used);
  return used;
}

const known = new WeakMap<Plan, { readonly hierarchy: HierarchySpec; readonly roles: readonly string[] }>();

/** The roles that tasks name, and who commands them. Looked for once per plan: it does not change with what happens. */
function rolesOfPlan({ plan, hierarchy }: State): readonly string[] {
  const found = known.get(plan);
  if (found?.hierarchy === hierarchy) return found.roles;
  const stated = new Set(plan.tasks.flatMap((task) => (task.role === null ? [] : [roleOf(task.role, hierarchy)])));
  const roles = hierarchy.roles.flatMap((spec) =>
    stated.has(spec.role) ? [spec.role, ...(spec.parent === null ? [] : [spec.parent])] : [],
  );
  known.set(plan, { hierarchy, roles });
  return roles;
}

function holders(state: State): readonly string[] {
  return Object.values(state.blockers).flatMap(({ state: now, holder }) => (now === "open" && holder.role !== null ? [holder.role] : []));
}
