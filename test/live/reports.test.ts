import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, it } from "vitest";
import { MARATHON, workplace, type Json, type Workplace } from "../support/marathon-run.ts";

const PLAN = `---
agent: shell
---

# Reports

## Stream A: One (2 Tasks)

**Terminal 1: asks (2 tasks)**

| # | Task | Run |
|---|---|---|
| 1 | Ask | \`$MARATHON_BIN report ask "Which database?" --option sqlite --option postgres --wait > answer.txt\` |
| 2 | Measure | \`cd / && $MARATHON_BIN report metric coverage -- -1.5 && $MARATHON_BIN report finding "the lock is never freed" --severity warning --json > "$MARATHON_PROJECT/finding.json"\` |

## Stream B: Two (2 Tasks)

**Terminal 2: works (2 tasks)**

| # | Task | Run |
|---|---|---|
| 3 | Work for long | \`sleep 600\` |
| 4 | Later | \`true\` |
`;

async function task(place: Workplace, number: number): Promise<Json> {
  const { tasks } = await place.json(["status"]);
  return tasks.find((one: Json) => one.number === number);
}

describe("agents that report by command", () => {
  it("ask and are answered by key, report from any folder, and are refused with the reason", async () => {
    await using place = workplace();
    const screen = place.open(["run", place.file("plan.md", PLAN)]);
    await screen.waitFor("T1 asks: Which database?");
    expect((await place.json(["why", "1"])).considered[0]).toMatchObject({
      source: "report",
      state: "asking",
      evidence: "Which database?",
    });
    screen.keys("a");
    await screen.waitFor("2. postgres");
    screen.keys("2\r");
    await screen.waitFor("T1 answered: postgres");
    await screen.waitFor("T1 finished 2");
    expect(readFileSync(join(place.home.project, "answer.txt"), "utf8")).toBe("postgres\n");
    expect(JSON.parse(readFileSync(join(place.home.project, "finding.json"), "utf8"))).toMatchObject({
      schema: 1,
      report: "finding",
      changed: true,
    });
    expect((await place.json(["status"])).metrics).toMatchObject([{ terminal: 1, name: "coverage", value: -1.5, unit: null }]);

    const foreign = await place.run(["report", "task", "3", "done", "--terminal", "1"]);
    expect(foreign).toMatchObject({ code: 1, stdout: "" });
    expect(foreign.stderr).toContain("terminal 2 works on task 3, so only it can say");
    expect((await place.run(["report", "task", "3", "almost"])).code).toBe(2);
    expect((await place.run(["report", "task", "3", "blocked", "--terminal", "2"])).code).toBe(2);
    expect((await place.run(["report", "ask", "Who?"])).code).toBe(2);
    expect((await place.run(["report", "task", "3", "done"], { env: { MARATHON_TERMINAL: "2", MARATHON_ID: "m-yesterday" } })).code).toBe(
      1,
    );

    const late = await place.run(["report", "ask", "And now?", "--wait", "--timeout", "1", "--terminal", "2"]);
    expect(late).toMatchObject({ code: 124 });
    expect(late.stdout).toContain("the answer will come as a message");
    const blocked = await place.json(["report", "task", "3", "blocked", "--reason", "no network", "--priority", "P0", "--terminal", "2"]);
    expect(blocked).toMatchObject({ schema: 1, report: "task", changed: true, blocker: "B1" });
    expect((await task(place, 3)).state).toBe("blocked");
    const handoff =
      "# H\n\nCompletion: 50 %\n\n## Completed work\n- a\n\n## Blocked work\n- b\n\n## Next steps\n- c\n\n## Effort\n1 hour\n";
    const handed = await place.json(["report", "handoff", "-", "--terminal", "2"], { input: handoff });
    expect(readFileSync(handed.file, "utf8")).toContain("Completion: 50 %");
    expect((await place.run(["stop"])).code).toBe(0);
    expect((await place.run(["report", "task", "3", "done", "--terminal", "2"])).code).toBe(1);
  });
});

