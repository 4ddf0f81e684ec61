import { expect, test } from "vitest";
import { repositoryLine } from "../../src/marathon/repository-check.ts";
import { fold } from "../../src/marathon/step.ts";
import { statusJson } from "../../src/marathon/status.ts";
import { scene } from "../support/scene.ts";

const PLAN =
  "---\nagent: command\ncommand: sh agent.sh\n---\n\n# Night\n\n| # | Task | Terminal |\n| --- | --- | --- |\n| 1 | Build it | 1 |\n";
const OPEN = { clean: false, said: "1 file of a name that secrets have is not ignored by git: .env" };

test("whether the repository is clean is said only when it was looked at: with when, and with what was found", async () => {
  await using story = await scene({ plan: PLAN, agent: "command" });
  await story.until("task-assigned", { task: 1 });
  const desk = await story.dashboard();
  desk.press("C");
  await desk.shows("Goals of the plan", "The plan states no criteria", "[ ] secret files  never looked for");
  desk.press("enter");
  await desk.shows("git says nothing of", "nothing was looked at");
  expect(story.state.repository).toBeUndefined();
  expect(statusJson(story.state, 0, null, { journal: "/j" })).toMatchObject({ repository: null });

  story.secretFiles = OPEN;
  desk.press("C", "enter");
  await story.until("repository-checked", OPEN);
  await desk.shows(/\[!\] secret files {2}NOT clean when looked at, \d\d-\d\d \d\d:\d\d/, "is not ignored by git: .env, says a person");

  story.secretFiles = { clean: true, said: "no file has a name that secrets usually have" };
  desk.press("enter");
  await story.until("repository-checked", { clean: true });
  await desk.shows(/\[x\] secret files {2}clean when looked at, /);
  expect(statusJson(story.state, 0, null, { journal: "/j" })).toMatchObject({
    repository: { clean: true, said: "no file has a name that secrets usually have", by: "a person" },
  });
  expect(fold(null, story.events).repository).toEqual(story.state.repository);
  const noon = () => "12:00";
  expect(repositoryLine(story.state.repository, noon)).toBe(
    "secret files clean when looked at, 12:00: no file has a name that secrets usually have",
  );
  expect(repositoryLine(undefined, noon)).toBe("secret files never looked for (marathon preflight --repository looks)");
});
