/** `marathon report …`: how an agent in a pane says what it has done, found, measured, and what it needs. */
import { readFileSync, statSync } from "node:fs";
import type { VerbName } from "../protocol/report-verbs.ts";
import { EXIT, UsageError } from "./exit.ts";
import { handIn, reporterOf, type Reported } from "./reporter.ts";
import { print, printJson } from "./print.ts";

export interface ReportOptions {
  readonly project?: string;
  readonly terminal?: number;
  readonly json?: boolean;
  /** Seconds to wait for the answer to a question. */
  readonly timeout?: number;
}

/** A handoff is a page or two, bytes. */
const MOST_FILE = 1024 * 1024;

/** `input`: the fields of the verb by name, as src/protocol/report-verbs.ts has them; a handoff's `text` is its file. */
export async function report(verb: VerbName, input: Readonly<Record<string, unknown>>, options: ReportOptions): Promise<number> {
  const given = verb === "handoff" ? { ...input, text: await fileText(String(input["text"])) } : input;
  const waits = verb === "ask" && input["wait"] === true;
  const patience = options.timeout === undefined ? Number.POSITIVE_INFINITY : options.timeout * 1000;
  const reported = await handIn(reporterOf(options, process.env), verb, given, waits ? { ms: patience } : null);
  if (options.json) printJson(reportJson(verb, reported));
  else print(reportText(reported, waits));
  return waits ? codeOf(reported) : EXIT.ok;
}

function reportJson(verb: VerbName, { answer, question }: Reported): Record<string, unknown> {
  return { schema: 1, report: verb, ...answer, ...(question ? { state: question.state, answer: question.answer, by: question.by } : {}) };
}

function reportText({ answer, question }: Reported, waits: boolean): string {
  if (question?.state === "answered") return `${question.answer}\n`;
  const ends = question ? [`not answered: ${question.by}`] : waits ? ["not answered yet: the answer will come as a message"] : [];
  return [answer.said, ...answer.notes.map((note) => `note: ${note}`), ...ends].map((line) => `${line}\n`).join("");
}

function codeOf({ question }: Reported): number {
  if (question === null) return EXIT.timeout;
  return question.state === "answered" ? EXIT.ok : EXIT.failed;
}

async function fileText(file: string): Promise<string> {
  if (file === "-") {
    let text = "";
    for await (const chunk of process.stdin.setEncoding("utf8")) {
      text += String(chunk);
      if (text.length > MOST_FILE) throw new UsageError("stdin holds more than a handoff: 1 MB is the most");
    }
    return text;
  }
  try {
    const { size } = statSync(file);
    if (size > MOST_FILE) throw new UsageError(`${file} has ${size} bytes: too large for a handoff`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}
