/** Whether the project's repository was looked through for files with secrets, and what came of it: only ever what a check said. Pure. */

export interface RepositoryCheck {
  /** Wall clock, ms. */
  readonly at: number;
  readonly clean: boolean;
  /** What was found, in words. */
  readonly said: string;
  readonly by: string;
}

/** Journaled as it is: fields are added, never renamed. */
export interface RepositoryFact extends Omit<RepositoryCheck, "at"> {
  readonly type: "repository-checked";
}

/** In a few words, for people; `when` says a wall clock's ms as the reader's own clock does. */
export function repositoryWords(check: RepositoryCheck | undefined, when: (at: number) => string): string {
  if (check === undefined) return "never looked for";
  return `${check.clean ? "clean" : "NOT clean"} when looked at, ${when(check.at)}`;
}

/** The same with what was found, or with what would look. */
export function repositoryLine(check: RepositoryCheck | undefined, when: (at: number) => string): string {
  const found = check === undefined ? " (marathon preflight --repository looks)" : `: ${check.said}`;
  return `secret files ${repositoryWords(check, when)}${found}`;
}

export function repositoryJson(check: RepositoryCheck | undefined): object | null {
  if (check === undefined) return null;
  const { at, clean, said, by } = check;
  return { checkedAt: new Date(at).toISOString(), clean, said, by };
}
