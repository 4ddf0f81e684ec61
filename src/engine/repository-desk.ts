/** Looks through the project's repository when somebody asks for it, and keeps what was found with the marathon. */
import type { Engine } from "./engine.ts";
import type { PlanAnswer } from "./plan-desk.ts";
import { RefusedError } from "./server.ts";

/** Throws RefusedError where nothing can be said: then nothing is kept either. */
export async function checkRepository(engine: Engine, by: string): Promise<PlanAnswer> {
  const found = await engine.ports.secretFiles();
  if (found === null)
    throw new RefusedError(`git says nothing of ${engine.state.project} (\`git status\` there tells why): nothing was looked at`);
  engine.submit({ type: "repository-checked", ...found, by });
  return { said: `secret files ${found.clean ? "clean" : "NOT clean"}: ${found.said}` };
}
