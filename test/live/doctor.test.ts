import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workplace } from "../support/marathon-run.ts";
import { killAndWait } from "../support/left-behind.ts";

interface Answer {
  readonly schema: number;
  readonly checks: readonly {
    readonly id: string;
    readonly ok: boolean;
    readonly message: string;
    readonly advice: string | null;
    readonly fixed: string | null;
  }[];
}

describe("marathon doctor", () => {
  it("finds nothing wrong on a machine on which nobody has worked yet, and starts and writes nothing", async () => {
    await using place = workplace();
    const { schema, checks } = await place.json<Answer>(["doctor"]);
    expect(schema).toBe(1);
    const ids = checks.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(["node", "terminal", "locale", "agent-claude", "git", "watches", "ptys", "disk-state", "orphans"]),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(checks.filter(({ id }) => id.startsWith("state") || id.startsWith("socket")).every(({ ok }) => ok)).toBe(true);
    expect(statSync(join(place.home.env["XDG_STATE_HOME"] ?? "", "marathon"), { throwIfNoEntry: false })).toBeUndefined();
    expect(place.leftBehind()).toEqual([]);
  });

  it("asks the terminal that it is started in, and gives it back", async () => {
    await using place = workplace();
    const terminal = place.open(["doctor"], { cols: 120, rows: 36 });
    await terminal.waitFor("a marathon works here");
    expect(terminal.text()).toContain("120×36");
    expect(terminal.text()).toContain("asked, it told");
    expect(await terminal.exit).toMatchObject({ code: 0 });
    expect(terminal.modes()).toMatchObject({ alternateScreen: false, cursorVisible: true });
  });

  it("says what would keep a marathon from working and exits with 1; --fix mends what is safe and says so", async () => {
    await using place = workplace();
    const sockets = join(place.home.env["XDG_RUNTIME_DIR"] ?? "", "marathon");
    mkdirSync(sockets);
    chmodSync(sockets, 0o755);
    const before = await place.run(["doctor"]);
    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/✗ {2}socket-folder .*open to others: no engine will start/);
    expect(before.stdout).toContain("doctor --fix` mends 1 of them");
    const { checks } = await place.json<Answer>(["doctor", "--fix"]);
    expect(checks.find(({ id }) => id === "socket-folder")).toMatchObject({ ok: true, fixed: expect.stringContaining("closed") });
    expect(statSync(sockets).mode & 0o777).toBe(0o700);
    expect((await place.run(["doctor"])).code).toBe(0);
  });

  it("tells of an engine that was killed, and of what it left", async () => {
    await using place = workplace();
    place.file("plan.md", "# P\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Wait | `trap '' HUP; sleep 300` |\n");
    expect((await place.run(["run", "plan.md", "--headless"])).code).toBe(0);
    const { engine } = await place.json(["status"]);
    expect((await place.run(["doctor"])).stdout).toContain(`pid ${engine.pid} answers`);
    await killAndWait(engine.pid);
    const killed = await place.run(["doctor", "--fix"]);
    expect(killed.stdout).toContain("removed 1 stale socket");
    expect(killed.stdout).toContain("cleared 1 lock of dead engines");
    expect((await place.run(["run", "plan.md", "--headless"])).code).toBe(0);
  });

  it("goes on without a home, and with a project that is not there", async () => {
    await using place = workplace();
    const homeless = await place.run(["doctor", "--json"], { env: { HOME: "", XDG_STATE_HOME: "" } });
    expect(homeless.code).toBe(1);
    expect(JSON.stringify(JSON.parse(homeless.stdout))).toContain("HOME is not set");
    const nowhere = await place.run(["doctor", "--project", "nowhere"]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stdout).toContain("nowhere");
    writeFileSync(join(place.home.project, "file"), "");
    expect((await place.run(["doctor", "--project", "file"])).code).toBe(1);
  });
});
