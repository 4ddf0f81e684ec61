/** Whether git ignores the files of the project whose names secrets usually have. By name alone: what is in them is nobody's business here. */
import { counted } from "../marathon/words.ts";
import type { Git } from "./git.ts";

const SECRET_NAMES = [".env", ".env.*", "*.pem", "*.p12", "*.pfx", "id_rsa", "id_ed25519", ".netrc", "credentials.json", "secrets.y*ml"];
/** Their patterns, which hold none. */
const PATTERN_NAMES = [".env.example", ".env.sample", ".env.template", ".env.dist"];
const SECRETS = [...SECRET_NAMES.map((name) => `:(glob)**/${name}`), ...PATTERN_NAMES.map((name) => `:(exclude,glob)**/${name}`)];
const MOST_NAMED = 3;
/** git names such folders, and nothing of what is in them. */
const LEFT_OUT = " (ignored folders and repositories inside of this one are not looked into)";

export interface SecretFiles {
  /** No such file, or all of them ignored. */
  readonly clean: boolean;
  /** What was found, in words. */
  readonly said: string;
}

/** Null where git cannot say: no git, no repository. Nothing is changed. */
export async function secretFiles(git: Pick<Git, "matching">): Promise<SecretFiles | null> {
  const found = await git.matching(SECRETS);
  if (found === null) return null;
  const { ignored, others } = found;
  if (others.length > 0)
    return {
      clean: false,
      said: `${counted(others.length, "file")} of a name that secrets have ${others.length === 1 ? "is" : "are"} not ignored by git: ${some(others)}`,
    };
  if (ignored.length === 0) return { clean: true, said: `no file has a name that secrets usually have${LEFT_OUT}` };
  return {
    clean: true,
    said: `${counted(ignored.length, "file")} of a name that secrets have, all ignored by git: ${some(ignored)}${LEFT_OUT}`,
  };
}

function some(names: readonly string[]): string {
  return names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more` : names.join(", ");
}
