/** Who reports to whom: the built-in chain of command, and hierarchies given in a plan or a file. */
import { parseYaml } from "./yaml.ts";
import { collectProblems } from "./problems.ts";
import type { HierarchySpec, Problem, RoleSpec } from "./types.ts";

/**
 * The chain of command that holds when a plan gives none: one commander, two deputies, nine coordinators, ten
 * specialists whose coordinator is not fixed, four staff roles outside the line. Requirements, appendix A and A2.
 */
export function builtInHierarchy(): HierarchySpec {
  return { roles: BUILT_IN_ROLES, routes: BUILT_IN_ROUTES, source: "built-in" };
}

/** The role behind an instance or alias: QA_TESTER_2, "QA_TESTER (lead)", "G-2 RECON" (T-80). */
export function roleOf(name: string): string {
  const bare = name
    .replace(/\(.*?\)/g, "")
    .trim()
    .replace(/^G-(\d)/, "G$1")
    .replace(/\s+/g, "_");
  return bare.replace(/[_#-]\d+$/, "");
}

/**
 * Reads a hierarchy from a tree drawing (`├── NAME`), an indented or bulleted list, or YAML: nested maps and lists
 * of role names, with the optional top-level keys `staff` (list) and `routes` (domain to chain).
 * Levels follow the depth; roles that the built-in hierarchy knows keep their level. Never throws.
 */
export function parseHierarchy(text: string, file: string): { readonly hierarchy: HierarchySpec; readonly problems: readonly Problem[] } {
  const problems = collectProblems();
  const building: Building = { roles: new Map(), routes: [] };
  const drawn = /[├└│]/.test(text) || !/[:[{]/.test(text);
  const yaml = drawn ? null : parseYaml(text);
  if (yaml === null) readTree(text, building);
  else if (yaml.error === null && typeof yaml.value === "object" && yaml.value !== null) readYaml(yaml.value, building);
  const roles = [...building.roles.values()];
  if (roles.length === 0) {
    problems.error({
      at: { file, line: yaml?.error?.line ?? 1, column: yaml?.error?.column ?? 1 },
      code: "hierarchy",
      message: `no role can be read from the hierarchy${yaml?.error ? `: ${yaml.error.message}` : ""}`,
      advice: "write a tree (├── ROLE) or nested YAML maps of role names",
    });
    return { hierarchy: builtInHierarchy(), problems: problems.list([file]) };
  }
  return { hierarchy: { roles, routes: building.routes, source: file }, problems: problems.list([file]) };
}

interface Building {
  readonly roles: Map<string, RoleSpec>;
  readonly routes: { domain: string; chain: string[] }[];
}

const LEVELS = ["commander", "deputy", "coordinator", "specialist"] as const;

function addRole(building: Building, name: string, depth: number, parent: string | null, level?: RoleSpec["level"]): string | null {
  const role = name.replace(/\(.*?\)/g, "").trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_ .-]*$/u.test(role) || /^direct specialists?$/i.test(role)) return null;
  if (building.roles.has(role)) return role;
  const known = BUILT_IN_ROLES.find((spec) => spec.role === roleOf(role))?.level;
  building.roles.set(role, { role, level: level ?? known ?? LEVELS[Math.min(depth, 3)] ?? "unknown", parent });
  return role;
}

/** Depth is the column of the name; commas part siblings that share a line (T-79). */
function readTree(text: string, building: Building): void {
  const open: { column: number; role: string }[] = [];
  for (const line of text.split("\n")) {
    const match = /^([\s│├└─┌┐|`+*-]*)(.*)$/u.exec(line);
    const column = match?.[1]?.length ?? 0;
    const names = (match?.[2] ?? "")
      .replace(/\s+[#—–].*$|:\s.*$|:$/u, "")
      .replace(/\([^)]*\)/g, "")
      .split(",");
    while ((open.at(-1)?.column ?? -1) >= column) open.pop();
    const parent = open.at(-1)?.role ?? null;
    for (const name of names) {
      const role = addRole(building, name, open.length, parent);
      if (role !== null && names.length === 1) open.push({ column, role });
    }
  }
}

function readYaml(value: object, building: Building): void {
  const { staff, routes, hierarchy, ...rest } = value as Record<string, unknown>;
  readYamlRoles(hierarchy ?? (Array.isArray(value) ? value : rest), 0, null, building);
  if (Array.isArray(staff)) for (const name of staff) addRole(building, String(name), 0, null, "staff");
  if (typeof routes === "object" && routes !== null) {
    for (const [domain, chain] of Object.entries(routes)) {
      building.routes.push({ domain, chain: (Array.isArray(chain) ? chain : [chain]).map(String) });
    }
  }
}

function readYamlRoles(value: unknown, depth: number, parent: string | null, building: Building): void {
  if (depth > 20) return;
  if (Array.isArray(value)) {
    for (const entry of value) readYamlRoles(entry, depth, parent, building);
  } else if (typeof value === "string" || typeof value === "number") addRole(building, String(value), depth, parent);
  else if (typeof value === "object" && value !== null) {
    for (const [name, below] of Object.entries(value)) {
      const role = addRole(building, name, depth, parent);
      if (role !== null) readYamlRoles(below, depth + 1, role, building);
    }
  }
}

const role = (level: RoleSpec["level"], parent: string | null, names: string): RoleSpec[] =>
  names.split(" ").map((name) => ({ role: name, level, parent }));

const BUILT_IN_ROLES: readonly RoleSpec[] = [
  ...role("commander", null, "ORCHESTRATOR"),
  ...role("deputy", "ORCHESTRATOR", "ARCHITECT SYNTHESIZER"),
  ...role("coordinator", "ARCHITECT", "COORD_PLATFORM COORD_QUALITY COORD_ENGINE COORD_TOOLING"),
  ...role("coordinator", "SYNTHESIZER", "COORD_OPS COORD_RESILIENCE COORD_FRONTEND COORD_INTEL"),
  ...role("coordinator", null, "COORD_AAR"),
  ...role("staff", null, "G2_RECON G4_CONTEXT_MANAGER G5_PLANNING HISTORIAN"),
  ...role("specialist", null, "TOOLSMITH QA_TESTER SCHEDULER RESILIENCE_ENGINEER SECURITY_AUDITOR CODE_REVIEWER"),
  ...role("specialist", null, "COMPLIANCE_AUDITOR DBA META_UPDATER RELEASE_MANAGER"),
];

const BUILT_IN_ROUTES: HierarchySpec["routes"] = [
  { domain: "database, API, infrastructure", chain: ["ARCHITECT", "COORD_PLATFORM"] },
  { domain: "tests, code quality, CI", chain: ["ARCHITECT", "COORD_QUALITY"] },
  { domain: "scheduling engine, solver", chain: ["ARCHITECT", "COORD_ENGINE"] },
  { domain: "documentation, releases", chain: ["SYNTHESIZER", "COORD_OPS"] },
  { domain: "resilience, compliance", chain: ["SYNTHESIZER", "COORD_RESILIENCE"] },
  { domain: "front-end, UX", chain: ["SYNTHESIZER", "COORD_FRONTEND"] },
  { domain: "reconnaissance", chain: ["G2_RECON"] },
  { domain: "planning", chain: ["G5_PLANNING"] },
];
