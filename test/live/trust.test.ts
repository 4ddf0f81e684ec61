import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workplace, type Workplace } from "../support/marathon-run.ts";

const plan = (run: string) => `# Theirs\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Leave a mark | \`${run}\` |\n`;
const QUESTION = "Run it? It is asked only once. [y/N]";

/** A plan that lies outside of the project, as a download does. */
function download(place: Workplace, text: string): string {
  const folder = join(place.home.folder, "downloads");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "plan.md");
  writeFileSync(path, text);
  return path;
}

const ran = (place: Workplace) => existsSync(join(place.home.project, "mark"));

describe("a plan that is not the person's own", () => {
  it("is shown with its commands and asked about; no is the default, starts nothing, and exits with 1", async () => {
    await using place = workplace();
    const terminal = place.open(["run", download(place, plan("touch mark \x1b[8m; ./hidden"))], { cols: 120, rows: 36 });
    await terminal.waitFor(QUESTION);
    expect(terminal.text()).toContain("lies outside of the project");
    expect(terminal.text()).toContain("task 1: $ touch mark ␛[8m; ./hidden");
    terminal.keys("\r");
    expect(await terminal.exit).toMatchObject({ code: 1 });
    expect(terminal.text()).toContain("nothing was started");
    expect(ran(place)).toBe(false);
    expect(place.leftBehind()).toEqual([]);
  });

  it("runs after a yes, is not asked about again, but is when it would run something else", async () => {
    await using place = workplace();
    const path = download(place, plan("touch mark"));
    const first = place.open(["run", path]);
    await first.waitFor(QUESTION);
    first.keys("y\r");
    await first.waitFor(/1\/1|100 ?%/);
    expect(ran(place)).toBe(true);
    await first.close();
    await place.run(["stop", "--now"]);
    writeFileSync(path, plan("touch mark").replace("Leave a mark", "Another title"));
    const again = place.open(["run", path, "--fresh"]);
    await again.waitFor("Another title");
    expect(again.raw().toString()).not.toContain(QUESTION);
    await again.close();
    await place.run(["stop", "--now"]);
    writeFileSync(path, plan("touch mark; echo more"));
    const other = place.open(["run", path, "--fresh"]);
    await other.waitFor(QUESTION);
    other.keys("\x03");
    expect((await other.exit).code).not.toBe(0);
    expect(place.leftBehind()).toEqual([]);
  });

  it("is not asked about with --trust, in a rehearsal, and where nobody could answer", async () => {
    await using place = workplace();
    const path = download(place, plan("touch mark"));
    const rehearsal = place.open(["run", path, "--agent", "rehearsal", "--speed", "6000"]);
    await rehearsal.waitFor(/1\/1|100 ?%/);
    expect(rehearsal.raw().toString()).not.toContain(QUESTION);
    await rehearsal.close();
    await place.run(["stop", "--now"]);
    const headless = await place.run(["run", path, "--headless", "--fresh"]);
    expect([headless.code, headless.stderr]).toEqual([0, ""]);
    await place.run(["wait", "--until", "done", "--timeout", "90"]);
    expect(ran(place)).toBe(true);
    await place.run(["stop", "--now"]);
    const trusted = place.open(["run", path, "--trust", "--fresh"]);
    await trusted.waitFor(/1\/1|100 ?%/);
    expect(trusted.raw().toString()).not.toContain(QUESTION);
  });

  it("is told from one's own by who may write it and who committed it", async () => {
    await using place = workplace();
    const git = (...args: string[]) => spawnSync("git", args, { cwd: place.home.project, env: { ...place.home.env } });
    place.file("plan.md", plan("touch mark"));
    git("init", "-q");
    git("config", "user.email", "me@example.org");
    git("add", ".");
    git("-c", "user.name=S", "-c", "user.email=stranger@example.org", "commit", "-q", "-m", "plan");
    const committed = place.open(["run", "plan.md"]);
    await committed.waitFor(QUESTION);
    expect(committed.text()).toContain("was last committed by stranger@example.org, who is not you");
    committed.keys("n\r");
    await committed.exit;
    git("-c", "user.name=M", "commit", "-q", "--amend", "--reset-author", "--no-edit");
    const own = place.open(["run", "plan.md"]);
    await own.waitFor(/1\/1|100 ?%/);
    expect(own.raw().toString()).not.toContain(QUESTION);
    await own.close();
    await place.run(["stop", "--now"]);
    chmodSync(join(place.home.project, "plan.md"), 0o666);
    const open = place.open(["run", "plan.md", "--fresh"]);
    await open.waitFor("can be written by everybody");
    open.keys("n\r");
    await open.exit;
  });

  it.skipIf(process.getuid?.() !== 0)("runs without a terminal, and says whose it is", async () => {
    await using place = workplace();
    chownSync(place.file("plan.md", plan("touch mark")), 65_534, 65_534);
    const headless = await place.run(["run", "plan.md", "--headless"]);
    expect(headless.code).toBe(0);
    expect(headless.stderr).toContain("belongs to another user (65534)");
    expect((await place.run(["wait", "--until", "done", "--timeout", "90"])).code).toBe(0);
  });
});
