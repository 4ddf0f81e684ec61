import type { AgentNode, State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { TreeFacts } from "./types.ts";

const stuck = new Set(["asking", "blocked", "error", "lost"]);

/** Rows of the hierarchy from the top down, without what lies below a folded node. */
export function treeFacts(state: State, t: number, collapsed: Readonly<Record<string, boolean>>): readonly TreeFacts[] {
  const nodes = Object.values(state.agents).filter((node) => !node.ended);
  const known = new Set(nodes.map((node) => node.id));
  const children = new Map<string | null, AgentNode[]>();
  for (const node of nodes) {
    const parent = node.parent !== null && known.has(node.parent) ? node.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const rows: TreeFacts[] = [];
  const visit = (node: AgentNode, depth: number, hidden: boolean, seen: ReadonlySet<string>): { busy: number; stuck: number } => {
    if (seen.has(node.id)) return { busy: 0, stuck: 0 };
    const at = rows.length;
    const below = { busy: 0, stuck: 0 };
    const own = children.get(node.id) ?? [];
    const row: TreeFacts = {
      id: node.id,
      depth,
      label: plain(node.title === null || node.title === "" ? node.role : `${node.role} ${node.title}`),
      state: node.state,
      terminal: node.terminal,
      age: node.state === "absent" ? null : Math.max(0, t - node.since),
      children: own.length > 0,
      count: node.count,
      below,
      staff: false,
    };
    if (!hidden) rows[at] = row;
    for (const child of own) {
      const sum = visit(child, depth + 1, hidden || collapsed[node.id] === true, new Set([...seen, node.id]));
      below.busy += sum.busy;
      below.stuck += sum.stuck;
    }
    return { busy: below.busy + (node.state === "busy" ? node.count : 0), stuck: below.stuck + (stuck.has(node.state) ? node.count : 0) };
  };
  for (const root of children.get(null) ?? []) visit(root, 0, false, new Set());
  return rows;
}
