/** `marathon review`: the after-action review as far as it is measured; `--write` puts it where the agents' papers are. */
import { openGit } from "../engine/git.ts";
import { papers } from "../engine/papers.ts";
import { withoutSecrets } from "../engine/review-desk.ts";
import { writeReview } from "../engine/review-paper.ts";
import { SecretBook } from "../engine/secrets/secret-book.ts";
import { reviewDocument } from "../report/review.ts";
import { reviewFacts } from "../report/review-facts.ts";
import { EXIT } from "./exit.ts";
import { print, printJson } from "./print.ts";
import { stateOf } from "./state-of.ts";

export interface ReviewOptions {
  readonly project: string;
  readonly json?: boolean;
  readonly write?: boolean;
}

export async function review({ project, json, write }: ReviewOptions): Promise<number> {
  const { state, t } = await stateOf(project);
  const changes = await openGit(state.project).changesSince(state.startedAt);
  const text = await withoutSecrets(new SecretBook(process.env), reviewDocument(state, t, changes));
  const file = write ? writeReview(papers, state.scratchpad, state.id, text) : null;
  if (json) printJson({ schema: 1, ...reviewJson(state, t), changes, file });
  else print(file === null ? text : `${file}\n`);
  return EXIT.ok;
}

function reviewJson(state: Parameters<typeof reviewFacts>[0], t: number): Record<string, unknown> {
  const { blockers, from, to, ...rest } = reviewFacts(state, t);
  return {
    ...rest,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    blockers: blockers.map(({ blocker: { id, title, priority, state: is, tasks }, hours, sessions }) => ({
      id,
      title,
      priority,
      state: is,
      tasks,
      sessions,
      hours,
    })),
  };
}
