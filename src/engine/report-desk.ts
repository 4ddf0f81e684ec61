/**
 * What agents report by `marathon report` and as MCP tools: judged, and turned into the same facts and files that agents make by
 * hand. A file can only be heeded or not; here whoever reports is told what came of it.
 */
import { roleOf } from "../marathon/delegation.ts";
import { turnTo } from "../marathon/reports.ts";
import { judgeSpawn } from "../marathon/spawns.ts";
import { isUp, terminalNode } from "../marathon/terminals.ts";
import type { Fact, State, Task, Terminal } from "../marathon/types.ts";
import { withoutControls } from "../marathon/message-text.ts";
import { roleOfTerminal } from "../marathon/routing.ts";
import { oneLine } from "../marathon/words.ts";
import type { Request } from "../protocol/messages.ts";
import type { ReportAnswer, ReportRequest } from "../protocol/report-requests.ts";
import { checkedReport, type Report } from "../protocol/report-verbs.ts";
import { block } from "./blocker-desk.ts";
import type { Engine } from "./engine.ts";
import { askPerson, awaitAnswer } from "./questions.ts";
import { securityNotes, securityReport } from "./security-desk.ts";
import { RefusedError, type RequestClient } from "./server.ts";

type Of<V extends Report["verb"]> = Extract<Report, { readonly verb: V }>;
type Reporter = Pick<Extract<ReportRequest, { name: "report" }>, "terminal" | "by">;

/** Titles and findings are sentences; whatever is longer belongs into a file. */
const MOST_WORDS = 2000;

export function isReportRequest(request: Request): request is ReportRequest {
  return request.name === "report" || request.name === "report-answer";
}

/** Throws RefusedError: with the code "invalid" for what is no report at all, else with the reason why it is not heeded. */
export async function reportRequest(engine: Engine, request: ReportRequest, client: RequestClient): Promise<unknown> {
  if (request.name === "report-answer") return awaitAnswer(engine, request.question, client);
  const checked = checkedReport(request.verb, request.report);
  if (!checked.ok) throw new RefusedError(checked.reason, "invalid");
  const { terminal, marathon } = request;
  if (marathon !== null && marathon !== engine.state.id)
    throw new RefusedError(
      `you belong to the marathon ${oneLine(marathon, 60)}, and ${engine.state.id} is running: it is none of your business`,
    );
  if (terminal !== null && !engine.state.terminals[terminal])
    throw new RefusedError(
      `there is no terminal ${terminal}: this marathon has ${Object.keys(engine.state.terminals).join(", ")}`,
      "unknown-terminal",
    );
  return heed(engine, checked.report, request);
}

async function heed(engine: Engine, report: Report, reporter: Reporter): Promise<ReportAnswer> {
  switch (report.verb) {
    case "task":
      return taskReport(engine, report, reporter);
    case "ask":
      return askPerson(
        engine,
        ofTerminal(reporter, "ask"),
        clean(report.text),
        (report.option ?? []).map((option) => oneLine(option)),
      );
    case "handoff":
      // With it comes all that understands Markdown.
      return (await import("./handoff-desk.ts")).writeHandoff(engine, report, reporter.terminal);
    case "spawned":
      return spawned(engine, report, ofTerminal(reporter, "spawned"));
    case "finding":
      return finding(engine, report, reporter);
    case "security":
      return securityReport(engine, report, reporter);
    case "metric":
      return metric(engine, report, reporter);
  }
}

function taskReport(engine: Engine, report: Of<"task">, { terminal, by }: Reporter): ReportAnswer {
  const { task: number, state } = report;
  const task = engine.state.tasks[number];
  if (!task) throw new RefusedError(`task ${number} is not in the plan`, "unknown-task");
  if (task.state === "dropped") throw new RefusedError(`task ${number} was dropped from the plan: nothing is to be done about it`);
  if (task.state === "done") return alreadyDone(task, state);
  const notes = [...notesOfOthers(engine, task, report, terminal, by), ...(state === "done" ? securityNotes(engine, number) : [])];
  if (state === "doing") return { ...doing(engine, task, ofTerminal({ terminal, by }, "task … doing"), by), notes };
  if (state === "blocked") {
    const { reason = "", priority = null } = report;
    const { blocker, said } = block(engine, { name: "block", task: number, reason, priority, by });
    return { said, changed: true, notes, blocker };
  }
  submit(engine, { type: "task-done", task: number, terminal, source: `report of ${by}` });
  return { said: `task ${number} is done${next(engine, terminal)}`, changed: true, notes };
}

function alreadyDone({ number, doneBy }: Task, state: Of<"task">["state"]): ReportAnswer {
  if (state === "done") return { said: `task ${number} was done already (${doneBy ?? "reported"})`, changed: false, notes: [] };
  throw new RefusedError(`task ${number} is done (${doneBy ?? "reported"}): if it is not, a person can reopen it; report a finding`);
}

/**
 * What one terminal may say of another's task. Of work that is in another's hands only that agent knows how it stands: taking it out
 * of its hands would have it work on without anybody knowing. Of all other work whoever knows may tell, and it is noted.
 */
