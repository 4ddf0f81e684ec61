import { flatten, hierarchyTree, type TreeNode } from "../../marathon/hierarchy.ts";
import { spanOf } from "../../marathon/spans.ts";
import { terminalTally } from "../../marathon/tally.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import { shownState } from "./terminals.ts";
import { plannedWork } from "./planned-work.ts";
import { inUse } from "./used-roles.ts";
import type { StuckSign, TreeFacts } from "./types.ts";

/** The id of the row that stands for the roles that nobody uses; no role can be called so. */
const UNFILLED = "(unfilled)";

/**
 * Rows of the hierarchy from the top down, without what lies below a folded node. Roles that nobody uses are one row at the end,
 * folded until it is unfolded.
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
  const used = inUse(state);
  const unused: TreeNode[] = [];
  const visit = (node: TreeNode) => {
    const signs = signsOf(state, node.children, isStuck);
    const below = { stuck: signs.reduce((sum, { count }) => sum + count, 0), signs };
    const children = node.children.filter((child) => used(child));
    unused.push(...node.children.filter((child) => !used(child)));
    const folded = collapsed[node.id] === true;
    rows.push({ ...oneRow(state, node, isStuck(node), below), children: children.length > 0, folded });
    if (!folded) for (const child of children) visit(child);
  };
  const roots = hierarchyTree(state, t);
  for (const root of roots) if (used(root)) visit(root);
  unused.push(...roots.filter((root) => !used(root)));
  return [...rows, ...unfilledRows(state, unused, collapsed[UNFILLED] ?? true)];
}

function unfilledRows(state: State, unused: readonly TreeNode[], folded: boolean): readonly TreeFacts[] {
  const roles = flatten(unused);
  const [first] = roles;
  if (first === undefined) return [];
  const none = { stuck: 0, signs: [] };
  const rows = unused.flatMap((top) =>
    flatten([top]).map((node): TreeFacts => ({ ...oneRow(state, node, false, none), depth: node.depth - top.depth + 1 })),
  );
  const head = { ...oneRow(state, first, false, none), id: UNFILLED, kind: "unfilled", depth: 0, role: "", title: "" } as const;
  return [{ ...head, children: true, folded, count: roles.length }, ...(folded ? [] : rows)];
}

function oneRow(state: State, node: TreeNode, stuck: boolean, below: Pick<TreeFacts["below"], "stuck" | "signs">): TreeFacts {
  const own = node.kind === "terminal" && node.terminal !== null ? state.terminals[node.terminal] : undefined;
  return {
    id: node.id,
    kind: node.kind,
    depth: node.depth,
    role: plain(node.role),
    title: titleOf(state, node),
    state: own ? shownState(own, state.status === "done") : node.state,
    stuck,
    terminal: node.terminal,
    age: node.state === "absent" ? null : node.ageMs,
    children: node.children.length > 0,
    folded: false,
    count: node.count,
    span: leads(state, node) ? (spanOf(state, node)[0] ?? null) : null,
    below: { ...below, busy: node.rolled.busy - (node.state === "busy" ? node.count : 0) },
  };
}

/** What it works on, and what for. */
function titleOf(state: State, node: TreeNode): string {
  const title = node.title === null ? standingOf(state, node) : plain(node.title);
  if (node.intent === null) return title;
  return title === "" ? `intent: ${plain(node.intent)}` : `${title}, intent: ${plain(node.intent)}`;
}

/** What the plan has a role do in the sessions that are under way; whoever stands outside the line of command says so. */
function standingOf(state: State, node: TreeNode): string {
  const { hierarchy } = state;
  // An agent is meant by the name that the plan gives it, QA_TESTER_2, not by the role that it shares.
  const name = node.kind === "sub-agent" ? (node.id.split("/").at(-1) ?? "") : node.role;
  const work = node.kind === "terminal" ? "" : plannedWork(state, name);
  if (work !== "") return work;
  if (node.kind === "staff") return "staff";
  const spec = node.kind === "role" ? hierarchy.roles.find(({ role }) => role === node.role) : undefined;
  return spec && spec.level !== "commander" && node.parent === null ? "unattached" : "";
}

function leads({ hierarchy }: State, node: TreeNode): boolean {
  return node.kind === "role" && hierarchy.roles.some(({ role, level }) => role === node.role && level === "coordinator");
}

/** What needs somebody below a branch, each sign with its own count. What has no sign of its own has ended too early: lost. */
function signsOf(state: State, nodes: readonly TreeNode[], isStuck: (node: TreeNode) => boolean): readonly StuckSign[] {
  const counts = { lost: 0, error: 0, blocked: 0, asking: 0 };
  const visit = (node: TreeNode) => {
    if (isStuck(node)) counts[signOf(state, node)] += node.count;
    for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return (["lost", "error", "blocked", "asking"] as const).flatMap((sign) => (counts[sign] > 0 ? [{ sign, count: counts[sign] }] : []));
}

function signOf(state: State, node: TreeNode): StuckSign["sign"] {
  if (node.state === "asking" || node.state === "blocked" || node.state === "error") return node.state;
  const blocked = node.terminal === null ? 0 : terminalTally(state, node.terminal).counts.blocked;
  return blocked > 0 ? "blocked" : "lost";
}