describe("secrets", () => {
  /** Of the right shape, and nobody's. */
  const token = `ghp_${"a1B2".repeat(9)}`;

  it("are named to the person, and neither they nor their files are given to agents", async () => {
    await using place = workplace({ CI_TOKEN: token });
    place.file("deploy.md", `# Deploy\n\nuse ${token}\n`);
    place.file("guide.md", "# Guide\n");
    const context = "## Context Files\n\n**Core Understanding:**\n```\ndeploy.md\nguide.md\n```\n\n";
    const screen = place.open(["run", place.file("plan.md", PLAN.replace("## Stream A", `${context}## Stream A`))]);
    await screen.waitFor("not given to agents");
    const { notices, journal } = await place.json(["status"]);
    const texts = notices.map(({ text }: { text: string }) => text).join("\n");
    expect(texts).toContain("CI_TOKEN (github)");
    expect(texts).toContain("deploy.md (github in line 3)");
    const pack = readFileSync(join(dirname(journal), "assignments", "terminal-02.json"), "utf8");
    expect(JSON.parse(pack)).toMatchObject({
      context: [expect.stringContaining("guide.md")],
      refused: [{ path: "deploy.md", rule: "secrets", because: "it holds github in line 3" }],
    });
    expect(pack).not.toContain(token);
    expect((await place.run(["stop"])).code).toBe(0);
  });
});

describe("the MCP server", () => {
  it("offers the same reports as tools to the SDK's own client", async () => {
    await using place = workplace();
    expect((await place.run(["run", place.file("plan.md", PLAN), "--headless"])).code).toBe(0);
    const env = { ...place.home.env, MARATHON_TERMINAL: "2", MARATHON_PROJECT: place.home.project };
    const transport = new StdioClientTransport({ command: MARATHON, args: ["mcp"], env, cwd: "/" });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["assignment", "task", "ask", "handoff", "spawned", "finding", "security", "metric"]);
    const call = async (name: string, input: Record<string, unknown>): Promise<Json> => client.callTool({ name, arguments: input });
    expect(await call("task", { task: 3, state: "blocked", reason: "no network" })).toMatchObject({
      isError: false,
      structuredContent: { changed: true, blocker: "B1" },
    });
    expect((await task(place, 3)).state).toBe("blocked");
    expect(await call("task", { task: 99, state: "done" })).toMatchObject({
      isError: true,
      content: [{ type: "text", text: "task 99 is not in the plan" }],
    });
    expect((await call("task", { task: 3, state: "blocked" })).content[0].text).toContain("say what stops task 3");
    await expect(call("rm", {})).rejects.toThrow('there is no tool "rm"');
    await client.close();
    expect((await place.run(["stop"])).code).toBe(0);
  });

  it("answers raw JSON-RPC, errors too, and ends with its input", async () => {
    await using place = workplace();
    const initialize = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } };
    const answers = await spoken(place, [
      { id: 1, method: "initialize", params: initialize },
      { method: "notifications/initialized" },
      { id: 2, method: "ping" },
      { id: 3, method: "no/such" },
      "this is no JSON",
      `{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"finding","arguments":{"text":"${"x".repeat(100_000)}"}}}`,
      { id: 5, method: "tools/call", params: { name: "task", arguments: [1] } },
      { id: 6, method: "tools/call", params: { name: "__proto__", arguments: {} } },
      { id: 7, method: "tools/call", params: { name: "metric", arguments: { name: "n", value: 1 } } },
    ]);
    expect(answers.get(1).result).toMatchObject({ protocolVersion: "2025-06-18", serverInfo: { name: "marathon" } });
    expect(answers.get(2).result).toEqual({});
    expect(answers.get(3).error.code).toBe(-32601);
    expect(answers.get(4).result).toMatchObject({ isError: true });
    expect(answers.get(4).result.content[0].text).toContain("has 100000 characters, and 2000 are the most");
    expect(answers.get(5).error.code).toBe(-32602);
    expect(answers.get(6).error.code).toBe(-32602);
    expect(answers.get(7).result).toMatchObject({ isError: true });
    expect(answers.get(7).result.content[0].text).toContain("no engine runs a marathon");
  });
});

/** Answers by id to these lines, after which the input ends. */
function spoken(place: Workplace, lines: readonly (string | Record<string, unknown>)[]): Promise<Map<number, Json>> {
  const child = spawn(MARATHON, ["mcp"], { cwd: place.home.project, env: place.home.env });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stdin.end(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify({ jsonrpc: "2.0", ...line })}\n`).join(""));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const answers = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Json);
      if (code === 0) resolve(new Map(answers.map((answer) => [answer.id, answer])));
      else reject(new Error(`marathon mcp ended with ${code}: ${out}`));
    });
  });
}
