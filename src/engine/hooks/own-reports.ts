/** What an agent writes into the scratchpad is how it reports: that needs nobody's permission. */
import { relative, resolve } from "node:path";
import { isEdit } from "../../marathon/tool-use.ts";
import type { State } from "../../marathon/types.ts";
import { realPath } from "./real-path.ts";

export interface OwnReport {
  /** What it may do from now on without asking again, in the form of Claude Code's hooks; null: only this once. */
  readonly update: Readonly<Record<string, unknown>> | null;
}

/**
 * Whether a tool writes a report, by the real path it leads to; null when it does not. Claude Code (tried: 2.1.329) asks for every
 * file below a project's .claude folder, whatever its settings allow; only a rule of the session, or an answer, is heard there.
 */
export function ownReport(state: State, tool: string, real: string | null): OwnReport | null {
  const [project, folder] = [realPath(state.project), realPath(resolve(state.project, state.scratchpad))];
  if (!isEdit(tool) || real === null || project === null || folder === null || !real.startsWith(`${folder}/`)) return null;
  const inside = relative(project, folder);
  if (!inside.startsWith(".claude/")) return { update: null };
  const rules = [{ toolName: "Edit", ruleContent: `/${inside}/**` }];
  return { update: { type: "addRules", rules, behavior: "allow", destination: "session" } };
}
