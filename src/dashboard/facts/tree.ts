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
    const below = { stuck: stuckIn(node) - (isStuck(node) ? node.count : 0), worst: worstOf(state, node.children, isStuck) };
    rows.push(oneRow(state, node, isStuck(node), below));
    if (collapsed[node.id] !== true) for (const child of node.children) visit(child);
  };
  for (const root of hierarchyTree(state, t)) visit(root);
  return rows;
}

function oneRow(state: State, node: TreeNode, stuck: boolean, below: Pick<TreeFacts["below"], "stuck" | "worst">): TreeFacts {
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
    below: { ...below, busy: node.rolled.busy - (node.state === "busy" ? node.count : 0) },
  };
}

/** What is worst below a branch. What needs a person and has no sign of its own has ended too early: lost. */
function worstOf(state: State, nodes: readonly TreeNode[], isStuck: (node: TreeNode) => boolean): TreeFacts["below"]["worst"] {
  const found = new Set<TreeFacts["below"]["worst"]>();
  const visit = (node: TreeNode) => {
    if (isStuck(node)) found.add(signOf(state, node));
    for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return (["lost", "error", "blocked", "asking"] as const).find((name) => found.has(name)) ?? "blocked";
}

function signOf(state: State, node: TreeNode): TreeFacts["below"]["worst"] {
  if (node.state === "asking" || node.state === "blocked" || node.state === "error") return node.state;
  const blocked = Object.values(state.tasks).some((task) => task.terminal === node.terminal && task.state === "blocked");
  return blocked ? "blocked" : "lost";
}
