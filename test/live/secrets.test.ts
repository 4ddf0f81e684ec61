import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { workplace, type Workplace } from "../support/marathon-run.ts";

/** Of no known shape: only the variable's name says what it is. */
const CANARY = "kanarienvogel im schacht";
/** In an issuer's form, put together so that no scanner takes this file for a leak. */
const TOKEN = `${"ghp"}_Kanarienvogel0123456789Kanarienvogel01`;
const OWN = `${"glpat"}-KANARIENVOGEL0123456789`;

const PLAN = `---
human-todo: HUMAN_TODO.md
---

# Canaries

| # | Task | Terminal | Run |
|---|------|----------|-----|
| 1 | Fail and tell everything | 1 | \`echo "error: $DEPLOY_PASSWORD was refused"; cat token.txt; exit 3\` |
| 2 | Report | 2 | \`cp blocker.txt "$MARATHON_SCRATCHPAD/TASK_002_BLOCKER.md"; echo OK; read -p "Is $DEPLOY_PASSWORD right? " x\` |
`;

/** Files below our own folders and the scratchpad that hold one of the canaries. */
function leaks(place: Workplace): readonly string[] {
  const found: string[] = [];
  for (const folder of [place.home.env["XDG_STATE_HOME"], place.home.env["XDG_RUNTIME_DIR"], join(place.home.project, ".claude")]) {
    if (folder === undefined || !existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const path = join(folder, name);
      if (!statSync(path).isFile()) continue;
      const text = readFileSync(path, "latin1");
      if ([CANARY, TOKEN, OWN].some((canary) => text.includes(canary))) found.push(path);
    }
  }
  return found;
}

it("secrets in the environment, in files and in output reach nothing that we write, but the recordings of what was shown", async () => {
  await using place = workplace({ DEPLOY_PASSWORD: CANARY, NPM_TOKEN: OWN });
  place.file("token.txt", `the token is ${TOKEN}\n`);
  place.file("blocker.txt", `# Cannot log in\n\nError: 401 for ${TOKEN} and ${OWN}\n\nCause: password "${CANARY}" is wrong\n`);
  place.file("plan.md", PLAN);
  expect((await place.run(["run", "plan.md", "--headless"])).code).toBe(0);
  expect((await place.run(["wait", "--until", "settled", "--timeout", "90"])).code).toBe(0);
  expect((await place.run(["send", "2", "no", "--enter"])).code).toBe(0);
  expect((await place.run(["block", "2", "--reason", `it needs ${TOKEN}`])).code).toBeLessThan(2);
  const { blockers } = await place.json(["blockers", "--all"]);
  expect(JSON.stringify(blockers)).toContain("[secret removed]");
  for (const { id } of blockers) {
    await place.run(["blocker", id, "document", "--note", CANARY]);
    for (let level = 0; level < 4; level++) await place.run(["blocker", id, "escalate"]);
    await place.run(["blocker", id, "--issue"]);
  }
  for (const args of [["status"], ["events", "--json"], ["blockers", "--all"]]) {
    const { stdout } = await place.run(args);
    expect([CANARY, TOKEN, OWN].filter((canary) => stdout.includes(canary))).toEqual([]);
  }
  expect(readFileSync(join(place.home.project, "HUMAN_TODO.md"), "utf8")).toMatch(/B1 .*secret removed/u);
  const command = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, "latin1");
  expect(place.leftBehind().filter(({ pid }) => command(pid).includes(CANARY))).toEqual([]);
  await place.run(["stop"]);
  const written = leaks(place).filter((path) => !path.endsWith("TASK_002_BLOCKER.md"));
  // What the agent wrote itself is its own; recordings show what was shown, and are closed to everybody else.
  expect(written.filter((path) => !path.endsWith(".cast"))).toEqual([]);
  expect(written.length).toBeGreaterThan(0);
  for (const path of written) expect(statSync(path).mode & 0o077).toBe(0);
});
