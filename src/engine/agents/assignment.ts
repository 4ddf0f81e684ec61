/** The assignment pack of a terminal: the plan, its context, its tasks, its role, and how and where to report. */
import { existsSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { contextLoaded } from "../../marathon/context-loaded.ts";
import { checklist } from "../../marathon/delegation-checklist.ts";
import { planIndex } from "../../marathon/plan-index.ts";
import { tasksOfTerminal, wholeTally, openCount } from "../../marathon/tally.ts";
import type { State, Task } from "../../marathon/types.ts";
import type { Plan, PlanStream, PlanTask } from "../../plan/types.ts";
import type { AssignedTask, Assignment, RefusedFile } from "./agent.ts";
import { absoluteTargets, commandChain } from "./delegation-pack.ts";
import { findTemplate } from "./handoff-template.ts";
import { reportsTo } from "./reports-to.ts";
import { diskFiles, Share, sharingRules } from "./share.ts";
import { takenOver } from "./taken-over.ts";

export interface AssignmentExtras {
  /** Decides which context files may be given; without it, one per plan that looks at the disk. */
  readonly share?: Share;
  /** Files that hold secrets, by real path, and what they hold. */
  readonly secrets?: () => ReadonlyMap<string, string>;
}

/**
 * What terminal `terminal` may know, from the state alone (and from the disk only whether context files are there and what
 * their real paths are). Tasks stand in the order in which they should be worked: phase, priority, number.
 * Throws for a terminal that the marathon does not have.
 */
export function assignmentFor(state: State, terminal: number, extras: AssignmentExtras = {}): Assignment {
  const own = state.terminals[terminal];
  if (!own)
    throw new Error(`cannot make an assignment: the marathon has no terminal ${terminal}, only ${Object.keys(state.terminals).join(", ")}`);
  const { plan } = state;
  const planned = plan.terminals.find((one) => one.number === terminal);
  const stream = plan.streams.find((one) => one.id === own.stream) ?? null;
  const share = extras.share ?? shareOf(state, extras.secrets);
  const tasks = tasksOf(state, terminal, share);
  const boss = reportsTo(state.hierarchy, own.role, [own.label, stream?.name, stream?.goal]);
  const scratchpad = resolve(state.project, state.scratchpad);
  const template = findTemplate(state.project, share);
  const form = template !== null && "path" in template ? template.path : null;
  const reportFile = join(scratchpad, `terminal-${String(terminal).padStart(2, "0")}.md`);
  return {
    schema: 1,
    marathon: state.id,
    title: state.title,
    terminal,
    label: own.label ?? planned?.label ?? null,
    stream: stream && { id: stream.id, name: stream.name, goal: stream.goal },
    role: own.role,
    reportsTo: boss,
    ...inheritedFrom(state, boss, share),
    ...(plan.settings.orders ? { orders: plan.settings.orders } : {}),
    chain: commandChain(state.hierarchy, own.role, boss),
    delegation: checklist(state, { stream, tasks, returnPath: `${reportFile}, read by ${boss ?? "whoever watches"}` }),
    project: state.project,
    scratchpad,
    reportFile,
    howToReport: [
      ...howToReport(reportFile, scratchpad, state.id, form),
      ...(tasks.some(({ security }) => security) ? [SECURITY_STEPS] : []),
    ],
    ...(form === null ? {} : { handoffTemplate: form }),
    plan: plan.files.map((file) => resolve(state.project, file)),
    ...contextOf(state, stream, tasks, share, template !== null && "refused" in template ? [template.refused] : []),
    tasks,
    current: currentOf(state, terminal),
    ...(own.fallback ? { instead: { blocker: own.fallback.blocker, text: own.fallback.text } } : {}),
    finished: isFinished(state, terminal),
    speed: state.speed,
    seed: state.seed,
  };
}

/** Nothing where the definition file must not be shared: what stands in it is no less secret in a copy. */
function inheritedFrom({ hierarchy }: State, boss: string | null, share: Share): Pick<Assignment, "inherited"> {
  const passesOn = hierarchy.roles.find(({ role }) => role === boss)?.passesOn;
  if (boss === null || !passesOn || share.check(passesOn.file).kind !== "shared") return {};
  return { inherited: { from: boss, ...passesOn } };
}

function tasksOf(state: State, terminal: number, share: Share): readonly AssignedTask[] {
  const scratchpad = resolve(state.project, state.scratchpad);
  const planned = planIndex(state.plan).tasks;
  const tasks = tasksOfTerminal(state, terminal)
    .flatMap((number) => planned.get(number) ?? [])
    .toSorted((a, b) => a.phase - b.phase || rank(a) - rank(b) || a.number - b.number)
    .map((task): AssignedTask => {
      const more = takenOver(state, task.number, scratchpad, share);
      return { ...assignedTask(task, state.tasks[task.number]), ...(more ? { takenOver: more } : {}) };
    });
  const targets = absoluteTargets(state.project, tasks.filter(isOpen), existsSync);
  return tasks.map((task) => (targets[task.number] === undefined ? task : { ...task, targetPath: targets[task.number] as string }));
}

/** What is over needs no look at the disk: of a thousand tasks that is dear, each time that something changes. */
function isOpen({ state }: AssignedTask): boolean {
  return state !== "done" && state !== "dropped";
}

function rank(task: PlanTask): number {
  return task.priority === null ? 2 : Number(task.priority.slice(1));
}

function assignedTask(task: PlanTask, live: Task | undefined): AssignedTask {
  const { number, title, target, from, to, run, fallback, answer, dependsOn, priority, session, estimate, kind, security } = task;
  return {
    number,
    title,
    target,
    from,
    to,
    run,
    fallback,
    answer,
    dependsOn,
    priority,
    session,
    ...(kind === undefined ? {} : { kind }),
    ...(security === undefined ? {} : { security }),
    state: live?.state ?? "waiting",
    estimateMinutes: estimate && (estimate.low + estimate.high) / 2,
  };
}

function currentOf(state: State, terminal: number): number | null {
  const number = state.terminals[terminal]?.task ?? null;
  return number !== null && state.tasks[number]?.state === "running" ? number : null;
}

/** Blocked and parked tasks may come back, so only done and dropped ones count as finished. */
function isFinished(state: State, terminal: number): boolean {
  if (state.status === "done" || state.status === "stopped" || state.terminals[terminal]?.retired === true) return true;
  return openCount(wholeTally(state)) === 0;
}

const SECURITY_STEPS = `A task with "security" goes in four steps, each reported: all places found by a search, sorted by risk, fixed in that order, regression tests added: the tool "security", or "$MARATHON_BIN report security 12 found|sorted|fixed|tested --note TEXT". Try a fix away from what is in use first, and say so with --isolated yes (or no).`;

/** `form`: the project's own for handoffs. */
function howToReport(reportFile: string, scratchpad: string, marathon: string, form: string | null): readonly string[] {
  return [
    `Work on the task whose number is in "current" of this file. Read this file again whenever it changes: it names your next task. When "finished" is true, nothing more will come.`,
    `Report in ${reportFile}: one line per task, "- [~] 12 what it is" when you begin, "- [x] 12 what it is" when it is done and checked, "- [!] 12 what it is - reason" when you cannot go on. Work that the plan lacks is asked for, not begun: "- [+] what should be done - why". The number counts; keep one line per task and change it in place. Write the file whole, or append lines: both are understood. Name the marathon (${marathon}) in its first lines: what an earlier run left in a file counts for nothing.`,
    `If something stops you for more than 30 minutes, write ${join(scratchpad, "TASK_NNN_BLOCKER.md")} (NNN is the task number with three digits; SESSION_NNN_BLOCKER.md if it stops a whole session): a title, "Priority: P0" to "P3", the error message word for word, its cause, what was tried, what was not. Then go on with the next task. Add "Status: resolved" when it is over.`,
    `At the end of a session write ${join(scratchpad, "SESSION_NNN_HANDOFF.md")} (NNN is the session's id) with five parts: completion in percent, completed work, blocked work with details, next steps in order of priority, effort to complete in hours. Write it also when you were blocked. Where another terminal works on the same session it is there already: keep what it says, add what is yours, and give the completion of the whole session; it counts for the session as long as no work of it goes on.${form === null ? "" : ` Its form is ${form}: keep its headings and fill them in, and leave out none of the five parts.`}`,
    `If your terminal is read by a program, OSC 7501 status reports (working, blocked with kind, done, idle) say more than any text. The program in MARATHON_BIN answers "status --json".`,
    `Better than files, since they answer: the tools of the MCP server "marathon" (task, ask, handoff, spawned, finding, metric), where you have them; else in a shell "$MARATHON_BIN report task 12 doing|done|blocked --reason TEXT", "$MARATHON_BIN report ask TEXT --option A --option B --wait", "$MARATHON_BIN report handoff FILE", "… spawned ROLE --title TEXT", "… finding TEXT --severity warning", "… metric NAME VALUE". Each says what came of it; one that is refused says why, and changes nothing.`,
    `Never open, copy or quote a file that matches "neverShare".`,
  ];
}

type Context = Pick<Assignment, "context" | "sharedBy" | "contextLoaded" | "neverShare"> & {
  readonly refused: readonly RefusedFile[];
  readonly missing: readonly string[];
};

/** Core set, the stream's list and its bundle; for tasks without a stream of their own, the lists whose heading names their group. */
function contextOf(
  state: State,
  stream: PlanStream | null,
  tasks: readonly AssignedTask[],
  share: Share,
  known: readonly RefusedFile[],
): Context {
  const written = new Map<string, string>();
  for (const [path, list] of [...coreContext(state.plan), ...streamContext(stream), ...groupContext(state.plan, tasks)])
    written.set(path, written.get(path) ?? list);
  const context = new Map<string, string>();
  const refused: RefusedFile[] = [...known];
  const missing: string[] = [];
  for (const [path, list] of written) {
    const verdict = share.check(path);
    if (verdict.kind === "shared") context.set(verdict.path, context.get(verdict.path) ?? list);
    else if (verdict.kind === "missing") missing.push(path);
    else refused.push({ path, rule: verdict.rule, because: verdict.because });
  }
  const named = context.size + missing.length + refused.length - known.length;
  return {
    context: [...context.keys()],
    sharedBy: Object.fromEntries(context),
    contextLoaded: contextLoaded(context.size, named),
    neverShare: state.plan.neverShare,
    refused,
    missing,
  };
}

/** A file as the plan writes it, and the list that it stands in. */
type Listed = readonly [path: string, list: string];

/** Lists that are for everyone: "Core Understanding", "Core", or a list without a heading. */
function coreContext(plan: Plan): readonly Listed[] {
  return Object.entries(plan.context)
    .filter(([heading]) => heading.trim() === "" || /\b(core|everyone|all terminals|shared)\b/i.test(heading))
    .flatMap(([heading, files]) => files.map(({ path }): Listed => [path, heading.trim() || "for everyone"]));
}

function streamContext(stream: PlanStream | null): readonly Listed[] {
  if (stream === null) return [];
  const own = stream.context.map(({ path }): Listed => [path, `the list of stream ${stream.id}`]);
  return [...own, ...stream.bundle.filter(isPath).map((path): Listed => [path, `the bundle of stream ${stream.id}`])];
}

/** An overflow task has no bundle: its pack is put together from the lists that name its group, such as "Database". */
function groupContext(plan: Plan, tasks: readonly AssignedTask[]): readonly Listed[] {
  const lists = Object.entries(plan.context);
  if (lists.length === 0) return [];
  const planned = planIndex(plan).tasks;
  const groups = new Set(tasks.map((task) => planned.get(task.number)?.group ?? ""));
  const words = new Set([...groups].flatMap(wordsOf));
  return lists
    .filter(([heading]) => wordsOf(heading).some((word) => words.has(word)))
    .flatMap(([heading, files]) => files.map(({ path }): Listed => [path, heading.trim()]));
}

const SHORT_FOR: Readonly<Record<string, string>> = { db: "database", docs: "documentation" };

/** Words that can tell one list from another: long ones, and the usual short forms. */
function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.flatMap((word) => SHORT_FOR[word] ?? (word.length >= 4 && !EVERYWHERE.has(word) ? word : []));
}

/** Words of every such heading: "Files to share for DB context". */
const EVERYWHERE = new Set(["file", "files", "share", "context", "with", "from", "work", "tasks", "task"]);

/** Bundles may hold prose such as "relevant integration points", which is no path. */
function isPath(text: string): boolean {
  return isAbsolute(text) || /^[^\s]+$/.test(text);
}

/** One per plan: its verdicts on folders are worth keeping. A plan object lives as long as its marathon. */
const shares = new WeakMap<Plan, Share>();

function shareOf(state: State, secrets?: AssignmentExtras["secrets"]): Share {
  const known = shares.get(state.plan);
  if (known) return known;
  const share = new Share(state.project, sharingRules(state.plan), diskFiles, secrets);
  shares.set(state.plan, share);
  return share;
}
