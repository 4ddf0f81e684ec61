import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScratch, scratchName } from "../../src/plan/scratch.ts";

const ticks = (text: string) =>
  readScratch("TERMINAL_04_REPORT.md", text).ticks.map(({ task, state, text: words }) => [task, state, words]);

describe("names of scratchpad files", () => {
  it.each([
    [".claude/Scratchpad/SESSION_024_HANDOFF.md", { kind: "handoff", session: "024" }],
    ["SESSION_025_BLOCKER.md", { kind: "blocker", session: "025" }],
    ["frontend/SESSION_026_SUMMARY.md", { kind: "summary", session: "026" }],
    ["SESSION_028_SECURITY_AUDIT.md", { kind: "security-audit", session: "028" }],
    ["SESSION_028_RATE_LIMITING.md", { kind: "rate-limiting", session: "028" }],
    ["SESSION_028_LUNCH.md", { kind: "other", session: "028" }],
    ["TASK_033_BLOCKER.md", { kind: "blocker", task: 33 }],
    ["TERMINAL_04_BLOCKER.md", { kind: "blocker", terminal: 4 }],
    ["TERMINAL_10_REPORT.md", { kind: "report", terminal: 10 }],
    ["terminal-04.md", { kind: "report", terminal: 4 }],
    ["C:\\pad\\session_007_handoff.md", { kind: "handoff", session: "007" }],
    ["SESSION_XXX_HANDOFF.md", { kind: "handoff", placeholder: true }],
    ["TASK_NNN_BLOCKER.md", { kind: "blocker", placeholder: true }],
    ["MARATHON_AAR.md", { kind: "aar" }],
    ["HUMAN_TODO.md", { kind: "human-todo" }],
    ["TEST_COVERAGE_ANALYSIS.md", { kind: "analysis" }],
    ["anything.txt", { kind: "other" }],
  ])("%s", (path, expected) => {
    expect(scratchName(path)).toEqual({ session: null, task: null, terminal: null, placeholder: false, ...expected });
  });
});

describe("ticks", () => {
  it.each([
    ["- [x] 12 done it", [12, "done", "done it"]],
    ["- [X] Task 12: done it", [12, "done", "done it"]],
    ["* [x] #12", [12, "done", ""]],
    ["+ [~] 12 - going", [12, "doing", "going"]],
    ["1. [ ] Task #12. later", [12, "open", "later"]],
    ["  - [x] **12** bold", [12, "done", "bold"]],
    ["- [x] **Task 12: all bold**", [12, "done", "all bold"]],
    ["- [!] 33 — no database", [33, "blocked", "no database"]],
    ["- [!] 33 constraint_service — no database", [33, "blocked", "no database"]],
    ["- [!] Task 33: no database", [33, "blocked", "no database"]],
    ["- [!] 33 well-known trouble", [33, "blocked", "well-known trouble"]],
    ["[x] 5", [5, "done", ""]],
  ])("%j", (line, tick) => {
    expect(ticks(line)).toEqual([tick]);
  });

  it.each([
    "- [x] done",
    "- [x] 12/15 tests",
    "- [x] 80% covered",
    "- [x] 1.5 hours",
    "- [?] 12",
    "- [x]12",
    "text [x] 12",
    "- 12 [x]",
    "- [link](x) 12",
  ])("%j is none", (line) => {
    expect(ticks(line)).toEqual([]);
  });

  it("of one task: the last counts, at its own line", () => {
    expect(readScratch("x.md", "- [ ] 1 a\n- [~] 2 b\n- [x] 1 c\r\n").ticks).toEqual([
      { task: 2, state: "doing", text: "b", line: 2 },
      { task: 1, state: "done", text: "c", line: 3 },
    ]);
  });

  it.each([
    "```\n- [x] 1\n```\n- [x] 2",
    "~~~~\n```\n- [x] 1\n~~~\n~~~~\n- [x] 2",
    "<!-- - [x] 1 -->\n- [x] 2",
    "<!--\n- [x] 1\n-->\n- [x] 2",
    "  ```md\n  - [x] 1\n  ```\n- [x] 2",
  ])("in fences and comments are examples: %j", (text) => {
    expect(ticks(text)).toEqual([[2, "done", ""]]);
  });

  it("do not crash or slow down on any text, and stand on the line that they name", () => {
    const pieces = [
      "- ",
      "[x] ",
      "[~] ",
      "[!] ",
      "[ ] ",
      "[",
      "]",
      "1",
      "12",
      "#",
      "**",
      "`",
      "\n```\n",
      "<!--",
      "-->",
      "\n",
      " ",
      ":",
      "—",
    ];
    const boxes = { done: "[x]", doing: "[~]", blocked: "[!]", open: "[ ]" };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const lines = parts.join("").split("\n");
        const found = readScratch("SESSION_001_BLOCKER.md", lines.join("\n")).ticks;
        expect(new Set(found.map((tick) => tick.task)).size).toBe(found.length);
        for (const { task, state, line } of found) {
          const [, after] = (lines[line - 1] ?? "").split(boxes[state], 2);
          expect(after).toContain(String(task));
        }
      }),
    );
    const long = `${"- [!] 7 a - ".repeat(20_000)}\n`.repeat(50);
    expect(readScratch("SESSION_001_HANDOFF.md", long)).toMatchObject({ lines: 50, ticks: [{ task: 7 }] });
  });

  it("are counted with the file's lines", () => {
    expect(["", "a", "a\n", "a\nb", "a\r\nb\r\n"].map((text) => readScratch("x.md", text).lines)).toEqual([0, 1, 1, 2, 2]);
  });
});

