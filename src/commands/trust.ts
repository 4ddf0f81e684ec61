/**
 * Trust on first use: before a plan that is not the person's own runs anything, its commands are shown and asked about, once. Only
 * where somebody can answer; a script that runs a plan has chosen it, and a question nobody answers would only hang.
 */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { createInterface } from "node:readline/promises";
import { agentByName, unknownAgent } from "../engine/agents/registry.ts";
import { writeFileAtomic } from "../engine/atomic-file.ts";
import { preparePaths, type MarathonPaths } from "../engine/paths.ts";
import type { StartSpec } from "../engine/spec.ts";
import { planPowers, powersText, type PlanPowers } from "../marathon/plan-powers.ts";
import { visible } from "../plan/visible.ts";
import { EXIT, UsageError } from "./exit.ts";

export interface TrustOptions {
  /** Plan files: absolute, links resolved. */
  readonly files: readonly string[];
  readonly start: StartSpec;
  readonly paths: MarathonPaths;
  /** What the person said on the command line, which is theirs and not the plan's. */
  readonly given: { readonly command?: string; readonly permissions?: string };
  /** Somebody can answer a question. */
  readonly interactive: boolean;
  /** Folder of this program: the plans that come with it are trusted as it is itself. */
  readonly program: string;
}

/** Where answers are kept, in the project's own state folder: who can write to it can do everything else as well. */
const TRUSTED = "trusted-plans.json";

/**
 * Why the plan counts as somebody else's and is not known yet, with what it would do; null when it is the person's own, does
 * nothing by itself, or has been agreed to in this project with the same commands.
 */
export async function strangersPlan(options: TrustOptions): Promise<{ readonly why: string; readonly powers: PlanPowers } | null> {
  const powers = powersOf(options);
  if (powers.commands.length === 0 && powers.rights.length === 0) return null;
  if (readTrusted(options.paths).includes(fingerprint(powers))) return null;
  for (const file of options.files) {
    const why = file.startsWith(join(options.program, "plans") + sep) ? null : await whyNotOwn(file, options);
    if (why !== null) return { why: `${visible(file)} ${why}`, powers };
  }
  return null;
}

/** Shows the commands and asks; returns when the answer is yes, and remembers it. Throws UsageError (exit 1) otherwise. */
export async function askToTrust(why: string, powers: PlanPowers, { paths }: TrustOptions): Promise<void> {
  process.stdout.write(`${question(why, powers, paths.project)}\n\n`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const { promise: closed, resolve } = Promise.withResolvers<string>();
  lines.once("close", () => resolve(""));
  const answer = await Promise.race([lines.question("Run it? It is asked only once. [y/N] ").catch(() => ""), closed]);
  lines.close();
  if (!/^\s*y(es)?\s*$/iu.test(answer))
    throw new UsageError("nothing was started: the plan was not agreed to (--trust runs it without asking)", EXIT.failed);
  trust(powers, paths);
}

/** Remembers that a plan with these commands may run in this project. */
function trust(powers: PlanPowers, paths: MarathonPaths): void {
  preparePaths(paths);
  const known = new Set([...readTrusted(paths), fingerprint(powers)]);
  writeFileAtomic(join(paths.folder, TRUSTED), `${JSON.stringify({ schema: 1, commands: [...known] })}\n`);
}

function powersOf({ start, given }: TrustOptions): PlanPowers {
  // Stand-ins run nothing of the plan.
  if (start.rehearsal) return { commands: [], rights: [] };
  return planPowers(start.plan, {
    agent: start.agent,
    command: given.command === undefined ? start.plan.settings.command : null,
    permissions: given.permissions === undefined ? start.plan.settings.permissions : null,
    isCoding: (agent) => unknownAgent(agent) === null && agentByName(agent).cli !== undefined,
  });
}

/** What speaks against a file's being the person's own; null when nothing does. */
async function whyNotOwn(file: string, { paths: { project }, interactive }: TrustOptions): Promise<string | null> {
  const { uid, mode } = statSync(file);
  const self = process.getuid?.();
  if (self !== undefined && uid !== self) return `belongs to another user (${uid})`;
  if ((mode & 0o002) !== 0) return "can be written by everybody";
  // Scripts keep their plans where they like; there only what another user may have written is worth a word.
  if (!interactive) return null;
  if (!file.startsWith(project + sep)) return "lies outside of the project";
  return strangeAuthor(file);
}

/** Looking through a long history for an old file may take longer than anybody waits for a first screen, ms. */
const HISTORY_MS = 1500;

/** What speaks against a file by who committed it last; null also when there is no telling who the person is. */
async function strangeAuthor(file: string): Promise<string | null> {
  if (!isInRepository(dirname(file))) return null;
  const { openGit } = await import("../engine/git.ts");
  const git = openGit(dirname(file));
  const [email, tracked] = await Promise.all([git.email(), git.tracks(file)]);
  const own = process.env["GIT_AUTHOR_EMAIL"] ?? email;
  if (own === null || own === "" || !tracked) return null;
  const late = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), HISTORY_MS).unref());
  const author = await Promise.race([git.lastAuthor(file), late]);
  if (author === "late") return "is in a history so long that it could not be seen in time who committed it last";
  if (author === null || author.toLowerCase() === own.toLowerCase()) return null;
  return `was last committed by ${visible(author)}, who is not you`;
}

/** Without a look at git, which costs a process. */
function isInRepository(folder: string): boolean {
  if (statSync(join(folder, ".git"), { throwIfNoEntry: false })) return true;
  const above = dirname(folder);
  return above !== folder && isInRepository(above);
}

function question(why: string, { commands, rights }: PlanPowers, project: string): string {
  const words = { run: "", fallback: "if blocked, ", program: "every terminal, " };
  return [
    `This plan may not be yours: ${why}.`,
    `With your rights, in ${visible(project)}, it would run:`,
    "",
    ...commands.map(
      ({ kind, tasks, text }) =>
        `  ${words[kind]}${tasks.length === 0 ? "" : `${tasks.length === 1 ? "task" : "tasks"} ${ranges(tasks)}: `}$ ${visible(text)}`,
    ),
    ...(commands.length === 0 ? ["  no command by itself"] : []),
    ...(rights.length === 0 ? [] : ["", "It also says:", ...rights.map((right) => `  ${visible(right)}`)]),
  ].join("\n");
}

/** "1, 4-9". */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}

function fingerprint(powers: PlanPowers): string {
  return createHash("sha256").update(powersText(powers)).digest("hex");
}

function readTrusted({ folder }: MarathonPaths): readonly string[] {
  try {
    const { commands } = JSON.parse(readFileSync(join(folder, TRUSTED), "utf8")) as { commands?: unknown };
    return Array.isArray(commands) ? commands.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
