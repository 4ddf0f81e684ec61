/** The hierarchy as a tree: the chain of command with the terminals under it, staff apart, live states rolled up. */
import { plannedTask } from "./estimates.ts";
import { reportsTo, commander, isChain, roleOfTerminal } from "./routing.ts";
import { openCount, terminalTally } from "./tally.ts";
import { terminalNode } from "./terminals.ts";
import type { AgentNode, State, Terminal } from "./types.ts";

export type NodeState = AgentNode["state"];

export interface Rolled {
  readonly busy: number;
  readonly idle: number;
  readonly asking: number;
  readonly blocked: number;
  readonly error: number;
  readonly starting: number;
  readonly exited: number;
  readonly unknown: number;
  /** Terminals that have no open task of their own left (they also count by their state). */
  readonly done: number;
}

export interface TreeNode {
  readonly id: string;
  readonly role: string;
  readonly kind: "role" | "staff" | "terminal" | "sub-agent";
  readonly parent: string | null;
  /** 0 for a root. */
  readonly depth: number;
  readonly terminal: number | null;
  /** Its own state; `absent` for a role that nobody has at the moment. */
  readonly state: NodeState;
  readonly title: string | null;
  /** Of a sub-agent: what it is to achieve, as far as that was said. */
  readonly intent: string | null;
  /** How long it has been in its state, ms of t. */
  readonly ageMs: number;
  /** How many agents it stands for. */
  readonly count: number;
  /** Agents by state, its own and all below it. */
  readonly rolled: Rolled;
  /** The state below or at it that needs a look first. */
  readonly worst: NodeState;
  readonly children: readonly TreeNode[];
}

/** What needs a look first, worst first. */
const BY_NEED: readonly NodeState[] = ["error", "blocked", "asking", "unknown", "starting", "busy", "idle", "exited", "absent"];

/** The roots at marathon time `t`: commanders, then roles that hang under nobody, then staff. */
export function hierarchyTree(state: State, t: number): TreeNode[] {
  const below = childrenOf(state);
  const build = (seed: Seed, depth: number, above: ReadonlySet<string>): TreeNode => {
    const path = new Set([...above, seed.id]);
    // A role that is its own ancestor (a contradictory hierarchy file) is shown once.
    const own = (below.get(seed.id) ?? []).filter((child) => !path.has(child.id));
    // Whoever works for a role itself stands right below it, before the roles that have their own people.
    const ordered = [...own.filter((child) => child.kind !== "role"), ...own.filter((child) => child.kind === "role")];
    const children = ordered.map((child) => build(child, depth + 1, path));
    return grown(seed, depth, t, children);
  };
  return (below.get("") ?? []).map((seed) => build(seed, 0, new Set()));
}

/** The same nodes, parents before their children, for lists and JSON. */
export function flatten(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

interface Seed extends Pick<TreeNode, "id" | "role" | "kind" | "parent" | "terminal" | "state" | "title" | "count"> {
  readonly intent?: string | null;
  readonly since: number;
  readonly done: boolean;
}

/** All nodes by their parent's id; the roots under "". */
function childrenOf(state: State): Map<string, Seed[]> {
  const { hierarchy } = state;
  const shown = new Set(hierarchy.roles.filter((role) => isChain(role) || role.level === "staff").map((role) => role.role));
  const terminals = Object.values(state.terminals).map((terminal) => terminalSeed(state, terminal, shown));
  const seeds: Seed[] = [];
  for (const level of ["commander", "deputy", "coordinator", "staff"] as const) {
    for (const spec of hierarchy.roles) {
      if (spec.level !== level) continue;
      const node = state.agents[spec.role];
      const parent = spec.parent !== null && shown.has(spec.parent) && spec.parent !== spec.role ? spec.parent : null;
      seeds.push({
        id: spec.role,
        role: spec.role,
        kind: level === "staff" ? "staff" : "role",
        parent,
        terminal: null,
        state: node?.state ?? "absent",
        title: node?.title ?? null,
        count: 0,
        since: node?.since ?? 0,
        done: false,
      });
    }
  }
  seeds.push(...terminals, ...subAgents(state));
  const below = new Map<string, Seed[]>();
  for (const seed of seeds) {
    const list = below.get(seed.parent ?? "");
    if (list) list.push(seed);
    else below.set(seed.parent ?? "", [seed]);
  }
  return below;
}

function terminalSeed(state: State, terminal: Terminal, shown: ReadonlySet<string>): Seed {
  const boss = reportsTo(state, terminal) ?? commander(state.hierarchy);
  const task = terminal.task === null ? undefined : plannedTask(state, terminal.task);
  const own = terminalTally(state, terminal.number);
  return {
    id: terminalNode(terminal.number),
    role: instanceName(state, terminal),
    kind: "terminal",
    parent: boss !== null && shown.has(boss) ? boss : null,
    terminal: terminal.number,
    state: terminal.starts === 0 ? "absent" : terminal.state,
    // Without a role its label is its name already.
    title: task ? `${task.number} ${task.title}` : roleOfTerminal(state, terminal) === null ? null : terminal.label,
    count: 1,
    since: terminal.since,
    done: own.size > 0 && openCount(own) === 0,
  };
}

/** The role, numbered when several terminals have it: QA_TESTER_1, QA_TESTER_2. A name that ends in its number keeps it. */
function instanceName(state: State, terminal: Terminal): string {
  const role = roleOfTerminal(state, terminal);
  if (role === null) return terminal.label ?? `terminal ${terminal.number}`;
  const same = Object.values(state.terminals).filter((other) => roleOfTerminal(state, other) === role);
  return same.length < 2 ? role : `${role}_${same.findIndex((other) => other.number === terminal.number) + 1}`;
}

function subAgents(state: State): Seed[] {
  return Object.values(state.agents)
    .filter((agent) => agent.terminal !== null && !agent.ended)
    .map((agent) => ({
      id: agent.id,
      role: agent.role,
      kind: "sub-agent",
      parent: livingParent(state, agent),
      terminal: agent.terminal,
      state: agent.state,
      title: agent.title,
      intent: agent.intent ?? null,
      count: agent.count,
      since: agent.since,
      done: false,
    }));
}

/** Whoever spawned it; when that has ended, whoever spawned that. */
function livingParent({ agents }: State, { parent, terminal }: AgentNode): string | null {
  let boss = parent === null ? undefined : agents[parent];
  while (boss?.ended && boss.parent !== null) {
    const above: AgentNode | undefined = agents[boss.parent];
    if (!above) return boss.parent;
    boss = above;
  }
  return boss?.ended ? (terminal === null ? null : terminalNode(terminal)) : parent !== null && boss ? boss.id : parent;
}

function grown(seed: Seed, depth: number, t: number, children: readonly TreeNode[]): TreeNode {
  const rolled: { -readonly [K in keyof Rolled]: number } = {
    busy: 0,
    idle: 0,
    asking: 0,
    blocked: 0,
    error: 0,
    starting: 0,
    exited: 0,
    unknown: 0,
    done: seed.done ? 1 : 0,
  };
  if (seed.state !== "absent") rolled[seed.state] += seed.count;
  for (const child of children) for (const key of Object.keys(rolled) as (keyof Rolled)[]) rolled[key] += child.rolled[key];
  const states = [seed.state, ...children.map((child) => child.worst)];
  const { since, done: _done, ...facts } = seed;
  return {
    ...facts,
    intent: seed.intent ?? null,
    depth,
    ageMs: Math.max(0, t - since),
    rolled,
    worst: BY_NEED.find((state) => states.includes(state)) ?? "absent",
    children,
  };
}
