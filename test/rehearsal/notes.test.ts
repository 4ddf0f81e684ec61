import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { blockerFile, blockerState, raiseBlocker, resolveBlocker, troubleFor } from "../../src/rehearsal/blocker-file.ts";
import { entriesOf, type HandoffEntry, handoffParts, writeHandoff } from "../../src/rehearsal/handoff-file.ts";
import { Random } from "../../src/rehearsal/random.ts";
import { ReportFile } from "../../src/rehearsal/report-file.ts";
import { subjectOf } from "../../src/rehearsal/subject.ts";

let scratchpad = "";
let facts: {
  marathon: string;
  scratchpad: string;
  terminal: number;
  title: string;
  label: string | null;
  role: string | null;
  reportFile: string;
};

beforeEach(() => {
  scratchpad = mkdtempSync(join(tmpdir(), "notes-"));
  facts = {
    marathon: "m-1",
    scratchpad,
    terminal: 4,
    title: "a plan",
    label: null,
    role: "QA_TESTER_1",
    reportFile: join(scratchpad, "terminal-04.md"),
  };
});

afterEach(() => rmSync(scratchpad, { recursive: true, force: true }));

const entry = (task: number, state: HandoffEntry["state"] = "done"): HandoffEntry => ({
  task,
  title: `work ${task}`,
  state,
  reason: state === "blocked" ? "no database" : null,
  minutes: 30,
});

describe("handoff notes", () => {
  test("read back as they were written", () => {
    const entries = [entry(1), entry(2, "blocked"), entry(3, "open")];
    expect(entriesOf(handoffParts(entries).join("\n"))).toEqual(entries);
  });

  test("state completion and hours left", () => {
    const text = handoffParts([entry(1), entry(2, "blocked"), entry(3, "open"), entry(4, "open")]).join("\n");
    expect(text).toContain("**Completion:** 25%");
    expect(text).toContain("1-2 hours");
  });

  test("of terminals that end at the same moment all get into the session's note", async () => {
    await Promise.all([1, 2, 3, 4, 5].map((task) => writeHandoff(facts, "024", [entry(task)], join(scratchpad, "assignment.json"))));
    expect(entriesOf(readFileSync(join(scratchpad, "SESSION_024_HANDOFF.md"), "utf8")).map(({ task }) => task)).toEqual([1, 2, 3, 4, 5]);
    expect(readdirSync(scratchpad)).toEqual(["SESSION_024_HANDOFF.md"]);
  });

  test("begin anew when the note there is another marathon's", async () => {
    await writeHandoff({ ...facts, marathon: "m-0" }, "024", [entry(9)], join(scratchpad, "a.json"));
    await writeHandoff(facts, "024", [entry(1)], join(scratchpad, "a.json"));
    expect(entriesOf(readFileSync(join(scratchpad, "SESSION_024_HANDOFF.md"), "utf8")).map(({ task }) => task)).toEqual([1]);
  });

  test("are not kept up by a lock that a dead stand-in left", async () => {
    const lock = join(scratchpad, ".handoff-024.lock");
    writeFileSync(lock, "");
    utimesSync(lock, new Date(0), new Date(0));
    await writeHandoff(facts, "024", [entry(1)], join(scratchpad, "a.json"));
    expect(readdirSync(scratchpad)).toContain("SESSION_024_HANDOFF.md");
  });
});

describe("blocker files", () => {
  const trouble = troubleFor(subjectOf({ number: 33, title: "constraint service", target: null }), new Random(2));

  test("carry everything that a person needs, and are open until resolved", () => {
    raiseBlocker(facts, 33, "constraint service", trouble);
    const text = readFileSync(join(scratchpad, "TASK_033_BLOCKER.md"), "utf8");
    for (const part of [
      trouble.reason,
      trouble.error,
      trouble.cause,
      ...trouble.tried,
      ...trouble.notTried,
      `**Priority:** ${trouble.priority}`,
    ])
      expect(text).toContain(part);
    expect(blockerState(facts, 33)).toBe("open");
    expect(resolveBlocker(facts, 33, "done by hand")).toBe(true);
    expect(blockerState(facts, 33)).toBe("resolved");
  });

  test("of somebody else are left alone", () => {
    writeFileSync(blockerFile(scratchpad, 33), "# Mine\n\n**Status:** open\n");
    expect(blockerState(facts, 33)).toBe("none");
    expect(resolveBlocker(facts, 33, "no")).toBe(false);
    expect(readFileSync(blockerFile(scratchpad, 33), "utf8")).toBe("# Mine\n\n**Status:** open\n");
  });
});

describe("the report file", () => {
  test("is taken up by the next stand-in of the marathon, and begun anew in another marathon", () => {
    new ReportFile(facts).tick(12, "doing", "a title");
    expect(new ReportFile(facts).stateOf(12)).toBe("doing");
    expect(new ReportFile({ ...facts, marathon: "m-2" }).stateOf(12)).toBeNull();
  });

  test("has one line per task, in its newest state", () => {
    const report = new ReportFile(facts);
    report.tick(12, "doing", "a title");
    report.tick(13, "blocked", "b - no\ndatabase");
    report.tick(12, "done", "a title");
    const lines = readFileSync(facts.reportFile, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("- ["));
    expect(lines).toEqual(["- [x] 12 a title", "- [!] 13 b - no database"]);
  });

  test("leaves no draft behind", () => {
    new ReportFile(facts).tick(1, "done", "t");
    expect(readdirSync(scratchpad)).toEqual(["terminal-04.md"]);
  });
});

describe("names that are made up for a task", () => {
  test.each([
    [
      { title: "`constraint_service.py`", target: "test_constraint_service.py" },
      { file: "constraint_service.py", test: "test_constraint_service.py", symbol: "constraint_service", language: "python" },
    ],
    [
      { title: "Schedule generation tool", target: "server.py:generate_schedule_tool" },
      { file: "server.py", test: "tests/test_server.py", language: "python" },
    ],
    [
      { title: "useAuth hook", target: "useAuth.test.ts" },
      { test: "useAuth.test.ts", language: "typescript" },
    ],
    [
      { title: "Templates (9 components)", target: "templates/*.test.tsx" },
      { test: "templates/templates.test.tsx", language: "typescript" },
    ],
    [{ title: "Update the changelog", target: null }, { language: "markdown" }],
    [
      { title: "任务", target: null },
      { title: "任务", symbol: "work" },
    ],
    [{ title: "", target: null }, { title: "task 5" }],
  ])("%j", (task, expected) => {
    expect(subjectOf({ number: 5, ...task })).toMatchObject(expected);
  });
});
