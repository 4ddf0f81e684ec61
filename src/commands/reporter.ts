/** Who reports: an agent in a terminal of a marathon says so by its environment. */
import { EXIT, UsageError } from "./exit.ts";
import { actor } from "./actor.ts";
import { withEngine } from "./project.ts";
import { RequestError } from "../protocol/client.ts";
import type { QuestionState, ReportAnswer } from "../protocol/report-requests.ts";
import type { VerbName } from "../protocol/report-verbs.ts";

export interface Reporter {
  readonly project: string;
  readonly terminal: number | null;
  readonly marathon: string | null;
  readonly by: string;
}

/** `given`: what the command line says; the rest comes from MARATHON_TERMINAL, MARATHON_PROJECT and MARATHON_ID. */
export function reporterOf(given: { readonly project?: string; readonly terminal?: number }, env: NodeJS.ProcessEnv): Reporter {
  const own = /^(?:[1-9]|10)$/u.test(env["MARATHON_TERMINAL"] ?? "") ? Number(env["MARATHON_TERMINAL"]) : null;
  const terminal = given.terminal ?? own;
  return {
    project: given.project ?? env["MARATHON_PROJECT"] ?? process.cwd(),
    terminal,
    // Whoever names another project speaks of whatever runs there.
    marathon: given.project === undefined ? (env["MARATHON_ID"] ?? null) : null,
    by: given.terminal === undefined ? actor() : `terminal ${given.terminal}`,
  };
}

export interface Reported {
  readonly answer: ReportAnswer;
  /** For a question that was waited for: how it ended; null when it is still open. */
  readonly question: QuestionState | null;
}

/**
 * Hands the report to the engine, and waits for the answer to a question up to `waitMs`, or until `signal`; null does not wait.
 * Throws UsageError: exit 2 for what is no report, 1 for one that is refused or that no engine takes.
 */
export async function handIn(
  { project, terminal, marathon, by }: Reporter,
  verb: VerbName,
  report: Readonly<Record<string, unknown>>,
  waiting: { readonly ms: number; readonly signal?: AbortSignal } | null,
): Promise<Reported> {
  try {
    return await withEngine(project, async (client) => {
      const answer = (await client.request({ name: "report", verb, report, terminal, marathon, by })) as ReportAnswer;
      if (waiting === null || answer.question === undefined) return { answer, question: null };
      const question = (await within(
        waiting,
        client.request({ name: "report-answer", question: answer.question }),
      )) as QuestionState | null;
      return { answer, question };
    });
  } catch (error) {
    if (!(error instanceof RequestError)) throw unreachable(error as NodeJS.ErrnoException);
    throw new UsageError(error.message, error.code === "invalid" ? EXIT.usage : EXIT.failed);
  }
}

/** A sandbox around an agent's commands may forbid them to speak to anybody. */
function unreachable(error: NodeJS.ErrnoException): Error {
  if (error.code !== "EPERM" && error.code !== "EACCES") return error;
  return new UsageError(
    `the engine cannot be spoken to from here (${error.code}), as in a sandbox: use the tools of the MCP server "marathon", or write it into your report file in $MARATHON_SCRATCHPAD`,
    EXIT.failed,
  );
}

function within<T>({ ms, signal }: { readonly ms: number; readonly signal?: AbortSignal }, promise: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  // Longer than a timer can be set: as long as it takes.
  const timer = ms > 0x7fffffff ? null : setTimeout(() => resolve(null), ms);
  if (signal?.aborted) resolve(null);
  signal?.addEventListener("abort", () => resolve(null), { once: true });
  return Promise.race([promise, late]).finally(() => {
    if (timer) clearTimeout(timer);
  });
}
