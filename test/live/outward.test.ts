import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readStatusReport } from "../dashboard-terminal/status-of.ts";
import { workplace } from "../support/marathon-run.ts";
import type { OuterTerminal } from "../support/outer-terminal.ts";

const PLAN = `---
agent: shell
---

# Outward

## Stream A: One (2 Tasks)

**Terminal 1: asks (1 task)**

| # | Task | Run |
|---|---|---|
| 1 | Ask | \`$MARATHON_BIN report ask "Which database?" --wait > answer.txt\` |

**Terminal 2: works (1 task)**

| # | Task | Run |
|---|---|---|
| 2 | Print | \`printf '\\033]2;evil\\007\\033]9;4;2;99\\007\\033]7501;state=error\\033\\\\'; sleep 600\` |
`;

const PUSHED = "\x1b[22;2t";
const TAKEN_BACK = "\x1b]9;4;0\x1b\\\x1b]2;\x1b\\\x1b[23;2t";

describe("the terminal around the dashboard", () => {
  it("is told how the marathon stands, gets nothing from agents, and has it all taken back on leaving", async () => {
    await using place = workplace();
    const screen = place.open(["run", place.file("plan.md", PLAN)], { cols: 120, rows: 36 }, { TERM_PROGRAM: "ghostty" });
    await screen.waitFor((terminal) => text(terminal).includes("1 asks: T1; nothing goes on without you; 0 of 2 done"));
    const raw = text(screen);
    expect(raw.split(PUSHED)).toHaveLength(2);
    expect(raw).toContain("\x1b]9;4;4;0\x1b\\");
    expect(raw).not.toContain("\x1b]2;evil");
    expect(raw).not.toContain("\x1b]9;4;2;99");
    // It has not said that it takes a status.
    expect(readStatusReport(raw)).toBeNull();
    screen.keys("d");
    expect((await screen.exit).code).toBe(0);
    expect(text(screen)).toContain(TAKEN_BACK);
    expect((await place.run(["stop"])).code).toBe(0);
  });

  it("is told nothing where the person wants it so, and a killed dashboard's words are taken back", async () => {
    await using place = workplace();
    expect((await place.run(["run", place.file("plan.md", PLAN), "--headless"])).code).toBe(0);
    const quiet = place.open(["attach"], { cols: 120, rows: 36 }, { MARATHON_STATUS: "0", TERM_PROGRAM: "ghostty" });
    await quiet.waitFor("? 1 asking");
    quiet.keys("d");
    await quiet.exit;
    expect(text(quiet)).not.toContain("\x1b]2;");
    expect(text(quiet)).not.toContain("\x1b]9;4");

    const killed = place.open(["attach"], { cols: 120, rows: 36 }, { TERM_PROGRAM: "ghostty" });
    await killed.waitFor((terminal) => text(terminal).includes("1 asks: T1"));
    // What the terminal runs is the guard; the dashboard is its child.
    process.kill(Number(readFileSync(`/proc/${killed.pid}/task/${killed.pid}/children`, "utf8").trim()), "SIGKILL");
    expect((await killed.exit).code).toBe(137);
    const after = text(killed);
    expect(after.slice(after.lastIndexOf("asks: T1"))).toContain("\x1b]7501;state=clear\x1b\\\x1b]2;\x1b\\\x1b[23;2t\x1b]9;4;0\x1b\\");
    expect((await place.run(["stop"])).code).toBe(0);
  });
});

function text(terminal: OuterTerminal): string {
  return terminal.raw().toString("utf8");
}
