/** The plan's preflight list and the look for secret files, of a running marathon in a real repository. */
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { workplace } from "../support/marathon-run.ts";

const PLAN =
  "# P\n\n## Preflight\n\n- [ ] The disk has room\n- [ ] The tests start\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Wait | sleep 600 |\n";
const NOWHERE = "(ignored folders and repositories inside of this one are not looked into)";

it("what was looked at before the start is told as text and as JSON, and secret files only as git sees them", async () => {
  await using place = workplace();
  place.file("plan.md", PLAN);
  expect((await place.run(["run", "plan.md", "--headless"])).code).toBe(0);
  const refused = await place.run(["preflight", "--repository"]);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/git says nothing of .*: nothing was looked at/)]);

  execFileSync("git", ["init", "-q", place.home.project], { env: { ...place.home.env } });
  place.file(".env", "KEY=1\n");
  const found = "1 file of a name that secrets have is not ignored by git: .env";
  expect((await place.run(["preflight", "--repository"])).stdout).toContain(`secret files NOT clean: ${found}`);
  place.file(".gitignore", ".env\n");
  const ignored = `1 file of a name that secrets have, all ignored by git: .env ${NOWHERE}`;
  expect((await place.run(["preflight", "--repository"])).stdout).toContain(`secret files clean: ${ignored}`);

  expect((await place.run(["preflight", "2", "failed", "--note", "no runner"])).code).toBe(0);
  expect(await place.json(["preflight"])).toMatchObject({
    items: [
      { item: 1, text: "The disk has room", ok: null, at: null, blocker: null },
      { item: 2, text: "The tests start", ok: false, note: "no runner", blocker: "B1" },
    ],
    repository: { clean: true, said: ignored },
  });
  const { stdout } = await place.run(["preflight"]);
  expect(stdout).toMatch(/^1 {2}not looked +The disk has room\n2 {2}failed B1 +The tests start\n {3}secret files clean when looked at, /);
});
