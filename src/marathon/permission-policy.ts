/**
 * What is answered for a person when an agent asks for a permission: nothing, unless the plan has a rule for exactly that. A
 * refusal needs one match, an allowance must hold in every respect: on the path as written and on the real one, for a command as a
 * whole. What the rules do not decide is asked. Pure.
 */
import { pathLike, pathParts } from "../plan/glob.ts";
import type { PermissionRule } from "../plan/permission-rules.ts";
import type { Permissions } from "../plan/types.ts";
import { isCommand, isEdit, ruleName, type ToolUse } from "./tool-use.ts";

export interface Policy {
  readonly permissions: Permissions;
  readonly allow: readonly PermissionRule[];
  readonly deny: readonly PermissionRule[];
}

/** Where the tool would act, found out by whoever can look at the disk. Absolute, without `.` and `..`. */
export interface Place {
  /** The project's real folder. */
  readonly project: string;
  readonly home: string | null;
  /** The path as written; null: the tool names none. */
  readonly path: string | null;
  /** The same with all links followed, as far as it exists; null when that cannot be known. */
  readonly real: string | null;
  /** The never-share rule that forbids the path, and one that a word of the command falls under. */
  readonly forbidden: string | null;
  readonly mentions: string | null;
}

export type Judgement =
  | { readonly answer: "allow" | "deny"; readonly rule: string }
  /** `why`: a rule nearly held, in words; null: there is none for it. */
  | { readonly answer: "ask"; readonly why: string | null };

/** Folders whose files are run or obeyed by other programs: a rule covers them only if it names them. */
const OBEYED = [".git", ".claude", ".husky", ".vscode", ".idea", ".github", "node_modules"] as const;
/** What makes one command line more than one command, or another one than it looks like. */
const COMPOUND = /[;&|<>`$(){}\\\n\r!]/u;

export function judgePermission(policy: Policy, use: ToolUse, place: Place): Judgement {
  if (policy.permissions === "never") return { answer: "deny", rule: "permissions: never" };
  const refused = judgeRefusal(policy, use, place);
  if (refused) return { answer: "deny", rule: refused.rule };
  if (place.mentions !== null) return { answer: "ask", why: `it names what is never to be shared (${place.mentions})` };
  let why: string | null = null;
  for (const rule of policy.allow.filter((one) => isAbout(one, use))) {
    const held = allows(rule, use, place);
    if (held === true) return { answer: "allow", rule: rule.text };
    why ??= held === false ? null : `${rule.text} does not cover it: ${held}`;
  }
  return { answer: "ask", why };
}

/** Whether a rule refuses it, be it asked for or not; null: none does. */
export function judgeRefusal(policy: Policy, use: ToolUse, place: Place): { readonly rule: string } | null {
  if (place.forbidden !== null) return { rule: `never to be shared: ${place.forbidden}` };
  const denied = policy.deny.find((rule) => isAbout(rule, use) && refuses(rule, use, place));
  return denied ? { rule: denied.text } : null;
}

/** By the name that its agent has for the tool, or by the one that all agents' tools of this kind have in rules. */
function isAbout({ tool }: PermissionRule, use: ToolUse): boolean {
  return tool === use.tool || tool === ruleName(use.tool);
}

function refuses({ pattern }: PermissionRule, use: ToolUse, place: Place): boolean {
  if (pattern === null) return true;
  if (isCommand(use.tool)) return use.command !== null && parts(use.command).some((part) => matchesCommand(pattern, part));
  const more = (use.more ?? []).map((path) => (path.startsWith("/") ? path : `${place.project}/${path}`));
  return [place.path, place.real, ...more].some((path) => path !== null && matchesPath(pattern, path, place));
}

/** True: it does; a text: it would, but for that; false: it is about something else. */
function allows({ pattern }: PermissionRule, use: ToolUse, place: Place): true | false | string {
  if (isCommand(use.tool)) return allowsCommand(pattern, use.command);
  if (use.path === null) return pattern === null && !isEdit(use.tool);
  if (use.more) return "it changes several files at once";
  const { path, real, project } = place;
  if (path === null) return false;
  const covers = (one: string) => (pattern === null ? isBelow(one, project) : matchesPath(pattern, one, place));
  if (!covers(path)) return false;
  if (real === null) return "where the path leads cannot be known";
  if (!covers(real)) return `it leads to ${real}`;
  const obeyed = OBEYED.find((name) => real.split("/").includes(name) && !pattern?.split("/").includes(name));
  // Folders above the project are where they are, whatever they are called.
  return obeyed === undefined || (isBelow(real, project) && !real.slice(project.length).split("/").includes(obeyed))
    ? true
    : `it is in ${obeyed}, whose files other programs obey: a rule must name that`;
}

function allowsCommand(pattern: string | null, command: string | null): true | false | string {
  if (command === null) return false;
  if (pattern === null) return true;
  if (!pattern.endsWith(" *")) return command.trim() === pattern;
  if (!matchesCommand(pattern, command.trim())) return false;
  return COMPOUND.test(command) ? "it is more than a plain command" : true;
}

function matchesCommand(pattern: string, command: string): boolean {
  if (!pattern.endsWith(" *")) return command === pattern;
  const head = pattern.slice(0, -2);
  return command === head || command.startsWith(`${head} `);
}

/** The commands of a line, roughly: enough to find one that is refused among others. */
function parts(command: string): readonly string[] {
  return command.split(/[;&|\n\r(){}`]+/u).map((part) => part.trim());
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** By whole parts; relative patterns begin at the project. */
function matchesPath(pattern: string, path: string, { project, home }: Place): boolean {
  if (pattern.startsWith("~/") && home === null) return false;
  const absolute = pattern.startsWith("~/") ? `${home}/${pattern.slice(2)}` : pattern.startsWith("/") ? pattern : `${project}/${pattern}`;
  return pathLike(pathParts(absolute))(pathParts(path));
}
