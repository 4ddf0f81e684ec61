/**
 * A hierarchy out of agent definition files (`.claude/agents/*.md`): each has a "Spawn Context" section with the fields
 * "Spawned By", "Reports To" and "This Agent Spawns". What two files say differently of each other is listed.
 */
import { builtInHierarchy, roleOf } from "./hierarchy.ts";
import { collectProblems, type Problems } from "./problems.ts";
import type { HierarchySpec, Place, PlanSource, Problem, RoleSpec } from "./types.ts";

/**
 * The hierarchy of these files, or null when none of them has a spawn context: files without one define agents of another
 * kind. Flat and deep shapes come out as they are written. Staff, routes and roles of the built-in hierarchy that the files
 * name keep their level; a route stays as far as its roles are there. Never throws.
 */
export function hierarchyOfAgents(
  files: readonly PlanSource[],
  source: string,
): { readonly hierarchy: HierarchySpec; readonly problems: readonly Problem[] } | null {
  const agents = files.flatMap((file) => readAgent(file) ?? []);
  if (agents.length === 0) return null;
  const problems = collectProblems();
  const byRole = new Map<string, AgentFile>();
  for (const agent of agents) {
    const same = byRole.get(agent.role);
    if (same) twice(problems, agent, same);
    else byRole.set(agent.role, agent);
  }
  const parents = parentsOf(byRole, problems);
  breakCircles(parents, byRole, problems);
  const roles = [...parents.keys()].map((role): RoleSpec => {
    const [level, agent] = [levelOf(role, parents), byRole.get(role)];
    const leads = agent && LEADING.has(level) && agent.context !== "";
    return { role, level, parent: parents.get(role) ?? null, ...(leads ? { passesOn: { text: agent.context, file: agent.at.file } } : {}) };
  });
  const known = new Set(roles.map(({ role }) => role));
  const routes = builtInHierarchy().routes.flatMap(({ domain, chain }) => {
    const owners = chain.filter((role) => known.has(role));
    return owners.length === 0 ? [] : [{ domain, chain: owners }];
  });
  return { hierarchy: { roles: inOrder(roles), routes, source }, problems: problems.list(files.map(({ file }) => file)) };
}

const LEADING: ReadonlySet<RoleSpec["level"]> = new Set(["commander", "deputy", "coordinator"]);
/** The plan of every journal holds it: a page, and no book. UTF-16 units. */
const MOST_CONTEXT = 4000;

interface AgentFile {
  readonly role: string;
  readonly spawnedBy: readonly Named[];
  readonly reportsTo: readonly Named[];
  readonly spawns: readonly Named[];
  /** What the section says besides these fields, as Markdown. */
  readonly context: string;
  readonly at: Place;
}

interface Named {
  readonly role: string;
  readonly at: Place;
}

const FIELDS = { "spawned by": "spawnedBy", "reports to": "reportsTo", "this agent spawns": "spawns", spawns: "spawns" } as const;

