import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assignmentText } from "../../src/commands/assignment-text.ts";
import { assignmentFor } from "../../src/engine/agents/assignment.ts";
import { World } from "../marathon/world.ts";
import { readPlan } from "../../src/plan/read.ts";

const PLAN = `# One stream

## Context Files

**Core Understanding:**
\`\`\`
GUIDE.md
secret.env
missing.md
\`\`\`

**For Services (Stream A):**
\`\`\`
api.md
GUIDE.md
\`\`\`

### Files to NEVER Share
\`\`\`
secret.env
\`\`\`

## Stream A: Service Tests (2 Tasks)

**Terminals 1-1 | Goal: all services tested, and CI/CD green**

**Terminal 1: services (2 tasks)**

| # | Task | Target File | Role |
|---|------|------|------|
| 1 | compare ../old/service.py with https://example.com/a/b.html | api.md | QA_TESTER |
| 2 | read /etc/hosts | | QA_TESTER |
`;

let project = "";
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "assignment-text-")));
  for (const name of ["GUIDE.md", "api.md", "secret.env"]) writeFileSync(join(project, name), "x");
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function told(): readonly string[] {
  const { plan } = readPlan([{ file: "plan.md", text: PLAN }]);
  if (!plan) throw new Error("the test's own plan cannot be read");
  const state = { ...new World(plan).engine().up().state, project };
  return assignmentText(assignmentFor(state, 1), "/state/terminal-01.json").split("\n");
}

/** The lines below a title, as far as the next one. */
function below(title: RegExp): readonly string[] {
  const lines = told();
  const at = lines.findIndex((line) => title.test(line));
  if (at < 0) throw new Error(`there is no ${title} in\n${lines.join("\n")}`);
  return lines.slice(at + 1, lines.indexOf("", at)).map((line) => line.trim());
}

test("what a terminal was told begins with who it is and whom it reports to", () => {
  expect(told()[0]).toMatch(/^terminal 1: QA_TESTER · reports to \S+ · stream A, Service Tests$/u);
  expect(below(/^terminal 1/u)[0]).toMatch(/^chain of command: .+ > human$/u);
});

test("each file is told with the list of the plan that lets it in, the first of several", () => {
  expect(below(/^Context files/u)).toEqual([
    `${join(project, "GUIDE.md")}: Core Understanding`,
    `${join(project, "api.md")}: the list of stream A`,
  ]);
  expect(below(/^Left out/u)).toEqual(["secret.env: never shared (secret.env)"]);
  expect(below(/^Not there/u)).toEqual(["missing.md"]);
});

test("what a delegation needs and the plan does not say is listed", () => {
  expect(told().join("\n")).toMatch(/^Delegation [0-5]\/5$/mu);
  expect(below(/^Delegation/u)).toContain("✗ related decisions: the plan says nothing");
});

test("paths that lead nowhere from another folder are flagged; addresses, whole paths and CI/CD are none", () => {
  expect(below(/^Relative paths/u)).toEqual([
    `task 1: ../old/service.py (from the project's folder: ${join(project, "../old/service.py")})`,
  ]);
});

test("the words that its agent begins with are kept, too", () => {
  expect(below(/^In words/u).join(" ")).toContain("You are the agent in terminal 1 of a marathon");
  expect(below(/^In words/u).join(" ")).toContain("Read /state/terminal-01.json");
});
