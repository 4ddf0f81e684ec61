import { describe, expect, it } from "vitest";
import { workplace, type Workplace } from "../support/marathon-run.ts";

const TWO_TERMINALS = `# Two terminals

| # | Task | Terminal | Run | Estimate |
|---|------|----------|-----|----------|
| 1 | Say hello | 1 | \`echo hello from one\` | 1m |
| 2 | Fail with a reason | 2 | \`echo the disk is made of cheese >&2; exit 3\` | 1m |
| 3 | After the failure | 2 | \`echo never\` | 1m |

`;

const DEPENDENT = TWO_TERMINALS.replace("| # | Task | Terminal |", "| # | Task | Depends on | Terminal |")
  .replace("|---|------|", "|---|------|---|")
  .replace("Say hello | 1", "Say hello | | 1")
  .replace("Fail with a reason | 2", "Fail with a reason | | 2")
  .replace("After the failure | 2", "After the failure | 2 | 2");

const SLOW = `# Slow

| # | Task | Terminal | Run |
|---|------|----------|-----|
| 1 | Sleep | 1 | \`echo sleeping; sleep 300\` |
| 2 | Ask | 2 | \`read -p "Which colour? " colour; echo "it is $colour"\` |
`;

async function headless(place: Workplace, plan: string): Promise<void> {
  const ran = await place.run(["run", place.file("plan.md", plan), "--headless"]);
  expect(ran.stderr).toBe("");
  expect(ran.code).toBe(0);
}