describe("handoffs", () => {
  const handoff = (text: string) => readScratch("SESSION_024_HANDOFF.md", text).handoff;
  const full = {
    completion: 65,
    completed: ["routes", "tools"],
    blocked: ["33: no database"],
    nextSteps: ["fix it", "go on"],
    effortHours: { low: 4, high: 6 },
    missing: [],
  };

  it("are read from bullets", () => {
    expect(
      handoff(
        "## Session 024 Handoff\n- Completion: 65%\n- Completed Work: routes, tools\n- Blocked Work:\n  - 33: no database\n- Next Steps: fix it; go on\n- Estimated Effort to Complete: 4-6 hours\n",
      ),
    ).toEqual(full);
  });

  it("are read from headings", () => {
    expect(
      handoff(
        "# Handoff\n\n**Completion:** ~65 %\n\n## Completed Work\n- routes\n- [x] tools\n\n## Blocked\n- 33: no database\n\n## Next steps\n1. fix it\n2. go on\n\n## Effort\n4–6 h\n\n## Notes\n- not a next step\n",
      ),
    ).toEqual(full);
  });

  it("name what they leave out, template text included", () => {
    const template =
      "## Session XXX Handoff\n- Completion: XX%\n- Completed Work: [list]\n- Blocked Work: none\n- Estimated Effort to Complete: X hours\n";
    expect(handoff(template)).toEqual({
      completion: null,
      completed: [],
      blocked: [],
      nextSteps: [],
      effortHours: null,
      missing: ["completion", "completed work", "next steps", "effort"],
    });
  });

  it("do not take template text out of a fence", () => {
    expect(handoff("```\n- Completion: 65%\n```\n")?.missing).toHaveLength(5);
  });

  it("are read from handoff files only", () => {
    expect(readScratch("SESSION_024_SUMMARY.md", "- Completion: 65%").handoff).toBeNull();
  });
});

describe("blockers", () => {
  const blocker = (text: string, path = "SESSION_025_BLOCKER.md") => readScratch(path, text).blocker;

  it("are read with every field", () => {
    expect(
      blocker(
        "# Cannot install\n\n**Priority:** P1 - High\n**Tasks:** 31-33, 40\n**Cause:** two pins\n**Status:** open\n\nThe tests do not start.\n\n## Tried\n- pip install\n- a clean cache\n\n## Not tried\n- another index\n\n```\n$ pip install\nERROR: cannot install a and b\n```\n",
      ),
    ).toEqual({
      title: "Cannot install",
      reason: "The tests do not start.",
      priority: "P1",
      tasks: [31, 32, 33, 40],
      cause: "two pins",
      tried: ["pip install", "a clean cache"],
      notTried: ["another index"],
      evidence: { text: "ERROR: cannot install a and b", line: 19 },
      resolved: false,
    });
  });

  it("of a task know it by the file's name", () => {
    expect(blocker("Reason: no key\n", "TASK_033_BLOCKER.md")).toMatchObject({ tasks: [33], reason: "no key" });
    // What a marathon has written below is known already; what somebody adds to it counts.
    const recorded =
      "# No key\n\n## Recorded by marathon m-1 at 2026-01-01 00:00 UTC: B1\n\nIt is known, with QA_TESTER.\n\n    Error: no key\n";
    expect(blocker(recorded)).toMatchObject({ title: "No key", reason: null, evidence: null, resolved: false });
    expect(blocker(`${recorded}\nStatus: resolved\n`)).toMatchObject({ reason: null, resolved: true });
    expect(blocker(`${recorded}\n## What I saw\n\nThe vault is sealed.\n`)).toMatchObject({ reason: "The vault is sealed." });
  });

  it.each(["Status: resolved", "**Status:** RESOLVED at noon", "- Resolved: yes"])("say that they are over: %s", (line) => {
    expect(blocker(`# X\n${line}\n`)?.resolved).toBe(true);
  });

  it.each(["Status: unresolved", "Status: open", "We resolved nothing."])("go on: %s", (line) => {
    expect(blocker(`# X\n${line}\n`)?.resolved).toBe(false);
  });

  it("may be nearly empty", () => {
    expect(blocker("")).toEqual({
      title: null,
      reason: null,
      priority: null,
      tasks: [],
      cause: null,
      tried: [],
      notTried: [],
      evidence: null,
      resolved: false,
    });
  });
});

describe("work that an agent asks for", () => {
  const wishes = (text: string) => readScratch("terminal-04.md", text).wishes;

  it("is a title and, after a dash, why; a number that it gives counts for nothing", () => {
    expect(wishes("- [x] 1 Done\n- [+] **Rotate the keys** — they are in the log\n* [+] 9 Task-free words\n[+] Plain\n")).toEqual([
      { title: "Rotate the keys", reason: "they are in the log", line: 2 },
      { title: "Task-free words", reason: null, line: 3 },
      { title: "Plain", reason: null, line: 4 },
    ]);
  });

  it("is none in a fence, without words, or in a report without any", () => {
    expect(wishes("```\n- [+] An example\n```\n- [+]   \n")).toBeUndefined();
    expect(wishes("- [x] 1 Done\n")).toBeUndefined();
  });
});
