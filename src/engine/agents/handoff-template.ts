/** The project's own form for handoffs: named to agents, and filled in where we write a handoff ourselves. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import type { State } from "../../marathon/types.ts";
import type { RefusedFile } from "./agent.ts";
import { diskFiles, Share, sharingRules } from "./share.ts";

/** Where a project keeps it, relative to its root. */
export const HANDOFF_TEMPLATE = ".claude/templates/SESSION_HANDOFF.md";
/** A form is short; whatever is larger is something else. */
const MOST_BYTES = 64 * 1024;

export type Template = { readonly path: string } | { readonly refused: RefusedFile };

/** Null when the project has none. Refused where it must not be shared, holds secrets, lies outside of the project by links, or is no short file. */
export function findTemplate(project: string, share: Share): Template | null {
  const verdict = share.check(HANDOFF_TEMPLATE);
  if (verdict.kind === "missing") return null;
  if (verdict.kind === "refused") return { refused: { path: HANDOFF_TEMPLATE, rule: verdict.rule, because: verdict.because } };
  const fault = faultOf(project, verdict.path);
  return fault === null ? { path: verdict.path } : { refused: { path: HANDOFF_TEMPLATE, rule: "handoff template", because: fault } };
}

/** Its text; null when there is none that may be used. */
export function templateText({ project, plan }: State, secrets: () => ReadonlyMap<string, string>): string | null {
  const found = findTemplate(project, new Share(project, sharingRules(plan), diskFiles, secrets));
  return found !== null && "path" in found ? readFileSync(found.path, "utf8") : null;
}

/** The file was there a moment ago: what has become of it since is a fault of its own, and keeps no agent from its assignment. */
function faultOf(project: string, path: string): string | null {
  try {
    return faultOnDisk(project, path);
  } catch (error) {
    return `it cannot be looked at: ${(error as Error).message}`;
  }
}

function faultOnDisk(project: string, path: string): string | null {
  if (!path.startsWith(`${realpathSync(project)}/`)) return "it leads out of the project";
  const stat = statSync(path);
  if (!stat.isFile()) return "it is no ordinary file";
  return stat.size > MOST_BYTES ? `it has ${stat.size} bytes, more than ${MOST_BYTES}` : null;
}