describe("a marathon without a dashboard", () => {
  it("runs commands, reports what failed with its last lines, and keeps what depends on it waiting", async () => {
    await using place = workplace();
    await headless(place, DEPENDENT);
    expect((await place.run(["wait", "--until", "settled", "--timeout", "90"])).code).toBe(0);
    const status = await place.json(["status"]);
    expect(status.tasks.map((task: { number: number; state: string }) => [task.number, task.state])).toEqual([
      [1, "done"],
      [2, "blocked"],
      [3, "waiting"],
    ]);
    expect(JSON.stringify(status.blockers[0].evidence)).toContain("made of cheese");
    expect(status.blockers[0].tasks).toEqual([2]);
    const one = await place.run(["screen", "1"]);
    expect(one.stdout).toContain("hello from one");
    expect((await place.run(["stop"])).code).toBe(0);
    expect(place.leftBehind()).toEqual([]);
  });

  it("answers status from the journal alone once its engine has ended", async () => {
    await using place = workplace();
    await headless(place, TWO_TERMINALS);
    await place.run(["wait", "--until", "settled", "--timeout", "90"]);
    await place.run(["stop"]);
    const status = await place.json(["status"]);
    expect(status.engine).toBeNull();
    expect(status.progress.done).toBeGreaterThan(0);
    const events = await place.run(["events", "--json"]);
    const seqs = events.stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it("refuses a second engine with the first one's pid and how to attach", async () => {
    await using place = workplace();
    await headless(place, SLOW);
    const { engine } = await place.json(["status"]);
    const second = await place.run(["run", "plan.md", "--headless"]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(String(engine.pid));
    expect(second.stderr).toContain("attach");
  });

  it("shows a question as asking, takes typed text, and goes on", async () => {
    await using place = workplace();
    await headless(place, SLOW);
    expect((await place.run(["wait", "--until", "asking", "--terminal", "2", "--timeout", "90"])).code).toBe(0);
    const { terminals } = await place.json(["status"]);
    expect(terminals[1]).toMatchObject({ state: "asking", kind: "question" });
    expect(terminals[1].evidence).toContain("Which colour?");
    expect((await place.run(["send", "2", "green", "--enter"])).code).toBe(0);
    expect((await place.run(["wait", "--until", "done", "--terminal", "2", "--timeout", "90"])).code).toBe(0);
    expect((await place.run(["screen", "2"])).stdout).toContain("it is green");
  });

  it("times out with 124, and says 1 when what is waited for can never come", async () => {
    await using place = workplace();
    await headless(place, SLOW);
    expect((await place.run(["wait", "--until", "done", "--timeout", "0.3"])).code).toBe(124);
    await place.run(["stop", "--now"]);
    expect((await place.run(["wait", "--until", "done", "--timeout", "5"])).code).toBe(1);
  });

  it("ends everything it started, and nothing else", async () => {
    await using place = workplace();
    await headless(
      place,
      "# Stubborn\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Ignore | `trap '' TERM HUP; setsid sleep 300 & sleep 300 & wait` |\n",
    );
    await place.run(["wait", "--until", "idle", "--timeout", "1"]);
    expect(place.leftBehind().length).toBeGreaterThan(2);
    expect((await place.run(["stop"])).code).toBe(0);
    expect(place.leftBehind()).toEqual([]);
  });
});

describe("a failed task", () => {
  it("is tried again by a restart of its terminal, once its cause is gone", async () => {
    await using place = workplace();
    await headless(place, "# Retry\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Needs a file | `cat needed.txt` |\n");
    expect((await place.run(["wait", "--until", "blocked", "--timeout", "90"])).code).toBe(0);
    place.file("needed.txt", "here it is\n");
    expect((await place.run(["restart", "--terminal", "1"])).code).toBe(0);
    expect((await place.run(["wait", "--until", "done", "--timeout", "90"])).code).toBe(0);
    expect((await place.run(["screen", "1"])).stdout).toContain("here it is");
    expect((await place.json(["status"])).blockers).toEqual([]);
  });
});

describe("a run without a terminal", () => {
  it("ends the program of a question that nobody answers, and nothing that comes after it in the same terminal", async () => {
    await using place = workplace();
    const rows = [2, 3, 4].map((number) => `| ${number} | Work | \`sleep 0.3; echo ${number}\` |`).join("\n");
    const plan = `# Plain\n\n| # | Task | Terminal | Run |\n|---|---|---|---|\n| 1 | Ask | 1 | \`read -p "Sure? " x\` |\n${rows.replaceAll("| Work |", "| Work | 1 |")}\n`;
    const ran = await place.run(["run", place.file("plan.md", plan)]);
    expect(ran.stdout).toMatch(/3 of 4 tasks done, 1 blocked/);
    expect(ran.code).toBe(1);
  });

  it("prints a line an event, takes the plan's answers, and ends with 0 when all is done", async () => {
    await using place = workplace();
    const plan = '# Plain\n\n| # | Task | Run | Answer |\n|---|---|---|---|\n| 1 | Ask | `read -p "Sure? " x; test "$x" = yes` | yes |\n';
    const ran = await place.run(["run", place.file("plan.md", plan)]);
    expect(ran.stdout).not.toContain("\x1b");
    expect(ran.stdout).toMatch(/1 of 1 tasks done/);
    expect(ran.code).toBe(0);
    expect(place.leftBehind()).toEqual([]);
  });

  it("reports a question that nobody answers as blocked, does the rest, and ends with 1", async () => {
    await using place = workplace();
    const plan = '# Plain\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Ask | `read -p "Sure? " x` |\n| 2 | Work | `true` |\n';
    const ran = await place.run(["run", place.file("plan.md", plan)]);
    expect(ran.stdout).toMatch(/1 of 2 tasks done, 1 blocked/);
    expect(ran.stdout).toContain("Sure?");
    expect(ran.code).toBe(1);
    expect(place.leftBehind()).toEqual([]);
  });
});

describe("bad input starts nothing", () => {
  it.each([
    ["a missing plan", "nowhere.md", null, /nowhere\.md:1:1: error: there is no such file/],
    ["an empty plan", "plan.md", "", /plan\.md:1:1: error: the file is empty/],
    ["a duplicate number", "plan.md", "# P\n\n| # | Task |\n|---|---|\n| 1 | a |\n| 1 | b |\n", /plan\.md:6:\d+: error: .*1/],
    [
      "a cycle",
      "plan.md",
      "# P\n\n| # | Task | Depends on |\n|---|---|---|\n| 1 | a | 2 |\n| 2 | b | 1 |\n",
      /plan\.md:\d+:\d+: error: .*1.*2/,
    ],
  ])("%s", async (_name, file, text, message) => {
    await using place = workplace();
    if (text !== null) place.file(file, text);
    const ran = await place.run(["run", file, "--headless"]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(message);
    expect(place.leftBehind()).toEqual([]);
  });

  it("an unknown agent is refused with what there is", async () => {
    await using place = workplace();
    const ran = await place.run(["run", place.file("plan.md", SLOW), "--agent", "bahs", "--headless"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("shell");
  });

  it("an unknown agent of the plan is refused where it stands, by check and by run, unless another takes its place", async () => {
    await using place = workplace();
    const named = place.file("plan.md", "---\nagent: cluade\n---\n# P\n\n| # | Task | Run |\n|---|---|---|\n| 1 | a | `true` |\n");
    const where = /plan\.md:2:1: error: there is no agent called "cluade"; did you mean claude\?/u;
    const ran = await place.run(["run", named, "--headless"]);
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringMatching(where) });
    expect(place.leftBehind()).toEqual([]);
    expect(await place.run(["check", named])).toMatchObject({ code: 3, stdout: expect.not.stringContaining("can be run") });
    expect(await place.run(["run", named, "--agent", "shell"])).toMatchObject({ code: 0 });
  });

  it("a layout that does not exist is refused with those that do", async () => {
    await using place = workplace();
    const ran = await place.run(["run", place.file("plan.md", SLOW), "--layout", "mosaic", "--headless"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('--layout: there is no layout "mosaic": choose one of grid, focus, attention, wall');
    expect(place.leftBehind()).toEqual([]);
  });

  it.each([
    ["missing", "no-such-program-here", 127],
    ["no program", "./plan.md", 126],
  ])("an agent whose program is %s is refused with its exit code", async (_name, command, code) => {
    await using place = workplace();
    const ran = await place.run(["run", place.file("plan.md", SLOW), "--command", command, "--headless"]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain("nothing was started");
    expect(ran.stderr).toContain(command);
    expect(place.leftBehind()).toEqual([]);
  });
});
