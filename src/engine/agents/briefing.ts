/** What a coding agent is told in words: who it is, what to read first, and what comes next. */
import type { AgentContext, AssignedTask, Assignment } from "./agent.ts";

/** For the system prompt: it holds for the whole conversation. */
export function roleWords(assignment: Assignment): string {
  const { terminal, title, role, reportsTo, stream, reportFile, neverShare } = assignment;
  return [
    `You are the agent in terminal ${terminal} of a marathon, a plan that several agents work on at the same time: "${title}".`,
    role === null ? null : `Your role is ${role}${reportsTo === null ? "" : `; you report to ${reportsTo}`}.`,
    assignment.inherited === undefined
      ? null
      : `"inherited" in your assignment is what ${assignment.inherited.from} passes on to those that it leads: it holds for you.`,
    assignment.orders === undefined ? null : `Standing orders, which hold for all you do: ${assignment.orders.map(sentence).join(" ")}`,
    stream === null ? null : `Your stream is ${stream.id}, ${stream.name}${stream.goal === null ? "" : `. Its goal: ${stream.goal}`}.`,
    assignment.chain === undefined ? null : `The chain of command above you: ${assignment.chain.above.join(", ")}.`,
    `Work on your own tasks only, in the order you are given them. Report every task in ${reportFile} or by the tools of the MCP server "marathon", as the assignment says: nobody sees what you only say. Give others whole paths from the root.`,
    neverShare.length === 0 ? null : `Never open, copy or quote files that match: ${neverShare.join(", ")}.`,
  ]
    .filter((line) => line !== null)
    .join("\n");
}

function sentence(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

/** For a program that begins, or takes its conversation up again. */
export function firstWords({ assignmentFile, conversation }: Pick<AgentContext, "assignmentFile" | "conversation">): string {
  const again =
    conversation?.resume === true ? "You were interrupted and are back in the same conversation; look at what you had done already. " : "";
  return `${again}Read ${assignmentFile}: it holds your tasks, the plan, the context to read, and how to report. Then work on the task in "current". If that is null, say that you wait and stop: you will be told.`;
}

/** For one that has ended its last task. */
export function nextWords({ assignmentFile, assignment }: AgentContext, task: AssignedTask): string {
  const target = task.target === null ? "" : ` (${task.target})`;
  const taken = task.takenOver ? ` It comes from another terminal: "takenOver" says what is known.` : "";
  return `Your next task is ${task.number}: ${task.title}${target}.${taken} Read ${assignmentFile} again, work on it, and report it in ${assignment.reportFile}.`;
}
