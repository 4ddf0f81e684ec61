/** Checks one source file, or all of them, against the import table; see architecture-rules.ts. */
import { parseSync } from "oxc-parser";
import { ADAPTERS, DRAWS, FOLDERS, IMPURE_NAMES, type FolderRule } from "./architecture-rules.ts";

interface Import {
  readonly of: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

/** What is wrong with one file: sentences that begin with its path (relative to the repository's root). */
export function fileProblems(path: string, source: string): readonly string[] {
  const rule = FOLDERS[folderOf(path) ?? ""];
  if (rule === undefined) return [`${path}: its folder is not in the table of folders (test/support/architecture-rules.ts)`];
  const parsed = parseSync(path, source);
  const problems = parsed.errors.map((error) => `cannot be parsed: ${error.message}`);
  for (const one of importsOf(parsed, source)) problems.push(...importProblems(path, rule, one));
  if (exportsDefault(parsed)) problems.push("exports a default; export it by name");
  if (rule.pure) problems.push(...impurities(parsed.program));
  return [...new Set(problems)].map((problem) => `${path}: ${problem}`);
}

/** Libraries that more files import than their adapter. Keys of `sources` are paths relative to the repository's root. */
export function adapterProblems(sources: Readonly<Record<string, string>>): readonly string[] {
  const users = new Map<string, string[]>();
  for (const [path, source] of Object.entries(sources)) {
    const libraries = importsOf(parseSync(path, source), source).filter((one) => !one.typeOnly);
    for (const library of new Set(libraries.map((one) => packageOf(one.of)))) users.set(library, [...(users.get(library) ?? []), path]);
  }
  return Object.entries(ADAPTERS).flatMap(([library, { below, files }]) => {
    const found = users.get(library) ?? [];
    const astray = found.filter((path) => !path.startsWith(below)).map((path) => `${path}: imports ${library}, which only ${below} may`);
    const many = found.length > files ? [`${library} is imported by ${found.length} files, at most ${files} may: ${found.join(", ")}`] : [];
    return [...astray, ...many];
  });
}

/** The row of the table that a file belongs to. */
function folderOf(path: string): string | null {
  const [top, folder, ...rest] = path.split("/");
  if (top === "components") return "components";
  if (top !== "src" || folder === undefined) return null;
  return rest.length === 0 ? "." : folder;
}

function importProblems(path: string, rule: FolderRule, { of, typeOnly, lazy }: Import): readonly string[] {
  if (of.startsWith(".")) return ownProblems(path, rule, resolve(path, of), typeOnly, lazy);
  if (of.startsWith("node:")) return rule.pure || rule.nodeless ? [`imports ${of}; its folder may use nothing of Node`] : [];
  const library = packageOf(of);
  return (rule.libraries ?? []).some((allowed) => matches(allowed, library))
    ? []
    : [`imports the package ${library}, which its folder may not`];
}

function ownProblems(path: string, rule: FolderRule, target: string, typeOnly: boolean, lazy: boolean): readonly string[] {
  const from = folderOf(path);
  const to = folderOf(target);
  if (to === null || FOLDERS[to] === undefined) return [`imports ${target}, which is in no folder of the table`];
  if (target === DRAWS && !lazy) return [`imports ${target} at once; load it with import() where it is needed`];
  if (to === "components" && from === "commands" && path !== DRAWS) return [`imports ${target}; only ${DRAWS} draws`];
  if (from === to || rule.imports.includes(to)) return [];
  if ((rule.types ?? []).includes(to)) return typeOnly ? [] : [`imports a value of ${target}; its folder may know only types of it`];
  return [`imports ${target}; its folder may not know ${to === "." ? "src itself" : to}`];
}

function packageOf(specifier: string): string {
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

function matches(allowed: string, library: string): boolean {
  return allowed.endsWith("*") ? library.startsWith(allowed.slice(0, -1)) : library === allowed;
}

function resolve(path: string, specifier: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

type Parsed = ReturnType<typeof parseSync>;

function importsOf({ module, program }: Parsed, source: string): readonly Import[] {
  const statics = module.staticImports.map(({ moduleRequest, entries }) => ({
    of: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    lazy: false,
  }));
  const again = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [{ of: moduleRequest.value, typeOnly: isType, lazy: false }] : [])),
  );
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    of: source.slice(start + 1, end - 1),
    typeOnly: false,
    lazy: true,
  }));
  const types: Import[] = [];
  walk(program, (node) => {
    if (node["type"] !== "TSImportType") return;
    const from = (node["source"] ?? node["argument"]) as Node;
    const literal = (from["literal"] ?? from) as Node;
    types.push({ of: String(literal["value"]), typeOnly: true, lazy: true });
  });
  return [...statics, ...again, ...dynamic, ...types];
}

function exportsDefault({ module }: Parsed): boolean {
  return module.staticExports.some(({ entries }) =>
    entries.some(({ exportName }) => exportName.kind === "Default" || exportName.name === "default"),
  );
}

type Node = Readonly<Record<string, unknown>>;

/** What of the world outside a pure file mentions. */
function impurities(program: unknown): string[] {
  const found: string[] = [];
  walk(program, (node, parent, key) => {
    if (node["type"] === "MemberExpression") {
      const name = `${nameOf(node["object"])}.${nameOf(node["property"])}`;
      if (name === "Date.now" || name === "Math.random") found.push(`calls ${name}, but its folder is pure`);
    }
    const constructs = node["type"] === "NewExpression" || node["type"] === "CallExpression";
    if (constructs && nameOf(node["callee"]) === "Date" && (node["arguments"] as unknown[]).length === 0) {
      found.push("asks for the present time (Date without arguments), but its folder is pure");
    }
    if (node["type"] === "Identifier" && IMPURE_NAMES.has(nameOf(node)) && !isLabel(parent, key)) {
      found.push(`mentions ${nameOf(node)}, but its folder is pure`);
    }
  });
  return found;
}

/** A name after a dot or before a colon means a property, not the global of that name. */
function isLabel(parent: Node | null, key: string): boolean {
  if (parent === null || parent["computed"] === true) return false;
  if (parent["shorthand"] === true) return false;
  return key === "property" || key === "key";
}

function nameOf(node: unknown): string {
  const name = (node as Node | null)?.["name"];
  return typeof name === "string" ? name : "";
}

function walk(value: unknown, visit: (node: Node, parent: Node | null, key: string) => void, parent: Node | null = null, key = ""): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit, parent, key);
  } else if (typeof value === "object" && value !== null) {
    const node = value as Node;
    const isNode = typeof node["type"] === "string";
    if (isNode) visit(node, parent, key);
    for (const [name, child] of Object.entries(node)) walk(child, visit, isNode ? node : parent, name);
  }
}
