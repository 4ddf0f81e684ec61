import { hierarchyTree, type TreeNode } from "../../marathon/hierarchy.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import { shownState } from "./terminals.ts";
import type { TreeFacts } from "./types.ts";

/**
 * Rows of the hierarchy from the top down, without what lies below a folded node.
 * `needy`: the terminals that need a person; they count as stuck whatever their state is called.
 */
export function treeFacts(
  state: State,
  t: number,
  collapsed: Readonly<Record<string, boolean>>,
  needy: ReadonlySet<number | null>,
): readonly TreeFacts[] {
  const rows: TreeFacts[] = [];
  const isStuck = (node: TreeNode) =>
    ["asking", "blocked", "error"].includes(node.state) || (node.kind === "terminal" && needy.has(node.terminal));
  const stuckIn = (node: TreeNode): number =>
    (isStuck(node) ? node.count : 0) + node.children.reduce((sum, child) => sum + stuckIn(child), 0);
  const visit = (node: TreeNode) => {
    rows.push(oneRow(state, node, isStuck(node), stuckIn(node) - (isStuck(node) ? node.count : 0)));
    if (collapsed[node.id] !== true) for (const child of node.children) visit(child);
  };
  for (const root of hierarchyTree(state, t)) visit(root);
  return rows;
}

function oneRow(state: State, node: TreeNode, stuck: boolean, stuckBelow: number): TreeFacts {
  const own = node.kind === "terminal" && node.terminal !== null ? state.terminals[node.terminal] : undefined;
  return {
    id: node.id,
    kind: node.kind,
    depth: node.depth,
    role: plain(node.role),
    title: node.title === null ? "" : plain(node.title),
    state: own ? shownState(own, state.status === "done") : node.state,
    stuck,
    terminal: node.terminal,
    age: node.state === "absent" ? null : node.ageMs,
    children: node.children.length > 0,
    count: node.count,
    below: { busy: node.rolled.busy - (node.state === "busy" ? node.count : 0), stuck: stuckBelow },
  };
}
