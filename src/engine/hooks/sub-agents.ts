/** What hooks tell of sub-agents, as reports like those of OSC 7501; both name a sub-agent by the same id. Pure. */
import { inWords } from "../../marathon/tool-use.ts";
import { terminalNode } from "../../marathon/terminals.ts";
import type { AgentNode, Fact, State } from "../../marathon/types.ts";
import type { HookEvent } from "./hook-event.ts";

/** The facts that are new in it; empty for events about no sub-agent. */
export function subAgentFacts(state: State, terminal: number, event: HookEvent): readonly Fact[] {
  const known = (id: string): AgentNode | undefined => {
    const node = state.agents[`${terminalNode(terminal)}/${id}`];
    return node?.ended === false ? node : undefined;
  };
  const report = (id: string, what: Partial<Extract<Fact, { type: "agent-reported" }>>): Fact => {
    return { type: "agent-reported", terminal, agent: id, state: "busy", title: null, message: null, ...what };
  };
  const role = (type: string | null) => (type === null ? {} : { role: type });
  if (event.kind === "tool" && event.started !== null) {
    const { id, title, type, model } = event.started;
    // One that has ended meanwhile is not called back.
    const node = known(id);
    const news =
      node !== undefined && ((title !== null && node.title !== title && node.role !== title) || (model !== null && node.model !== model));
    return news ? [report(id, { title, state: stateOf(node), ...role(type), ...(model === null ? {} : { model }) })] : [];
  }
  if (event.agent === null) return [];
  const { id, type } = event.agent;
  const node = known(id);
  if (event.kind === "agent" && event.phase === "stop") return node ? [report(id, { state: "gone" })] : [];
  if (event.kind === "agent" || node === undefined) return [report(id, { ...role(type) })];
  if (event.kind === "permission") return [report(id, { state: "asking", message: inWords(event.use) })];
  return event.kind === "tool" && node.state !== "busy" ? [report(id, {})] : [];
}

function stateOf({ state }: AgentNode): AgentNode["state"] & Extract<Fact, { type: "agent-reported" }>["state"] {
  return state === "absent" ? "busy" : state;
}
