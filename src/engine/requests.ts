/** What commands and dashboards may ask of the engine; each answer is plain JSON. */
import { whyJson } from "../marathon/status.ts";
import type { Request } from "../protocol/messages.ts";
import { liveLines } from "../screen/held-lines.ts";
import type { NumberedLines } from "../screen/line-numbers.ts";
import { answerQuestion, questionIn } from "./answers.ts";
import { act, block, documented, issued } from "./blocker-desk.ts";
import type { Engine } from "./engine.ts";
import { dropMessage, knownMessage, sendAgain, sendMessages, settledMessage } from "./message-requests.ts";
import { startAgain } from "./start-again.ts";
import { isPlanRequest, planRequest } from "./plan-desk.ts";
import { move, search, text } from "./reading.ts";
import { checkRepository } from "./repository-desk.ts";
import { isReportRequest, reportRequest } from "./report-desk.ts";
import { RefusedError, type RequestClient } from "./server.ts";
import type { TerminalHost } from "./terminal-host.ts";

/** How long after its text the Enter of `send` is typed: programs that read a paste as one block need the gap, real ms. */
const ENTER_GAP_MS = 60;

/** What is answered to the last: it journals nothing, or asks for the end that has begun. */
const ANSWERED_TO_THE_LAST: ReadonlySet<Request["name"]> = new Set([
  "status",
  "screen",
  "events",
  "flush-logs",
  "message-state",
  "why",
  "question",
  "search",
  "text",
  "move",
  "stop",
]);

/** Throws RefusedError with a reason that a person can act on. */
export async function handleRequest(engine: Engine, request: Request, client: RequestClient): Promise<unknown> {
  const answer = await answerTo(engine, request, client);
  // What it had to say came too late to be journaled: nobody must think that it was.
  if (engine.kernel.isClosed && !ANSWERED_TO_THE_LAST.has(request.name)) throw new RefusedError("the engine is ending: ask the next one");
  return answer;
}

async function answerTo(engine: Engine, request: Request, client: RequestClient): Promise<unknown> {
  if (isPlanRequest(request)) return planRequest(engine, request);
  if (isReportRequest(request)) return reportRequest(engine, request, client);
  if (isPaper(request)) return paper(engine, request);
  switch (request.name) {
    case "status":
      return engine.status();
    case "screen":
      return screenOf(hostOf(engine, request.terminal), request.ansi);
    case "send":
      return send(engine, request);
    case "restart":
      return restart(engine, request.terminal, request.fresh ?? false);
    case "stop":
      return stop(engine, request);
    case "end-orphans":
      return endOrphans(engine);
    case "events":
      if (request.follow) client.follow();
      return { seq: engine.state.seq };
    case "flush-logs":
      await engine.ports.logs.flush();
      return null;
    case "block":
      return block(engine, request);
    case "blocker":
      return act(engine, request);
    case "document-blocker":
      return documented(engine, request);
    case "blocker-issue":
      return issued(engine, request);
    case "record":
      engine.submit(request.fact);
      return { seq: engine.state.seq };
    case "message":
      return sendMessages(engine, request);
    case "message-state":
      return knownMessage(engine, request.message);
    case "message-settled":
      return settledMessage(engine, request.message);
    case "message-drop":
      return dropMessage(engine, request.message, request.by);
    case "why":
      return why(engine, hostOf(engine, request.terminal));
    case "question":
      return questionIn(engine, hostOf(engine, request.terminal));
    case "answer":
      return answerQuestion(engine, hostOf(engine, request.terminal), request);
    case "message-again":
      return sendAgain(engine, request.message, request.by);
    case "search":
      return search(request, (terminal) => linesOf(engine, terminal, client));
    case "text":
      return text(request, linesOf(engine, request.terminal, client));
    case "move":
      return move(request, linesOf(engine, request.terminal, client));
  }
}

function screenOf({ screen }: TerminalHost, ansi: boolean): string {
  return ansi ? screen.ansi() : screen.text().join("\n").trimEnd();
}

function why({ state, ports, loaded }: Engine, { terminal, signals }: TerminalHost): unknown {
  return whyJson(state, terminal, signals, ports.clock.now().at, loaded.get(terminal));
}

type PaperRequest = Extract<Request, { readonly name: "write-review" | "check-repository" }>;

function isPaper(request: Request): request is PaperRequest {
  return request.name === "write-review" || request.name === "check-repository";
}

/** What looks through the project's files first. */
async function paper(engine: Engine, request: PaperRequest): Promise<unknown> {
  if (request.name === "check-repository") return checkRepository(engine, request.by);
  return (await import("./review-desk.ts")).draftReview(engine);
}

/** What this client sees of a terminal: as it is, or as it was when it was held. */
function linesOf(engine: Engine, terminal: number, client: RequestClient): NumberedLines {
  return client.held(terminal) ?? liveLines(hostOf(engine, terminal).screen);
}

function hostOf(engine: Engine, terminal: number): TerminalHost {
  const host = engine.hosts.get(terminal);
  if (host) return host;
  const known = [...engine.hosts.keys()].join(", ");
  throw new RefusedError(`there is no terminal ${terminal}; this marathon has ${known}`, "unknown-terminal");
}

async function send(engine: Engine, request: Extract<Request, { name: "send" }>): Promise<unknown> {
  const host = hostOf(engine, request.terminal);
  const { modes } = host;
  const text =
    modes.bracketedPaste && request.text.includes("\n") ? `\x1b[200~${request.text}\x1b[201~` : request.text.replaceAll("\n", "\r");
  if (!host.write(new TextEncoder().encode(text))) {
    throw new RefusedError(`no program runs in terminal ${request.terminal}: nothing can be typed into it`, "not-running");
  }
  if (request.enter) {
    await new Promise((resolve) => setTimeout(resolve, ENTER_GAP_MS));
    host.write(new TextEncoder().encode("\r"));
  }
  engine.submit({ type: "person-acted", what: "sent keys", terminal: request.terminal });
  return { sent: request.text.length };
}

function restart(engine: Engine, terminal: number, fresh: boolean): unknown {
  const host = hostOf(engine, terminal);
  if (host.pid !== null)
    throw new RefusedError(`terminal ${terminal} runs (pid ${host.pid}); stop it first: marathon stop --terminal ${terminal}`);
  return { terminal, triedAgain: startAgain(engine, terminal, "a person", fresh) };
}

async function stop(engine: Engine, request: Extract<Request, { name: "stop" }>): Promise<unknown> {
  if (request.terminal === null) {
    // The answer must be on its way before the socket goes.
    setTimeout(() => void engine.stop(request.by ?? "a person", request.now), 10);
    return { stopping: true, pid: process.pid };
  }
  const host = hostOf(engine, request.terminal);
  engine.submit({ type: "terminal-retired", terminal: request.terminal, reason: "stopped by a person" });
  await host.stop(request.now);
  return { terminal: request.terminal };
}

async function endOrphans(engine: Engine): Promise<unknown> {
  const orphans = engine.ports.orphans();
  await Promise.all(orphans.map((orphan) => engine.ports.endOrphan(orphan)));
  engine.submit({ type: "noticed", severity: "info", text: `ended ${orphans.length} processes of the engine before` });
  return { ended: orphans.length };
}