/** "**Spawned By:** X, Y", "- Spawned By: X", or a heading "### Spawned By" with a list below it. Null without a spawn context. */
function readAgent({ file, text }: PlanSource): AgentFile | null {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => /^#{1,6}\s+(?:.*\s)?Spawn Context\b/i.test(line));
  if (start < 0) return null;
  const depth = /^#+/.exec(lines[start] ?? "")?.[0].length ?? 1;
  const found: Record<(typeof FIELDS)[keyof typeof FIELDS], Named[]> = { spawnedBy: [], reportsTo: [], spawns: [] };
  let open: (typeof FIELDS)[keyof typeof FIELDS] | null = null;
  const context: string[] = [];
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const heading = /^(#+)\s/.exec(line)?.[1]?.length;
    if (heading !== undefined && heading <= depth) break;
    const bare = line.replace(/^\s*(?:#+\s+|[-*+]\s+)?/, "").replaceAll(/\*\*|__/g, "");
    const at = { file, line: index + 1, column: 1 };
    const field = /^(Spawned By|Reports To|This Agent Spawns|Spawns)\b\s*(?:\([^)]*\))?\s*:?(.*)$/i.exec(bare);
    if (field !== null) {
      open = FIELDS[(field[1] ?? "").toLowerCase() as keyof typeof FIELDS];
      found[open].push(...rolesIn(field[2] ?? "", at));
    } else if (open !== null && heading === undefined && /^\s*[-*+|]\s+/.test(line) && !FIELD_OF_OTHERS.test(bare)) {
      found[open].push(...rolesIn(bare, at));
    } else {
      if (heading !== undefined || FIELD_OF_OTHERS.test(bare)) open = null;
      context.push(line.trimEnd());
    }
  }
  return { role: nameOf(file, text), ...found, context: shortened(context), at: { file, line: start + 1, column: 1 } };
}

/** "Related Protocols:", in a section whose other fields say who stands where. */
const FIELD_OF_OTHERS = /^[A-Z][a-z][\w ]*:/;

function shortened(lines: readonly string[]): string {
  const text = lines
    .join("\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();
  return text.length <= MOST_CONTEXT ? text : `${text.slice(0, MOST_CONTEXT - 1).trimEnd()}…`;
}

/** The name in the front matter, else the file's: "coord-quality.md" is COORD_QUALITY. */
function nameOf(file: string, text: string): string {
  const stated = /^---\n[\s\S]*?^name:[ \t]*["']?([^"'\n]+?)["']?[ \t]*$[\s\S]*?^---$/m.exec(text)?.[1];
  const base = file.slice(file.lastIndexOf("/") + 1).replace(/\.md$/i, "");
  return asRole(stated ?? base);
}

function asRole(name: string): string {
  return roleOf(name.trim()).replaceAll("-", "_").toUpperCase();
}

/** "COORD_QUALITY (lead), `QA_TESTER`; none of them": the words written as roles are; notes in brackets are left out. */
function rolesIn(text: string, at: Place): Named[] {
  const words = text.replace(/\([^)]*\)/g, " ").replace(/[`*_]{2,}|`/g, " ");
  if (/^\s*(?:none|nobody|n\/a|no one|-|—)\b/i.test(words)) return [];
  const beforeNote = words.split(/\s[-–—:]\s/)[0] ?? "";
  return [...beforeNote.matchAll(/\bG-\d[ _]\w+|\b[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*\b/g)]
    .map(([name]) => asRole(name))
    .filter((role) => role.length > 2)
    .map((role) => ({ role, at }));
}

/**
 * Each role and whom it stands under: who it says spawns it, else whom it reports to, else who says to spawn it. Roles that
 * are only named are there, too. A staff role of the built-in hierarchy stands outside the line.
 */
function parentsOf(files: ReadonlyMap<string, AgentFile>, problems: Problems): Map<string, string | null> {
  const parents = new Map<string, string | null>();
  const claimed = new Map<string, Named & { readonly by: string }>();
  for (const agent of files.values())
    for (const child of agent.spawns) if (!claimed.has(child.role)) claimed.set(child.role, { ...child, by: agent.role });
  for (const agent of files.values()) {
    const own = agent.spawnedBy.find((one) => one.role !== agent.role) ?? agent.reportsTo.find((one) => one.role !== agent.role);
    parents.set(agent.role, own?.role ?? claimed.get(agent.role)?.by ?? null);
    contradictions(agent, files, problems);
  }
  for (const { by, role } of claimed.values()) if (!parents.has(role)) parents.set(role, by);
  // Up to the top: who is only named stands where the built-in hierarchy has it. What is set on the way is walked, too.
  for (const parent of parents.values()) if (parent !== null && !parents.has(parent)) parents.set(parent, builtInParent(parent));
  return parents;
}

function builtInParent(role: string): string | null {
  return builtInHierarchy().roles.find((spec) => spec.role === role)?.parent ?? null;
}

function contradictions(agent: AgentFile, files: ReadonlyMap<string, AgentFile>, problems: Problems): void {
  const names = (list: readonly Named[]): string => list.map(({ role }) => role).join(", ") || "nobody";
  for (const boss of agent.spawnedBy) {
    const other = files.get(boss.role);
    if (other && other.spawns.length > 0 && !other.spawns.some(({ role }) => role === agent.role))
      differ(
        problems,
        boss.at,
        `${agent.role} says that ${boss.role} spawns it, and ${boss.role} says that it spawns ${names(other.spawns)}`,
      );
  }
  for (const child of agent.spawns) {
    const other = files.get(child.role);
    if (other && other.spawnedBy.length > 0 && !other.spawnedBy.some(({ role }) => role === agent.role))
      differ(
        problems,
        child.at,
        `${agent.role} says that it spawns ${child.role}, and ${child.role} says that ${names(other.spawnedBy)} spawns it`,
      );
  }
}

function differ(problems: Problems, at: Place, message: string): void {
  problems.warning({
    at,
    code: "spawn-context",
    message,
    advice: "make the two files agree; until then, what a file says of its own spawner holds",
  });
}

function twice(problems: Problems, agent: AgentFile, same: AgentFile): void {
  problems.warning({
    at: agent.at,
    code: "spawn-context",
    message: `the agent ${agent.role} is defined twice; ${same.at.file} holds`,
    advice: "rename one of them, or remove it",
  });
}

/** Two that spawn each other command nobody: the first of them stands at the top. */
function breakCircles(parents: Map<string, string | null>, files: ReadonlyMap<string, AgentFile>, problems: Problems): void {
  for (const role of parents.keys()) {
    const path = [role];
    for (let above = parents.get(role) ?? null; above !== null; above = parents.get(above) ?? null) {
      if (above === role) {
        const at = files.get(role)?.at;
        if (at) differ(problems, at, `${[...path, role].join(" stands under ")}: a circle`);
        parents.set(role, null);
        break;
      }
      if (path.includes(above)) break;
      path.push(above);
    }
  }
}

/** As the built-in hierarchy has it, else by what stands above and below; who has neither is a specialist. */
function levelOf(role: string, parents: ReadonlyMap<string, string | null>): RoleSpec["level"] {
  const known = builtInHierarchy().roles.find((spec) => spec.role === role)?.level;
  if (known) return known;
  const leads = [...parents.values()].includes(role);
  const parent = parents.get(role) ?? null;
  if (parent === null) return leads ? "commander" : "specialist";
  if (!leads) return "specialist";
  // Straight below the top stand deputies where they lead leaders, as coordinators do in the flat shape.
  const leadsLeaders = [...parents].some(([child, above]) => above === role && [...parents.values()].includes(child));
  return leadsLeaders && (parents.get(parent) ?? null) === null ? "deputy" : "coordinator";
}

const RANKS: readonly RoleSpec["level"][] = ["commander", "deputy", "coordinator", "specialist", "staff", "unknown"];

function inOrder(roles: readonly RoleSpec[]): readonly RoleSpec[] {
  return roles.toSorted((a, b) => RANKS.indexOf(a.level) - RANKS.indexOf(b.level) || a.role.localeCompare(b.role));
}
