/** `marathon blocker ID --issue`: the text of an issue, opened with gh when that is there and wanted, else kept. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../engine/atomic-file.ts";
import { createIssue } from "../engine/github.ts";
import { findBlocker, unknownBlocker } from "../marathon/blocker-judge.ts";
import { issueText } from "../report/issue-text.ts";
import type { BlockerOptions } from "./blockers.ts";
import { EXIT, UsageError } from "./exit.ts";
import { connectIfRunning } from "./project.ts";
import { stateOf } from "./state-of.ts";
import { print, printError, printJson } from "./print.ts";

export async function openIssue(id: string, by: string, options: BlockerOptions): Promise<number> {
  const { located, state, t } = await stateOf(options.project);
  const blocker = findBlocker(state, id);
  if (!blocker) throw new UsageError(unknownBlocker(state, id), EXIT.failed);
  const { title, body } = issueText(state, t, blocker);
  const folder = join(located.paths.marathon(state.id).folder, "issues");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${blocker.id}.md`);
  writeFileAtomic(file, `# ${title}\n\n${body}`);
  const bodyFile = join(folder, `${blocker.id}.body.md`);
  const opened = options.create ? await opening(located.project, title, bodyFile, body) : NOT_ASKED;
  const connection = await connectIfRunning(located).catch(() => null);
  if (connection) {
    await connection.client.request({ name: "blocker-issue", blocker: blocker.id, url: opened.url, file, by });
    connection.client.close();
  }
  if (options.json) printJson({ schema: 1, blocker: blocker.id, title, url: opened.url, file, why: opened.why });
  else print(opened.url === null ? `# ${title}\n\n${body}` : `${opened.url}\n`);
  if (opened.url === null) printError(`marathon: ${opened.why}; the text is kept in ${file}\n`);
  // Asked to open one and unable to: that is a refusal, with the text in hand.
  return options.create && opened.url === null ? EXIT.failed : EXIT.ok;
}

interface Opened {
  readonly url: string | null;
  readonly why: string | null;
}

const NOT_ASKED: Opened = { url: null, why: "no issue was opened: --create opens it with gh" };

async function opening(project: string, title: string, bodyFile: string, body: string): Promise<Opened> {
  writeFileAtomic(bodyFile, body);
  const { url, why } = await createIssue(project, title, bodyFile);
  return { url, why };
}
