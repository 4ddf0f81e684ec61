/**
 * What the stub model does. It behaves like an agent that keeps to its assignment: told to read one it reads it, finds its
 * current task, and does what `[[do:NAME]]` in the task's title says. `[[do:NAME]]` in the message itself does it at once.
 * The step is the number of tool results since that message, so nothing has to be remembered and any number of agents may
 * talk to one server.
 */
import type { Conversation, Reply, Turn } from "./conversation.ts";
import { callFor, filled, type Act } from "./tools.ts";

/** What a step does: one act, or the last words, or a refusal. */
type Step =
  | { readonly acts: readonly Act[]; readonly wordMs?: number; readonly text?: string }
  | { readonly say: string; readonly wordMs?: number }
  | { readonly refuse: number; readonly message: string; readonly retryAfter?: number };

/** As far as it can be read out of the assignment. */
interface Work {
  readonly task: number | null;
  readonly title: string;
  readonly reportFile: string | null;
  readonly project: string | null;
  /** It is its first one, so there is no report yet. */
  readonly first: boolean;
}

const DIRECTIVE = /\[\[do:([a-z-]+)\]\]/u;
const READ = /\bRead (\/\S+?\.json)/u;
/** Words of a paced answer, and their pace: together some seconds, so that a test can look at what happens meanwhile. */
const LONG = Array.from({ length: 60 }, (_, index) => `word${index + 1}`).join(" ");
const PACE_MS = 100;

/** Throws for a scenario that does not exist, and for an act that the client has no tool for. */
export function answerTo(conversation: Conversation): Reply {
  const { turns, tools, answerSchema } = conversation;
  if (answerSchema) return say(JSON.stringify(filled(answerSchema, {})));
  // Clients also have titles written and the like, without tools: that is no work.
  if (tools.length === 0) return say("A short title");
  const at = turns.findLastIndex(({ by, text }) => by === "user" && (DIRECTIVE.test(text) || READ.test(text)));
  const message = turns[at];
  if (!message) return say("I have nothing to do.");
  const results = turns.slice(at + 1).filter(({ by }) => by === "tool");
  const file = READ.exec(message.text)?.[1];
  const step = file === undefined ? direct(message, results) : assigned(file, results);
  return replyOf(step, conversation);
}

function direct(message: Turn, results: readonly Turn[]): Step {
  const name = DIRECTIVE.exec(message.text)?.[1] ?? "";
  return stepOf(name, { task: null, title: "", reportFile: null, project: null, first: true }, results.length);
}

function assigned(file: string, results: readonly Turn[]): Step {
  const [assignment, ...later] = results;
  if (!assignment) return { text: "I read my assignment.", acts: [{ act: "read", path: file }] };
  const work = workIn(assignment.text);
  if (work.task === null) return { say: "I have no task now and wait." };
  return stepOf(DIRECTIVE.exec(work.title)?.[1] ?? "scratch", work, later.length);
}

/** Clients number the lines of a file, wrap it in a header, or cut it: what is looked for is found in all of them. */
function workIn(text: string): Work {
  const plain = text.replaceAll(/^\s*\d+[→\t:|] ?/gmu, "");
  const task = Number(/"current":\s*(\d+)/u.exec(plain)?.[1] ?? Number.NaN);
  const title = new RegExp(String.raw`"number":\s*${task},\s*"title":\s*"((?:[^"\\]|\\.)*)"`, "u").exec(plain)?.[1] ?? "";
  const value = (name: string) => new RegExp(String.raw`"${name}":\s*"([^"]*)"`, "u").exec(plain)?.[1] ?? null;
  const first = !/"state":\s*"done"/u.test(plain);
  return { task: Number.isNaN(task) ? null : task, title, reportFile: value("reportFile"), project: value("project"), first };
}

function stepOf(name: string, work: Work, step: number): Step {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`there is no scenario ${name}; there are ${Object.keys(SCENARIOS).join(", ")}`);
  return scenario(work, step);
}

/** Looks at the report before it writes it, as clients want it, and says so at the end. */
function tick({ task, reportFile, first }: Work, step: number): Step {
  const path = reportFile ?? "report.md";
  if (step === 0 && reportFile !== null) return { acts: [{ act: "read", path }] };
  if (step === (reportFile === null ? 0 : 1))
    return { acts: [{ act: "write", path, text: `- [x] ${task ?? 1} done by the stub model`, again: !first }] };
  return { say: `Task ${task ?? 1} is done and reported.` };
}

/** These acts, one a step, and then the report. */
function after(...acts: readonly Act[]): (work: Work, step: number) => Step {
  return (work, step) => {
    const act = acts[step];
    return act ? { acts: [act] } : tick(work, step - acts.length);
  };
}

const PROPOSAL: Act = { act: "propose", plan: "1. Look at it\n2. Change it" };

const SCENARIOS: Readonly<Record<string, (work: Work, step: number) => Step>> = {
  scratch: tick,
  permit: (work, step) => after({ act: "run", command: `touch approved-${work.task ?? 0}.txt`, outside: true })(work, step),
  question: after({ act: "ask", question: "Which database should I use?", options: ["sqlite", "postgres"] }),
  sub: after({ act: "delegate", title: "count files", prompt: "[[do:count]] Count the files of this project." }),
  count: (_work, step) => (step === 0 ? { acts: [{ act: "run", command: "ls" }] } : { say: `There are three. ${LONG}`, wordMs: PACE_MS }),
  background: after({ act: "background", command: "sleep 20" }),
  // Twice, for the first may only have found the tool.
  propose: after(PROPOSAL, PROPOSAL),
  // Twice, for the first may only have found the tool; a task that is done already stays so.
  mcp: ({ task }, step) => (step < 2 ? { acts: [{ act: "report", task: task ?? 1, state: "done" }] } : { say: "Reported." }),
  slow: (work, step) =>
    step === 0 && work.reportFile !== null ? ({ ...tick(work, 0), text: LONG, wordMs: PACE_MS } as Step) : tick(work, step),
  long: () => ({ say: LONG, wordMs: PACE_MS }),
  flood: after({ act: "run", command: "seq 1 200000" }),
  limit: () => ({ refuse: 429, message: "This request would exceed your account's rate limit. Please try again later.", retryAfter: 120 }),
  auth: () => ({ refuse: 401, message: "invalid credentials" }),
  over: () => ({ refuse: 529, message: "Overloaded" }),
};

function replyOf(step: Step, { tools }: Conversation): Reply {
  if ("refuse" in step) {
    return { kind: "refuse", status: step.refuse, message: step.message, retryAfter: step.retryAfter ?? null };
  }
  if ("say" in step) return say(step.say, step.wordMs);
  return { kind: "say", text: step.text ?? "", calls: step.acts.map((act) => callFor(act, tools)), wordMs: step.wordMs ?? 0 };
}

function say(text: string, wordMs = 0): Reply {
  return { kind: "say", text, calls: [], wordMs };
}
