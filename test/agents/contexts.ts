/** What an adapter is given, for tests. */
import type { AgentContext, AssignedTask } from "../../src/engine/agents/agent.ts";

export function task(number: number, more: Partial<AssignedTask> = {}): AssignedTask {
  return {
    number,
    title: `task ${number}`,
    target: null,
    from: null,
    to: null,
    run: null,
    fallback: null,
    answer: null,
    dependsOn: [],
    priority: null,
    session: null,
    state: "running",
    estimateMinutes: null,
    ...more,
  };
}

export function contextOf(tasks: readonly AssignedTask[], more: Partial<AgentContext> = {}): AgentContext {
  return {
    terminal: 4,
    project: "/",
    scratchpad: "/project/.claude/Scratchpad",
    assignmentFile: "/state/terminal-04.json",
    bin: ["/usr/bin/node", "/opt/my tools/marathon.js"],
    command: null,
    ...more,
    assignment: {
      schema: 1,
      marathon: "m-1",
      title: "a plan",
      terminal: 4,
      label: null,
      stream: null,
      role: null,
      reportsTo: null,
      project: "/",
      scratchpad: "/project/.claude/Scratchpad",
      reportFile: "/project/.claude/Scratchpad/terminal-04.md",
      howToReport: [],
      plan: [],
      context: [],
      neverShare: [],
      tasks,
      current: null,
      finished: false,
      speed: 60,
      seed: 7,
    },
  };
}
