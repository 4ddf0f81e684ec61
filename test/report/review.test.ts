import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReview } from "../../src/plan/import/read-review.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import { reviewDocument } from "../../src/report/review.ts";
import { reviewFacts, type Changes } from "../../src/report/review-facts.ts";
import type { State } from "../../src/marathon/types.ts";
import { fixtureState, fixtureT } from "../support/marathon-fixture.ts";
import { World } from "../marathon/world.ts";
import { plan } from "../support/plan-builder.ts";

const changes: Changes = {
  commits: [
    { hash: "f790052", subject: "feat: tools of session 024", author: "Ada", branch: "main", files: 3, added: 974, deleted: 4 },
    { hash: "3c64464", subject: "chore: 1024 colours", author: "Bob", branch: "session-025-tests", files: 1, added: 1, deleted: 2 },
    { hash: "aa00aa0", subject: "docs: a note", author: "Ada", branch: "main", files: 1, added: 10, deleted: 0 },
  ],
  created: [
    { path: "src/tools.py", lines: 974 },
    { path: "logo.png", lines: null },
  ],
};

const running = fixtureState();

describe("an after-action review", () => {
  test("has every part that such a review has, and marks what only people can say", () => {
    const text = reviewDocument(running, fixtureT, null);
    const headings = [...text.matchAll(/^##? (.+)$/gmu)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "After-action review: hundred-tasks",
      "Executive summary",
      "Stream by stream",
      "What went well",
      "What could be improved",
      "Lessons learned",
      "Metrics",
      "Recommendations",
      "Process improvements for the next marathon",
      "Conclusion",
      "Appendices",
    ]);
    for (const part of ["### Verdict", "### Key takeaways", "### Final grade"])
      expect(text.slice(text.indexOf(part) + part.length).trimStart()).toMatch(/^_to be filled in_/u);
    expect(text).not.toMatch(/grade:? *[A-F][+-]?\b/iu);
  });

  test("says how far all is by the same figures as the board, and what was reckoned how", () => {
    const facts = reviewFacts(running, fixtureT);
    expect(facts).toMatchObject({ by: "stream", done: 47, total: 100, hours: 2.69 });
    // Eight tasks of 24 minutes each, none of them done, one of them at work.
    expect(facts.parts.find(({ id }) => id === "E")).toMatchObject({ completion: 0, status: "in_progress" });
    const text = reviewDocument(running, fixtureT, null);
    expect(text).toContain(
      `> **Overall Progress:** ${facts.progress}% of the planned work, weighted by planned hours; 47 of 100 tasks done`,
    );
    expect(text).toContain("b-1 (P0, open, 0.52 h): cannot install cryptography and cffi together");
  });

  test("is read back by `marathon import`: each session with its hours, its completion and its status", () => {
    const state = finished();
    const facts = reviewFacts(state, state.t);
    const review = readReview({ file: "MARATHON_AAR.md", text: reviewDocument(state, state.t, changes) });
    expect(
      review?.sessions.map(({ id, name, planned, actual, completion, status }) => ({ id, name, planned, actual, completion, status })),
    ).toEqual(facts.parts.map(({ id, name, planned, actual, completion, status }) => ({ id, name, planned, actual, completion, status })));
    expect(facts.parts.map(({ status }) => status)).toEqual(["done", "blocked", "not_started"]);
    expect(review?.problems.map(({ message }) => message)).toEqual([]);
  });

  test("of what goes on gives no final figures", () => {
    const text = reviewDocument(running, fixtureT, null);
    expect(text).toMatch(/^\| A \| 4 \| 1\.67 \(ongoing\) \|/mu);
    expect(reviewFacts(running, fixtureT).totals.planned).toBe(0);
    expect(text).not.toContain("**Total**");
  });

  test("puts a commit where its branch or its subject says, and no number into another", () => {
    const state = finished();
    const text = reviewDocument(state, state.t, changes);
    const appendix = text.slice(text.indexOf("### Appendix C"), text.indexOf("### Appendix D"));
    expect(appendix).toMatch(/\*\*Session 024\*\*\n\n- f790052 feat: tools of session 024/u);
    expect(appendix).toMatch(/\*\*Session 025\*\*\n\n- 3c64464 chore: 1024 colours/u);
    expect(appendix).toMatch(/\*\*No session named\*\*\n\n- aa00aa0 docs: a note/u);
    expect(text).toContain("| 3 | 2 | 985 | 6 | +979 | 2 |");
    expect(text).toContain("- src/tools.py (974 lines)\n");
  });

  test("takes no number of a subject for a session of one digit, unless it is called one, and finds an id behind a longer number", () => {
    const state = finished();
    const sessions = state.plan.sessions.map((one, index) => (index === 0 ? { ...one, id: "2" } : one));
    const renumbered = { ...state, plan: { ...state.plan, sessions } };
    const commit = { author: "Ada", branch: null, files: 1, added: 1, deleted: 0 };
    const commits = [
      { ...commit, hash: "aaaaaaa", subject: "fix 2 typos" },
      { ...commit, hash: "bbbbbbb", subject: "Session 2: tools" },
      { ...commit, hash: "ccccccc", subject: "1026 rows for 026" },
    ];
    const text = reviewDocument(renumbered, state.t, { commits, created: [] });
    expect(text).toMatch(/\*\*Session 2\*\*\n\n- bbbbbbb [^\n]+\n\n/u);
    expect(text).toMatch(/\*\*Session 026\*\*\n\n- ccccccc [^\n]+\n\n/u);
    expect(text).toMatch(/\*\*No session named\*\*\n\n- aaaaaaa [^\n]+\n\n/u);
  });

  test("says what somebody has said of criteria and targets, and marks the others", () => {
    const state = finished();
    const place = { file: "plan.md", line: 1, column: 1 };
    const criteria = ["all tools answer", "all tests pass"].map((text) => ({ ...place, text, met: false }));
    const sessions = state.plan.sessions.map((one, index) => (index === 0 ? { ...one, criteria } : one));
    const metrics = [
      { ...place, name: "Tools", current: "50/81", target: "81/81" },
      { ...place, name: "Audit", current: "none", target: "complete" },
    ];
    const told: State = {
      ...state,
      plan: { ...state.plan, sessions, metrics },
      goals: { "024.1": { text: "all tools answer", met: true, at: 0, note: null, by: "Ada" } },
      targets: { Tools: [{ value: "57/81", at: 0, by: "Ada" }] },
    };
    const text = reviewDocument(told, told.t, null);
    expect(text).toContain(
      "**Success criteria** (planned; what is not said: _to be filled in_)\n- all tools answer: met, says Ada\n- all tests pass\n",
    );
    expect(text).toContain("| Tools | 50/81 | 81/81 | 57/81 |\n| Audit | none | complete | _to be filled in_ |");
  });

  test("says the same however long after the end it is drafted", () => {
    const world = new World(plan({ tasks: [{ number: 1, terminal: 1, minutes: 60 }] })).engine().up().wait(60);
    const state = world.done(1).state;
    expect(state.status).toBe("done");
    expect(reviewDocument(state, state.t + 5 * 3_600_000, null)).toBe(reviewDocument(state, state.t, null));
  });

  test("ends with the totals of its own table", () => {
    const state = finished();
    const { actual, earnedHours } = reviewFacts(state, state.t).totals;
    expect(reviewDocument(state, state.t, null)).toContain(`measured: this one took ${actual} h for ${earnedHours} h that it earned`);
  });

  test("is completed only when the marathon is over", () => {
    expect(reviewDocument(running, fixtureT, null)).toMatch(/^- Completed: not yet, drafted on the way at \d/mu);
    const state = finished();
    expect(reviewDocument(state, state.t, null)).toMatch(/^- Completed: \d{4}-/mu);
  });

  test("is no report: whatever plans and agents say in it, nobody takes it for ticks, blockers or headings", () => {
    fc.assert(
      fc.property(hostile(), hostile(), (title, name) => {
        const state = { ...running, title, plan: { ...running.plan, streams: renamed(name), tasks: retitled(name) } };
        const text = reviewDocument(state, fixtureT, null);
        const reading = readScratch("MARATHON_AAR.md", text);
        expect({ ticks: reading.ticks, blocker: reading.blocker, wishes: reading.wishes ?? [] }).toEqual({
          ticks: [],
          blocker: null,
          wishes: [],
        });
        expect([...text.matchAll(/^## /gmu)]).toHaveLength(10);
      }),
      { numRuns: 60 },
    );
  });
});

/** Session 024 is done in 2 of its 4 hours, 025 is blocked half way, 026 waits for it; then everything is stopped. */
function finished(): State {
  const world = new World(
    plan({
      tasks: [
        { number: 1, terminal: 1, session: "024", minutes: 60 },
        { number: 2, terminal: 1, session: "024", minutes: 60 },
        { number: 3, terminal: 2, session: "025", minutes: 60 },
        { number: 4, terminal: 2, session: "025", minutes: 60 },
        { number: 5, terminal: 2, session: "026", minutes: 60, dependsOn: [4] },
      ],
      sessions: [
        { id: "024", name: "MCP tools", hours: 4, tasks: [1, 2] },
        { id: "025", name: "Backend tests", hours: 4, branch: "session-025-tests", tasks: [3, 4] },
        { id: "026", name: "Front end", hours: 3, tasks: [5] },
      ],
    }),
  );
  world.engine().up();
  world.wait(60).done(1).done(3);
  world.blocked(4, "two packages exclude each other");
  world.wait(60).done(2);
  return world.take({ type: "marathon-stopped", by: "a person" }).state;
}

function hostile(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    "[x] 12 ",
    "# ",
    "| a ",
    "`",
    "**",
    "\n## x\n",
    "- [ ] 3",
    "<!-- ",
    "\u001b[2J",
    "_to",
    "导 ",
    "Blocker: ",
    "> ",
    "~~~",
  );
  return fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
}

function renamed(name: string): State["plan"]["streams"] {
  return running.plan.streams.map((stream) => ({ ...stream, name }));
}

function retitled(title: string): State["plan"]["tasks"] {
  return running.plan.tasks.map((task) => ({ ...task, title }));
}
