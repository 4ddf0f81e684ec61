import { hierarchyTree, type TreeNode } from "../../marathon/hierarchy.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { TreeFacts } from "./types.ts";

/** Rows of the hierarchy from the top down, without what lies below a folded node. */
export function treeFacts(state: State, t: number, collapsed: Readonly<Record<string, boolean>>): readonly TreeFacts[] {
  const rows: TreeFacts[] = [];
  const visit = (node: TreeNode) => {
    rows.push(oneRow(state, node));
    if (collapsed[node.id] !== true) for (const child of node.children) visit(child);
  };
  for (const root of hierarchyTree(state, t)) visit(root);
  return rows;
}

function oneRow(state: State, node: TreeNode): TreeFacts {
  const own = (...names: readonly TreeNode["state"][]) => (names.includes(node.state) ? node.count : 0);
  const { rolled } = node;
  const lost = node.kind === "terminal" && node.terminal !== null && state.terminals[node.terminal]?.lost === true;
  return {
    id: node.id,
    depth: node.depth,
    role: plain(node.role),
    title: node.title === null ? "" : plain(node.title),
    state: lost ? "lost" : node.state,
    terminal: node.terminal,
    age: node.state === "absent" ? null : node.ageMs,
    children: node.children.length > 0,
    count: node.count,
    below: {
      busy: rolled.busy - own("busy"),
      stuck: rolled.asking + rolled.blocked + rolled.error - own("asking", "blocked", "error"),
    },
    kind: node.kind,
  };
}
