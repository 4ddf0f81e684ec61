/** The engine's process that `run` starts while it finds out what there is to run: it is used, or gone. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplace } from "../support/marathon-run.ts";

test("a plan that is refused leaves no process behind, on a terminal too", async () => {
  await using place = workplace();
  const terminal = place.open(["run", place.file("plan.md", "# Nothing\n\n| # | Task |\n|---|---|\n| 1 | a |\n| 1 | b |\n")]);
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(terminal.text()).toContain("nothing was started");
  expect(place.leftBehind()).toEqual([]);
});

test("when the command is killed before it knows the plan, its engine ends by itself", async () => {
  await using place = workplace();
  // Whoever reads it waits for somebody who writes it.
  const plan = join(place.home.project, "plan.md");
  expect(spawnSync("mkfifo", [plan]).status).toBe(0);
  const terminal = place.open(["run", plan]);
  await expect.poll(() => place.leftBehind().some(({ command }) => command.endsWith(" __engine")), { timeout: 30_000 }).toBe(true);
  const [command] = place.leftBehind().filter((one) => / run /.test(one.command) && !/^\/bin\/sh|^sh /.test(one.command));
  process.kill(command?.pid ?? 0, "SIGKILL");
  expect(await terminal.exit).toMatchObject({ code: 137 });
  await expect.poll(() => place.leftBehind(), { timeout: 30_000 }).toEqual([]);
});
