/** `marathon mcp`: the reports of `marathon report` as tools of an MCP server on stdin and stdout, for agents of any vendor. */
import { readFileSync } from "node:fs";
import { REPORT_VERBS, checkedReport, reportSchema, type VerbName } from "../protocol/report-verbs.ts";
import { VERSION } from "../version.ts";
import { EXIT } from "./exit.ts";
import { serveMcp, UnknownToolError, type McpAnswer, type McpTool } from "./mcp-server.ts";
import { handIn, reporterOf, type Reported, type Reporter } from "./reporter.ts";

/**
 * How long a tool waits for a person's answer, s: clients give a tool call up after a while (Codex after 60 s, if nothing else is
 * set), and an answer that comes later is delivered as a message.
 */
const PATIENCE_S = 50;

const INSTRUCTIONS =
  "You work in a terminal of a marathon, a plan that several agents work on at once. A person watches one board for all of them: what is not reported is not seen. " +
  "Report each task when you begin it (doing), when it is done and checked (done), and as soon as you cannot go on (blocked, with the error word for word). " +
  "Ask when a decision is a person's. `assignment` tells your tasks, context and rules; read it again when you are told that it has changed.";

const ASSIGNMENT: McpTool = {
  name: "assignment",
  description:
    "read your assignment as it is now: your tasks and the current one, the plan, the context to read, your role, and how to report",
  inputSchema: { type: "object", properties: {}, additionalProperties: false },
  readOnly: true,
};

export async function mcp(options: { readonly project?: string; readonly terminal?: number }): Promise<number> {
  const reporter = reporterOf(options, process.env);
  await serveMcp({
    name: "marathon",
    version: VERSION,
    instructions: INSTRUCTIONS,
    tools: [ASSIGNMENT, ...(Object.keys(REPORT_VERBS) as VerbName[]).map(toolOf)],
    call: (tool, input, signal) => called(reporter, tool, input, signal),
    complain: (text) => void process.stderr.write(`marathon mcp: ${text}\n`),
  });
  return EXIT.ok;
}

function toolOf(name: VerbName): McpTool {
  return { name, description: REPORT_VERBS[name].about, inputSchema: reportSchema(name), readOnly: false };
}

async function called(reporter: Reporter, tool: string, input: unknown, signal: AbortSignal): Promise<McpAnswer> {
  if (tool === ASSIGNMENT.name) return assignment();
  if (!Object.hasOwn(REPORT_VERBS, tool)) {
    const known = [ASSIGNMENT.name, ...Object.keys(REPORT_VERBS)].join(", ");
    throw new UnknownToolError(`there is no tool "${tool.slice(0, 40)}": there are ${known}`);
  }
  const checked = checkedReport(tool, input);
  if (!checked.ok) return { text: checked.reason, failed: true };
  const { verb, ...report } = checked.report;
  const waits = checked.report.verb === "ask" && checked.report.wait === true;
  try {
    return told(await handIn(reporter, verb, report, waits ? { ms: PATIENCE_S * 1000, signal } : null), waits);
  } catch (error) {
    return { text: (error as Error).message, failed: true };
  }
}

function told({ answer, question }: Reported, waits: boolean): McpAnswer {
  const structured = { ...answer, ...(question ? { state: question.state, answer: question.answer, by: question.by } : {}) };
  if (question?.state === "answered") return { text: question.answer ?? "", structured, failed: false };
  const ends = question ? [`not answered: ${question.by}`] : waits ? ["not answered yet: the answer will come as a message"] : [];
  return { text: [answer.said, ...answer.notes.map((note) => `note: ${note}`), ...ends].join("\n"), structured, failed: question !== null };
}

function assignment(): McpAnswer {
  const file = process.env["MARATHON_ASSIGNMENT"];
  if (file === undefined) return { text: "this is no terminal of a marathon: MARATHON_ASSIGNMENT is not set", failed: true };
  try {
    return { text: readFileSync(file, "utf8"), failed: false };
  } catch (error) {
    return { text: `cannot read ${file}: ${(error as Error).message}`, failed: true };
  }
}
