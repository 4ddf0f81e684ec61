import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SecretBook } from "../../src/engine/secrets/secret-book.ts";
import { secretNotices } from "../../src/engine/secrets/secret-watch.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Plan } from "../../src/plan/types.ts";

/** Of the right shape, and nobody's. */
const TOKEN = `ghp_${"a1B2".repeat(9)}`;
const KEY = `-----BEGIN RSA PRIVATE KEY-----\n${"MIIEowIBAAKCAQEA".repeat(20)}\n-----END RSA PRIVATE KEY-----`;

function planOf(text: string): Plan {
  const { plan } = readPlan([{ file: "plan.md", text }]);
  if (plan === null) throw new Error("no plan");
  return plan;
}

const PLAN = `# P\n\n## Stream A: A (1 Task)\n\n**Terminal 1: a (1 task)**\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Push | \`git push https://x:${TOKEN}@example.com/a.git\` |\n`;

test("a token of a known shape is told by its kind and line, and taken out of text and JSON", async () => {
  const book = new SecretBook({});
  expect(await book.read(`one\ntwo ${TOKEN}\n${KEY}\n`, "notes.md")).toEqual([
    { rule: "github", line: 2 },
    { rule: "privatekey", line: 3 },
  ]);
  expect(book.redact(`it said ${TOKEN}!`)).toBe("it said [secret: github]!");
  const evidence = { line: `error: ${TOKEN}`, more: [KEY] };
  expect(JSON.parse(book.redact(JSON.stringify(evidence)))).toEqual({ line: "error: [secret: github]", more: ["[secret: privatekey]"] });
});

test("variables are secrets by their name or by their value; paths, switches and short words are none", async () => {
  const book = new SecretBook({
    MY_API_KEY: 'correct "horse" battery',
    DB_PASSWORD: "correct-horse-battery",
    GIT_URL: `https://x:${TOKEN}@example.com/a.git`,
    SSH_PRIVATE_KEY: "/home/me/.ssh/id",
    USE_TOKEN: "true",
    TOKEN: "short",
    MONKEY: "correct-horse-stable",
    EMPTY_SECRET: "",
  });
  const found = await book.readEnvironment();
  expect(found.map(({ name }) => name).sort()).toEqual(["DB_PASSWORD", "GIT_URL", "MY_API_KEY", "TOKEN"]);
  expect(JSON.stringify(found)).not.toMatch(/horse|ghp_/u);
  expect(book.redact("correct-horse-battery and short and correct-horse-stable")).toBe(
    "[secret: DB_PASSWORD] and short and correct-horse-stable",
  );
});

test("a person is told which variables, tasks and context files hold secrets, and never the secrets", async () => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "secrets-")));
  try {
    writeFileSync(join(project, "deploy.md"), `# Deploy\n\n${TOKEN}\n`);
    writeFileSync(join(project, "guide.md"), "# Guide\n");
    const context = "## Context Files\n\n**Core Understanding:**\n```\ndeploy.md\nguide.md\ngone.md\n```\n\n";
    const plan = planOf(PLAN.replace("## Stream", `${context}## Stream`));
    const book = new SecretBook({ GH_TOKEN: TOKEN });
    await book.readContext(plan, project);
    expect([...book.files]).toEqual([[join(project, "deploy.md"), "github in line 3"]]);
    const notices = await secretNotices(plan, book);
    expect(notices.map(({ severity }) => severity)).toEqual(["info", "warning", "warning"]);
    expect(notices[0]?.text).toContain("GH_TOKEN (github)");
    expect(notices[1]?.text).toMatch(/task 1 \(\w+, plan\.md:\d+\)/u);
    expect(notices[2]?.text).toContain("deploy.md (github in line 3)");
    expect(JSON.stringify(notices)).not.toContain(TOKEN);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});

test("a standing order with a secret is named, and no agent is told the secret", async () => {
  const plan = planOf(`---\norders:\n  - Commit small.\n  - Push with ${TOKEN}.\n---\n\n${PLAN.replace(TOKEN, "x")}`);
  const book = new SecretBook({});
  const notices = await secretNotices(plan, book);
  expect(notices.map(({ text }) => text)).toEqual([
    "the plan holds what looks like secrets, and every agent can read it: put them elsewhere: standing order 2 (github, plan.md)",
  ]);
  expect(book.redact(JSON.stringify(plan.settings.orders))).toBe('["Commit small.","Push with [secret: github]."]');
});
