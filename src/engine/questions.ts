/** Questions that agents ask in so many words, from the report to the answer. */
import { cleanMessage } from "../marathon/message-text.ts";
import { MOST_QUESTIONS, openQuestions } from "../marathon/questions.ts";
import type { AgentQuestion } from "../marathon/report-facts.ts";
import type { Event } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import type { Request, TerminalQuestion } from "../protocol/messages.ts";
import type { QuestionState, ReportAnswer } from "../protocol/report-requests.ts";
import type { Answered } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { RefusedError, type RequestClient } from "./server.ts";
import type { TerminalHost } from "./terminal-host.ts";

/** What stands for the fingerprint of a screen: the question is not on one. */
const MARK = "report:";
/** As much of the question as is quoted with its answer. */
const QUOTED = 200;

/** Puts the question on the board. One that is open already, word for word, stays that one: whoever gave up waiting may ask again. */
export function askPerson(engine: Engine, terminal: number, text: string, options: readonly string[]): ReportAnswer {
  const open = openQuestions(engine.state, terminal);
  const same = open.find((one) => one.text === text && one.options.join("\n") === options.join("\n"));
  if (same) return { said: `${same.id} is on the board already`, changed: false, notes: [], question: same.id };
  if (open.length >= MOST_QUESTIONS)
    throw new RefusedError(`${open.length} questions of terminal ${terminal} are open already: wait for their answers first`);
  const host = engine.hosts.get(terminal);
  if (!host || host.pid === null) throw new RefusedError(`no program runs in terminal ${terminal}: nobody there can ask`, "not-running");
  engine.submit({ type: "question-asked", terminal, text, options });
  const asked = openQuestions(engine.state, terminal).at(-1);
  if (!asked) return nobodyThere(engine, text);
  return { said: `${asked.id} is on the board: ${oneLine(text, QUOTED)}`, changed: true, notes: [], question: asked.id };
}

/** A run that nobody watches has answered it at once. */
function nobodyThere({ state }: Engine, text: string): ReportAnswer {
  const question = Object.values(state.questions ?? {}).findLast((one) => one.text === text);
  if (question?.answer) return { said: `answered: ${question.answer}`, changed: true, notes: [], question: question.id };
  throw new RefusedError(`nobody is there to answer (${question?.by ?? "the terminal has ended"}): go on with other work`, "nobody");
}

/** The question that a terminal's agent has asked, unless its screen shows another one. */
export function reportedQuestion(engine: Engine, host: TerminalHost): TerminalQuestion | null {
  const question = openQuestions(engine.state, host.terminal)[0];
  if (!question || host.seen?.source !== "report") return null;
  return {
    terminal: host.terminal,
    fingerprint: `${MARK}${question.id}`,
    kind: "question",
    source: "report",
    evidence: question.text,
    lines: question.text.split("\n"),
    options: question.options.map((label, index) => ({ key: String(index + 1), label, selected: false })),
  };
}

export function isReported(fingerprint: string): boolean {
  return fingerprint.startsWith(MARK);
}

/** A person's answer. It reaches whoever waits for it; else it is delivered as a message. */
export async function answerReported(
  engine: Engine,
  host: TerminalHost,
  { fingerprint, answer }: Extract<Request, { name: "answer" }>,
): Promise<Answered> {
  const question = engine.state.questions?.[fingerprint.slice(MARK.length)];
  if (question?.state !== "open" || question.terminal !== host.terminal)
    throw new RefusedError(`terminal ${host.terminal} does not ask that any more: nothing was sent`, "not-asking");
  const words = answerWords(question, answer);
  settle(engine, question, words, "a person");
  return { answer: words, taken: true };
}

function answerWords({ options }: AgentQuestion, answer: Extract<Request, { name: "answer" }>["answer"]): string {
  if ("option" in answer) {
    const option = options[answer.option];
    if (option === undefined) throw new RefusedError(`there is no answer ${answer.option + 1}: it offers ${options.length}`, "changed");
    return option;
  }
  const cleaned = cleanMessage(answer.text);
  if (!cleaned.ok) throw new RefusedError(cleaned.reason, "bad-message");
  return cleaned.text;
}

/** Ends a question with its answer: whoever waits for it gets it, else it is delivered as a message. */
export function settle(engine: Engine, question: AgentQuestion, answer: string, by: string): void {
  const waits = [...(waiting.get(engine)?.get(question.id) ?? [])].some(({ client }) => client.there());
  engine.submit({ type: "question-answered", question: question.id, answer, by });
  if (waits) return;
  const text = `Answer to your question “${oneLine(question.text, QUOTED)}”: ${answer}`;
  try {
    engine.delivery.deliver(question.terminal, text, "message", { by });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    engine.submit({ type: "noticed", severity: "warning", text: `the answer to ${question.id} reached nobody: ${error.message}` });
  }
}

interface Waiter {
  readonly client: RequestClient;
  resolve(state: QuestionState): void;
}

/** Who waits for the answer to which question. */
const waiting = new WeakMap<Engine, Map<string, Set<Waiter>>>();

/** Resolves once the question is answered or withdrawn. */
export function awaitAnswer(engine: Engine, id: string, client: RequestClient): Promise<QuestionState> {
  const question = engine.state.questions?.[id];
  if (!question) throw new RefusedError(`there is no question ${oneLine(id, 20)}; only the latest answered ones are remembered`);
  const settled = settledState(question);
  if (settled) return Promise.resolve(settled);
  const questions = waiting.get(engine) ?? new Map<string, Set<Waiter>>();
  waiting.set(engine, questions);
  const waiters = questions.get(id) ?? new Set();
  questions.set(id, waiters);
  return new Promise((resolve) => waiters.add({ client, resolve }));
}

/** Shows in the terminal's state what its agent asks: the oldest of its open questions. */
export function showQuestion(engine: Engine, terminal: number): void {
  engine.hosts.get(terminal)?.asks(openQuestions(engine.state, terminal)[0]?.text ?? null);
}

/** To be called after each event: shows what is asked now, and tells those who wait. */
export function sawQuestions(engine: Engine, event: Event): void {
  if (event.type.startsWith("question-")) {
    const id = event.type === "question-asked" ? `q${event.seq}` : "question" in event ? event.question : "";
    const terminal = engine.state.questions?.[id]?.terminal;
    if (terminal !== undefined) showQuestion(engine, terminal);
  }
  const questions = waiting.get(engine);
  for (const [id, waiters] of questions ?? []) {
    const question = engine.state.questions?.[id];
    const state = question ? settledState(question) : null;
    if (!state) continue;
    for (const waiter of waiters) waiter.resolve(state);
    questions?.delete(id);
  }
}

function settledState({ id, state, answer, by }: AgentQuestion): QuestionState | null {
  return state === "open" ? null : { question: id, state, answer, by: by ?? "" };
}

/** Nobody is there to answer: the plan's answer, or the task is blocked and the agent is told so. */
export function answerUnattended(engine: Engine, terminal: number, answer: string | null): void {
  for (const question of openQuestions(engine.state, terminal)) {
    if (answer === null)
      engine.submit({ type: "question-withdrawn", question: question.id, why: "nobody is there to answer, and the plan has no answer" });
    else engine.submit({ type: "question-answered", question: question.id, answer, by: "the plan" });
  }
}
