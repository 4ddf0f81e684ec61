/** Who is to do the work: agents that nobody knows, which `run` refuses to start, and plans that leave it open. */
import { agentChoice, modelProblem } from "./agent-choice.ts";
import { AGENT_NAMES, nearestAgent } from "./agent-names.ts";
import type { Draft } from "./draft.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import { verifyCrew } from "./verify-crew.ts";
import type { Plan, Place } from "./types.ts";

export function verifyAgents(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const reported = new Set<string>();
  const check = (text: string | null, at: Place) => {
    if (text === null || reported.has(text)) return;
    reported.add(text);
    const choice = agentChoice(text);
    const { name } = choice;
    if (AGENT_NAMES.includes(name)) {
      const wrong = modelProblem(choice);
      if (wrong) problems.error({ at, code: "bad-model", ...wrong });
      return;
    }
    const near = nearestAgent(name);
    problems.error({
      at,
      code: "unknown-agent",
      message: `there is no agent called "${name}"${near === null ? "" : `; did you mean ${near}?`}`,
      advice: `use one of ${AGENT_NAMES.join(", ")}; with command, \`command:\` names any other program`,
    });
  };
  for (const draft of drafts) check(draft.settings.agent, draft.settingAt("agent"));
  for (const draft of drafts) for (const task of draft.tasks) check(task.agent, task.agentAt ?? task);
  reportSeveral(plan, problems);
  reportNoAgent(plan, problems);
  for (const draft of drafts) verifyCrew(draft, plan, problems);
  reportInference(drafts, plan, problems);
}

/** A terminal has one agent for all its tasks. */
function reportSeveral(plan: Plan, problems: Problems): void {
  for (const { number, agent } of plan.terminals) {
    const own = plan.tasks.filter((task) => task.terminal === number && task.agent !== null);
    const names = [...new Set(own.map((task) => task.agent))];
    const [first] = own;
    if (agent !== null || first === undefined) continue;
    problems.warning({
      at: first,
      code: "agents-differ",
      message: `terminal ${number} has one agent for all its tasks, and they name ${names.length > 1 ? names.join(", ") : `${names[0]} for some`}: none of it counts`,
      advice: "name the same agent for every task of a terminal, or give the others to another terminal",
    });
  }
}

/** Neither commands nor anybody to think of some: `run` can only open shells for it. */
function reportNoAgent(plan: Plan, problems: Problems): void {
  const { agent, command } = plan.settings;
  if (agent !== null || command !== null || plan.tasks.some((task) => task.run !== null || task.agent !== null)) return;
  problems.note({
    at: { file: plan.files[0] ?? "", line: 1, column: 1 },
    code: "no-agent",
    message: "no task has a Run cell and no agent is named: each terminal will be your shell",
    advice: "name an agent: `agent:` in the front matter, or marathon run --agent NAME",
  });
}

/** A stream plan names no roles, a session plan no tasks per agent: only equal counts tell who is who (T-68). */
function reportInference(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const crewed = plan.sessions.find((session) => session.agents.length > 0 && session.tasks.length > 0);
  if (crewed === undefined || !drafts.some((draft) => draft.tasks.length > 0) || plan.tasks.some((task) => task.role !== null)) return;
  const inferred = plan.terminals.filter((terminal) => terminal.role !== null);
  const known = [...Map.groupBy(inferred, (terminal) => terminal.role ?? "")].map(
    ([role, terminals]) => `terminals ${showRange(terminals.map((terminal) => terminal.number))} are ${role}`,
  );
  const tasks = inferred.reduce((sum, terminal) => sum + terminal.tasks.length, 0);
  problems.note({
    at: placeOf(crewed),
    code: "roles-inferred",
    trap: "T-68",
    message:
      known.length === 0
        ? "sessions name roles and the tasks name none, and no counts tell which terminal plays which"
        : `${known.join(", ")}, since their task counts match; ${plan.tasks.length - tasks} tasks have no role`,
    advice: "add a Role column to the task tables if it matters who does what",
  });
}
