/** Looks through the project's repository when somebody asks for it, and keeps what was found with the marathon. */
import type { Engine } from "./engine.ts";
import type { PlanAnswer } from "./plan-desk.ts";
import { RefusedError } from "./server.ts";

/** Throws RefusedError where nothing can be said: then nothing is kept either. */
export async function checkRepository(engine: Engine, by: string): Promise<PlanAnswer> {
  const found = await engine.ports.secretFiles();
  if (found === null)
    throw new RefusedError(`git can say nothing of ${engine.state.project}: it is no repository, or there is no git; nothing was checked`);
  engine.submit({ type: "repository-checked", ...found, by });
  return { said: `the repository is ${found.clean ? "clean" : "NOT clean"}: ${found.said}` };
}