function notesOfOthers({ state }: Engine, task: Task, report: Of<"task">, terminal: number | null, by: string): readonly string[] {
  if (terminal === null || task.terminal === null || task.terminal === terminal) return [];
  const owner = task.terminal;
  if (task.state === "running" && state.terminals[owner]?.task === task.number)
    throw new RefusedError(
      `terminal ${owner} works on task ${task.number}, so only it can say that it is ${report.state}: tell it (marathon message ${owner} "…"), or report a finding`,
      "not-yours",
    );
  return [`task ${task.number} belongs to terminal ${owner}: noted as told by ${by}`];
}

function doing(engine: Engine, task: Task, number: number, by: string): Omit<ReportAnswer, "notes"> {
  const terminal = engine.state.terminals[number] as Terminal;
  if (terminal.task === task.number) return { said: `task ${task.number} is in your hands`, changed: false };
  if (!isUp(terminal)) throw new RefusedError(`terminal ${number} is ${terminal.state}: it cannot turn to a task`, "not-running");
  if (terminal.perTask)
    throw new RefusedError(
      `terminal ${number} runs one command per task, so it cannot turn to another: ${task.number} comes when it is its turn`,
    );
  const turned = turnTo(terminal, task, by);
  if ("outOfTurn" in turned) throw new RefusedError(`task ${task.number} is not your turn: ${turned.outOfTurn}`, "out-of-turn");
  submit(engine, ...turned.facts);
  return { said: `task ${task.number} is begun`, changed: true };
}

/** What the reporter has in hand now. */
function next({ state }: Engine, terminal: number | null): string {
  const own = terminal === null ? undefined : state.terminals[terminal];
  if (!own || own.perTask) return "";
  if (own.task === null) return "; there is nothing for you at this moment";
  const title = state.plan.tasks.find((one) => one.number === own.task)?.title ?? "";
  return `; your next task is ${own.task}: ${oneLine(title, 120)} (read your assignment again)`;
}

function spawned(engine: Engine, { role: name, title, intent, parent, ended = false }: Of<"spawned">, terminal: number): ReportAnswer {
  const agent = oneLine(name, 60);
  const boss = parent === undefined ? undefined : oneLine(parent, 60);
  const own = engine.state.terminals[terminal] as Terminal;
  if (!isUp(own)) throw new RefusedError(`terminal ${terminal} is ${own.state}: nothing can be spawned there`, "not-running");
  const known = nodeOf(engine.state, terminal, agent);
  if (ended && !known) throw new RefusedError(`${agent} is not at work in terminal ${terminal}`, "unknown-agent");
  if (boss !== undefined && !nodeOf(engine.state, terminal, boss))
    throw new RefusedError(`${boss} is not at work in terminal ${terminal}: report its own spawn first`, "unknown-agent");
  const fact = { type: "agent-reported", terminal, agent, message: null } as const;
  if (ended) {
    submit(engine, { ...fact, state: "gone", title: null });
    return { said: `${agent} has ended`, changed: true, notes: [] };
  }
  const by = boss ?? roleOfTerminal(engine.state, own);
  const { verdict, why } = judgeSpawn(engine.state.hierarchy, by, roleOf(agent, engine.state.hierarchy));
  submit(engine, {
    ...fact,
    state: "busy",
    title: title === undefined ? null : oneLine(title, 192),
    ...(intent === undefined ? {} : { intent: oneLine(intent, 400) }),
    ...(boss === undefined ? {} : { parent: boss }),
  });
  const notes = verdict === "violation" ? [`against the hierarchy: ${why}`] : verdict === "unknown" ? [why] : [];
  return { said: known ? `${agent} goes on` : `${agent} is in the hierarchy`, changed: true, notes, verdict };
}

function nodeOf({ agents }: State, terminal: number, agent: string): boolean {
  const node = agents[`${terminalNode(terminal)}/${agent}`];
  return node !== undefined && !node.ended;
}

function finding(engine: Engine, { text, severity = "info" }: Of<"finding">, { terminal, by }: Reporter): ReportAnswer {
  const words = oneLine(text, MOST_WORDS);
  submit(engine, { type: "finding-reported", terminal, task: taskOf(engine, terminal), text: words, severity, by });
  return { said: `noted (${severity}): ${oneLine(words, 120)}`, changed: true, notes: [] };
}

function metric(engine: Engine, { name, value, unit }: Of<"metric">, { terminal, by }: Reporter): ReportAnswer {
  const fact = { name: oneLine(name, 60), value, unit: unit === undefined ? null : oneLine(unit, 20) };
  const before = engine.state.metrics?.find((one) => one.name === fact.name && one.terminal === terminal);
  submit(engine, { type: "metric-reported", terminal, task: taskOf(engine, terminal), ...fact, by });
  const was = before ? ` (${before.value} before)` : "";
  return { said: `noted: ${fact.name} ${value}${fact.unit === null ? "" : ` ${fact.unit}`}${was}`, changed: true, notes: [] };
}

function taskOf({ state }: Engine, terminal: number | null): number | null {
  return terminal === null ? null : (state.terminals[terminal]?.task ?? null);
}

function ofTerminal({ terminal }: Reporter, what: string): number {
  if (terminal !== null) return terminal;
  throw new RefusedError(`${what} is for agents: say of which terminal, by --terminal or MARATHON_TERMINAL`, "invalid");
}

/** Several lines, without anything that is no character. */
function clean(text: string): string {
  const { text: words } = withoutControls(text.toWellFormed());
  if (words.trim() === "") throw new RefusedError("the text has no visible characters", "invalid");
  return words.trim();
}

function submit(engine: Engine, ...facts: readonly Fact[]): void {
  engine.submit(...facts);
}
