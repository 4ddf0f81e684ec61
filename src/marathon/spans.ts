/** How many agents a coordinator has below it, against how many one can lead. */
import type { State } from "./types.ts";
import { hierarchyTree, flatten, type TreeNode } from "./hierarchy.ts";
import { roleOf } from "./delegation.ts";

/** Fewer need no coordinator, more are too many for one (T-23: 4–6 and 4–8 are both written; the wider one holds). */
export const SPAN = { least: 4, most: 8 } as const;

export interface Span {
  readonly role: string;
  readonly agents: number;
  readonly outside: "too few" | "too many" | null;
}

/** Of every coordinator that leads anybody now; a swarm counts with its size. */
export function spans(state: State, t: number): readonly Span[] {
  const coordinators = new Set(state.hierarchy.roles.filter(({ level }) => level === "coordinator").map(({ role }) => role));
  return flatten(hierarchyTree(state, t)).flatMap((node) => (coordinators.has(node.id) ? spanOf(state, node) : []));
}

/** Of one coordinator's node; none when nobody is below it. */
export function spanOf(state: State, node: TreeNode): readonly Span[] {
  const below = flatten(node.children).filter(
    (one) =>
      (one.kind === "terminal" || one.kind === "sub-agent") &&
      one.state !== "absent" &&
      one.state !== "exited" &&
      roleOf(one.role, state.hierarchy) !== node.role,
  );
  const agents = below.reduce((sum, one) => sum + one.count, 0);
  return agents === 0
    ? []
    : [{ role: node.role, agents, outside: agents < SPAN.least ? "too few" : agents > SPAN.most ? "too many" : null }];
}
