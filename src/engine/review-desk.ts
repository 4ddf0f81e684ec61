/** The after-action review: drafted when everything is done, and whenever somebody asks. */
import { reviewDocument } from "../report/review.ts";
import { base } from "../marathon/words.ts";
import type { Engine } from "./engine.ts";
import { writeReview } from "./review-paper.ts";
import type { SecretBook } from "./secrets/secret-book.ts";
import { RefusedError } from "./server.ts";

export interface ReviewAnswer {
  readonly file: string;
  readonly said: string;
}

/** Throws RefusedError when it cannot be written. */
export async function draftReview({ state, ports }: Engine): Promise<ReviewAnswer> {
  const { t } = ports.clock.now();
  const changes = await ports.changes(state.startedAt);
  const text = await withoutSecrets(ports.secrets, reviewDocument(state, t, changes));
  try {
    const file = writeReview(ports.papers, state.scratchpad, state.id, text);
    return { file, said: `the after-action review is drafted: ${base(file)}` };
  } catch (error) {
    throw new RefusedError(
      `the after-action review could not be written: ${(error as Error).message}; once it can be, V or \`marathon review --write\` drafts it`,
    );
  }
}

/** What was journaled has none; the subjects of commits may. */
export async function withoutSecrets(secrets: SecretBook, text: string): Promise<string> {
  await secrets.read(text, "MARATHON_AAR.md").catch(() => []);
  return secrets.redact(text);
}

/** The same, told in the event line. Never rejects. */
export async function draftAtTheEnd(engine: Engine): Promise<void> {
  try {
    engine.submit({ type: "noticed", severity: "info", text: (await draftReview(engine)).said });
  } catch (error) {
    engine.submit({ type: "noticed", severity: "warning", text: (error as Error).message });
  }
}
