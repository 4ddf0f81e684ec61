/**
 * The decision gate: before an agent that leads edits a file or runs a command itself, somebody should ask whose that is. Told
 * once for each reason (role, kind of tool, owner): a gate that rings at every step is no gate. Pure.
 */
import type { RoleSpec } from "../plan/types.ts";
import { roleOf } from "./delegation.ts";
import { isChain, roleOfTerminal, route } from "./routing.ts";
import { isCommand, isEdit, type ToolUse } from "./tool-use.ts";
import type { AgentFact } from "./agent-facts.ts";
import type { State, Terminal } from "./types.ts";

export type DirectUse = Extract<AgentFact, { type: "acted-directly" }>;

/** The marathon's own commands are how everybody reports. */
const REPORTS = /(?:^|[\s/"'])marathon(?:\.js)?["']?\s|\$\{?MARATHON_BIN/u;

/** The role of a terminal's agent, if it is one that leads; null: its agent works itself. */
export function leadingRole(state: State, terminal: Terminal): RoleSpec | null {
  const role = roleOfTerminal(state, terminal);
  const spec = role === null ? undefined : state.hierarchy.roles.find((one) => one.role === roleOf(role, state.hierarchy));
  return spec && isChain(spec) ? spec : null;
}

/** What is to be told of this use of a tool by the agent itself; null: nothing, or it was told already. */
export function gate(state: State, terminal: Terminal, use: ToolUse): DirectUse | null {
  const spec = leadingRole(state, terminal);
  if (spec === null || !isDirect(state, use)) return null;
  const words = [use.words, taskTitle(state, terminal)].join(" ");
  const owner = ownerOf(state, spec, words);
  const told: DirectUse = { type: "acted-directly", terminal: terminal.number, role: spec.role, tool: use.tool, words: use.words, owner };
  return (state.gates ?? []).includes(reasonOf(told)) ? null : told;
}

/** Two uses with the same reason are one notice. */
export function reasonOf({ role, tool, owner }: DirectUse): string {
  return `${role} ${isEdit(tool) ? "edits" : "runs commands"} ${owner ?? ""}`.trim();
}

export function gateWords({ role, tool, words, owner, terminal }: DirectUse): string {
  const did = isEdit(tool) ? `edits ${words}` : `runs ${words}`;
  return `decision gate: ${role} (terminal ${terminal}) ${did} itself: ${owner === null ? "who owns that?" : `that is ${owner}'s`}. Spawn first`;
}

/** Whether an edit is one of files of the project: what reports and plans say is everybody's own. */
export function isProjectEdit(state: State, use: ToolUse): boolean {
  return isEdit(use.tool) && !(use.path ?? "").startsWith(`${state.scratchpad}/`);
}

function isDirect(state: State, use: ToolUse): boolean {
  if (isCommand(use.tool)) return use.command !== null && !REPORTS.test(use.command);
  return isProjectEdit(state, use);
}

/** Of a commander the deputy to whom the words lead, of others the one below them; null when nothing says. */
function ownerOf({ hierarchy }: State, spec: RoleSpec, words: string): string | null {
  const chain = route(hierarchy, words) ?? [];
  const at = chain.indexOf(spec.role);
  const below = at >= 0 ? chain[at + 1] : spec.level === "commander" ? chain[0] : undefined;
  if (below !== undefined) return below;
  const own = hierarchy.roles.filter(({ parent }) => parent === spec.role);
  return own.length === 1 ? (own[0]?.role ?? null) : null;
}

function taskTitle(state: State, { task }: Terminal): string {
  return (task === null ? undefined : state.plan.tasks.find(({ number }) => number === task))?.title ?? "";
}
