import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeEvent, decodeHeader, decodeSize } from "../../src/screen/asciicast.ts";
import { Screen } from "../../src/screen/screen.ts";
import { workplace, type Workplace } from "../support/marathon-run.ts";
import { killAndWait } from "../support/left-behind.ts";

const PLAN = `# Two terminals

| # | Task | Terminal | Run |
|---|------|----------|-----|
| 1 | Print | 1 | \`for i in 1 2 3; do printf '\\033[3%dmline %d é\\033[m\\n' $i $i; done; for p in 10 50 100; do printf '\\r%d%%' $p; sleep 0.05; done; echo\` |
| 2 | Sleep | 2 | \`printf 'the last words'; sleep 300\` |
| 3 | Flood | 3 | \`seq 1 200000; echo 'the end of it'\` |
`;

async function headless(place: Workplace, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const ran = await place.run(["run", place.file("plan.md", PLAN), "--headless"], { env });
  expect(ran.stderr).toBe("");
  expect(ran.code).toBe(0);
}

/** The recordings of the newest marathon. */
async function logsOf(place: Workplace): Promise<string> {
  const { journal } = await place.json(["status"]);
  return join(journal, "..", "logs");
}

/** The screen that a cast leaves in a terminal that plays it. */
async function played(cast: string): Promise<Screen> {
  const [first = "", ...lines] = cast.trimEnd().split("\n");
  const header = decodeHeader(first);
  if (!header) throw new Error(`no header: ${first}`);
  const screen = new Screen({ cols: header.width, rows: header.height, scrollback: 1000 });
  const drained = () => new Promise<void>((resolve) => screen.drained(resolve));
  for (const line of lines) {
    const event = decodeEvent(line);
    if (!event) throw new Error(`no event: ${line}`);
    const size = event.code === "r" ? decodeSize(event.data) : null;
    if (event.code === "o") screen.write(Buffer.from(event.data));
    await drained();
    if (size) screen.resize(size.cols, size.rows);
  }
  return screen;
}

describe("marathon log", () => {
  it("prints a cast that plays to the terminal's own screen, with an engine and without", async () => {
    await using place = workplace();
    await headless(place);
    await place.run(["wait", "--until", "done", "--terminal", "1", "--timeout", "90"]);
    const shown = (await place.run(["screen", "1"])).stdout.trimEnd();
    const cast = await place.run(["log", "1"]);
    expect(cast.code).toBe(0);
    expect((await played(cast.stdout)).text().join("\n").trimEnd()).toBe(shown);
    expect(cast.stdout).toMatch(/"m","task 1 begins: Print"/u);
    expect(cast.stdout).toMatch(/"m","task 1 ends: done"/u);

    const plain = (await place.run(["log", "1", "--plain"])).stdout;
    expect(plain).toContain("line 1 é\nline 2 é\nline 3 é\n100%\n");
    expect(plain).not.toMatch(/\u001b|\r|10%/u);

    const folder = await logsOf(place);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    await place.run(["stop", "--now"]);
    expect((await place.run(["log", "1", "--plain"])).stdout).toContain("line 3 é");

    const unknown = await place.run(["log", "9"]);
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toContain("there is no terminal 9; this marathon has 1, 2, 3");
    expect((await place.run(["log", "11"])).code).toBe(2);
    expect((await place.run(["log", "1", "--project", place.home.folder])).code).toBe(1);
  });

  it("keeps so many files of a size, and they are one cast", async () => {
    await using place = workplace();
    const refused = await place.run(["run", place.file("plan.md", PLAN), "--headless"], { env: { MARATHON_LOG_MB: "much" } });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("MARATHON_LOG_MB") });
    await headless(place, { MARATHON_LOG_MB: "0.2", MARATHON_LOG_FILES: "3" });
    await place.run(["wait", "--until", "done", "--terminal", "3", "--timeout", "90"]);
    const folder = await logsOf(place);
    const files = () => readdirSync(folder).filter((name) => name.startsWith("terminal-03"));
    const plain = (await place.run(["log", "3", "--plain"])).stdout.trimEnd().split("\n");
    expect(files()).toHaveLength(3);
    expect(plain.slice(-2)).toEqual(["the end of it", "✔ done"]);
    const numbers = plain.map(Number).filter((number) => Number.isInteger(number) && number > 0);
    expect(numbers.length).toBeGreaterThan(10_000);
    // What is kept is without a hole.
    expect(numbers.at(-1)).toBe(200_000);
    expect(numbers.slice(-10_000)).toEqual(Array.from({ length: 10_000 }, (_, index) => 190_001 + index));
    expect((await played((await place.run(["log", "3"])).stdout)).text(1)).toEqual(["✔ done"]);
  });

  it("shows after kill -9 in the middle of a line what was shown before it", async () => {
    await using place = workplace();
    await headless(place);
    await place.run(["wait", "--until", "done", "--terminal", "1", "--timeout", "90"]);
    expect((await place.run(["log", "2", "--plain"])).stdout).toContain("the last words");
    const { engine } = await place.json(["status"]);
    await killAndWait(engine.pid);
    for (const { pid, command } of place.leftBehind()) if (/holder\.js /.test(command)) await killAndWait(pid);
    const folder = await logsOf(place);
    const name = readdirSync(folder).find((one) => one.startsWith("terminal-02")) ?? "";
    writeFileSync(join(folder, name), '[99.0,"o","half a li', { flag: "a" });
    expect((await place.run(["log", "2", "--plain"])).stdout).toContain("the last words");

    const screen = place.open(["run", "plan.md"], { cols: 160, rows: 45 });
    await screen.waitFor("the last words");
    await screen.waitFor(/── above: before the engine's end, \d\d:\d\d ──/u);
    await screen.waitFor("line 3 é");
    const again = await place.run(["log", "2"]);
    expect(again.stdout).not.toContain("half a li");
    for (const line of readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    await place.run(["stop", "--now"]);
  });

  it("goes on with what is shown until the engine ends", async () => {
    await using place = workplace();
    await headless(place);
    const following = place.run(["log", "1", "--plain", "--follow"]);
    await place.run(["wait", "--until", "done", "--terminal", "1", "--timeout", "90"]);
    await place.run(["stop", "--now"]);
    const { code, stdout } = await following;
    expect(code).toBe(0);
    expect(stdout).toContain("line 3 é");
  });
});
