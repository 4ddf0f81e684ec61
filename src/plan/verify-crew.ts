/** Who a document puts to work in its sessions: flags among roles, sizes, unattached roles, tiers, prose for a branch. */
import type { Draft } from "./draft.ts";
import { agrees, parseFigure, showFigure } from "./figures.ts";
import { builtInHierarchy } from "./hierarchy.ts";
import type { Marked } from "./marks.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import { MOST_TERMINALS } from "./terminals.ts";
import type { Plan, PlanSession, RoleSpec } from "./types.ts";

export function verifyCrew(draft: Draft, plan: Plan, problems: Problems): void {
  const own = plan.sessions.filter((session) => draft.sessions.has(session.id));
  reportGrammar(draft, own, problems);
  reportSizes(draft, own, problems);
  reportUnattached(draft, plan, own, problems);
  reportBranches(draft, own, problems);
  reportTiers(draft, problems);
}

/** "QA_TESTER × 3, parallel": a multiplied role and a flag among the roles (T-15). */
function reportGrammar(draft: Draft, sessions: readonly PlanSession[], problems: Problems): void {
  for (const field of draft.marks.fields.filter(({ key }) => key === "agents")) {
    const agents = sessions.find((session) => session.id === field.session)?.agents ?? [];
    const flag = /\b(?:in )?(?:parallel|sequential|series)\b/i.exec(field.text)?.[0];
    const many = agents.filter((agent) => agent.count > 1);
    if (many.length === 0 && flag === undefined) continue;
    const parts = [
      ...many.map((agent) => `${agent.role} stands for ${agent.count} agents, ${agent.role}_1 to _${agent.count}`),
      ...(flag === undefined ? [] : [`"${flag}" is a flag and no role`]),
    ];
    problems.note({
      at: placeOf(field),
      code: "agents-expanded",
      trap: "T-15",
      message: `session ${field.session}: ${parts.join(", ")}`,
      advice: "nothing to do: it is read so",
      stated: field.text,
      computed: agents.reduce((sum, agent) => sum + agent.count, 0),
    });
  }
}

/** "3-5 agents" per session: more than that is a warning, fewer is only worth a word (T-16). */
function reportSizes(draft: Draft, sessions: readonly PlanSession[], problems: Problems): void {
  const pattern = /([~\d]\S*)\s+agents?\b/i;
  const line: Marked | undefined = [...draft.marks.header, ...draft.marks.tiers].find(({ text }) => pattern.test(text));
  const figure = parseFigure(pattern.exec(line?.text ?? "")?.[1] ?? "");
  if (line === undefined || figure === null) return;
  const counted = sessions
    .map((session) => ({ id: session.id, count: session.agents.reduce((sum, agent) => sum + agent.count, 0) }))
    .filter(({ count }) => count > 0 && !agrees(figure, count));
  for (const over of [true, false]) {
    const found = counted.filter(({ count }) => count > figure.high === over);
    if (found.length === 0) continue;
    problems[over ? "warning" : "note"]({
      at: placeOf(line),
      code: over ? "too-many-agents" : "few-agents",
      trap: "T-16",
      message: `${showFigure(figure)} agents in a session are stated; ${found.map(({ id, count }) => `${id} has ${count}`).join(", ")}`,
      advice: over ? "spread their work, or state the larger figure" : "nothing to do: a range is advice, and fewer are no mistake",
      stated: showFigure(figure),
      computed: found.map(({ count }) => count).join(", "),
    });
  }
}

/** Coordinators and staff that stand under nobody, and deputies that do the work themselves (T-22). */
function reportUnattached(draft: Draft, plan: Plan, sessions: readonly PlanSession[], problems: Problems): void {
  const specs = new Map<string, RoleSpec>([...builtInHierarchy().roles, ...plan.hierarchy.roles].map((spec) => [spec.role, spec]));
  const found = new Map<string, { spec: RoleSpec; in: string[] }>();
  for (const session of sessions) {
    for (const { role } of session.agents) {
      const spec = specs.get(role);
      const odd = spec?.level === "deputy" || spec?.level === "staff" || (spec?.level === "coordinator" && spec.parent === null);
      if (spec === undefined || !odd) continue;
      const entry = found.get(role) ?? { spec, in: [] };
      entry.in.push(session.id);
      found.set(role, entry);
    }
  }
  const first = [...found.values()][0];
  if (first === undefined) return;
  const parts = [...found].map(([role, { spec, in: ids }]) =>
    spec.level === "deputy"
      ? `${role} is a deputy and works itself in ${ids.join(", ")}`
      : `${role} (${ids.join(", ")}) stands under nobody`,
  );
  problems.note({
    at: placeOf(
      draft.marks.fields.find(({ session, key }) => session === first.in[0] && key === "agents") ??
        sessions[0] ??
        draft.settingAt("hierarchy"),
    ),
    code: "unattached-roles",
    trap: "T-22",
    message: parts.join("; "),
    advice: "add a Hierarchy section if they are to report to somebody",
  });
}

/** A branch field that holds a sentence names no branch (T-31). */
function reportBranches(draft: Draft, sessions: readonly PlanSession[], problems: Problems): void {
  for (const field of draft.marks.fields.filter(({ key }) => key === "branch")) {
    const session = sessions.find((candidate) => candidate.id === field.session);
    if (session?.branchNote === null || session?.branchNote === undefined) continue;
    problems.note({
      at: placeOf(field),
      code: "branch-is-prose",
      trap: "T-31",
      message: `the branch of session ${session.id} is a sentence, "${session.branchNote}": it has no branch of its own`,
      advice: "write a branch name if it is to have one",
      stated: session.branchNote,
    });
  }
}

/** A main terminal beside ten others makes eleven; agents need no terminal (T-13). */
function reportTiers(draft: Draft, problems: Problems): void {
  const main = draft.marks.tiers.find(({ text }) => /\bmain terminal\b/i.test(text));
  const others = draft.marks.tiers
    .map(({ text }) => parseFigure(/(\d+)\s+(?:[\w-]+\s+)?terminals\b/i.exec(text)?.[1] ?? ""))
    .find((figure) => figure);
  if (main === undefined || others === null || others === undefined || others.value + 1 <= MOST_TERMINALS) return;
  problems.note({
    at: placeOf(main),
    code: "main-terminal",
    trap: "T-13",
    message: `a main terminal and ${others.value} others are ${others.value + 1}; there are ${MOST_TERMINALS}`,
    advice: "nothing to do: the dashboard is the main terminal, and agents that others spawn need none",
    stated: others.value + 1,
    computed: MOST_TERMINALS,
  });
}
