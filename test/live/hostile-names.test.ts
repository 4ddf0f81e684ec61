import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { workplace } from "../support/marathon-run.ts";
import { EVIL, hostilePlan, OBEYED } from "../support/hostile-plan.ts";

const LIVE = [
  "status",
  "timeline",
  "events",
  "blockers",
  "hierarchy",
  "risks",
  "preflight",
  "plan diff",
  "why 1",
  "why 2",
  "plan what-if --drop A",
];
const JSONS = ["status", "timeline", "events", "blockers --all", "hierarchy", "preflight", "plan diff", "why 2", "check plan.md"];

/** Some forty commands, each a start of Node.js: seconds each on a machine that is busy. */
const MANY_COMMANDS = { timeout: 360_000 };

it("hostile names are shown for what they are by every command, as text and as JSON", MANY_COMMANDS, async () => {
  await using place = workplace();
  place.file("plan.md", hostilePlan("true"));
  const scratchpad = join(place.home.project, ".claude", "Scratchpad");
  mkdirSync(scratchpad, { recursive: true });
  const said: string[] = [];
  const run = async (line: string) => {
    const { stdout, stderr, code } = await place.run(line.split(" "));
    expect(code, `marathon ${line}\n${stderr}`).toBeLessThan(3);
    for (const text of [stdout, stderr]) expect(text, `marathon ${line}`).not.toMatch(OBEYED);
    said.push(stdout);
    return stdout;
  };
  for (const line of ["check plan.md", "timeline plan.md", "run plan.md --dry-run", "run plan.md --headless"]) await run(line);
  expect((await place.run(["wait", "--until", "settled", "--timeout", "90"])).code).toBe(0);
  writeFileSync(join(scratchpad, `SESSION_001_${EVIL.replaceAll("/", "")}.md`), "# Report\n\n- [~] 1\n");
  writeFileSync(join(scratchpad, "TASK_003_BLOCKER.md"), `# B${EVIL}\n\nPriority: P0\n\nReason: R${EVIL}\n`);
  expect((await place.run(["wait", "--until", "settled", "--timeout", "90"])).code).toBe(0);
  for (const line of LIVE) await run(line);
  for (const line of JSONS) for (const value of (await run(`${line} --json`)).trim().split("\n")) JSON.parse(value);
  await run("blocker B1");
  const screen = place.open(["screen", "2"]);
  expect(await screen.exit).toMatchObject({ code: 0 });
  expect(screen.text()).toContain("gnp");
  expect(screen.raw().toString().replaceAll("\r\n", "\n")).not.toMatch(OBEYED);
  await run("blocker B1 --issue");
  expect((await place.json(["status"])).marathon.title).toContain("\u202e");
  await place.run(["stop"]);
  await run("status");
  const plain = await place.run(["run", "plan.md", "--fresh"]);
  expect(plain.stdout).toContain("2 Two");
  expect(plain.stdout).not.toMatch(OBEYED);
  expect(said.join("")).toContain("<U+202E>");
});

it("a name that leads out of a folder leads nowhere", MANY_COMMANDS, async () => {
  await using place = workplace();
  place.file("plan.md", "# P\n\n| # | Task | Session | Run |\n|---|---|---|---|\n| 1 | A | ../../x | `true` |\n");
  await place.run(["run", "plan.md", "--headless"]);
  for (const line of [
    "screen ../..",
    "log ../../1",
    "why ../1",
    "send ../.. x",
    "restart --terminal ../1",
    "stop --terminal /etc/passwd",
    "blocker ../../B1",
    "blocker ../../B1 document",
    "blocker ../../etc/passwd --issue",
    "block ../1 --reason x",
    "carry 1 --to ../../x --reason x",
    "risks ../../1",
  ]) {
    const { code, stdout } = await place.run(line.split(" "));
    expect([1, 2], `marathon ${line}: ${stdout}`).toContain(code);
    expect(stdout, line).toBe("");
  }
});
