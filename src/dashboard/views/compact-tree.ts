import type { TreeFacts } from "../facts/types.ts";

export interface CompactTree {
  readonly rows: ReadonlySet<TreeFacts>;
  /** Nodes that are shown without what is below them; their line says what that is. */
  readonly folded: ReadonlySet<TreeFacts>;
  /** How many roles without anybody in them were left out. */
  readonly unfilled: number;
}

/** A role that nobody fills and that commands nobody. */
export function isUnfilled(node: TreeFacts): boolean {
  return node.state === "absent" && !node.children && node.kind !== "terminal";
}

/**
 * Leaves rows out until the tree has at most `height`: first unfilled roles, then sub-agents below terminals, then branches where
 * nothing is stuck, from the bottom up. What needs a person stays in sight.
 */
export function compactTree(tree: readonly TreeFacts[], height: number): CompactTree {
  if (tree.length <= height) return { rows: new Set(tree), folded: new Set(), unfilled: 0 };
  const rows = new Set(tree.filter((node) => !isUnfilled(node)));
  // The row that stands for unfilled roles says already how many there are.
  const said = tree.filter((node) => node.kind === "unfilled");
  for (const node of said.flatMap((head) => below(tree, head))) rows.delete(node);
  const unfilled = said.length > 0 ? 0 : tree.length - rows.size;
  const folded = new Set(said);
  const fits = () => rows.size + (unfilled > 0 ? 1 : 0) <= height;
  const fold = (node: TreeFacts) => {
    if (fits()) return;
    folded.add(node);
    for (const child of below(tree, node)) rows.delete(child);
  };
  for (const node of tree) if (node.children && node.terminal !== null) fold(node);
  const calm = tree.filter((node) => node.children && node.terminal === null && node.below.stuck === 0 && node.depth > 0);
  for (const node of [...calm].sort((a, b) => b.depth - a.depth)) fold(node);
  return { rows, folded, unfilled };
}

/** Everything below a node: the rows after it that lie deeper. */
function below(tree: readonly TreeFacts[], node: TreeFacts): readonly TreeFacts[] {
  const at = tree.indexOf(node);
  const end = tree.findIndex((other, index) => index > at && other.depth <= node.depth);
  return tree.slice(at + 1, end < 0 ? undefined : end);
}
