/** `marathon why N`: what decided the state that is shown of a terminal, and what else was seen. */
import { age, timeOfDay } from "../dashboard/format.ts";
import { meterLines } from "../dashboard/views/meter-lines.ts";
import { CONTEXT_UNKNOWN, contextWords } from "../marathon/context-loaded.ts";
import { assignmentFile } from "../engine/paths.ts";
import { whyJson, type WhyJson } from "../marathon/status.ts";
import { workLines } from "../marathon/work-in-hand.ts";
import { EXIT, UsageError } from "./exit.ts";
import { connectIfRunning, journaled, locate } from "./project.ts";
import { keptAssignment } from "./kept-assignment.ts";
import { print, printJson } from "./print.ts";

/** Asks the engine, which has seen more than it journaled; without one, the journal says what decided. */
export async function why(terminal: number, options: { readonly json?: boolean; readonly project: string }): Promise<number> {
  const located = await locate(options.project);
  const connection = await connectIfRunning(located).catch(() => null);
  const answer = connection
    ? await connection.client.request({ name: "why", terminal }).finally(() => connection.client.close())
    : fromJournal(located, terminal);
  if (answer === null) throw new UsageError(`there is no terminal ${terminal} in this marathon`, EXIT.failed);
  if (options.json) printJson(answer);
  else print(`${inWords(terminal, answer as WhyJson, (connection?.welcome.state.speed ?? 1) !== 1)}\n`);
  return EXIT.ok;
}

function fromJournal({ project, paths, current }: Awaited<ReturnType<typeof locate>>, terminal: number): unknown {
  const known = current === null ? null : journaled(paths, current);
  if (known === null) throw new UsageError(`there is no marathon in ${project}: \`marathon run PLAN\` starts one`, EXIT.failed);
  const told = keptAssignment(assignmentFile(paths.marathon(known.state.id).assignments, terminal));
  return whyJson(known.state, terminal, [], Date.now(), told?.contextLoaded);
}

/** @param faster the marathon's own clock runs faster than the world, whose time this is */
function inWords(terminal: number, why: WhyJson, faster: boolean): string {
  const { state, kind, source, evidence, since, considered, now } = why;
  const ageOf = (at: string) => `${age(Date.parse(now) - Date.parse(at))}${faster ? " of real time" : ""}`;
  const head = `terminal ${terminal} is ${state}${kind === null ? "" : ` (${kind})`} since ${timeOfDay(Date.parse(since))}, for ${ageOf(since)}, because of ${source}${told(evidence)}`;
  const [, ...others] = considered;
  const seen = others.map(
    (signal) =>
      `  also seen: ${signal.source} says ${signal.state}${signal.at === null ? "" : `, ${ageOf(signal.at)} ago`}${told(signal.evidence)}`,
  );
  const { next, work } = why;
  const held = next === undefined ? [] : [`  its next task: ${next.number}${told(next.title)}${told(next.why)}`];
  const inHand = work === undefined ? [] : workLines(work).map((line) => `  ${withoutControls(line)}`);
  // An engine of an older version does not say.
  const loaded = `  ${contextWords(why.contextLoaded ?? CONTEXT_UNKNOWN)}`;
  return [head, ...held, ...inHand, loaded, ...seen, ...meterLines(why).map((line) => `  ${line}`)].join("\n");
}

/** Evidence is text of a program: no control character of it may reach the person's terminal. */
function told(evidence: string | null): string {
  return evidence === null ? "" : `: ${withoutControls(evidence)}`;
}

function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must go
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/gu, " ");
}
